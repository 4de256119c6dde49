/* spread.c: Davies-Bouldin and Calinski-Harabasz: spread within clusters against distance between them. */
#include "internal.h"
#include "metrics.h"
#include <stdlib.h>

/* Means of the clusters into `means` (k x d) and of all points into `mean` (d), relative to the first row, so
 * that data far from the origin lose nothing. */
static void find_means(const double *columns, int n, int d, const int32_t *labels, int k, const int *sizes,
                       double *means, double *mean) {
    for (int t = 0; t < d; t++) {
        const double *x = columns + (ptrdiff_t)t * n;
        double total = 0;
        for (int i = 0; i < n; i++) {
            means[(ptrdiff_t)labels[i] * d + t] += x[i] - x[0];
            total += x[i] - x[0];
        }
        for (int j = 0; j < k; j++)
            if (sizes[j]) means[(ptrdiff_t)j * d + t] /= sizes[j];
        mean[t] = total / n;
    }
}

static double distance_sq(const double *a, const double *b, int d) {
    double sum = 0;
    for (int t = 0; t < d; t++) sum += (a[t] - b[t]) * (a[t] - b[t]);
    return sum;
}

/* Mean over clusters of the worst (spread i + spread j) / distance of the means; clusters whose means
 * coincide are not compared. (scikit-learn also gives 0 when every spread is below 1e-8, whatever the unit;
 * here nothing depends on the unit.) worst: k values of scratch, 0. */
static double davies_bouldin(const double *means, const double *spread, const int *sizes, int k, int d,
                             double *worst) {
    double total = 0;
    int clusters = 0;
    for (int i = 0; i < k; i++) {
        if (!sizes[i]) continue;
        for (int j = i + 1; j < k; j++) {
            if (!sizes[j]) continue;
            const double apart = distance_sq(means + (ptrdiff_t)i * d, means + (ptrdiff_t)j * d, d);
            if (apart == 0) continue;
            const double ratio = (spread[i] + spread[j]) / __builtin_sqrt(apart);
            if (ratio > worst[i]) worst[i] = ratio;
            if (ratio > worst[j]) worst[j] = ratio;
        }
        total += worst[i];
        clusters++;
    }
    return total / clusters;
}

int km_spread_indices(const double *columns, int n, int d, const int32_t *labels, int k, double *db,
                      double *ch) {
    *db = *ch = __builtin_nan("");
    int *sizes = km_array(k, sizeof *sizes);
    double *memory = km_array((double)k * d + d + 2.0 * k + n, sizeof *memory);
    if (!sizes || !memory) {
        free(sizes);
        free(memory);
        return 0;
    }
    double *means = memory, *mean = means + (ptrdiff_t)k * d, *spread = mean + d, *worst = spread + k;
    double *own_sq = worst + k; /* n: to the mean of the own cluster */
    int clusters = 0;
    for (int i = 0; i < n; i++) clusters += sizes[labels[i]]++ == 0;
    if (clusters >= 2 && clusters < n) {
        find_means(columns, n, d, labels, k, sizes, means, mean);
        for (int t = 0; t < d; t++) {
            const double *x = columns + (ptrdiff_t)t * n;
            for (int i = 0; i < n; i++) {
                const double off = x[i] - x[0] - means[(ptrdiff_t)labels[i] * d + t];
                own_sq[i] += off * off;
            }
        }
        for (int i = 0; i < n; i++) spread[labels[i]] += __builtin_sqrt(own_sq[i]);
        double within = km_weighted_total(own_sq, NULL, n), between = 0;
        for (int j = 0; j < k; j++) {
            if (!sizes[j]) continue;
            spread[j] /= sizes[j];
            between += sizes[j] * distance_sq(means + (ptrdiff_t)j * d, mean, d);
        }
        *db = davies_bouldin(means, spread, sizes, k, d, worst);
        /* No spread at all is 1 by scikit-learn's convention. */
        *ch = within == 0 ? 1 : between / (clusters - 1) / (within / (n - clusters));
    }
    free(sizes);
    free(memory);
    return 1;
}
