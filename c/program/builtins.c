/* builtins.c: the functions an expression can call. */
#include "expression.h"
#include <stddef.h>

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

static int find_builtin(const km_program *p, km_token name) {
    for (int i = 0; i < BUILTINS; i++)
        if (km_is_word(p, name, builtins[i].name)) return i;
    return -1;
}

int km_is_builtin(const km_program *p, km_token name) { return find_builtin(p, name) >= 0; }

typedef struct call {
    int builtin, arguments[3], count;
    int has_axis, axis;
    km_token name;
} call;

static int parse_axis(km_scope *s, call *c) {
    km_program *p = s->program;
    const int from = km_peek(p).from, negative = km_accept(p, "-");
    const km_token t = km_next(p);
    const double value = t.kind == KM_TOKEN_NUMBER ? km_token_number(p, t) : 2;
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
           km_type_of(s, c->arguments[0]) == KM_TYPE_SCALAR;
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
            const int value = km_parse_expression(s);
            if (value < 0) return 0;
            if (c->count < 3) c->arguments[c->count] = value;
            c->count++;
        }
        if (!km_accept(p, ",") && !km_is_word(p, km_peek(p), ")")) {
            km_expected(s, ", or )");
            return 0;
        }
    }
    return 1;
}

static int wrong_count(km_scope *s, const call *c, const char *takes) {
    km_report(s->program, KM_DIAGNOSTIC_ARGUMENTS, c->name.from, km_taken_to(s->program),
              builtins[c->builtin].name, takes);
    return -1;
}

static int wrong_axis(km_scope *s, const call *c, const char *of, const char *axis) {
    km_report(s->program, KM_DIAGNOSTIC_AXIS, c->name.from, km_taken_to(s->program),
              builtins[c->builtin].name, of, axis);
    return -1;
}

static int reduce(km_scope *s, const call *c, int from) {
    if (c->count == 2 && is_least_or_greatest_of_two(s, c) &&
        km_type_of(s, c->arguments[1]) == KM_TYPE_SCALAR) {
        const km_op op = builtins[c->builtin].op == KM_OP_REDUCE_MIN ? KM_OP_MINIMUM : KM_OP_MAXIMUM;
        return km_make(s, op, c->arguments[0], c->arguments[1], -1, from);
    }
    if (c->count != 1) return wrong_count(s, c, "one array, and an axis");
    const km_type type = km_type_of(s, c->arguments[0]);
    if (type == KM_TYPE_POINTS) {
        if (!c->has_axis || c->axis != 0) return wrong_axis(s, c, "a point set", "0");
        return km_make(s, builtins[c->builtin].members_op, c->arguments[0], -1, -1, from);
    }
    if (type == KM_TYPE_SCALAR || builtins[c->builtin].op == KM_OP_NUMBER) {
        km_report(s->program, KM_DIAGNOSTIC_TYPE, from, km_taken_to(s->program), builtins[c->builtin].name,
                  builtins[c->builtin].op == KM_OP_NUMBER ? "a point set" : "a vector or a point set",
                  km_type_name(type));
        return -1;
    }
    if (c->has_axis && c->axis > 0) return wrong_axis(s, c, "a vector", "-1 (or 0)");
    return km_make(s, builtins[c->builtin].op, c->arguments[0], -1, -1, from);
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
        const double value = km_token_number(p, t);
        values[count++] = negative ? -value : value;
        if (!km_accept(p, ",") && !km_is_word(p, km_peek(p), "]")) return km_expected(s, ", or ]");
    }
    km_accept(p, ",");
    if (!km_need(s, ")")) return -1;
    if (count == 0) {
        km_report(p, KM_DIAGNOSTIC_LITERAL, from, km_taken_to(p));
        return -1;
    }
    return km_place(s, km_tree_literal(s->tree, values, count), from);
}

int km_report_elsewhere(km_program *p, km_token name) {
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
        if (km_is_word(p, name, others[i].name)) {
            km_report(p, KM_DIAGNOSTIC_ELSEWHERE, name.from, name.to, others[i].name, others[i].here);
            return 1;
        }
    return 0;
}

int km_parse_call(km_scope *s, km_token name, int self, int from) {
    km_program *p = s->program;
    call c = {.builtin = find_builtin(p, name), .name = name};
    if (c.builtin < 0 || (self >= 0 && builtins[c.builtin].kind != REDUCE)) {
        if (c.builtin < 0 && (km_report_construct(p, name) || km_report_elsewhere(p, name))) return -1;
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
        return c.count == 1 ? km_make(s, builtins[c.builtin].op, a[0], -1, -1, from)
                            : wrong_count(s, &c, "one value");
    case BINARY:
        return c.count == 2 ? km_make(s, builtins[c.builtin].op, a[0], a[1], -1, from)
                            : wrong_count(s, &c, "two values");
    case WHERE:
        return c.count == 3 ? km_make(s, KM_OP_SELECT, a[0], a[1], a[2], from)
                            : wrong_count(s, &c, "a condition and two values");
    default: return reduce(s, &c, from);
    }
}
