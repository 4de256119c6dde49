/* standardize.h: z-scores, so that no column outweighs another by its unit. */
#ifndef KM_STANDARDIZE_H
#define KM_STANDARDIZE_H

#include "kmeans.h"

/* Turns each of d columns of n values (one after the other, in place) into z-scores: mean 0, population
 * standard deviation 1. A constant column becomes zeros with scale 1 (both as scikit-learn's StandardScaler).
 * scale and offset: d values out; original = z * scale + offset. KM_ERR_EMPTY_DATA, KM_ERR_NOT_FINITE or
 * KM_ERR_RANGE (beyond 2^500, as km_load), and then nothing has changed. */
KM_API(km_standardize)
km_status km_standardize(double *columns, int n, int d, double *scale, double *offset);

#endif
