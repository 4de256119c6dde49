/* expression.c: expressions to typed trees, by precedence climbing. Types are checked as nodes are made;
 * nesting is counted, so no text can overflow the stack. */
#include "../number.h"
#include "../text.h"
#include "internal.h"
#include <string.h>

typedef enum builtin_kind { UNARY, BINARY, WHERE, REDUCE, ARRAY } builtin_kind;

static const struct {
    const char *name;
    builtin_kind kind;
    km_op op, members_op;
} builtins[] = {
#define BUILTIN(name, kind, op, members_op, signature, help) {name, kind, KM_OP_##op, KM_OP_##members_op},
#include "../defs/builtins.def"
#undef BUILTIN
};
static const char *const builtin_names[] = {
#define BUILTIN(name, kind, op, members_op, signature, help) name,
#include "../defs/builtins.def"
#undef BUILTIN
};
enum { BUILTINS = sizeof builtins / sizeof *builtins };

const char *km_type_name(km_type type) {
    static const char *const type_names[] = {"a number", "a vector", "a point set"};
    return type_names[type];
}

static int parse_choice(km_scope *s);

static km_type type_of(const km_scope *s, int node) { return s->tree->nodes[node].type; }

/* Gives a new node its place in the text; -1 is a full tree. */
static int placed(km_scope *s, int node, int from) {
    const int to = s->program->tokens[s->program->at - 1].to;
    if (node < 0) {
        if (!s->full) km_report(s->program, KM_DIAGNOSTIC_TOO_LARGE, from, to, KM_TREE_MAX_NODES);
        s->full = 1;
        return -1;
    }
    s->tree->nodes[node].from = from;
    s->tree->nodes[node].to = to;
    return node;
}

static int make(km_scope *s, km_op op, int a, int b, int c, int from) {
    return placed(s, km_tree_add(s->tree, op, a, b, c), from);
}

static int expected(km_scope *s, const char *what) {
    km_program *p = s->program;
    const km_token t = km_peek(p);
    if (t.kind == KM_TOKEN_BAD || km_report_construct(p, t)) return -1;
    const int from = t.from == t.to && t.from > 0 ? t.from - 1 : t.from;
    km_report(p, KM_DIAGNOSTIC_EXPECTED, from, t.to, what);
    return -1;
}

static int need(km_scope *s, const char *sign) {
    if (km_accept(s->program, sign)) return 1;
    expected(s, sign);
    return 0;
}

/* --- names --- */

static int name_value(km_scope *s, km_token t) {
    km_program *p = s->program;
    char word[64];
    const char *known[KM_MAX_LOCALS];
    km_copy_token(p, t, word, sizeof word);
    for (int i = s->local_count - 1; i >= 0; i--) {
        known[i] = s->locals[i].name;
        if (strcmp(s->locals[i].name, word) == 0) return s->locals[i].node;
    }
    for (int i = 0; i < BUILTINS; i++)
        if (strcmp(builtins[i].name, word) == 0) {
            km_report(p, KM_DIAGNOSTIC_NOT_A_VALUE, t.from, t.to, word);
            return -1;
        }
    if (km_report_construct(p, t)) return -1;
    km_report_unknown(p, KM_DIAGNOSTIC_UNKNOWN_NAME, t, known, s->local_count);
    return -1;
}

/* --- calls --- */

typedef struct call {
    int builtin, arguments[3], count;
    int has_axis, axis;
    km_token name;
} call;

static int parse_axis(km_scope *s, call *c) {
    km_program *p = s->program;
    const int from = km_peek(p).from, negative = km_accept(p, "-");
    const km_token t = km_next(p);
    double value = 2;
    if (t.kind == KM_TOKEN_NUMBER) km_read_number(p->text + t.from, p->text + t.to, &value);
    c->has_axis = 1;
    c->axis = negative ? -(int)(value < 9 ? value : 9) : (int)(value < 9 ? value : 9);
    if (t.kind == KM_TOKEN_NUMBER && (value == 0 || value == 1)) return 1;
    km_report(p, KM_DIAGNOSTIC_AXIS, from, t.to, builtins[c->builtin].name, "a vector", "-1 (or 0)");
    return 0;
}

static int is_axis_word(km_program *p) {
    return km_is_word(p, km_peek(p), "axis") && km_is_word(p, p->tokens[p->at + 1], "=");
}

/* min and max of a number and another, which are Python's own: max(d, 1). */
static int is_least_or_greatest_of_two(const km_scope *s, const call *c) {
    const km_op op = builtins[c->builtin].op;
    return (op == KM_OP_REDUCE_MIN || op == KM_OP_REDUCE_MAX) && c->count > 0 && !c->has_axis &&
           type_of(s, c->arguments[0]) == KM_TYPE_SCALAR;
}

