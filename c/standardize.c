/* standardize.c: see standardize.h. Two passes (Chan, Golub, LeVeque 1983), each with a compensated sum. */
#include "standardize.h"
#include <stddef.h>

#define LARGEST 0x1p500

/* A sum that carries its rounding error (Neumaier 1974). */
typedef struct total {
    double sum, error;
} total;

static total add(total t, double v) {
    const double sum = t.sum + v;
    const int bigger = __builtin_fabs(t.sum) >= __builtin_fabs(v);
    return (total){sum, t.error + (bigger ? t.sum - sum + v : v - sum + t.sum)};
}

static double mean_of(const double *x, int n) {
    total t = {0, 0};
    for (int i = 0; i < n; i++) t = add(t, x[i]);
    return (t.sum + t.error) / n;
}

/* The second sum corrects for the rounding of the mean. */
static double variance_of(const double *x, int n, double mean) {
    total squares = {0, 0}, rest = {0, 0};
    for (int i = 0; i < n; i++) {
        const double deviation = x[i] - mean;
        squares = add(squares, deviation * deviation);
        rest = add(rest, deviation);
    }
    const double shift = rest.sum + rest.error;
    return (squares.sum + squares.error - shift * shift / n) / n;
}

/* Whether a variance is no more than the rounding of its column (scikit-learn's _is_constant_feature). */
static int is_constant(double variance, double mean, int n) {
    const double bound = n * __DBL_EPSILON__ * mean;
    return variance <= n * __DBL_EPSILON__ * variance + bound * bound;
}

km_status km_standardize(double *columns, int n, int d, double *scale, double *offset) {
    if (n < 1 || d < 1) return KM_ERR_EMPTY_DATA;
    const ptrdiff_t count = (ptrdiff_t)n * d;
    for (ptrdiff_t i = 0; i < count; i++) {
        if (!(__builtin_fabs(columns[i]) <= __DBL_MAX__)) return KM_ERR_NOT_FINITE;
        if (__builtin_fabs(columns[i]) > LARGEST) return KM_ERR_RANGE;
    }
    for (int j = 0; j < d; j++) {
        double *const x = columns + (ptrdiff_t)j * n;
        const double mean = mean_of(x, n), variance = variance_of(x, n, mean);
        scale[j] = is_constant(variance, mean, n) ? 1 : __builtin_sqrt(variance);
        offset[j] = mean;
        for (int i = 0; i < n; i++) x[i] = (x[i] - mean) / scale[j];
    }
    return KM_OK;
}
