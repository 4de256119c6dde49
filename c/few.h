/* few.h: runs of few points, many of them: what restarts do. An iteration of all points at once, on bitmaps
 * in place of labels and on approximate centroids, and the distances between points, which serve seeding. */
#ifndef KM_FEW_H
#define KM_FEW_H

#include "internal.h"

typedef struct km_few km_few;

typedef enum km_few_next {
    KM_FEW_LEAVES, /* a cluster is empty, which is left to the run itself */
    KM_FEW_GOES_ON,
    KM_FEW_ENDS
} km_few_next;

/* For the runs of e like the one that has begun; NULL where they are others than Lloyd's own on a few points,
 * or memory is out. */
km_few *km_few_create(const km_engine *e);
void km_few_free(km_few *f);
/* Squared distances from the point in row `row` to all points, as km_distances_to gives them. */
const double *km_few_distances(km_few *f, const km_engine *e, int row);
/* The e->iteration-th assign and update of a run, whose first has its centroids in e->c. Of e it leaves
 * centroids, labels and sums undefined. *ordered becomes e->iteration when the labels may depend on the order
 * of the clusters. */
km_few_next km_few_step(km_few *f, km_engine *e, int *ordered);
/* What the last assign found, whatever the order of the clusters, in so many words; *order is that. */
const uint64_t *km_few_key(km_few *f, const km_engine *e, uint32_t *order);
int km_few_key_words(const km_few *f, const km_engine *e);
/* The inertia of a run that has ended. */
double km_few_inertia(km_few *f, km_engine *e);

#endif
