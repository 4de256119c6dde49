#include "boxes_moves.h"

void km_moves_apply(km_engine *e, int d, int from, int to, int count, const km_sum *sum) {
    const int64_t unit = (int64_t)e->grid_w.to_hi * count; /* the weight 1, count times */
    const double *a = e->c + (ptrdiff_t)from * d, *b = e->c + (ptrdiff_t)to * d;
    double term = 0, magnitude = 0, more = 0;
    for (int i = 0; i < d; i++) {
        const km_grid g = e->grid[i];
        const double step = b[i] - a[i], from_a = km_sum_rest(g, sum[i], count, a[i]),
                     from_b = km_sum_rest(g, sum[i], count, b[i]);
        term -= step * (from_a + from_b);
        /* Near a border the two almost cancel. */
        magnitude += __builtin_fabs(step) * (__builtin_fabs(from_a) + __builtin_fabs(from_b));
        more += 2 * __builtin_fabs(step) * count * km_off_grid(e, i);
        km_sum_add(&e->sums[(ptrdiff_t)from * d + i], sum[i], -1);
        km_sum_add(&e->sums[(ptrdiff_t)to * d + i], sum[i], 1);
    }
    e->sizes[from] -= count;
    e->sizes[to] += count;
    e->weight_sums[from].hi -= unit;
    e->weight_sums[to].hi += unit;
    km_running_add(&e->running, term, magnitude, more);
}

void km_moves_flush(km_engine *e, int d, km_moves *m) {
    if (m->count == 0) return;
    km_sum sum[KM_BOX_MAX_DIMS];
    for (int a = 0; a < d; a++) sum[a] = (km_sum){(int64_t)m->hi[a], (int64_t)m->lo[a]};
    km_moves_apply(e, d, m->from, m->to, m->net, sum);
    e->changed += m->count;
    *m = (km_moves){.from = m->from, .to = m->to};
}

void km_moves_between(km_engine *e, int d, km_moves *m, int from, int to) {
    km_moves_flush(e, d, m);
    m->from = from;
    m->to = to;
}
