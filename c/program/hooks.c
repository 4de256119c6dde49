/* hooks.c: functions the text defines. */
#include "../params.h"
#include "../text.h"
#include "internal.h"
#include <string.h>

static const struct {
    const char *name, *parameters;
    km_type result;
} hooks[] = {
#define HOOK(id, name, parameters, result, formula, help) {name, parameters, result},
#include "../defs/hooks.def"
#undef HOOK
};
static const char *const hook_names[] = {
#define HOOK(id, name, parameters, result, formula, help) name,
#include "../defs/hooks.def"
#undef HOOK
};

/* What the inputs of each hook are. */
static km_type input_type(km_hook hook, int input) {
    if (hook == KM_HOOK_DISTANCE) return KM_TYPE_VECTOR;
    if (hook == KM_HOOK_CENTER) return input == 0 ? KM_TYPE_POINTS : KM_TYPE_VECTOR;
    return KM_TYPE_SCALAR;
}

static int find_hook(const km_program *p, km_token name) {
    for (int h = 0; h < KM_HOOK_COUNT; h++)
        if (km_is_word(p, name, hooks[h].name)) return h;
    return -1;
}

/* 0 when there is no room for another name. */
static int set_local(km_scope *s, const char *name, int node) {
    int i = 0;
    while (i < s->local_count && strcmp(s->locals[i].name, name) != 0) i++;
    if (i == KM_MAX_LOCALS) return 0;
    if (i == s->local_count) s->local_count++;
    km_text t = km_text_in(s->locals[i].name, sizeof s->locals[i].name);
    km_text_put(&t, name);
    s->locals[i].node = node;
    return 1;
}

/* (x, c) by the hook's own names in their order; center may leave c out. 1 when they are right. */
static int parse_inputs(km_scope *s, km_hook hook, km_token name) {
    km_program *p = s->program;
    const char *expected = hooks[hook].parameters;
    int good = km_accept(p, "("), input = 0;
    while (good && !km_accept(p, ")")) {
        const km_token t = km_next(p);
        const char *end = strchr(expected, ',');
        char word[32];
        const int length = end ? (int)(end - expected) : (int)strlen(expected);
        good = t.kind == KM_TOKEN_NAME && *expected && t.to - t.from == length &&
               memcmp(p->text + t.from, expected, (size_t)length) == 0;
        if (!good) break;
        km_copy_token(p, t, word, sizeof word);
        set_local(s, word, km_tree_input(s->tree, input, input_type(hook, input)));
        input++;
        expected += length + (end ? 2 : 0);
        if (!km_accept(p, ",") && !km_is_word(p, km_peek(p), ")")) good = 0;
    }
    if (good && *expected && !(hook == KM_HOOK_CENTER && input == 1)) good = 0;
    if (!good) {
        const km_diagnostic_id id = KM_DIAGNOSTIC_HOOK_PARAMETERS;
        km_diagnostic *d = km_report(p, id, name.from, name.to, hooks[hook].name, hooks[hook].parameters);
        char fix[KM_FIX_BYTES];
        km_text text = km_text_in(fix, sizeof fix);
        km_text_print(&text, "%s(%s)", hooks[hook].name, hooks[hook].parameters);
        int to = name.to; /* up to the closing bracket of this line, if there is one */
        for (int i = p->at; p->tokens[i].kind != KM_TOKEN_NEWLINE && p->tokens[i].kind != KM_TOKEN_END; i++)
            if (km_is_word(p, p->tokens[i], ")")) to = p->tokens[i].to;
        if (km_is_word(p, p->tokens[p->at - 1], ")")) to = km_taken_to(p);
        km_propose(d, name.from, to, fix);
    }
    return good;
}

/* A vector may stand for a number only through a reduction: say which. */
static const char *return_hint(km_type found, km_type needed) {
    if (needed == KM_TYPE_SCALAR && found == KM_TYPE_VECTOR) return " Add .sum(-1).";
    if (needed == KM_TYPE_VECTOR && found == KM_TYPE_POINTS) return " Add .mean(0).";
    return "";
}

/* `return expression`; 1 when it is good. */
static int parse_return(km_scope *s, km_hook hook) {
    km_program *p = s->program;
    const int from = km_peek(p).from, value = km_parse_expression(s);
    if (value < 0) {
        km_skip_line(p);
        return 0;
    }
    const int to = km_taken_to(p);
    const km_type found = s->tree->nodes[value].type;
    if (found != hooks[hook].result)
        km_report(p, KM_DIAGNOSTIC_RETURN_TYPE, from, to, hooks[hook].name, km_type_name(hooks[hook].result),
                  km_type_name(found), return_hint(found, hooks[hook].result));
    s->tree->result = value;
    s->tree->from = from;
    s->tree->to = to;
    km_expect_line_end(p);
    return found == hooks[hook].result;
}

static void parse_local(km_scope *s, km_token name) {
    char word[32];
    km_copy_token(s->program, name, word, sizeof word);
    const int value = km_parse_expression(s);
    if (!set_local(s, word, value))
        km_report(s->program, KM_DIAGNOSTIC_TOO_MANY_NAMES, name.from, name.to, KM_MAX_LOCALS);
    if (value < 0) km_skip_line(s->program);
    else km_expect_line_end(s->program);
}

