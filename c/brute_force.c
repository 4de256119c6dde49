/* brute_force.c: the assign step as it is defined, every point against every centroid, and the choice among
 * the ways (assign.h). */
#include "assign.h"
#include "custom.h"
#include <string.h>

static int begin(km_engine *e) {
    memset(e->labels, -1, (size_t)e->n * sizeof *e->labels);
    return 1;
}

static void assign(km_engine *e) {
    /* Blocks keep the new labels in cache until they are compared with the old. */
    enum { BLOCK = 1024 };
    int32_t labels[BLOCK];
    e->changed = 0;
    for (int start = 0; start < e->n; start += BLOCK) {
        const int count = e->n - start < BLOCK ? e->n - start : BLOCK;
        km_nearest(e, e->x + start, e->n, count, e->c, e->k, labels, e->distances + start);
        for (int i = 0; i < count; i++)
            if (labels[i] != e->labels[start + i]) {
                km_relabel(e, start + i, labels[i]);
                e->changed++;
            }
    }
    e->touched = e->n;
    e->computed = (double)e->n * e->k;
    e->inertia_due = KM_DUE_TOTAL;
}

static void follow(km_engine *e) {
    e->inertia_due = KM_DUE_DISTANCES;
    /* A distance of one's own may fail, and stop() asks for the inertia. */
    if (e->custom) km_settle_inertia(e);
}

void km_settle_inertia(km_engine *e) {
    if (e->inertia_due == KM_DUE_DISTANCES) {
        e->assigner->write(e, 0);
        km_distances_to(e, e->x, e->n, e->n, e->c, e->labels, e->distances);
    }
    if (e->inertia_due) e->inertia = km_weighted_total(e->distances, e->w, e->n);
    e->inertia_due = 0;
}

/* e->labels and e->distances are always those of the last half-step. */
static void write(km_engine *e, int distances) {
    (void)e;
    (void)distances;
}
static void read(km_engine *e) { (void)e; }

const km_assigner km_by_brute_force = {KM_METHOD_BRUTE_FORCE, begin, assign, follow, write, read};

int km_is_euclidean_mean(const km_engine *e) {
    return km_int(e, KM_PARAM_DISTANCE) == KM_DISTANCE_EUCLIDEAN &&
           km_int(e, KM_PARAM_CENTER) == KM_CENTER_MEAN && !km_has(e, KM_HOOK_DISTANCE) &&
           !km_has(e, KM_HOOK_CENTER) && !km_batch(e) && !e->w;
}

static const km_assigner *choose(const km_engine *e) {
    if (!km_is_euclidean_mean(e) || e->only == KM_METHOD_BRUTE_FORCE) return &km_by_brute_force;
    if (e->only == KM_METHOD_BOXES || e->only == KM_METHOD_BOUNDS) /* by a test */
        return e->only == KM_METHOD_BOUNDS ? &km_by_bounds : &km_by_boxes;
    /* Below, looking at every point is quicker than preparing not to. */
    if (e->k < 2 || e->n < 2048) return &km_by_brute_force;
    return e->d <= 3 ? &km_by_boxes : &km_by_bounds;
}

void km_begin_assigner(km_engine *e) {
    e->assigner = choose(e);
    if (e->assigner->begin(e)) return;
    e->assigner = &km_by_brute_force; /* no memory to go faster */
    e->assigner->begin(e);
}
