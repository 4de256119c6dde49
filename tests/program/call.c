/* call.c: see call.h. */
#include "call.h"
#include "program/emit.h"
#include "program/evaluate.h"
#include <stdlib.h>
#include <string.h>

int call_arguments(km_hook hook, int d, int members) {
    switch (hook) {
    case KM_HOOK_DISTANCE: return 2 * d;
    case KM_HOOK_CENTER: return (members + 1) * d;
    case KM_HOOK_SEED_WEIGHT: return 1;
    default: return KM_TREE_MAX_INPUTS;
    }
}

static const km_tree *fitting_tree(const km_program *p, km_hook hook, int d) {
    const km_tree *t = km_program_tree(p, hook);
    return t && !km_tree_misfit(t, d) ? t : NULL;
}

static void call_center(const km_tree *t, const double *arguments, int d, int members, double *out) {
    double *columns = malloc((size_t)(members * d + members + 1) * sizeof *columns);
    int32_t *rows = malloc((size_t)(members + 1) * sizeof *rows);
    void *memory = malloc(km_evaluate_bytes(t, d));
    if (!columns || !rows || !memory) __builtin_trap();
    for (int i = 0; i < members; i++) {
        rows[i] = i;
        for (int j = 0; j < d; j++) columns[j * members + i] = arguments[i * d + j];
    }
    const km_arguments a = {.d = d,
                            .columns = columns,
                            .stride = members,
                            .vectors = {NULL, arguments + members * d},
                            .rows = rows,
                            .members = members,
                            .scratch = columns + members * d};
    km_evaluate_vector(t, &a, memory, out);
    free(columns);
    free(rows);
    free(memory);
}

int call_hook(const km_program *p, km_hook hook, const double *arguments, int d, int members, double *out) {
    const km_tree *t = fitting_tree(p, hook, d);
    if (!t) return 0;
    if (hook == KM_HOOK_CENTER) {
        call_center(t, arguments, d, members, out);
        return d;
    }
    km_arguments a = {.d = d, .columns = arguments, .stride = 1, .vectors = {NULL, arguments + d}};
    if (hook != KM_HOOK_DISTANCE) {
        a.vectors[1] = NULL;
        memcpy(a.scalars, arguments, (size_t)call_arguments(hook, d, members) * sizeof *arguments);
    }
    void *memory = malloc(km_evaluate_bytes(t, d));
    if (!memory) __builtin_trap();
    km_evaluate_scalars(t, &a, 1, memory, out);
    free(memory);
    return 1;
}

const double *call_constants(const km_program *p) {
    const km_tree *t = km_program_tree(p, KM_HOOK_DISTANCE);
    return t ? t->constants : NULL;
}

int call_emit(const km_program *p, int d, unsigned char *bytes, int room) {
    const km_tree *t = fitting_tree(p, KM_HOOK_DISTANCE, d);
    return t ? km_emit(t, d, bytes, room) : 0;
}
