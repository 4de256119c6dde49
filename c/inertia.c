/* inertia.c: the inertia kept by differences. What the update does to it, from the sums alone:
 *
 * For a cluster of count n and sum S whose centroid moves by s = c - b from b to c,
 *     sum |x - c|^2 = sum |x - b|^2 - 2 s.(S - n b) + n |s|^2 = sum |x - b|^2 - n |s|^2 - 2 s.(S - n c),
 * and S - n c, which is almost nothing when c is the mean, is computed exactly.
 */
#include "assign.h"

void km_running_follow(const km_engine *e, km_running *r) {
    for (int j = 0; j < e->k; j++) {
        if (km_is_empty(e, j)) continue;
        double term = 0, magnitude = 0, more = 0;
        for (int t = 0; t < e->d; t++) {
            const ptrdiff_t at = (ptrdiff_t)j * e->d + t;
            const double s = e->c[at] - e->previous[at];
            const double square = e->sizes[j] * s * s,
                         rest = 2 * s * km_sum_rest(e->grid[t], e->sums[at], e->sizes[j], e->c[at]);
            term -= square + rest;
            magnitude += square + __builtin_fabs(rest);
            more += 2 * __builtin_fabs(s) * e->sizes[j] * km_off_grid(e, t);
        }
        km_running_add(r, term, magnitude, more);
    }
}

void km_running_finish(km_engine *e) {
    e->inertia_due = km_running_holds(&e->running) ? 0 : KM_DUE_DISTANCES;
    if (e->inertia_due) e->running.error = __builtin_inf();
    e->inertia = km_running_value(&e->running);
    if (e->custom) km_settle_inertia(e);
}
