/* expression.c: operators, by precedence climbing, tightest first. Types are checked as nodes are made;
 * nesting is counted, so no text can overflow the stack. */
#include "expression.h"
#include <stddef.h>

static int enter(km_scope *s) {
    if (s->depth < KM_MAX_NESTING) {
        s->depth++;
        return 1;
    }
    const km_token t = km_peek(s->program);
    km_report(s->program, KM_DIAGNOSTIC_TOO_DEEP, t.from, t.to, KM_MAX_NESTING);
    return 0;
}

static int parse_unary(km_scope *s);

/* ** binds tighter than a sign on its left and looser than one on its right, and groups to the right. */
static int parse_power(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from, base = km_parse_primary(s);
    if (base < 0 || !km_accept(p, "**")) return base;
    if (!enter(s)) return -1;
    const int next = s->tree->count, exponent = parse_unary(s);
    s->depth--;
    if (exponent < 0) return -1;
    /* x**2 is x * x, as NumPy computes it; the 2 written here is no operation then. */
    const km_node *n = &s->tree->nodes[exponent];
    if (n->op == KM_OP_NUMBER && n->value == 2) {
        s->tree->count = next;
        return km_make(s, KM_OP_MULTIPLY, base, base, -1, from);
    }
    return km_make(s, KM_OP_POWER, base, exponent, -1, from);
}

static int parse_unary(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from, negate = km_accept(p, "-");
    if (!negate && !km_accept(p, "+")) return parse_power(s);
    if (!enter(s)) return -1;
    const int value = parse_unary(s);
    s->depth--;
    return value < 0 || !negate ? value : km_make(s, KM_OP_NEGATE, value, -1, -1, from);
}

typedef struct binary {
    const char *sign;
    km_op op;
} binary;

static const binary products[] = {{"*", KM_OP_MULTIPLY}, {"/", KM_OP_DIVIDE}};
static const binary sums[] = {{"+", KM_OP_ADD}, {"-", KM_OP_SUBTRACT}};
static const binary comparisons[] = {{"<", KM_OP_LESS},   {"<=", KM_OP_LESS_EQUAL},
                                     {">", KM_OP_LESS},   {">=", KM_OP_LESS_EQUAL},
                                     {"==", KM_OP_EQUAL}, {"!=", KM_OP_NOT_EQUAL}};

/* Operators of other languages, or of Python but not of this one. */
static int reject_operator(km_scope *s) {
    static const char *const others[] = {"//", "%", "@", "&", "|", "<<", ">>", "&&", "||", "?", ":=", "!"};
    km_program *p = s->program;
    const km_token t = km_peek(p);
    if (km_is_word(p, t, "^")) {
        km_propose(km_report(p, KM_DIAGNOSTIC_CARET, t.from, t.to), t.from, t.to, "**");
        return 1;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (t.kind == KM_TOKEN_OPERATOR && km_is_word(p, t, others[i])) {
            km_report(p, KM_DIAGNOSTIC_NO_OPERATOR, t.from, t.to, others[i]);
            return 1;
        }
    return 0;
}

static int parse_binary(km_scope *s, const binary *operators, int count, int (*operand)(km_scope *)) {
    km_program *p = s->program;
    const int from = km_peek(p).from;
    int left = operand(s);
    while (left >= 0) {
        int i = 0;
        while (i < count && !km_accept(p, operators[i].sign)) i++;
        if (i == count) return left;
        const int right = operand(s);
        left = right < 0 ? -1 : km_make(s, operators[i].op, left, right, -1, from);
    }
    return -1;
}

static int parse_product(km_scope *s) {
    const int value = parse_binary(s, products, 2, parse_unary);
    return value >= 0 && reject_operator(s) ? -1 : value;
}
static int parse_sum(km_scope *s) { return parse_binary(s, sums, 2, parse_product); }

static int parse_comparison(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from, left = parse_sum(s);
    if (left < 0) return -1;
    for (int i = 0; i < 6; i++) {
        if (!km_accept(p, comparisons[i].sign)) continue;
        const int right = parse_sum(s), swap = comparisons[i].sign[0] == '>';
        if (right < 0) return -1;
        const km_token t = km_peek(p);
        for (int j = 0; j < 6; j++)
            if (t.kind == KM_TOKEN_OPERATOR && km_is_word(p, t, comparisons[j].sign)) {
                km_report(p, KM_DIAGNOSTIC_CHAIN, t.from, t.to);
                return -1;
            }
        return km_make(s, comparisons[i].op, swap ? right : left, swap ? left : right, -1, from);
    }
    return left;
}

/* and, or and not work on numbers: on an array Python would not know which element decides. */
static int need_scalar(km_scope *s, int node, const char *word, int from) {
    if (node < 0 || km_type_of(s, node) == KM_TYPE_SCALAR) return node;
    km_report(s->program, KM_DIAGNOSTIC_TYPE, from, km_taken_to(s->program), word, "a number",
              km_type_name(km_type_of(s, node)));
    return -1;
}

static int accept_word(km_program *p, const char *word) {
    if (km_peek(p).kind != KM_TOKEN_NAME || !km_is_word(p, km_peek(p), word)) return 0;
    p->at++;
    return 1;
}

static int parse_not(km_scope *s) {
    const int from = km_peek(s->program).from;
    if (!accept_word(s->program, "not")) return parse_comparison(s);
    if (!enter(s)) return -1;
    const int operand = km_peek(s->program).from, value = need_scalar(s, parse_not(s), "not", operand);
    s->depth--;
    return value < 0 ? -1 : km_make(s, KM_OP_NOT, value, -1, -1, from);
}

static int parse_logic(km_scope *s, const char *word, km_op op, int (*operand)(km_scope *)) {
    const int from = km_peek(s->program).from;
    int left = operand(s);
    while (left >= 0 && km_is_word(s->program, km_peek(s->program), word)) {
        left = need_scalar(s, left, word, from);
        accept_word(s->program, word);
        const int start = km_peek(s->program).from;
        const int right = left < 0 ? -1 : need_scalar(s, operand(s), word, start);
        left = right < 0 ? -1 : km_make(s, op, left, right, -1, from);
    }
    return left;
}

static int parse_and(km_scope *s) { return parse_logic(s, "and", KM_OP_AND, parse_not); }
static int parse_or(km_scope *s) { return parse_logic(s, "or", KM_OP_OR, parse_and); }

/* a if condition else b */
int km_parse_expression(km_scope *s) {
    km_program *p = s->program;
    if (!enter(s)) return -1;
    const int from = km_peek(p).from;
    int value = parse_or(s);
    if (value >= 0 && accept_word(p, "if")) {
        const int start = km_peek(p).from, condition = need_scalar(s, parse_or(s), "if", start);
        if (condition < 0) value = -1;
        else if (!accept_word(p, "else")) value = km_expected(s, "else");
        else {
            const int other = km_parse_expression(s);
            value = other < 0 ? -1 : km_make(s, KM_OP_SELECT, condition, value, other, from);
        }
    }
    s->depth--;
    return value;
}
