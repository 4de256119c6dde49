/* boxes_cuts.h: how a box is cut into cells: in halves, each time across their widest side. The cells are
 * numbered so that those of a half, a quarter and so on stand together: one bit a cut, the first the highest,
 * which in a square is their Morton order (Morton 1966). */
#ifndef KM_BOXES_CUTS_H
#define KM_BOXES_CUTS_H

#include "boxes.h"
#include "simd.h"
#include <string.h>

typedef struct km_cuts {
    int bits;
    /* Along an axis a place has the slice (x - low) * scale, rounded, whose bits `spread` puts where they
     * belong in the number of the cell. */
    int slices[KM_BOX_MAX_DIMS];
    double low[KM_BOX_MAX_DIMS], scale[KM_BOX_MAX_DIMS];
    uint16_t spread[KM_BOX_MAX_DIMS][1 << KM_BOX_MAX_BITS];
} km_cuts;

/* In this, 1.5 * 2^52, the last bit is 1: adding it rounds to an integer and leaves that in the lowest bits.
 */
#define KM_CUTS_ROUND 0x1.8p52

/* Which slices two places lie in. One outside the box, as rounding can make it, gets some slice. */
static inline u64x2 km_cuts_slices(const km_cuts *g, int a, f64x2 x) {
    const f64x2 v = (x - f64x2_splat(g->low[a])) * f64x2_splat(g->scale[a]) + f64x2_splat(KM_CUTS_ROUND);
    return (u64x2)v & (uint64_t)(g->slices[a] - 1);
}
/* The part of a cell's number that coordinate a gives. */
static inline unsigned km_cuts_of(const km_cuts *g, int a, double x) {
    const double v = (x - g->low[a]) * g->scale[a] + KM_CUTS_ROUND;
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return g->spread[a][bits & (unsigned)(g->slices[a] - 1)];
}

/* boxes_grow.c. Cells of about as many points as are looked at one by one. */
void km_cuts_plan(km_cuts *g, const km_boxes *t, const km_box *v);
/* Gives a node a tree over its cells, whose points stand one cell after the other: count[c] in cell c. 0 when
 * memory is out, or when they are all in one. */
int km_boxes_grow(const km_engine *e, km_boxes *t, int node, const km_cuts *g, const int32_t *count);

#endif
