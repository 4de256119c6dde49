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

/* Of the list at `all` of l to one at `kept`, in order. near_sq of the tree has room for one more than there
 * are. */
static inline __attribute__((always_inline)) km_pruned km_prune(const km_boxes *t, const km_candidates *l,
                                                                int d, const km_box *v, int all,
                                                                int candidates, int kept) {
    const double margin = 0x1p-46, underflow = 0x1p-1040;
    km_pruned result = {.is_point = 1};
    f64x2 center[KM_BOX_MAX_DIMS], half[KM_BOX_MAX_DIMS], own[KM_BOX_MAX_DIMS];
    double radius_sq = 0;
    for (int a = 0; a < d; a++) {
        const double h = (double)v->half[a] * t->unit[a];
        center[a] = f64x2_splat(v->center[a]);
        half[a] = f64x2_splat(h);
        radius_sq += h * h;
        result.is_point &= v->half[a] == 0;
    }
    f64x2 least = f64x2_splat(__builtin_inf());
    i64x2 at = {0, 0}, index = {0, 1};
    for (int i = 0; i < candidates; i += 2) {
        f64x2 sq = f64x2_splat(0);
        for (int a = 0; a < d; a++) {
            const f64x2 away = center[a] - f64x2_load(l->x[a] + all + i);
            sq += away * away;
        }
        at = i64x2_select(sq < least, index, at);
        least = f64x2_min(least, sq);
        f64x2_store(t->near_sq + i, sq);
        index += 2;
    }
    /* The last, where it stands twice, is nearer in neither lane. */
    const int lane = least[1] < least[0], nearest = all + (int)at[lane];
    const f64x2 least_sq = f64x2_splat(least[lane]), more = f64x2_splat(least[lane] + radius_sq);
    result.nearest = l->label[nearest];
    for (int a = 0; a < d; a++) own[a] = f64x2_splat(l->x[a][nearest]);
    for (int i = 0; i < candidates; i += 2) {
        f64x2 x[KM_BOX_MAX_DIMS], reach = f64x2_splat(0);
        for (int a = 0; a < d; a++) {
            x[a] = f64x2_load(l->x[a] + all + i);
            reach += half[a] * f64x2_abs(own[a] - x[a]);
        }
        const f64x2 sq = f64x2_load(t->near_sq + i),
                    slack = (sq + more) * f64x2_splat(margin) + f64x2_splat(underflow);
        const int dropped = i64x2_bits(sq - least_sq > reach + reach + slack), only = i + 1 == candidates;
        for (int second = 0; second < 2; second++) {
            const int keep = ~(dropped | only << 1) >> second & 1, to = kept + result.count;
            const uint16_t label = l->label[all + i + second];
            l->label[to] = label;
            for (int a = 0; a < d; a++) l->x[a][to] = x[a][second];
            result.count += keep;
            result.rivals |= (km_box_set)keep << (label & 63);
        }
    }
    const int last = kept + result.count - 1;
    for (int a = 0; a < d; a++) l->x[a][last + 1] = l->x[a][last];
    return result;
}

#endif
