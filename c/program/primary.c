/* primary.c: what binds tightest: numbers, names, brackets, and after them methods and indices. */
#include "expression.h"
#include <string.h>

static int name_value(km_scope *s, km_token t) {
    km_program *p = s->program;
    char word[64];
    const char *known[KM_MAX_LOCALS];
    km_copy_token(p, t, word, sizeof word);
    for (int i = s->local_count - 1; i >= 0; i--) {
        known[i] = s->locals[i].name;
        if (strcmp(s->locals[i].name, word) == 0) return s->locals[i].node;
    }
    if (km_is_builtin(p, t)) {
        km_report(p, KM_DIAGNOSTIC_NOT_A_VALUE, t.from, t.to, word);
        return -1;
    }
    if (km_report_construct(p, t)) return -1;
    km_report_unknown(p, KM_DIAGNOSTIC_UNKNOWN_NAME, t, known, s->local_count);
    return -1;
}

static int parse_index(km_scope *s, int vector, int from) {
    km_program *p = s->program;
    const km_token t = km_next(p);
    const double index = t.kind == KM_TOKEN_NUMBER ? km_token_number(p, t) : -1;
    if (km_is_word(p, t, ":") || km_is_word(p, km_peek(p), ":") || km_is_word(p, km_peek(p), ",")) {
        km_report(p, KM_DIAGNOSTIC_SLICE, t.from, km_peek(p).to);
        return -1;
    }
    if (!(index >= 0 && index < KM_MAX_DIMS && index == (int)index)) {
        km_report(p, KM_DIAGNOSTIC_INDEX, t.from, t.to, KM_MAX_DIMS - 1);
        return -1;
    }
    if (!km_need(s, "]")) return -1;
    if (km_type_of(s, vector) != KM_TYPE_VECTOR) {
        km_report(p, KM_DIAGNOSTIC_TYPE, from, t.from, "An index", "a vector",
                  km_type_name(km_type_of(s, vector)));
        return -1;
    }
    return km_place(s, km_tree_component(s->tree, vector, (int)index), from);
}

static int parse_atom(km_scope *s) {
    km_program *p = s->program;
    const km_token t = km_peek(p);
    if (t.kind == KM_TOKEN_NUMBER) {
        km_next(p);
        return km_place(s, km_tree_number(s->tree, km_token_number(p, t)), t.from);
    }
    if (t.kind == KM_TOKEN_NAME) {
        if (km_is_word(p, t, "np") && km_is_word(p, p->tokens[p->at + 1], ".")) {
            p->at += 2;
            const km_token name = km_next(p);
            if (name.kind != KM_TOKEN_NAME) return km_expected(s, "a function");
            if (km_is_word(p, km_peek(p), ".") && km_report_elsewhere(p, name))
                return -1; /* np.linalg.norm */
            if (!km_need(s, "(")) return -1;
            return km_parse_call(s, name, -1, t.from);
        }
        km_next(p);
        return km_accept(p, "(") ? km_parse_call(s, t, -1, t.from) : name_value(s, t);
    }
    if (km_accept(p, "(")) {
        const int value = km_parse_expression(s);
        if (value < 0) return -1;
        return km_need(s, ")") ? value : -1;
    }
    if (t.kind == KM_TOKEN_OPERATOR && (km_is_word(p, t, "[") || km_is_word(p, t, "{"))) {
        km_report(p, km_is_word(p, t, "[") ? KM_DIAGNOSTIC_LIST : KM_DIAGNOSTIC_DICT, t.from, t.to);
        return -1;
    }
    if (km_is_word(p, t, "~")) {
        km_report(p, KM_DIAGNOSTIC_NO_OPERATOR, t.from, t.to, "~");
        return -1;
    }
    return km_expected(s, "a value");
}

int km_parse_primary(km_scope *s) {
    km_program *p = s->program;
    const int from = km_peek(p).from;
    int value = parse_atom(s);
    while (value >= 0) {
        if (km_accept(p, ".")) {
            const km_token name = km_next(p);
            if (name.kind != KM_TOKEN_NAME) return km_expected(s, "a method");
            if (!km_need(s, "(")) return -1;
            value = km_parse_call(s, name, value, from);
        } else if (km_accept(p, "[")) {
            value = parse_index(s, value, from);
        } else break;
    }
    return value;
}
