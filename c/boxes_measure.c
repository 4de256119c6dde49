/* boxes_measure.c: what is known of a box: where its points lie, their exact sum, their moments. */
#include "boxes.h"
#include "simd.h"
#include <string.h>

enum { TILE = KM_BOX_TILE };

/* Adds the values to an exact sum. Within a tile the integers are small enough to be added as doubles. */
static void add_exactly(km_grid g, const double *x, int count, km_sum *sum) {
    const f64x2 to_hi = f64x2_splat(g.to_hi), from_hi = f64x2_splat(g.from_hi), to_lo = f64x2_splat(g.to_lo),
                round = f64x2_splat(0x1.8p52);
    f64x2 his = f64x2_splat(0), los = his;
    for (int i = 0; i < count; i += 2) {
        const f64x2 v = i + 1 < count ? f64x2_load(x + i) : (f64x2){x[i], 0};
        const f64x2 hi = v * to_hi + round - round;
        his += hi;
        los += (v - hi * from_hi) * to_lo + round - round;
    }
    sum->hi += (int64_t)(his[0] + his[1]);
    sum->lo += (int64_t)(los[0] + los[1]);
}

static f64x2 min2(f64x2 a, f64x2 b) { return f64x2_select(b < a, b, a); }

/* The box from low to high in coordinate a, a little larger: every point lies in it for certain. */
static void set_box(const km_boxes *t, km_box *v, int a, double low, double high) {
    const double center = low + (high - low) / 2, below = center - low, above = high - center;
    /* The differences are rounded to 2^-53 of themselves, and the float to 2^-24 of itself or 2^-150. */
    const double half = (below > above ? below : above) / t->unit[a] * (1 + 0x1p-22);
    v->center[a] = center;
    v->half[a] = half > 0 ? (float)(half + 0x1p-148) : 0;
}

/* A mean the sums' grid holds exactly, and the sum less count times it. */
static void set_mean(km_grid g, km_sum sum, int count, double *mean, double *rest) {
    const double whole = (double)sum.hi * g.from_hi + (double)sum.lo / g.to_lo;
    *mean = whole / count;
    *rest = km_sum_rest(g, sum, count, *mean);
}

static inline __attribute__((always_inline)) void measure(const km_engine *e, km_boxes *t, int node,
                                                          const int d) {
    km_box *v = &t->node[node];
    double tile[KM_BOX_MAX_DIMS * TILE], *mean = km_moments_of(t, node);
    double low[KM_BOX_MAX_DIMS] = {0}, high[KM_BOX_MAX_DIMS] = {0};
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        for (int a = 0; a < d; a++) {
            double *x = tile + a * TILE;
            f64x2 least = f64x2_load(x), most = least;
            for (int i = 2; i < count; i += 2) {
                const f64x2 p = f64x2_load(x + i);
                least = min2(least, p);
                most = f64x2_max(most, p);
            }
            const double tile_low = least[0] < least[1] ? least[0] : least[1],
                         tile_high = most[0] > most[1] ? most[0] : most[1];
            if (start == 0 || tile_low < low[a]) low[a] = tile_low;
            if (start == 0 || tile_high > high[a]) high[a] = tile_high;
            add_exactly(e->grid[a], x, count, &sum[a]);
        }
    }
    double *rest = mean + d, total = 0;
    for (int a = 0; a < d; a++) {
        set_box(t, v, a, low[a], high[a]);
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
    }
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        if (v->count > TILE) km_boxes_tile(e, t, d, v->first + start, count, tile);
        f64x2 squares = f64x2_splat(0);
        for (int a = 0; a < d; a++) {
            double *x = tile + a * TILE;
            if (count % 2) x[count] = mean[a];
            const f64x2 m = f64x2_splat(mean[a]);
            for (int i = 0; i < count; i += 2) {
                const f64x2 difference = f64x2_load(x + i) - m;
                squares += difference * difference;
            }
        }
        total += squares[0] + squares[1];
    }
    mean[2 * d] = total;
}

typedef float f32x2 __attribute__((vector_size(8)));

static inline f64x2 load_floats(const float *p) {
    f32x2 v;
    memcpy(&v, p, sizeof v);
    return __builtin_convertvector(v, f64x2);
}

/* Float32 coordinates as they lie in memory, two at a time: a group of vectors holds one point when d is
 * even and two when it is odd, so that a lane is always of the same coordinate.
 *
 * Squares are taken about the first point, which needs no second look; about the mean they are less by
 * count |mean - first|^2. Where that leaves little of them, and so few right digits, the points are looked at
 * again. */
