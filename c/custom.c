/* custom.c: running a program's functions on the engine's data. */
#include "custom.h"
#include "program/blame.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

static int is_finite(double v) { return v - v == 0; }

static void forget_failure(km_custom *c) {
    c->failed = 0;
    c->failure.hook = c->failure.point = c->failure.centroid = c->failure.from = c->failure.to = -1;
}

static void place_failure(km_custom *c, km_hook hook, int from, int to) {
    c->failure.hook = (int)hook;
    c->failure.from = from;
    c->failure.to = to;
}

/* Remembers the first failure. `a` are the arguments that gave the result, one lane of them; it failed in
 * `dimension`. */
static void fail_at(km_custom *c, km_hook hook, int point, int centroid, const km_arguments *a, int dimension,
                    double result) {
    if (c->failed) return;
    const km_tree *tree = &c->trees[hook];
    forget_failure(c);
    c->failed = 1;
    c->failure.point = point;
    c->failure.centroid = centroid;
    c->failure.value = result;
    place_failure(c, hook, tree->from, tree->to);
    if (is_finite(result)) return;
    const km_node *node = &tree->nodes[km_blame(tree, a, c->memory, dimension, &c->failure.value)];
    if (node->op != KM_OP_INPUT) place_failure(c, hook, node->from, node->to);
}

km_status km_use_program(km_engine *e, km_program *p) {
    int any = 0;
    for (int h = 0; h < KM_HOOK_COUNT; h++) any |= km_program_is_custom(p, (km_hook)h);
    if (any && !e->custom) {
        e->custom = km_array(1, sizeof *e->custom);
        if (!e->custom) return km_fail(e, KM_ERR_MEMORY, "for the program");
    }
    for (int i = 0; i < KM_PARAM_COUNT; i++) {
        const km_status s = km_set(e, (km_param)i, km_program_value(p, (km_param)i));
        if (s) return s;
    }
    km_end_run(e);
    if (!e->custom) return KM_OK;
    e->custom->kernel = NULL;
    e->custom->fits = 0;
    forget_failure(e->custom);
    memcpy(e->custom->text, km_program_text(p), sizeof e->custom->text);
    for (int h = 0; h < KM_HOOK_COUNT; h++) {
        e->custom->has[h] = km_program_is_custom(p, (km_hook)h);
        if (e->custom->has[h]) e->custom->trees[h] = *km_program_tree(p, (km_hook)h);
    }
    return KM_OK;
}

static km_status check_tree(km_engine *e, km_hook hook) {
    const km_node *n = km_tree_misfit(&e->custom->trees[hook], e->d);
    if (!n) return KM_OK;
    forget_failure(e->custom);
    place_failure(e->custom, hook, n->from, n->to);
    if (n->op == KM_OP_LITERAL)
        return km_fail(e, KM_ERR_PROGRAM, "np.array(...) has %d values and a point has %d", n->operand[1],
                       e->d);
    return km_fail(e, KM_ERR_PROGRAM, "[%d] is beyond the %d coordinates of a point, which count from 0",
                   n->index, e->d);
}

int km_emit_kernel(km_engine *e) {
    km_custom *c = e->custom;
    if (!km_has(e, KM_HOOK_DISTANCE) || e->n == 0 || km_tree_misfit(&c->trees[KM_HOOK_DISTANCE], e->d))
        return 0;
    if (!c->emitted) c->emitted = km_array(KM_EMIT_MAX_BYTES, 1);
    return c->emitted ? km_emit(&c->trees[KM_HOOK_DISTANCE], e->d, c->emitted, KM_EMIT_MAX_BYTES) : -1;
}

const unsigned char *km_emitted_bytes(const km_engine *e) { return e->custom ? e->custom->emitted : NULL; }

void km_use_kernel(km_engine *e, km_kernel kernel) {
    if (!e->custom) return;
    e->custom->kernel = kernel;
    e->custom->kernel_d = e->d;
}

void km_custom_free(km_engine *e) {
    if (e->custom) {
        free(e->custom->memory);
        free(e->custom->emitted);
    }
    free(e->custom);
}

