/* boxes_moves.h: points that go from one cluster to another, taken together before sums and inertia are
 * changed: along a border many follow one another.
 *
 * With n points of sum S, what their going from centroid a to b adds to the inertia is
 *     sum |x - b|^2 - |x - a|^2 = -(b - a).((S - n a) + (S - n b)),
 * and what stands in brackets is computed exactly from S.
 */
#ifndef KM_BOXES_MOVES_H
#define KM_BOXES_MOVES_H

#include "boxes.h"

enum { KM_MOVES_MOST = 1 << 13 }; /* points whose integers add up exactly as doubles */

typedef struct km_moves {
    int from, to;   /* of those that go the other way, everything counts negative */
    int net, count; /* points, and steps since the last flush */
    double hi[KM_BOX_MAX_DIMS], lo[KM_BOX_MAX_DIMS];
} km_moves;

/* boxes_moves.c. Moves `count` points with this sum between clusters. */
void km_moves_apply(km_engine *e, int d, int from, int to, int count, const km_sum *sum);
/* Empties it into the clusters. */
void km_moves_flush(km_engine *e, int d, km_moves *m);
/* Begins anew with this pair of clusters. */
void km_moves_between(km_engine *e, int d, km_moves *m, int from, int to);

/* One point, at a place of the tree. */
static inline __attribute__((always_inline)) void km_moves_add(km_engine *e, const km_boxes *t, int d,
                                                               km_moves *m, int place, int from, int to) {
    double sign = 1;
    if (from != m->from || to != m->to || m->count >= KM_MOVES_MOST) {
        if (from == m->to && to == m->from && m->count < KM_MOVES_MOST) sign = -1;
        else km_moves_between(e, d, m, from, to);
    }
    m->count++;
    m->net += (int)sign;
    for (int a = 0; a < d; a++) {
        const double x = sign * km_boxes_coordinate(e, t, d, place, a);
        const double hi = km_round(x * e->grid[a].to_hi);
        m->hi[a] += hi;
        m->lo[a] += km_round((x - hi * e->grid[a].from_hi) * e->grid[a].to_lo);
    }
}

#endif
