/* boxes_measure.c: what is known of a box when it is asked for: the exact sum of its points, their moments.
 */
#include "boxes.h"
#include "simd.h"
#include <string.h>

enum { TILE = KM_BOX_TILE };

typedef float f32x2 __attribute__((vector_size(8)));

static inline f64x2 load_floats(const float *p) {
    f32x2 v;
    memcpy(&v, p, sizeof v);
    return __builtin_convertvector(v, f64x2);
}

/* --- sum --- */

/* Integers of a few thousand points are small enough to be added as doubles. */
typedef struct adder {
    f64x2 to_hi, from_hi, to_lo, his, los;
} adder;

static inline adder adder_for(km_grid g) {
    return (adder){f64x2_splat(g.to_hi), f64x2_splat(g.from_hi), f64x2_splat(g.to_lo), f64x2_splat(0),
                   f64x2_splat(0)};
}
static inline void add_pair(adder *s, f64x2 x) {
    const f64x2 round = f64x2_splat(0x1.8p52), hi = x * s->to_hi + round - round;
    s->his += hi;
    s->los += (x - hi * s->from_hi) * s->to_lo + round - round;
}
static inline void take(adder s, km_sum *sum) {
    km_sum_add(sum, (km_sum){(int64_t)(s.his[0] + s.his[1]), (int64_t)(s.los[0] + s.los[1])}, 1);
}

static void sum_floats(km_grid g, const float *x, int count, km_sum *sum) {
    enum { BLOCK = 1 << 13 };
    for (int start = 0; start < count; start += BLOCK) {
        const int end = count - start < BLOCK ? count : start + BLOCK;
        adder s = adder_for(g);
        int i = start;
        for (; i + 2 <= end; i += 2) add_pair(&s, load_floats(x + i));
        if (i < end) add_pair(&s, (f64x2){(double)x[i], 0});
        take(s, sum);
    }
}

static void sum_tile(km_grid g, const double *x, int count, km_sum *sum) {
    adder s = adder_for(g);
    for (int i = 0; i < count; i += 2) add_pair(&s, i + 1 < count ? f64x2_load(x + i) : (f64x2){x[i], 0});
    take(s, sum);
}

static int is_known(const km_boxes *t, const km_box *v, int measured) {
    if (v->child < 0) return 0;
    for (int i = 0; i < v->children; i++) {
        const km_box *part = &t->node[v->child + i];
        if (!(measured ? part->measured : part->summed)) return 0;
    }
    return 1;
}

void km_boxes_sum(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    const int d = t->d;
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    if (v->summed) return;
    v->summed = 1;
    memset(sum, 0, (size_t)d * sizeof *sum);
    if (is_known(t, v, 0)) {
        for (int i = 0; i < v->children; i++)
            for (int a = 0; a < d; a++) km_sum_add(&sum[a], t->sum[(ptrdiff_t)(v->child + i) * d + a], 1);
        return;
    }
    if (t->x) {
        for (int a = 0; a < d; a++)
            sum_floats(e->grid[a], t->x + a * t->stride + v->first, v->count, &sum[a]);
        return;
    }
    double tile[KM_BOX_MAX_DIMS * TILE];
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        for (int a = 0; a < d; a++) sum_tile(e->grid[a], tile + a * TILE, count, &sum[a]);
    }
}

/* --- moments --- */

/* Summed squared distance from `mean`, of children from theirs. */
static double squares_of_children(const km_boxes *t, const km_box *v, const double *mean) {
    const int d = t->d;
    double total = 0;
    for (int i = 0; i < v->children; i++) {
        const double *part = km_moments_of(t, v->child + i);
        total += part[2 * d];
        for (int a = 0; a < d; a++) {
            const double away = part[a] - mean[a];
            total += away * (t->node[v->child + i].count * away + 2 * part[d + a]);
        }
    }
    return total;
}

static double squares_of_floats(const float *x, int count, double mean) {
    f64x2 squares = f64x2_splat(0);
    int i = 0;
    for (; i + 2 <= count; i += 2) {
        const f64x2 away = load_floats(x + i) - f64x2_splat(mean);
        squares += away * away;
    }
    const double last = i < count ? (double)x[i] - mean : 0;
    return squares[0] + squares[1] + last * last;
}

static double squares_of_points(const km_engine *e, const km_boxes *t, const km_box *v, const double *mean) {
    double tile[KM_BOX_MAX_DIMS * TILE], total = 0;
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, t->d, v->first + start, count, tile);
        for (int a = 0; a < t->d; a++)
            for (int i = 0; i < count; i++) {
                const double away = tile[a * TILE + i] - mean[a];
                total += away * away;
            }
    }
    return total;
}

void km_boxes_measure(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    const int d = t->d;
    if (v->measured) return;
    v->measured = 1;
    km_boxes_sum(e, t, node);
    double *mean = km_moments_of(t, node), *rest = mean + d, *squares = mean + 2 * d;
    for (int a = 0; a < d; a++) {
        const km_grid g = e->grid[a];
        const km_sum sum = t->sum[(ptrdiff_t)node * d + a];
        /* The quotient of equal values is rounded, and would leave them an inertia. */
        const int all_equal = v->half[a] == 0;
        mean[a] =
            all_equal ? v->center[a] : ((double)sum.hi * g.from_hi + (double)sum.lo / g.to_lo) / v->count;
        rest[a] = all_equal ? 0 : km_sum_rest(g, sum, v->count, mean[a]);
    }
    *squares = 0;
    if (is_known(t, v, 1)) *squares = squares_of_children(t, v, mean);
    else if (t->x)
        for (int a = 0; a < d; a++)
            *squares += squares_of_floats(t->x + a * t->stride + v->first, v->count, mean[a]);
    else *squares = squares_of_points(e, t, v, mean);
}