/* The arguments after the opening bracket, and the closing one. A reduction's second argument is its axis. */
static int parse_arguments(km_scope *s, call *c) {
    km_program *p = s->program;
    const builtin_kind kind = builtins[c->builtin].kind;
    while (!km_accept(p, ")")) {
        if (kind == REDUCE && is_axis_word(p)) {
            p->at += 2;
            if (!parse_axis(s, c)) return 0;
        } else if (kind == REDUCE && c->count == 1 && !c->has_axis && !is_least_or_greatest_of_two(s, c) &&
                   (km_is_word(p, km_peek(p), "-") || km_peek(p).kind == KM_TOKEN_NUMBER)) {
            if (!parse_axis(s, c)) return 0;
        } else {
            const int value = parse_choice(s);
            if (value < 0) return 0;
            if (c->count < 3) c->arguments[c->count] = value;
            c->count++;
        }
        if (!km_accept(p, ",") && !km_is_word(p, km_peek(p), ")")) {
            expected(s, ", or )");
            return 0;
        }
    }
    return 1;
}

static int wrong_count(km_scope *s, const call *c, const char *takes) {
    km_report(s->program, KM_DIAGNOSTIC_ARGUMENTS, c->name.from, s->program->tokens[s->program->at - 1].to,
              builtins[c->builtin].name, takes);
    return -1;
}

static int wrong_axis(km_scope *s, const call *c, const char *of, const char *axis) {
    km_report(s->program, KM_DIAGNOSTIC_AXIS, c->name.from, s->program->tokens[s->program->at - 1].to,
              builtins[c->builtin].name, of, axis);
    return -1;
}

static int reduce(km_scope *s, const call *c, int from) {
    if (c->count == 2 && is_least_or_greatest_of_two(s, c) && type_of(s, c->arguments[1]) == KM_TYPE_SCALAR) {
        const km_op op = builtins[c->builtin].op == KM_OP_REDUCE_MIN ? KM_OP_MINIMUM : KM_OP_MAXIMUM;
        return make(s, op, c->arguments[0], c->arguments[1], -1, from);
    }
    if (c->count != 1) return wrong_count(s, c, "one array, and an axis");
    const km_type type = type_of(s, c->arguments[0]);
    if (type == KM_TYPE_POINTS) {
        if (!c->has_axis || c->axis != 0) return wrong_axis(s, c, "a point set", "0");
        return make(s, builtins[c->builtin].members_op, c->arguments[0], -1, -1, from);
    }
    if (type == KM_TYPE_SCALAR || builtins[c->builtin].op == KM_OP_NUMBER) {
        km_report(s->program, KM_DIAGNOSTIC_TYPE, from, s->program->tokens[s->program->at - 1].to,
                  builtins[c->builtin].name,
                  builtins[c->builtin].op == KM_OP_NUMBER ? "a point set" : "a vector or a point set",
                  km_type_name(type));
        return -1;
    }
    if (c->has_axis && c->axis > 0) return wrong_axis(s, c, "a vector", "-1 (or 0)");
    return make(s, builtins[c->builtin].op, c->arguments[0], -1, -1, from);
}

static int parse_array(km_scope *s, int from) {
    km_program *p = s->program;
    double values[KM_TREE_MAX_CONSTANTS];
    int count = 0;
    if (!km_accept(p, "[")) {
        km_report(p, KM_DIAGNOSTIC_LITERAL, from, km_peek(p).to);
        return -1;
    }
    while (!km_accept(p, "]")) {
        const int negative = km_accept(p, "-");
        const km_token t = km_next(p);
        if (t.kind != KM_TOKEN_NUMBER || count == KM_TREE_MAX_CONSTANTS) {
            if (t.kind != KM_TOKEN_BAD) km_report(p, KM_DIAGNOSTIC_LITERAL, t.from, t.to);
            return -1;
        }
        km_read_number(p->text + t.from, p->text + t.to, &values[count]);
        if (negative) values[count] = -values[count];
        count++;
        if (!km_accept(p, ",") && !km_is_word(p, km_peek(p), "]")) return expected(s, ", or ]");
    }
    km_accept(p, ",");
    if (!need(s, ")")) return -1;
    if (count == 0) {
        km_report(p, KM_DIAGNOSTIC_LITERAL, from, p->tokens[p->at - 1].to);
        return -1;
    }
    return placed(s, km_tree_literal(s->tree, values, count), from);
}