km_status km_custom_prepare(km_engine *e) {
    km_custom *c = e->custom;
    if (!c) return KM_OK;
    c->failed = 0;
    if (c->fits == e->d) return KM_OK;
    size_t bytes = 1;
    for (int h = 0; h < KM_HOOK_COUNT; h++) {
        if (!c->has[h]) continue;
        const km_status s = check_tree(e, (km_hook)h);
        if (s) return s;
        const size_t needed = km_evaluate_bytes(&c->trees[h], e->d);
        if (needed > bytes) bytes = needed;
    }
    if (c->has[KM_HOOK_CENTER] && e->w) {
        const km_tree *t = &c->trees[KM_HOOK_CENTER];
        forget_failure(c);
        place_failure(c, KM_HOOK_CENTER, t->from, t->to);
        return km_fail(e, KM_ERR_PROGRAM, "a center of one's own cannot weigh the points");
    }
    void *memory = km_array((double)bytes, 1);
    if (!memory) return km_fail(e, KM_ERR_MEMORY, "for the program");
    free(c->memory);
    c->memory = memory;
    c->fits = e->d;
    return KM_OK;
}

/* The expression at fault as it is written, on one line, and what it gave. */
static void print_cause(const km_custom *c, char *out, size_t room) {
    char written[64];
    const int length = c->failure.to - c->failure.from;
    const int kept = length < (int)sizeof written ? length : (int)sizeof written;
    memcpy(written, c->text + c->failure.from, (size_t)kept);
    for (int i = 0; i < kept; i++)
        if ((unsigned char)written[i] < ' ') written[i] = ' ';
    km_text t = km_text_in(out, room);
    km_text_put_quoted(&t, written, kept);
    km_text_print(&t, " is %g", c->failure.value);
}

km_status km_custom_failed(km_engine *e) {
    static const char *const names[] = {
#define HOOK(id, name, parameters, result, formula, help) name,
#include "defs/hooks.def"
#undef HOOK
    };
    km_custom *c = e->custom;
    if (!c || !c->failed) return KM_OK;
    c->failed = 0;
    char cause[96];
    print_cause(c, cause, sizeof cause);
    const char *name = names[c->failure.hook];
    const int point = c->failure.point + 1, centroid = c->failure.centroid + 1;
    if (point > 0 && centroid > 0)
        return km_fail(e, KM_ERR_PROGRAM, "%s is not a finite number for point %d and centroid %d: %s", name,
                       point, centroid, cause);
    if (point > 0)
        return km_fail(e, KM_ERR_PROGRAM, "%s is not a finite number >= 0 for point %d: %s", name, point,
                       cause);
    if (centroid > 0)
        return km_fail(e, KM_ERR_PROGRAM, "%s is not finite for cluster %d: %s", name, centroid, cause);
    return km_fail(e, KM_ERR_PROGRAM, "%s is not a finite number: %s", name, cause);
}

int km_failure_from(const km_engine *e) { return e->custom ? e->custom->failure.from : -1; }
int km_failure_to(const km_engine *e) { return e->custom ? e->custom->failure.to : -1; }

/* --- distance --- */

/* Row of a point of the engine's own data; -1 for others, whose failures (a place in the picture) do not end
 * a run. */
static int row_of(const km_engine *e, const double *column) {
    return column >= e->x && column < e->x + e->n ? (int)(column - e->x) : -1;
}

static km_arguments pair(const km_engine *e, const double *columns, ptrdiff_t stride,
                         const double *centroid) {
    return (km_arguments){.d = e->d, .columns = columns, .stride = stride, .vectors = {NULL, centroid}};
}

/* Distances of `lanes` points to centroid j, with a note of the first that is not finite. */
static void distances_of(const km_engine *e, const double *columns, ptrdiff_t stride, int lanes,
                         const double *centroids, int j, double *out) {
    const double *centroid = centroids + (ptrdiff_t)j * e->d;
    const km_arguments a = pair(e, columns, stride, centroid);
    km_evaluate_scalars(&e->custom->trees[KM_HOOK_DISTANCE], &a, lanes, e->custom->memory, out);
    for (int i = 0; i < lanes; i++) {
        if (is_finite(out[i]) || row_of(e, columns + i) < 0) continue;
        const km_arguments one = pair(e, columns + i, stride, centroid);
        fail_at(e->custom, KM_HOOK_DISTANCE, row_of(e, columns + i), j, &one, 0, out[i]);
    }
}