/* The lines of a block; 1 when they end in a good return. */
static int parse_body(km_scope *s, km_hook hook, km_token name) {
    km_program *p = s->program;
    int returned = 0, good = 1, warned = 0;
    const int errors = p->errors;
    while (km_peek(p).kind != KM_TOKEN_DEDENT && km_peek(p).kind != KM_TOKEN_END) {
        const km_token t = km_next(p), after = km_peek(p);
        if (returned && !warned) {
            km_report(p, KM_DIAGNOSTIC_AFTER_RETURN, t.from, t.to > t.from ? t.to : t.from + 1);
            warned = 1;
        }
        if (returned || t.kind == KM_TOKEN_STRING) {
            if (t.kind != KM_TOKEN_NEWLINE) km_skip_line(p);
        } else if (t.kind == KM_TOKEN_INDENT) {
            km_report(p, KM_DIAGNOSTIC_INDENTATION, t.from, t.from + 1);
        } else if (t.kind == KM_TOKEN_NAME && km_is_word(p, t, "return")) {
            good = parse_return(s, hook);
            returned = 1;
        } else if (t.kind == KM_TOKEN_NAME && km_is_word(p, after, "=")) {
            km_next(p);
            parse_local(s, t);
        } else {
            if (t.kind != KM_TOKEN_BAD && !km_report_construct(p, t) && !km_report_augmented(p, t, after))
                km_report(p, KM_DIAGNOSTIC_BODY_STATEMENT, t.from, t.to);
            km_skip_line(p);
            km_skip_block(p);
        }
    }
    km_next(p);
    if (!returned && p->errors == errors)
        km_report(p, KM_DIAGNOSTIC_NO_RETURN, name.from, name.to, hooks[hook].name);
    return returned && good && p->errors == errors;
}

/* Skips the rest of a definition whose first line is no good. */
static void skip_definition(km_program *p) {
    km_skip_line(p);
    km_skip_block(p);
}

/* Distance and center that are a named choice written out set that parameter, and run by the engine's own
 * kernels. */
static void take_hook(km_program *p, km_hook hook, km_token name) {
    const int is_distance = hook == KM_HOOK_DISTANCE, is_center = hook == KM_HOOK_CENTER;
    int idiom = -1;
    if (is_distance || is_center) {
        const km_param param = is_distance ? KM_PARAM_DISTANCE : KM_PARAM_CENTER;
        idiom = is_distance ? km_distance_idiom(&p->hooks[hook]) : km_center_idiom(&p->hooks[hook]);
        km_note_setting(p, param, name);
        p->from[param] = p->to[param] = -1;
        p->values[param] = idiom < 0 ? km_param_table[param].initial : idiom;
    }
    p->custom[hook] = idiom < 0 && !km_is_default_hook(hook, &p->hooks[hook]);
}

void km_parse_hook(km_program *p) {
    const int definition = km_next(p).from;
    const km_token name = km_next(p);
    if (name.kind != KM_TOKEN_NAME) {
        p->at--;
        km_report(p, KM_DIAGNOSTIC_EXPECTED, name.from, name.to, "a name");
        skip_definition(p);
        return;
    }
    const int hook = find_hook(p, name);
    if (hook < 0) {
        km_report_unknown(p, KM_DIAGNOSTIC_UNKNOWN_HOOK, name, hook_names, KM_HOOK_COUNT);
        skip_definition(p);
        return;
    }
    km_tree *tree = &p->hooks[hook];
    tree->count = tree->constant_count = tree->result = 0;
    km_scope scope = {.program = p, .tree = tree};
    if (!parse_inputs(&scope, (km_hook)hook, name)) {
        skip_definition(p);
        return;
    }
    const int end = km_taken_to(p);
    if (!km_accept(p, ":")) {
        km_propose(km_report(p, KM_DIAGNOSTIC_MISSING_COLON, end - 1, end), end, end, ":");
    }
    int good;
    if (km_peek(p).kind == KM_TOKEN_NEWLINE) {
        km_next(p);
        if (km_peek(p).kind != KM_TOKEN_INDENT) {
            km_report(p, KM_DIAGNOSTIC_EMPTY_BODY, name.from, name.to, hooks[hook].name);
            return;
        }
        km_next(p);
        good = parse_body(&scope, (km_hook)hook, name);
    } else { /* def stop(...): return ... */
        const km_token t = km_next(p);
        good = km_is_word(p, t, "return") && parse_return(&scope, (km_hook)hook);
        if (!km_is_word(p, t, "return")) {
            if (t.kind != KM_TOKEN_BAD && t.kind != KM_TOKEN_END)
                km_report(p, KM_DIAGNOSTIC_EXPECTED, t.from, t.to, "return");
            skip_definition(p);
        }
    }
    p->has_hook[hook] = good;
    p->definition_from[hook] = definition;
    p->definition_to[hook] = tree->to;
    if (good) take_hook(p, (km_hook)hook, name);
}
