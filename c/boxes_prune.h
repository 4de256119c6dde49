/* boxes_prune.h: which candidates of a box may be nearest to a place in it.
 *
 * Why it is exact. Let m be the center of a box and h its half widths, so that every point x of it has
 * |x_t - m_t| <= h_t, and let a be the candidate nearest to m. For another candidate j,
 *     |x - c_j|^2 - |x - c_a|^2 = |m - c_j|^2 - |m - c_a|^2 + 2 (x - m).(c_a - c_j)
 *                              >= |m - c_j|^2 - |m - c_a|^2 - 2 sum_t h_t |c_a,t - c_j,t|,
 * and j is dropped when the right-hand side exceeds a margin for rounding. With u = 2^-53 each computed
 * squared distance is off by at most (d + 2) u of itself (subtraction, square and d - 1 additions), so the
 * two of the plain step by at most 5 u (|x - c_j|^2 + |x - c_a|^2) <= 10 u (|m - c_j|^2 + |m - c_a|^2 + 2
 * r^2), where r^2 = sum_t h_t^2; those of m by 5 u (|m - c_j|^2 + |m - c_a|^2); and the last sum, at most 2 r
 * (|m - c_j| + |m - c_a|) <= 2 r^2 + |m - c_j|^2 + |m - c_a|^2, by 6 u of itself. All together that is below
 * 32 u (|m - c_j|^2 + |m - c_a|^2 + r^2): the margin, 128 u of it, is four times that, and 2^-1040 covers
 * what underflow can take. So a dropped candidate is strictly farther in the plain step's own arithmetic, and
 * ties are never decided here.
 */
#ifndef KM_BOXES_PRUNE_H
#define KM_BOXES_PRUNE_H

#include "boxes.h"
#include "simd.h"

typedef struct km_pruned {
    int count, nearest; /* nearest: to the center */
    int is_point;       /* the box has no width */
    km_box_set rivals;
} km_pruned;

/* Squared distances of candidates a and b from a place. */
static inline __attribute__((always_inline)) f64x2 km_squares(int d, const double *from, const double *a,
                                                              const double *b) {
    f64x2 first = {a[0], b[0]}, sum;
    if (d == 1) {
        first = f64x2_splat(from[0]) - first;
        return first * first;
    }
    f64x2 p = f64x2_load(from) - f64x2_load(a), q = f64x2_load(from) - f64x2_load(b);
    p *= p;
    q *= q;
    sum = (f64x2){p[0], q[0]} + (f64x2){p[1], q[1]};
    if (d == 2) return sum;
    const f64x2 third = f64x2_splat(from[2]) - (f64x2){a[2], b[2]};
    return sum + third * third;
}

/* How much nearer than `from` a place within `half` can be to each: half of it. */
static inline __attribute__((always_inline)) f64x2 km_reaches(int d, const double *half, const double *from,
                                                              const double *a, const double *b) {
    if (d == 1) return f64x2_splat(half[0]) * f64x2_abs(f64x2_splat(from[0]) - (f64x2){a[0], b[0]});
    const f64x2 p = f64x2_load(half) * f64x2_abs(f64x2_load(from) - f64x2_load(a)),
                q = f64x2_load(half) * f64x2_abs(f64x2_load(from) - f64x2_load(b)),
                sum = (f64x2){p[0], q[0]} + (f64x2){p[1], q[1]};
    if (d == 2) return sum;
    return sum + f64x2_splat(half[2]) * f64x2_abs(f64x2_splat(from[2]) - (f64x2){a[2], b[2]});
}

/* Of the centroids c (row-major), from `all` to `kept`, in order. near_sq of the tree has room for one more
 * than there are. */
static inline __attribute__((always_inline)) km_pruned km_prune(const km_boxes *t, const double *c, int d,
                                                                const km_box *v, const uint16_t *all,
                                                                int candidates, uint16_t *kept) {
    const double margin = 0x1p-46, underflow = 0x1p-1040;
    km_pruned result = {.is_point = 1};
    double half[KM_BOX_MAX_DIMS], radius_sq = 0;
    for (int a = 0; a < d; a++) {
        half[a] = (double)v->half[a] * t->unit[a];
        radius_sq += half[a] * half[a];
        result.is_point &= v->half[a] == 0;
    }
    /* Two at a time, the last of an odd number twice. */
    f64x2 least = f64x2_splat(__builtin_inf());
    i64x2 at = {0, 0}, index = {0, candidates > 1};
    for (int i = 0; i < candidates; i += 2) {
        const double *a = c + (ptrdiff_t)all[i] * d, *b = c + (ptrdiff_t)all[i + (i + 1 < candidates)] * d;
        const f64x2 sq = km_squares(d, v->center, a, b);
        const i64x2 nearer = sq < least;
        f64x2_store(t->near_sq + i, sq);
        least = f64x2_select(nearer, sq, least);
        at = i64x2_select(nearer, index, at);
        index += 2;
    }
    const int lane = least[1] < least[0];
    const double least_sq = least[lane];
    const int64_t nearest = at[lane] < candidates ? at[lane] : candidates - 1;
    result.nearest = all[nearest];
    const double *own = c + (ptrdiff_t)result.nearest * d;
    for (int i = 0; i < candidates; i += 2) {
        const int two = i + 1 < candidates, first = all[i], second = all[i + two];
        const f64x2 reach = km_reaches(d, half, own, c + (ptrdiff_t)first * d, c + (ptrdiff_t)second * d);
        const f64x2 sq = f64x2_load(t->near_sq + i);
        const f64x2 slack =
            (sq + f64x2_splat(least_sq + radius_sq)) * f64x2_splat(margin) + f64x2_splat(underflow);
        const i64x2 farther = sq - f64x2_splat(least_sq) > reach + reach + slack;
        const int a = farther[0] == 0, b = two && farther[1] == 0;
        kept[result.count] = (uint16_t)first;
        result.count += a;
        kept[result.count] = (uint16_t)second;
        result.count += b;
        result.rivals |= (km_box_set)a << (first & 63) | (km_box_set)b << (second & 63);
    }
    return result;
}

#endif
