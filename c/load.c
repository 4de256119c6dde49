/* load.c: points come in, are checked, and get the grids of their exact sums. */
#include "custom.h"
#include <stdlib.h>
#include <string.h>

static double absolute(double v) { return v < 0 ? -v : v; }

static km_status check_points(km_engine *e, const double *columns, int n, int d) {
    double widest = 0;
    for (int t = 0; t < d; t++) {
        const double *x = columns + (ptrdiff_t)t * n;
        double low = x[0], high = x[0];
        for (int i = 0; i < n; i++) {
            if (!(absolute(x[i]) <= __DBL_MAX__))
                return km_fail(e, KM_ERR_NOT_FINITE, "row %d, column %d", i + 1, t + 1);
            if (absolute(x[i]) > KM_LARGEST)
                return km_fail(e, KM_ERR_RANGE, "row %d, column %d is %g", i + 1, t + 1, x[i]);
            if (x[i] < low) low = x[i];
            if (x[i] > high) high = x[i];
        }
        if (high - low > widest) widest = high - low;
    }
    if (widest > 0 && widest < 1 / KM_LARGEST)
        return km_fail(e, KM_ERR_RANGE, "the widest column spans %g", widest);
    return KM_OK;
}

static km_status check_weights(km_engine *e, const double *weights, int n) {
    double total = 0;
    for (int i = 0; weights && i < n; i++) {
        if (!(weights[i] >= 0 && weights[i] <= KM_LARGEST_WEIGHT))
            return km_fail(e, KM_ERR_WEIGHT, "row %d has weight %g", i + 1, weights[i]);
        total += weights[i];
    }
    return weights && total == 0 ? km_fail(e, KM_ERR_WEIGHT, "all are zero") : KM_OK;
}

static double largest(const double *values, int n) {
    double most = 0;
    for (int i = 0; i < n; i++)
        if (absolute(values[i]) > most) most = absolute(values[i]);
    return most;
}

/* Mean over the columns of the population variance, in two passes: the unit of tol. */
static double mean_variance(const double *columns, int n, int d) {
    double total = 0;
    for (int t = 0; t < d; t++) {
        const double *x = columns + (ptrdiff_t)t * n;
        double sum = 0, squares = 0;
        for (int i = 0; i < n; i++) sum += x[i];
        const double mean = sum / n;
        for (int i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
        total += squares / n;
    }
    return total / d;
}

km_status km_load(km_engine *e, const double *columns, const double *weights, int n, int d) {
    if (n < 1 || d < 1) return km_fail(e, KM_ERR_EMPTY_DATA, "%d rows, %d columns", n, d);
    if (n > KM_MAX_POINTS || d > KM_MAX_DIMS)
        return km_fail(e, KM_ERR_TOO_MANY_POINTS, "%d rows (at most %d), %d columns (at most %d)", n,
                       KM_MAX_POINTS, d, KM_MAX_DIMS);
    km_status s = check_points(e, columns, n, d);
    if (!s) s = check_weights(e, weights, n);
    if (s) return s;

    const size_t values = (size_t)n * (size_t)d;
    double *x = km_array((double)n * d, sizeof *x), *w = weights ? km_array(n, sizeof *w) : NULL;
    double *distances = km_array(n, sizeof *distances);
    int32_t *labels = km_array(n, sizeof *labels);
    km_grid *grid = km_array(d, sizeof *grid);
    if (!x || (weights && !w) || !distances || !labels || !grid) {
        free(x);
        free(w);
        free(distances);
        free(labels);
        free(grid);
        return km_fail(e, KM_ERR_MEMORY, "for %d points of %d coordinates", n, d);
    }
    memcpy(x, columns, values * sizeof *x);
    if (w) memcpy(w, weights, (size_t)n * sizeof *w);
    const double heaviest = w ? largest(w, n) : 1;
    e->grid_w = km_grid_for(heaviest);
    for (int t = 0; t < d; t++) grid[t] = km_grid_for(heaviest * largest(x + (ptrdiff_t)t * n, n));

    km_end_run(e);
    free(e->x);
    free(e->w);
    free(e->distances);
    free(e->labels);
    free(e->grid);
    free(e->given);
    e->x = x;
    e->w = w;
    e->distances = distances;
    e->labels = labels;
    e->grid = grid;
    e->given = NULL;
    e->given_k = 0;
    e->n = n;
    e->d = d;
    e->mean_variance = mean_variance(x, n, d);
    e->restart_total = e->restarts_done = 0;
    if (e->custom) e->custom->fits = 0;
    memset(labels, -1, (size_t)n * sizeof *labels);
    return KM_OK;
}
