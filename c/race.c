/* race.c: many runs, of which only the numbers are kept. */
#include "explore.h"
#include "internal.h"
#include <stdlib.h>

/* FNV-1a over labels renumbered in order of first appearance. names: k values of scratch. */
static uint64_t partition_digest(const int32_t *labels, int n, int k, int32_t *names) {
    for (int j = 0; j < k; j++) names[j] = -1;
    uint64_t hash = 0xcbf29ce484222325u;
    int32_t seen = 0;
    for (int i = 0; i < n; i++) {
        int32_t *name = &names[labels[i]];
        if (*name < 0) *name = seen++;
        hash = (hash ^ (uint32_t)*name) * 0x100000001b3u;
    }
    return hash;
}

/* One run to its end; `start` is the inertia after the first assign. */
static km_status run(km_engine *e, double seed, double *start) {
    km_status s = km_init(e, seed);
    if (!s) s = km_half_step(e);
    *start = km_inertia(e);
    while (!s && km_phase_next(e) != KM_PHASE_DONE) s = km_half_step(e);
    return s;
}

km_status km_race(km_engine *e, double first, int runs, double *starts, double *ends, int32_t *iterations,
                  uint32_t *partitions) {
    int32_t *names = km_array(km_get(e, KM_PARAM_K), sizeof *names);
    if (!names) return km_fail(e, KM_ERR_MEMORY, "for a race");
    km_status s = KM_OK;
    for (int r = 0; !s && r < runs; r++) {
        s = run(e, first + r, &starts[r]);
        if (s) break;
        ends[r] = km_inertia(e);
        iterations[r] = km_iteration(e);
        const uint64_t digest = partition_digest(km_labels(e), km_n(e), km_k(e), names);
        partitions[2 * r] = (uint32_t)(digest >> 32);
        partitions[2 * r + 1] = (uint32_t)digest;
    }
    free(names);
    return s;
}
