/* parameters.c: lines that set a parameter. */
#include "../number.h"
#include "../params.h"
#include "../text.h"
#include "internal.h"
#include <string.h>

/* Values as scikit-learn and R spell them. */
static const struct {
    km_param param;
    const char *theirs, *ours;
} choice_aliases[] = {{KM_PARAM_INIT, "k-means++", "kmeans++"},
                      {KM_PARAM_DISTANCE, "l1", "manhattan"},
                      {KM_PARAM_DISTANCE, "cityblock", "manhattan"},
                      {KM_PARAM_DISTANCE, "l2", "euclidean"},
                      {KM_PARAM_DISTANCE, "sqeuclidean", "euclidean"}};

int km_find_parameter(const char *name, int *alias) {
    for (int p = 0; p < KM_PARAM_COUNT; p++) {
        *alias = strcmp(name, km_param_table[p].alias) == 0;
        if (*alias || strcmp(name, km_param_table[p].name) == 0) return p;
    }
    return -1;
}

/* The texts of a choice as a list for a sentence. */
static const char *listed(km_param param, char *out, size_t room) {
    const int count = km_param_table[param].choice_count;
    const char *const *texts = km_param_table[param].choices;
    km_text t = km_text_in(out, room);
    for (int i = 0; i < count; i++)
        km_text_print(&t, "%s\"%s\"", i == 0 ? "" : i == count - 1 ? " or " : ", ", texts[i]);
    return out;
}

static void propose_quoted(km_diagnostic *d, int from, int to, const char *text) {
    char quoted[KM_FIX_BYTES];
    km_text t = km_text_in(quoted, sizeof quoted);
    km_text_print(&t, "\"%s\"", text);
    km_propose(d, from, to, quoted);
}

static int choice_of(km_program *p, km_param param, km_token value, double *out) {
    char word[64], list[160];
    const int count = km_param_table[param].choice_count;
    const char *const *texts = km_param_table[param].choices;
    const int triple = value.to - value.from >= 6 && p->text[value.from + 1] == p->text[value.from] &&
                       p->text[value.from + 2] == p->text[value.from];
    const int quotes = triple ? 3 : 1;
    km_copy_token(p, (km_token){value.kind, value.from + quotes, value.to - quotes}, word, sizeof word);
    const char *meant = word;
    for (size_t i = 0; i < sizeof choice_aliases / sizeof *choice_aliases; i++)
        if (choice_aliases[i].param == param && strcmp(word, choice_aliases[i].theirs) == 0) {
            meant = choice_aliases[i].ours;
            propose_quoted(km_report(p, KM_DIAGNOSTIC_CHOICE_ALIAS, value.from, value.to, word, meant),
                           value.from, value.to, meant);
        }
    for (int i = 0; i < count; i++)
        if (strcmp(meant, texts[i]) == 0) {
            *out = i;
            return 1;
        }
    char shown[64];
    km_text t = km_text_in(shown, sizeof shown);
    km_text_put_quoted(&t, word, (int)strlen(word));
    km_diagnostic *d = km_report(p, KM_DIAGNOSTIC_UNKNOWN_CHOICE, value.from, value.to,
                                 km_param_table[param].name, shown, listed(param, list, sizeof list));
    const char *nearest = km_nearest_word(word, texts, count);
    if (nearest) propose_quoted(d, value.from, value.to, nearest);
    return 0;
}

static int number_of(km_program *p, km_param param, km_token value, int negative, int from, double *out) {
    *out = km_token_number(p, value);
    if (negative) *out = -*out;
    if (km_param_table[param].whole && *out != (double)(int64_t)*out) {
        km_report(p, KM_DIAGNOSTIC_WHOLE_NUMBER, from, value.to, km_param_table[param].name);
        return 0;
    }
    if (!(*out >= km_param_table[param].min && *out <= km_param_table[param].max)) {
        km_diagnostic *d =
            km_report(p, KM_DIAGNOSTIC_OUT_OF_RANGE, from, value.to, km_param_table[param].name,
                      km_param_table[param].min, km_param_table[param].max);
        char nearest[KM_NUMBER_BYTES];
        km_print_number(*out < km_param_table[param].min ? km_param_table[param].min
                                                         : km_param_table[param].max,
                        nearest);
        km_propose(d, from, value.to, nearest);
        return 0;
    }
    return 1;
}

