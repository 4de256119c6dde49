/* boxes_border.c: points of a box that lies across one border, between two clusters that all of them are in
 * already, as most boxes that are looked into do: the sieve (boxes_sieve.c) for two, its answers kept as
 * bits.
 */
#include "adder.h"
#include "boxes_four.h"
#include "boxes_sieve.h"
#include <string.h>

/* Bit i for point i: its label is, or becomes, that of the second candidate. */
typedef struct sides {
    uint64_t was, is;
} sides;
_Static_assert(KM_BOX_TILE == 64, "a bit for each point");

static inline __attribute__((always_inline)) int find_sides(const km_sieve *s, const km_boxes *t, const int d,
                                                            int place, int count, sides *out) {
    const uint16_t *labels = t->label + place;
    const i32x4 first = i32x4_splat(s->label[0]), second = i32x4_splat(s->label[1]);
    const f32x4 margin = f32x4_splat(s->margin), zero = f32x4_splat(0);
    i32x4 unsure = {0};
    *out = (sides){0};
    for (int i = 0; i < count; i += 4) {
        f32x4 q = f32x4_splat(s->offset[1]), y[KM_BOX_MAX_DIMS];
        km_boxes_four(t, d, place + i, y);
        for (int a = 0; a < d; a++) q += f32x4_splat(s->slope[1][a]) * (y[a] - f32x4_splat(s->place[a]));
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
    km_adder sums[2] = {km_adder_for(e->grid[0], e->grid[d > 1])};
    if (d > 2) sums[1] = km_adder_for(e->grid[2], e->grid[2]);
    for (uint64_t left = changed; left; left &= left - 1) {
        const int i = __builtin_ctzll(left);
        const double by = s.is >> i & 1 ? sign : -sign;
        double x[4] = {0};
        for (int a = 0; a < d; a++) x[a] = by * (double)t->x[km_place_of(d, t->stride, first + i, a)];
        km_adder_add(&sums[0], f64x2_load(x));
        if (d > 2) km_adder_add(&sums[1], f64x2_load(x + 2));
    }
    for (int a = 0; a < d; a++) {
        km_sum sum = {0, 0};
        km_adder_take(&sums[a / 2], a % 2, __builtin_popcountll(changed), &sum);
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
    if (!find_sides(s, t, d, first, count, &found)) return 0;
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