static inline __attribute__((always_inline)) void measure_floats(const km_engine *e, km_boxes *t, int node,
                                                                 const int d) {
    enum { MOST = KM_BOX_MAX_DIMS, BLOCK = 1 << 13 }; /* points whose integers add up exactly as doubles */
    const int vectors = d % 2 ? d : d / 2, points = 2 * vectors / d;
    km_box *v = &t->node[node];
    const float *x = t->x + (ptrdiff_t)v->first * d;
    const int grouped = v->count / points * points;
    const f64x2 round = f64x2_splat(0x1.8p52), zero = f64x2_splat(0);
    f64x2 pivot[MOST], to_hi[MOST], from_hi[MOST], to_lo[MOST], least[MOST], most[MOST], squares[MOST];
    for (int i = 0; i < vectors; i++) {
        for (int lane = 0; lane < 2; lane++) {
            const int a = (2 * i + lane) % d;
            pivot[i][lane] = (double)x[a];
            to_hi[i][lane] = e->grid[a].to_hi;
            from_hi[i][lane] = e->grid[a].from_hi;
            to_lo[i][lane] = e->grid[a].to_lo;
        }
        least[i] = most[i] = pivot[i];
        squares[i] = zero;
    }
    km_sum sum[MOST] = {0};
    for (int start = 0; start < grouped; start += BLOCK) {
        const int end = (grouped - start < BLOCK ? grouped : start + BLOCK) * d;
        f64x2 his[MOST] = {zero, zero, zero}, los[MOST] = {zero, zero, zero};
        for (int at = start * d; at < end; at += 2 * vectors)
            for (int i = 0; i < vectors; i++) {
                const f64x2 p = load_floats(x + at + 2 * i), hi = p * to_hi[i] + round - round;
                const f64x2 away = p - pivot[i];
                least[i] = min2(least[i], p);
                most[i] = f64x2_max(most[i], p);
                his[i] += hi;
                los[i] += (p - hi * from_hi[i]) * to_lo[i] + round - round;
                squares[i] += away * away;
            }
        for (int i = 0; i < 2 * vectors; i++)
            km_sum_add(&sum[i % d], (km_sum){(int64_t)his[i / 2][i % 2], (int64_t)los[i / 2][i % 2]}, 1);
    }
    double *mean = km_moments_of(t, node), *rest = mean + d, total = 0, taken = 0;
    for (int a = 0; a < d; a++) {
        double low = (double)x[a], high = low, square = 0;
        for (int i = a; i < 2 * vectors; i += d) {
            low = least[i / 2][i % 2] < low ? least[i / 2][i % 2] : low;
            high = most[i / 2][i % 2] > high ? most[i / 2][i % 2] : high;
            square += squares[i / 2][i % 2];
        }
        for (int i = grouped; i < v->count; i++) {
            const double p = (double)x[i * d + a], away = p - (double)x[a];
            low = p < low ? p : low;
            high = p > high ? p : high;
            square += away * away;
            km_sum_add(&sum[a], km_split(e->grid[a], p, 0), 1);
        }
        set_box(t, v, a, low, high);
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
        t->sum[(ptrdiff_t)node * d + a] = sum[a];
        const double off = mean[a] - (double)x[a];
        total += square;
        taken += off * (v->count * off + 2 * rest[a]);
    }
    mean[2 * d] = total - taken;
    if (taken <= total * (1 - 0x1p-4)) return;
    mean[2 * d] = 0;
    for (int i = 0; i < v->count; i++)
        for (int a = 0; a < d; a++) {
            const double away = (double)x[i * d + a] - mean[a];
            mean[2 * d] += away * away;
        }
}

static inline __attribute__((always_inline)) void measure_any(const km_engine *e, km_boxes *t, int node,
                                                              const int d) {
    if (t->x) measure_floats(e, t, node, d);
    else measure(e, t, node, d);
}

void km_boxes_measure(const km_engine *e, km_boxes *t, int node) {
    switch (t->d) {
    case 1: measure_any(e, t, node, 1); break;
    case 2: measure_any(e, t, node, 2); break;
    case 3: measure_any(e, t, node, 3); break;
    default: __builtin_trap();
    }
}

void km_boxes_merge(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    const int d = t->d;
    double *mean = km_moments_of(t, node), *rest = mean + d, total = 0;
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int a = 0; a < d; a++) {
        double low = 0, high = 0;
        for (int i = 0; i < v->children; i++) {
            const km_box *part = &t->node[v->child + i];
            const double half = (double)part->half[a] * t->unit[a];
            /* Rounded outwards. */
            const double part_low = part->center[a] - half - __builtin_fabs(part->center[a]) * 0x1p-52,
                         part_high = part->center[a] + half + __builtin_fabs(part->center[a]) * 0x1p-52;
            if (i == 0 || part_low < low) low = part_low;
            if (i == 0 || part_high > high) high = part_high;
            km_sum_add(&sum[a], t->sum[(ptrdiff_t)(v->child + i) * d + a], 1);
        }
        set_box(t, v, a, low, high);
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
    }
    for (int i = 0; i < v->children; i++) {
        const double *part = km_moments_of(t, v->child + i);
        total += part[2 * d];
        for (int a = 0; a < d; a++) {
            const double away = part[a] - mean[a];
            total += away * (t->node[v->child + i].count * away + 2 * part[d + a]);
        }
    }
    mean[2 * d] = total;
}