/* What students reach for in NumPy and Python, and what does it here. */
static int report_elsewhere(km_scope *s, km_token name) {
    static const struct {
        const char *name, *here;
    } others[] = {{"dot", "(a * b).sum(-1)"},
                  {"norm", "np.sqrt((a**2).sum(-1))"},
                  {"linalg", "np.sqrt((a**2).sum(-1))"},
                  {"square", "a**2"},
                  {"power", "a**b"},
                  {"pow", "a**b"},
                  {"average", "mean"},
                  {"std", "np.sqrt(((a - a.mean())**2).mean())"},
                  {"var", "((a - a.mean())**2).mean()"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (km_is_word(s->program, name, others[i].name)) {
            km_report(s->program, KM_DIAGNOSTIC_ELSEWHERE, name.from, name.to, others[i].name,
                      others[i].here);
            return 1;
        }
    return 0;
}

/* A call of `name`, with `self` (a method's object) as its first argument, or -1. The opening bracket is
 * taken. */
static int parse_call(km_scope *s, km_token name, int self, int from) {
    km_program *p = s->program;
    char word[64];
    call c = {.builtin = -1, .name = name};
    km_copy_token(p, name, word, sizeof word);
    for (int i = 0; i < BUILTINS; i++)
        if (strcmp(builtins[i].name, word) == 0) c.builtin = i;
    if (c.builtin < 0 || (self >= 0 && builtins[c.builtin].kind != REDUCE)) {
        if (c.builtin < 0 && (km_report_construct(p, name) || report_elsewhere(s, name))) return -1;
        /* A known function that is no method has no other name to propose. */
        km_report_unknown(p, KM_DIAGNOSTIC_UNKNOWN_FUNCTION, name, builtin_names,
                          c.builtin < 0 ? BUILTINS : 0);
        return -1;
    }
    const builtin_kind kind = builtins[c.builtin].kind;
    if (kind == ARRAY) return parse_array(s, from);
    if (self >= 0) c.arguments[c.count++] = self;
    if (!parse_arguments(s, &c)) return -1;
    const int *a = c.arguments;
    switch (kind) {
    case UNARY:
        return c.count == 1 ? make(s, builtins[c.builtin].op, a[0], -1, -1, from)
                            : wrong_count(s, &c, "one value");
    case BINARY:
        return c.count == 2 ? make(s, builtins[c.builtin].op, a[0], a[1], -1, from)
                            : wrong_count(s, &c, "two values");
    case WHERE:
        return c.count == 3 ? make(s, KM_OP_SELECT, a[0], a[1], a[2], from)
                            : wrong_count(s, &c, "a condition and two values");
    default: return reduce(s, &c, from);
    }
}

/* --- precedence, tightest first --- */

static int parse_index(km_scope *s, int vector, int from) {
    km_program *p = s->program;
    const km_token t = km_next(p);
    double index = -1;
    if (t.kind == KM_TOKEN_NUMBER) km_read_number(p->text + t.from, p->text + t.to, &index);
    if (km_is_word(p, t, ":") || km_is_word(p, km_peek(p), ":") || km_is_word(p, km_peek(p), ",")) {
        km_report(p, KM_DIAGNOSTIC_SLICE, t.from, km_peek(p).to);
        return -1;
    }
    if (!(index >= 0 && index < KM_MAX_DIMS && index == (int)index)) {
        km_report(p, KM_DIAGNOSTIC_INDEX, t.from, t.to, KM_MAX_DIMS - 1);
        return -1;
    }
    if (!need(s, "]")) return -1;
    if (type_of(s, vector) != KM_TYPE_VECTOR) {
        km_report(p, KM_DIAGNOSTIC_TYPE, from, t.from, "An index", "a vector",
                  km_type_name(type_of(s, vector)));
        return -1;
    }
    return placed(s, km_tree_component(s->tree, vector, (int)index), from);
}

static int parse_atom(km_scope *s) {
    km_program *p = s->program;
    const km_token t = km_peek(p);
    if (t.kind == KM_TOKEN_NUMBER) {
        double value;
        km_next(p);
        km_read_number(p->text + t.from, p->text + t.to, &value);
        return placed(s, km_tree_number(s->tree, value), t.from);
    }
    if (t.kind == KM_TOKEN_NAME) {
        if (km_is_word(p, t, "np") && km_is_word(p, p->tokens[p->at + 1], ".")) {
            p->at += 2;
            const km_token name = km_next(p);
            if (name.kind != KM_TOKEN_NAME) return expected(s, "a function");
            if (km_is_word(p, km_peek(p), ".") && report_elsewhere(s, name)) return -1; /* np.linalg.norm */
            if (!need(s, "(")) return -1;
            return parse_call(s, name, -1, t.from);
        }
        km_next(p);
        return km_accept(p, "(") ? parse_call(s, t, -1, t.from) : name_value(s, t);
    }
    if (km_accept(p, "(")) {
        const int value = parse_choice(s);
        if (value < 0) return -1;
        return need(s, ")") ? value : -1;
    }
    if (t.kind == KM_TOKEN_OPERATOR && (km_is_word(p, t, "[") || km_is_word(p, t, "{"))) {
        km_report(p, km_is_word(p, t, "[") ? KM_DIAGNOSTIC_LIST : KM_DIAGNOSTIC_DICT, t.from, t.to);
        return -1;
    }
    if (km_is_word(p, t, "~")) {
        km_report(p, KM_DIAGNOSTIC_NO_OPERATOR, t.from, t.to, "~");
        return -1;
    }
    return expected(s, "a value");
}

static int parse_postfix(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from;
    int value = parse_atom(s);
    while (value >= 0) {
        if (km_accept(p, ".")) {
            const km_token name = km_next(p);
            if (name.kind != KM_TOKEN_NAME) return expected(s, "a method");
            if (!need(s, "(")) return -1;
            value = parse_call(s, name, value, from);
        } else if (km_accept(p, "[")) {
            value = parse_index(s, value, from);
        } else break;
    }
    return value;
}

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
    const int from = km_peek(p).from, base = parse_postfix(s);
    if (base < 0 || !km_accept(p, "**")) return base;
    if (!enter(s)) return -1;
    const int next = s->tree->count, exponent = parse_unary(s);
    s->depth--;
    if (exponent < 0) return -1;
    /* x**2 is x * x, as NumPy computes it; the 2 written here is no operation then. */
    const km_node *n = &s->tree->nodes[exponent];
    if (n->op == KM_OP_NUMBER && n->value == 2) {
        s->tree->count = next;
        return make(s, KM_OP_MULTIPLY, base, base, -1, from);
    }
    return make(s, KM_OP_POWER, base, exponent, -1, from);
}

static int parse_unary(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from, negate = km_accept(p, "-");
    if (!negate && !km_accept(p, "+")) return parse_power(s);
    if (!enter(s)) return -1;
    const int value = parse_unary(s);
    s->depth--;
    return value < 0 || !negate ? value : make(s, KM_OP_NEGATE, value, -1, -1, from);
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
        left = right < 0 ? -1 : make(s, operators[i].op, left, right, -1, from);
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
        return make(s, comparisons[i].op, swap ? right : left, swap ? left : right, -1, from);
    }
    return left;
}

