/* assign.h: the assign step under one contract, several ways. All give the labels, sums and centroids of
 * brute force to the bit; they differ in what they look at. */
#ifndef KM_ASSIGN_H
#define KM_ASSIGN_H

#include "internal.h"

typedef struct km_assigner {
    km_method method;
    /* A run begins: its centroids are e->c, and no point has a label. 0 when memory is out. */
    int (*begin)(km_engine *e);
    /* Labels by the centroids e->c; sizes and sums with them; e->changed; e->inertia. */
    void (*assign)(km_engine *e);
    /* e->inertia of the same labels after the centroids have moved from e->previous to e->c. */
    void (*follow)(km_engine *e);
    /* Makes e->labels, and with `distances` e->distances, those of the last half-step, if they are behind. */
    void (*write)(km_engine *e, int distances);
    /* Takes e->labels over: some were changed by km_relabel. */
    void (*read)(km_engine *e);
} km_assigner;

/* brute_force.c: every point against every centroid. Serves every distance, center and weight. */
extern const km_assigner km_by_brute_force;
/* boxes.c: up to three dimensions, Euclidean distance and mean. */
extern const km_assigner km_by_boxes;

/* bounds.c: more dimensions, likewise. */
extern const km_assigner km_by_bounds;

/* brute_force.c. Whether the run is Lloyd's own: what the bounds and boxes of the faster ways rely on. */
int km_is_euclidean_mean(const km_engine *e);
/* Chooses the way for the run that begins, and begins it. */
void km_begin_assigner(km_engine *e);
/* inertia.c. Takes the move of the means from e->previous to e->c into a running inertia. */
void km_running_follow(const km_engine *e, km_running *r);
/* Makes the running inertia that of the half-step; where it does not hold, all distances are due for that. */
void km_running_finish(km_engine *e);

#endif