static void evaluate_nearest(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                             const double *centroids, int k, int32_t *labels, double *distances) {
    for (int start = 0; start < n; start += KM_LANES) {
        const int lanes = n - start < KM_LANES ? n - start : KM_LANES;
        double best[KM_LANES], values[KM_LANES];
        for (int i = 0; i < lanes; i++) {
            best[i] = __builtin_inf();
            labels[start + i] = 0;
        }
        for (int j = 0; j < k; j++) {
            distances_of(e, columns + start, stride, lanes, centroids, j, values);
            for (int i = 0; i < lanes; i++)
                if (values[i] < best[i]) {
                    best[i] = values[i];
                    labels[start + i] = j;
                }
        }
        if (distances) memcpy(distances + start, best, (size_t)lanes * sizeof *best);
    }
}

void km_custom_nearest(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                       const double *centroids, int k, int32_t *labels, double *distances) {
    enum { CHUNK = 1024 };
    const km_custom *c = e->custom;
    const int whole = c->kernel && c->kernel_d == e->d ? n - n % KM_EMIT_BLOCK : 0;
    double scratch[CHUNK];
    for (int start = 0; start < whole; start += CHUNK) {
        const int count = whole - start < CHUNK ? whole - start : CHUNK;
        const int bad = c->kernel(columns + start, (int32_t)(stride * (ptrdiff_t)sizeof *columns), count,
                                  centroids, k, labels + start, distances ? distances + start : scratch,
                                  c->trees[KM_HOOK_DISTANCE].constants);
        /* The evaluator says where. */
        if (bad)
            evaluate_nearest(e, columns + start, stride, count, centroids, k, labels + start,
                             distances ? distances + start : NULL);
    }
    evaluate_nearest(e, columns + whole, stride, n - whole, centroids, k, labels + whole,
                     distances ? distances + whole : NULL);
}

void km_custom_distances_to(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                            const double *centroids, const int32_t *labels, double *distances) {
    for (int i = 0; i < n; i++) {
        int lanes = 1;
        const int j = labels ? labels[i] : 0;
        while (lanes < KM_LANES && i + lanes < n && (!labels || labels[i + lanes] == j)) lanes++;
        distances_of(e, columns + i, stride, lanes, centroids, j, distances + i);
        i += lanes - 1;
    }
}

/* --- the others --- */

void km_custom_center(km_engine *e, int j, const int32_t *rows, int members) {
    double *centroid = e->c + (ptrdiff_t)j * e->d, result[KM_MAX_DIMS];
    const km_arguments a = {.d = e->d,
                            .columns = e->x,
                            .stride = e->n,
                            .vectors = {NULL, centroid},
                            .rows = rows,
                            .members = members,
                            .scratch = e->distances};
    km_evaluate_vector(&e->custom->trees[KM_HOOK_CENTER], &a, e->custom->memory, result);
    for (int t = 0; t < e->d; t++)
        if (!(result[t] >= -KM_LARGEST && result[t] <= KM_LARGEST)) {
            fail_at(e->custom, KM_HOOK_CENTER, -1, j, &a, t, result[t]);
            return;
        }
    memcpy(centroid, result, (size_t)e->d * sizeof *result);
}

void km_custom_weights(km_engine *e, const double *distances, int n, double *out) {
    for (int start = 0; start < n; start += KM_LANES) {
        const int lanes = n - start < KM_LANES ? n - start : KM_LANES;
        const km_arguments a = {.d = e->d, .lane_scalars = distances + start};
        km_evaluate_scalars(&e->custom->trees[KM_HOOK_SEED_WEIGHT], &a, lanes, e->custom->memory,
                            out + start);
        for (int i = 0; i < lanes; i++)
            if (!(is_finite(out[start + i]) && out[start + i] >= 0)) {
                const km_arguments one = {.d = e->d, .lane_scalars = distances + start + i};
                fail_at(e->custom, KM_HOOK_SEED_WEIGHT, start + i, -1, &one, 0, out[start + i]);
                out[start + i] = 0;
            }
    }
}

int km_custom_stop(km_engine *e) {
    double result;
    const km_arguments a = {.d = e->d, .scalars = {e->assigned, e->assigned_before, e->shift, e->iteration}};
    km_evaluate_scalars(&e->custom->trees[KM_HOOK_STOP], &a, 1, e->custom->memory, &result);
    if (!is_finite(result)) fail_at(e->custom, KM_HOOK_STOP, -1, -1, &a, 0, result);
    return result != 0;
}
