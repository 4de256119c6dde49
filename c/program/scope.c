/* scope.c: the nodes of the expression under way, each with its place in the text, and what it lacks. */
#include "expression.h"

const char *km_type_name(km_type type) {
    static const char *const type_names[] = {"a number", "a vector", "a point set"};
    return type_names[type];
}

km_type km_type_of(const km_scope *s, int node) { return s->tree->nodes[node].type; }

int km_place(km_scope *s, int node, int from) {
    const int to = km_taken_to(s->program);
    if (node < 0) {
        if (!s->full) km_report(s->program, KM_DIAGNOSTIC_TOO_LARGE, from, to, KM_TREE_MAX_NODES);
        s->full = 1;
        return -1;
    }
    s->tree->nodes[node].from = from;
    s->tree->nodes[node].to = to;
    return node;
}

int km_make(km_scope *s, km_op op, int a, int b, int c, int from) {
    return km_place(s, km_tree_add(s->tree, op, a, b, c), from);
}

int km_expected(km_scope *s, const char *what) {
    km_program *p = s->program;
    const km_token t = km_peek(p);
    if (t.kind == KM_TOKEN_BAD || km_report_construct(p, t)) return -1;
    const int from = t.from == t.to && t.from > 0 ? t.from - 1 : t.from;
    km_report(p, KM_DIAGNOSTIC_EXPECTED, from, t.to, what);
    return -1;
}

int km_need(km_scope *s, const char *sign) {
    if (km_accept(s->program, sign)) return 1;
    km_expected(s, sign);
    return 0;
}
