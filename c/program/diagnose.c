/* diagnose.c: what the compiler has to say, collected. */
#include "../text.h"
#include "internal.h"
#include <stdarg.h>
#include <string.h>

static const struct {
    const char *code, *message;
    km_severity severity;
} table[] = {
#define DIAGNOSTIC(id, code, severity, message) {code, message, KM_SEVERITY_##severity},
#include "../defs/diagnostics.def"
#undef DIAGNOSTIC
};

km_diagnostic *km_report(km_program *p, km_diagnostic_id id, int from, int to, ...) {
    /* One error a place: what follows from it says nothing new. */
    for (int i = 0; i < p->diagnostic_count; i++)
        if (p->diagnostics[i].from == from && table[p->diagnostics[i].id].severity == KM_SEVERITY_ERROR)
            return &p->unused;
    p->errors += table[id].severity == KM_SEVERITY_ERROR;
    /* When the table is full the last place takes what comes, so that an error always shows. */
    if (p->diagnostic_count < KM_PROGRAM_MAX_DIAGNOSTICS) p->diagnostic_count++;
    km_diagnostic *d = &p->diagnostics[p->diagnostic_count - 1];
    *d = (km_diagnostic){.id = id, .from = from, .to = to};
    km_text t = km_text_in(d->message, sizeof d->message);
    va_list arguments;
    va_start(arguments, to);
    km_text_print_list(&t, table[id].message, arguments);
    va_end(arguments);
    return d;
}

void km_report_unknown(km_program *p, km_diagnostic_id id, km_token t, const char *const *candidates,
                       int count) {
    char word[64], shown[80], hint[64] = "";
    km_copy_token(p, t, word, sizeof word);
    const char *nearest = km_nearest_word(word, candidates, count);
    km_text quoted = km_text_in(shown, sizeof shown), meant = km_text_in(hint, sizeof hint);
    km_text_put_quoted(&quoted, word, (int)strlen(word));
    if (nearest) km_text_print(&meant, " Did you mean %s?", nearest);
    km_diagnostic *d = km_report(p, id, t.from, t.to, shown, hint);
    if (nearest) km_propose(d, t.from, t.to, nearest);
}

void km_propose(km_diagnostic *d, int from, int to, const char *text) {
    if (strlen(text) >= sizeof d->fix) return;
    d->has_fix = 1;
    d->fix_from = from;
    d->fix_to = to;
    strcpy(d->fix, text);
}

void km_sort_diagnostics(km_program *p) {
    for (int i = 1; i < p->diagnostic_count; i++) {
        const km_diagnostic d = p->diagnostics[i];
        int j = i;
        for (; j > 0 && p->diagnostics[j - 1].from > d.from; j--) p->diagnostics[j] = p->diagnostics[j - 1];
        p->diagnostics[j] = d;
    }
}

static const km_diagnostic *at(const km_program *p, int i) {
    return i >= 0 && i < p->diagnostic_count ? &p->diagnostics[i] : NULL;
}

int km_program_diagnostics(const km_program *p) { return p->diagnostic_count; }
const char *km_diagnostic_code(const km_program *p, int i) {
    return at(p, i) ? table[at(p, i)->id].code : "";
}
km_severity km_diagnostic_severity(const km_program *p, int i) {
    return at(p, i) ? table[at(p, i)->id].severity : KM_SEVERITY_INFO;
}
int km_diagnostic_from(const km_program *p, int i) { return at(p, i) ? at(p, i)->from : -1; }
int km_diagnostic_to(const km_program *p, int i) { return at(p, i) ? at(p, i)->to : -1; }
const char *km_diagnostic_message(const km_program *p, int i) { return at(p, i) ? at(p, i)->message : ""; }
const char *km_diagnostic_fix(const km_program *p, int i) {
    return at(p, i) && at(p, i)->has_fix ? at(p, i)->fix : NULL;
}
int km_diagnostic_fix_from(const km_program *p, int i) { return at(p, i) ? at(p, i)->fix_from : -1; }
int km_diagnostic_fix_to(const km_program *p, int i) { return at(p, i) ? at(p, i)->fix_to : -1; }
