/* parse.c: a program's lines. Each error is reported once and the parser goes on at the next line, so that
 * several are reported together. */
#include "../params.h"
#include "internal.h"
#include "lex.h"
#include <stdlib.h>
#include <string.h>

km_program *km_program_create(void) {
    km_program *p = calloc(1, sizeof *p);
    if (p) km_program_parse(p, 0);
    return p;
}

void km_program_destroy(km_program *p) { free(p); }
char *km_program_text(km_program *p) { return p->text; }

int km_accept(km_program *p, const char *text) {
    const km_token t = km_peek(p);
    if (t.kind != KM_TOKEN_OPERATOR || !km_is_word(p, t, text)) return 0;
    p->at++;
    return 1;
}

void km_skip_line(km_program *p) {
    while (km_peek(p).kind != KM_TOKEN_NEWLINE && km_peek(p).kind != KM_TOKEN_END) p->at++;
    km_next(p);
}

static int ends_line(km_token t) {
    return t.kind == KM_TOKEN_NEWLINE || t.kind == KM_TOKEN_END || t.kind == KM_TOKEN_DEDENT;
}

void km_expect_line_end(km_program *p) {
    const km_token t = km_peek(p);
    if (!ends_line(t) && t.kind != KM_TOKEN_BAD && !km_report_construct(p, t))
        km_report(p, KM_DIAGNOSTIC_EXTRA, t.from, t.to);
    if (t.kind != KM_TOKEN_DEDENT) km_skip_line(p);
}

int km_report_construct(km_program *p, km_token t) {
    static const struct {
        const char *word;
        km_diagnostic_id id;
    } constructs[] = {{"for", KM_DIAGNOSTIC_LOOP},          {"while", KM_DIAGNOSTIC_LOOP},
                      {"if", KM_DIAGNOSTIC_IF_STATEMENT},   {"elif", KM_DIAGNOSTIC_IF_STATEMENT},
                      {"else", KM_DIAGNOSTIC_IF_STATEMENT}, {"import", KM_DIAGNOSTIC_IMPORT},
                      {"from", KM_DIAGNOSTIC_IMPORT},       {"print", KM_DIAGNOSTIC_PRINT},
                      {"lambda", KM_DIAGNOSTIC_LAMBDA},     {"class", KM_DIAGNOSTIC_CLASS}};
    static const char *const keywords[] = {"assert", "async",   "await",  "break", "continue", "del",
                                           "except", "finally", "global", "is",    "nonlocal", "pass",
                                           "raise",  "return",  "try",    "with",  "yield",    "None",
                                           "True",   "False",   "in"};
    if (t.kind != KM_TOKEN_NAME) return 0;
    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++)
        if (km_is_word(p, t, constructs[i].word)) {
            km_report(p, constructs[i].id, t.from, t.to);
            return 1;
        }
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (km_is_word(p, t, keywords[i])) {
            km_report(p, KM_DIAGNOSTIC_KEYWORD, t.from, t.to, keywords[i]);
            return 1;
        }
    return 0;
}

void km_skip_block(km_program *p) {
    if (km_peek(p).kind != KM_TOKEN_INDENT) return;
    int depth = 0;
    do {
        const km_token_kind kind = km_next(p).kind;
        depth += kind == KM_TOKEN_INDENT ? 1 : kind == KM_TOKEN_DEDENT ? -1 : 0;
    } while (depth > 0 && km_peek(p).kind != KM_TOKEN_END);
}

/* `import numpy as np`, which says what is true anyway. */
static int parse_import(km_program *p) {
    static const char *const words[] = {"import", "numpy", "as", "np"};
    const int start = p->at;
    for (int i = 0; i < 4; i++)
        if (!km_is_word(p, km_next(p), words[i])) {
            p->at = start;
            return 0;
        }
    km_expect_line_end(p);
    return 1;
}

int km_report_augmented(km_program *p, km_token name, km_token t) {
    const int length = t.to - t.from;
    if (t.kind != KM_TOKEN_OPERATOR || length < 2 || p->text[t.to - 1] != '=' ||
        strchr("=<>!:", p->text[t.from]))
        return 0;
    char word[32], sign[4] = "";
    km_copy_token(p, name, word, sizeof word);
    km_copy_token(p, (km_token){t.kind, t.from, t.to - 1}, sign, sizeof sign);
    km_report(p, KM_DIAGNOSTIC_AUGMENTED, name.from, t.to, sign, word, word, sign);
    return 1;
}

