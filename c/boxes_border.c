/* boxes_border.c: points of a box that lies across one border, between two clusters that all of them are in
 * already, as most boxes that are looked into do: the sieve (boxes_sieve.c) for two, its answers kept as
 * bits.
 */
#include "adder.h"
#include "boxes_sieve.h"
#include <string.h>

/* Bit i for point i: its label is, or becomes, that of the second candidate. */
typedef struct sides {
    uint64_t was, is;
} sides;
_Static_assert(KM_BOX_TILE == 64, "a bit for each point");

static inline __attribute__((always_inline)) int find_sides(const km_sieve *s, const float *x,
                                                            ptrdiff_t stride, const uint16_t *labels,
                                                            const int d, int count, sides *out) {
    const i32x4 first = i32x4_splat(s->label[0]), second = i32x4_splat(s->label[1]);
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

static inline __attribute__((always_inline)) void add_changes(const km_engine *e, const km_boxes *t,
                                                              const int d, int first, sides s, double sign,
                                                              km_moves *m) {
    const uint64_t changed = s.was ^ s.is;
    km_adder sums[KM_BOX_MAX_DIMS] = {{.hi = {0, 0}}};
    int pairs = 0;
    for (int a = 0; a < d; a++) sums[a] = km_adder_for(e->grid[a]);
    for (uint64_t left = changed; left;) {
        const int i = __builtin_ctzll(left) & ~1;
        const unsigned to = s.is >> i & 3, from = s.was >> i & 3;
        const f64x2 signs = {sign * ((int)(to & 1) - (int)(from & 1)),
                             sign * ((int)(to >> 1) - (int)(from >> 1))};
        for (int a = 0; a < d; a++)
            km_adder_add(&sums[a], f64x2_from(t->x + a * t->stride + first + i) * signs);
        pairs++;
        left &= ~((uint64_t)3 << i);
    }
    for (int a = 0; a < d; a++) {
        km_sum sum = {0, 0};
        km_adder_take(&sums[a], pairs, &sum);
        m->hi[a] += (double)sum.hi;
        m->lo[a] += (double)sum.lo;
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
