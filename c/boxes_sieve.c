/* boxes_sieve.c: points of a box against few candidates, four at a time in float32.
 *
 * Why it is exact. About a float32 place p near the center of the box, and with y = x - p, the squared
 * distance from x to candidate j less that to candidate 0 is
 *     q_j = b_j + s_j.y,   b_j = |p - c_j|^2 - |p - c_0|^2,   s_j = -2 (c_j - c_0).
 * With u = 2^-24, y, s_j and b_j are each off by at most u of themselves (b_j also by what doubles lose, see
 * below), and of the d products and d additions none adds more than u of the magnitudes: q_j is off by less
 * than (d + 5) u (|b_j| + sum_t |s_j,t| r_t), where r_t is at least |y_t|. 32 u of that is four times as
 * much. What the doubles of b_j and those of the plain step lose is below 2^-46 of |p - c_j|^2 + |p - c_0|^2
 * + |r|^2, as boxes_prune.h shows for a margin of the same kind. `margin` is four times the largest sum of
 * the two: a candidate nearer than every other by more is nearest in the plain step's own arithmetic, and
 * a point with none is left to that.
 */
#include "boxes_sieve.h"
#include "boxes_four.h"
#include <string.h>

int km_sieve_prepare(km_sieve *s, const km_engine *e, const km_boxes *t, const km_box *v,
                     const uint16_t *list, int candidates) {
    if (!t->x || candidates > KM_SIEVE_CANDIDATES) return 0;
    const int d = t->d;
    double reach[KM_BOX_MAX_DIMS], reach_sq = 0, first_sq = 0, most = 0, least = __builtin_inf();
    const double *c0 = e->c + (ptrdiff_t)list[0] * d;
    for (int a = 0; a < d; a++) {
        s->place[a] = (float)v->center[a];
        reach[a] = ((double)v->half[a] * t->unit[a] + __builtin_fabs(v->center[a] - (double)s->place[a])) *
                   (1 + 0x1p-40);
        reach_sq += reach[a] * reach[a];
        first_sq += ((double)s->place[a] - c0[a]) * ((double)s->place[a] - c0[a]);
    }
    s->candidates = candidates;
    s->label[0] = list[0];
    for (int j = 1; j < candidates; j++) {
        const double *c = e->c + (ptrdiff_t)list[j] * d;
        double sq = 0, size = 0;
        for (int a = 0; a < d; a++) {
            const double away = (double)s->place[a] - c[a], slope = 2 * (c0[a] - c[a]);
            sq += away * away;
            size += __builtin_fabs(slope) * reach[a];
            s->slope[j][a] = (float)slope;
        }
        const double offset = sq - first_sq;
        size += __builtin_fabs(offset);
        s->offset[j] = (float)offset;
        s->label[j] = list[j];
        const double lost = size * 0x1p-19 + (sq + first_sq + reach_sq) * 0x1p-46;
        if (lost > most) most = lost;
        if (size < least) least = size;
    }
    s->margin = (float)(4 * most);
    /* Nothing overflows, and what underflows is far below the margin. */
    return most < 0x1p100 && least > 0x1p-60;
}

static inline __attribute__((always_inline)) int list_changes(int differs, i32x4 label, int i, int changes,
                                                              uint8_t *at, uint16_t *news) {
    for (int lane = 0; lane < 4; lane++) {
        at[changes] = (uint8_t)(i + lane);
        news[changes] = (uint16_t)label[lane];
        changes += differs >> lane & 1;
    }
    return changes;
}

static inline __attribute__((always_inline)) int sieve(const km_sieve *s, const km_boxes *t, int first,
                                                       const int d, int count, uint8_t *at, uint16_t *news) {
    const uint16_t *labels = t->label + first;
    int changes = 0;
    i32x4 unsure = {0};
    for (int i = 0; i < count; i += 4) {
        f32x4 y[KM_BOX_MAX_DIMS], best = f32x4_splat(0), second = f32x4_splat(__builtin_inff());
        i32x4 label = i32x4_splat(s->label[0]);
        km_boxes_four(t, d, first + i, y);
        for (int a = 0; a < d; a++) y[a] -= f32x4_splat(s->place[a]);
        for (int j = 1; j < s->candidates; j++) {
            f32x4 q = f32x4_splat(s->offset[j]);
            for (int a = 0; a < d; a++) q += f32x4_splat(s->slope[j][a]) * y[a];
            const i32x4 nearer = q < best;
            const f32x4 farther = f32x4_select(nearer, best, q);
            second = f32x4_select(farther < second, farther, second);
            best = f32x4_select(nearer, q, best);
            label = i32x4_select(nearer, i32x4_splat(s->label[j]), label);
        }
        const i32x4 mask = km_inside(i, count);
        const int differs = i32x4_bits((label != km_labels_at(labels + i)) & mask);
        unsure |= ~(second - best > f32x4_splat(s->margin)) & mask;
        if (differs) changes = list_changes(differs, label, i, changes, at, news);
    }
    return i32x4_bits(unsure) ? -1 : changes;
}

int km_sieve_tile(const km_sieve *s, const km_boxes *t, int first, int count, uint8_t *at, uint16_t *news) {
    /* What is drawn and raced gets its own loop; for the others one is small. */
    if (t->d == 2) return sieve(s, t, first, 2, count, at, news);
    return sieve(s, t, first, t->d, count, at, news);
}