/* and, or and not work on numbers: on an array Python would not know which element decides. */
static int need_scalar(km_scope *s, int node, const char *word, int from) {
    if (node < 0 || type_of(s, node) == KM_TYPE_SCALAR) return node;
    km_report(s->program, KM_DIAGNOSTIC_TYPE, from, s->program->tokens[s->program->at - 1].to, word,
              "a number", km_type_name(type_of(s, node)));
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
    return value < 0 ? -1 : make(s, KM_OP_NOT, value, -1, -1, from);
}

static int parse_logic(km_scope *s, const char *word, km_op op, int (*operand)(km_scope *)) {
    const int from = km_peek(s->program).from;
    int left = operand(s);
    while (left >= 0 && km_is_word(s->program, km_peek(s->program), word)) {
        left = need_scalar(s, left, word, from);
        accept_word(s->program, word);
        const int start = km_peek(s->program).from;
        const int right = left < 0 ? -1 : need_scalar(s, operand(s), word, start);
        left = right < 0 ? -1 : make(s, op, left, right, -1, from);
    }
    return left;
}

static int parse_and(km_scope *s) { return parse_logic(s, "and", KM_OP_AND, parse_not); }
static int parse_or(km_scope *s) { return parse_logic(s, "or", KM_OP_OR, parse_and); }

/* a if condition else b */
static int parse_choice(km_scope *s) {
    km_program *p = s->program;
    if (!enter(s)) return -1;
    const int from = km_peek(p).from;
    int value = parse_or(s);
    if (value >= 0 && accept_word(p, "if")) {
        const int start = km_peek(p).from, condition = need_scalar(s, parse_or(s), "if", start);
        if (condition < 0) value = -1;
        else if (!accept_word(p, "else")) value = expected(s, "else");
        else {
            const int other = parse_choice(s);
            value = other < 0 ? -1 : make(s, KM_OP_SELECT, condition, value, other, from);
        }
    }
    s->depth--;
    return value;
}

int km_parse_expression(km_scope *s) { return parse_choice(s); }
