/* boxes_border.c: points of a box that lies across one border, between two clusters that all of them are in
 * already, as most boxes that are looked into do: the sieve (boxes_sieve.c) for two, its answers kept as
 * bits.
 */
#include "boxes_sieve.h"
#include "simd.h"
#include <string.h>

/* Bit i for point i: its label is, or becomes, that of the second candidate. */
typedef struct sides {
    uint64_t was, is;
} sides;
_Static_assert(KM_BOX_TILE == 64, "a bit for each point");

static inline __attribute__((always_inline)) int find_sides(const km_sieve *s, const float *x,
                                                            ptrdiff_t stride, const uint16_t *labels,
                                                            const int d, int count, sides *out) {
    const i32x4 first = (i32x4){0} + s->label[0], second = (i32x4){0} + s->label[1];
    const f32x4 margin = f32x4_splat(s->margin), zero = f32x4_splat(0);
    i32x4 unsure = {0};
    *out = (sides){0};
    for (int i = 0; i < count; i += 4) {
        f32x4 q = f32x4_splat(s->offset[1]);
        for (int a = 0; a < d; a++)
            q += f32x4_splat(s->slope[1][a]) * (f32x4_load(x + a * stride + i) - f32x4_splat(s->place[a]));
        const i32x4 before = km_labels_at(labels + i), was = before == second, is = q < zero,
                    sure = (q > margin) | (q < -margin), known = was | (before == first),
                    inside = km_inside(i, count);
        unsure |= ~(sure & known) & inside;
        out->was |= (uint64_t)i32x4_bits(was & inside) << i;
        out->is |= (uint64_t)i32x4_bits(is & inside) << i;
    }
    return i32x4_bits(unsure) == 0;
}

/* Adds two points, each times 1, 0 or -1, to the sums of a coordinate, as km_moves_add does. */
static inline void add_two(km_grid g, f32x2 x, f64x2 sign, f64x2 *his, f64x2 *los) {
    const f64x2 round = f64x2_splat(0x1.8p52), v = __builtin_convertvector(x, f64x2) * sign,
                hi = v * f64x2_splat(g.to_hi) + round - round;
    *his += hi;
    *los += (v - hi * f64x2_splat(g.from_hi)) * f64x2_splat(g.to_lo) + round - round;
}

static inline __attribute__((always_inline)) void add_changes(const km_engine *e, const km_boxes *t,
                                                              const int d, int first, sides s, double sign,
                                                              km_moves *m) {
    const uint64_t changed = s.was ^ s.is;
    f64x2 his[KM_BOX_MAX_DIMS], los[KM_BOX_MAX_DIMS];
    for (int a = 0; a < d; a++) his[a] = los[a] = f64x2_splat(0);
    for (uint64_t left = changed; left;) {
        const int i = __builtin_ctzll(left) & ~1;
        const unsigned to = s.is >> i & 3, from = s.was >> i & 3;
        const f64x2 signs = {sign * ((int)(to & 1) - (int)(from & 1)),
                             sign * ((int)(to >> 1) - (int)(from >> 1))};
        for (int a = 0; a < d; a++) {
            f32x2 x;
            memcpy(&x, t->x + a * t->stride + first + i, sizeof x);
            add_two(e->grid[a], x, signs, &his[a], &los[a]);
        }
        left &= ~((uint64_t)3 << i);
    }
    for (int a = 0; a < d; a++) {
        m->hi[a] += his[a][0] + his[a][1];
        m->lo[a] += los[a][0] + los[a][1];
    }
    const int gone = __builtin_popcountll(changed & s.is), come = __builtin_popcountll(changed & s.was);
    m->count += gone + come;
    m->net += (int)sign * (gone - come);
}

static inline __attribute__((always_inline)) int border(const km_sieve *s, km_engine *e, km_boxes *t,
                                                        km_moves *m, const int d, int first, int count) {
    sides found;
    uint16_t *label = t->label + first;
    if (!find_sides(s, t->x + first, t->stride, label, d, count, &found)) return 0;
    const uint64_t changed = found.was ^ found.is;
    if (!changed) return 1;
    const int a = s->label[0], b = s->label[1], back = m->from == b && m->to == a;
    if (m->count > KM_MOVES_MOST - KM_BOX_TILE || !(back || (m->from == a && m->to == b)))
        km_moves_between(e, d, m, back ? b : a, back ? a : b);
    add_changes(e, t, d, first, found, back ? -1 : 1, m);
    for (uint64_t left = changed; left; left &= left - 1) label[__builtin_ctzll(left)] ^= (uint16_t)(a ^ b);
    return 1;
}

int km_sieve_border(const km_sieve *s, km_engine *e, km_boxes *t, km_moves *m, int first, int count) {
    /* What is drawn, and colours, each get their own loop; the last is for one dimension. */
    if (t->d == 2) return border(s, e, t, m, 2, first, count);
    if (t->d == 3) return border(s, e, t, m, 3, first, count);
    return border(s, e, t, m, t->d, first, count);
}