/* The literal after `=`; 1 when it is good. */
static int literal(km_program *p, km_param param, double *value, int *from, int *to) {
    char list[160];
    const km_param_entry *entry = &km_param_table[param];
    const int is_choice = entry->choices != NULL;
    *from = km_peek(p).from;
    int sign = 0;
    while (km_accept(p, "-") || km_accept(p, "+"))
        sign = sign ? 2 : p->text[p->tokens[p->at - 1].from] == '-' ? -1 : 1;
    const km_token t = km_next(p);
    *to = t.to;
    if (t.kind == KM_TOKEN_BAD) return 0;
    if (t.kind == KM_TOKEN_NEWLINE || t.kind == KM_TOKEN_END) {
        if (t.kind == KM_TOKEN_NEWLINE) p->at--;
        km_report(p, KM_DIAGNOSTIC_MISSING_VALUE, t.from - 1 > 0 ? t.from - 1 : 0, t.from, entry->name);
        return 0;
    }
    if (t.kind == KM_TOKEN_NAME && km_report_construct(p, t)) return 0;
    if (t.kind == KM_TOKEN_STRING && is_choice && !sign) {
        if (!choice_of(p, param, t, value)) return 0;
    } else if (t.kind == KM_TOKEN_NUMBER && !is_choice && sign != 2) {
        if (!number_of(p, param, t, sign < 0, *from, value)) return 0;
    } else if (t.kind == KM_TOKEN_STRING || t.kind == KM_TOKEN_NUMBER || t.kind == KM_TOKEN_NAME) {
        if (is_choice) {
            km_diagnostic *d = km_report(p, KM_DIAGNOSTIC_NEEDS_TEXT, *from, t.to, entry->name,
                                         listed(param, list, sizeof list));
            char word[64];
            km_copy_token(p, t, word, sizeof word);
            const char *nearest =
                t.kind == KM_TOKEN_NAME ? km_nearest_word(word, entry->choices, entry->choice_count) : NULL;
            if (nearest) propose_quoted(d, *from, t.to, nearest);
        } else if (t.kind == KM_TOKEN_NAME) {
            km_report(p, KM_DIAGNOSTIC_LITERAL_ONLY, *from, t.to, entry->name);
        } else {
            km_report(p, entry->whole ? KM_DIAGNOSTIC_WHOLE_NUMBER : KM_DIAGNOSTIC_NEEDS_NUMBER, *from, t.to,
                      entry->name);
        }
        return 0;
    } else if (km_is_word(p, t, "[")) {
        km_report(p, KM_DIAGNOSTIC_LIST, t.from, t.to);
        return 0;
    } else {
        km_report(p, KM_DIAGNOSTIC_LITERAL_ONLY, *from, t.to, entry->name);
        return 0;
    }
    const km_token after = km_peek(p);
    if (after.kind != KM_TOKEN_NEWLINE && after.kind != KM_TOKEN_END && after.kind != KM_TOKEN_BAD) {
        km_report(p, KM_DIAGNOSTIC_LITERAL_ONLY, *from, after.to, entry->name);
        return 0;
    }
    return 1;
}

void km_note_setting(km_program *p, km_param param, km_token name) {
    if (p->set_at[param] >= 0)
        km_report(p, KM_DIAGNOSTIC_DUPLICATE, name.from, name.to, km_param_table[param].name,
                  km_line_of(p, p->set_at[param]));
    p->set_at[param] = name.from;
}

void km_parse_parameter(km_program *p, km_token name) {
    char word[64];
    int alias, from, to;
    double value = 0;
    km_copy_token(p, name, word, sizeof word);
    const int found = km_find_parameter(word, &alias);
    if (found < 0) {
        const char *names[KM_PARAM_COUNT];
        for (int i = 0; i < KM_PARAM_COUNT; i++) names[i] = km_param_table[i].name;
        km_report_unknown(p, KM_DIAGNOSTIC_UNKNOWN_PARAMETER, name, names, KM_PARAM_COUNT);
        km_report_construct(p, km_peek(p)); /* dist = lambda x, c: ... */
        km_skip_line(p);
        return;
    }
    const km_param param = (km_param)found;
    if (alias)
        km_propose(km_report(p, KM_DIAGNOSTIC_ALIAS, name.from, name.to, word, km_param_table[param].name),
                   name.from, name.to, km_param_table[param].name);
    if (!literal(p, param, &value, &from, &to)) {
        km_skip_line(p);
        return;
    }
    km_note_setting(p, param, name);
    if (param == KM_PARAM_DISTANCE) p->has_hook[KM_HOOK_DISTANCE] = 0;
    if (param == KM_PARAM_CENTER) p->has_hook[KM_HOOK_CENTER] = 0;
    p->values[param] = value;
    p->from[param] = from;
    p->to[param] = to;
    p->line_end = to;
    km_expect_line_end(p);
}