static void parse_statement(km_program *p) {
    const km_token t = km_peek(p);
    if (t.kind == KM_TOKEN_INDENT) {
        km_report(p, KM_DIAGNOSTIC_INDENTATION, t.from, t.to + 1);
        km_skip_block(p);
        return;
    }
    if (t.kind == KM_TOKEN_STRING) { /* a docstring */
        km_next(p);
        km_expect_line_end(p);
        return;
    }
    if (t.kind == KM_TOKEN_DEDENT || t.kind == KM_TOKEN_NEWLINE) {
        km_next(p);
        return;
    }
    if (t.kind == KM_TOKEN_NAME) {
        if (km_is_word(p, t, "def")) {
            km_parse_hook(p);
            return;
        }
        if (km_is_word(p, t, "import") && parse_import(p)) return;
        const km_token after = p->tokens[p->at + 1];
        if (after.kind == KM_TOKEN_OPERATOR && km_is_word(p, after, "=")) {
            p->at += 2;
            km_parse_parameter(p, t);
            return;
        }
        if (!km_report_construct(p, t) && !km_report_augmented(p, t, after)) {
            int alias;
            char word[64];
            km_copy_token(p, t, word, sizeof word);
            if (km_find_parameter(word, &alias) >= 0)
                km_report(p, KM_DIAGNOSTIC_EXPECTED, t.to, after.to, "=");
            else km_report(p, KM_DIAGNOSTIC_STATEMENT, t.from, t.to);
        }
    } else if (t.kind != KM_TOKEN_BAD) {
        km_report(p, KM_DIAGNOSTIC_STATEMENT, t.from, t.to);
    }
    km_skip_line(p);
    km_skip_block(p);
}

/* A center that does not minimise the summed distances can make the inertia rise. Nothing is known of
 * functions of one's own. */
static void warn_of_mismatch(km_program *p) {
    static const char *const distances[KM_DISTANCE_COUNT] = {"squared Euclidean", "Manhattan", "Chebyshev",
                                                             "cosine"};
    static const km_center_choice minimisers[KM_DISTANCE_COUNT] = {KM_CENTER_MEAN, KM_CENTER_MEDIAN,
                                                                   KM_CENTER_MEDOID, KM_CENTER_MEDOID};
    const int distance = (int)p->values[KM_PARAM_DISTANCE], center = (int)p->values[KM_PARAM_CENTER];
    const int at_distance = p->set_at[KM_PARAM_DISTANCE], at_center = p->set_at[KM_PARAM_CENTER];
    const char *const *names = km_param_table[KM_PARAM_CENTER].choices;
    if (km_program_is_custom(p, KM_HOOK_DISTANCE) || km_program_is_custom(p, KM_HOOK_CENTER)) return;
    if (center == KM_CENTER_MEDOID || center == (int)minimisers[distance]) return;
    const km_param later = at_distance > at_center ? KM_PARAM_DISTANCE : KM_PARAM_CENTER;
    const char *better = names[minimisers[distance]];
    const int from = p->set_at[later], to = from + (int)strlen(km_param_table[later].name);
    km_diagnostic *d =
        km_report(p, KM_DIAGNOSTIC_MISMATCH, from, to, names[center], distances[distance], better);
    if (km_program_edit(p, KM_PARAM_CENTER, minimisers[distance]))
        km_propose(d, p->edit_from, p->edit_to, p->edit);
}

int km_program_parse(km_program *p, int bytes) {
    p->diagnostic_count = p->errors = p->line_end = p->at = p->token_count = 0;
    memset(p->has_hook, 0, sizeof p->has_hook);
    for (int i = 0; i < KM_PARAM_COUNT; i++) {
        p->values[i] = km_param_table[i].initial;
        p->from[i] = p->to[i] = p->set_at[i] = -1;
    }
    p->bytes = bytes < 0 ? 0 : bytes;
    if (p->bytes > KM_PROGRAM_MAX_BYTES) {
        km_report(p, KM_DIAGNOSTIC_TOO_LONG, 0, KM_PROGRAM_MAX_BYTES, bytes, KM_PROGRAM_MAX_BYTES);
        p->bytes = 0;
    }
    p->text[p->bytes] = '\0';
    km_lex(p);
    while (km_peek(p).kind != KM_TOKEN_END) parse_statement(p);
    if (p->errors == 0) warn_of_mismatch(p);
    km_sort_diagnostics(p);
    return p->errors;
}

static int is_param(km_param param) { return (unsigned)param < KM_PARAM_COUNT; }
double km_program_value(const km_program *p, km_param param) {
    return is_param(param) ? p->values[param] : 0;
}
int km_program_from(const km_program *p, km_param param) { return is_param(param) ? p->from[param] : -1; }
int km_program_to(const km_program *p, km_param param) { return is_param(param) ? p->to[param] : -1; }

int km_program_is_custom(const km_program *p, km_hook hook) {
    return (unsigned)hook < KM_HOOK_COUNT && p->has_hook[hook] && p->custom[hook];
}
int km_program_definition_from(const km_program *p, km_hook hook) {
    return km_program_is_custom(p, hook) ? p->definition_from[hook] : -1;
}
int km_program_definition_to(const km_program *p, km_hook hook) {
    return km_program_is_custom(p, hook) ? p->definition_to[hook] : -1;
}
const km_tree *km_program_tree(const km_program *p, km_hook hook) {
    return (unsigned)hook < KM_HOOK_COUNT && p->has_hook[hook] ? &p->hooks[hook] : NULL;
}
