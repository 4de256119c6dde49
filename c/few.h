/* few.h: runs of few points, many of them: what restarts do. An iteration of all points at once, on bitmaps
 * in place of labels, and the distances between points, which serve seeding and the first assign of every
 * run. */
#ifndef KM_FEW_H
#define KM_FEW_H

#include "internal.h"

typedef struct km_few km_few;

/* For the runs of e like the one that has begun; NULL where they are others than Lloyd's own on a few points,
 * or memory is out. */
km_few *km_few_create(const km_engine *e);
void km_few_free(km_few *f);
/* Squared distances from the point in row `row` to all points, as km_distances_to gives them. */
const double *km_few_distances(km_few *f, const km_engine *e, int row);
/* Assign and update: e->c moves, and e->previous is where it was. first: e->c are the points e->start_rows. 0
 * when a cluster is empty, which is left to the run itself. Of the rest of e only sums and sizes are kept;
 * labels are not. */
int km_few_step(km_few *f, km_engine *e, int first);

#endif
