/* trails.h: the places that earlier restarts came through, so that a run that reaches one of them is known to
 * its end and need not be walked again. */
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
/* Whether the end of the run under way, restart `restart`, is known from one below it that was at the same
 * place; then it is noted. Remembers the place when it is new. The run is before an assign. */
int km_trails_meet(km_trails *t, km_engine *e, int restart);
/* The same for a run of few points, after an assign. */
int km_trails_meet_few(km_trails *t, km_engine *e, int restart);

#endif
