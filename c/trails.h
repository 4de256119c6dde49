/* trails.h: the centroids that earlier restarts came through, so that a run that reaches the same place is
 * known to its end and need not be walked again. */
#ifndef KM_TRAILS_H
#define KM_TRAILS_H

#include "few.h"

typedef struct km_trails km_trails;

/* For the restarts of which the first has begun, or NULL when their runs depend on more than their centroids
 * or memory is out. */
km_trails *km_trails_create(const km_engine *e);
void km_trails_free(km_trails *t);
/* What few points keep for all restarts, or NULL; only while the run's parameters are those of the trails. */
km_few *km_trails_few(const km_trails *t, const km_engine *e);
/* The run, restart `restart`, is before an assign. Whether a restart below it has been at these centroids and
 * has converged: then *same is that one, and *iteration how many iterations it had done there. Remembers the
 * place when it is new. */
int km_trails_meet(km_trails *t, const km_engine *e, int restart, int *same, int *iteration);

#endif
