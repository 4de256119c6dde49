/* metrics.h: the parts of km_metrics, on plain arrays. Points are column-major (d columns of n); labels are
 * 0 .. k - 1. Functions return 0 when memory is out. */
#ifndef KM_METRICS_H
#define KM_METRICS_H

#include <stdint.h>

/* Davies-Bouldin and Calinski-Harabasz indices about the means of the clusters, as scikit-learn: points count
 * equally and empty clusters not at all. NaN unless there are 2 to n - 1 clusters with points. */
int km_spread_indices(const double *columns, int n, int d, const int32_t *labels, int k,
                      double *davies_bouldin, double *calinski_harabasz);

/* Mean silhouette (Rousseeuw 1987) with Euclidean distances; a point alone in its cluster counts 0. Exact for
 * n up to KM_MAX_EXACT_SILHOUETTE; above, that of a sample of this many points measured among themselves, the
 * same rows for the same n. points: how many were measured. NaN unless they are in 2 to points - 1 clusters.
 */
int km_silhouette(const double *columns, int n, int d, const int32_t *labels, int k, double *silhouette,
                  int *points);

typedef struct km_agreement {
    double ari;    /* adjusted Rand index (Hubert, Arabie 1985) */
    double nmi;    /* mutual information over the arithmetic mean of the entropies */
    double purity; /* share of points of the most common true label of their cluster */
} km_agreement;

/* Agreement of labels with true labels, which may be any integers; linear in n. n >= 1. */
int km_agree(const int32_t *labels, int k, const int32_t *truth, int n, km_agreement *out);

#endif
