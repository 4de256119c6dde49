/* load.c: points come in, are checked, and get the grids of their exact sums. */
#include "assign.h"
#include "bounds.h"
#include "boxes.h"
#include "custom.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

static double absolute(double v) { return v < 0 ? -v : v; }

/* Least and largest of n values. Returns 0 when one is not finite: infinity less itself, like NaN, is NaN. */
static int find_range(const double *x, int n, double *low, double *high) {
    enum { LANES = 4 }; /* vectors under way, to hide their latency */
    f64x2 least[LANES], most[LANES], nothing[LANES];
    for (int v = 0; v < LANES; v++) {
        least[v] = most[v] = f64x2_splat(x[0]);
        nothing[v] = f64x2_splat(0);
    }
    int i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES)
        for (int v = 0; v < LANES; v++) {
            const f64x2 p = f64x2_load(x + i + 2 * v);
            least[v] = f64x2_select(p < least[v], p, least[v]);
            most[v] = f64x2_max(most[v], p);
            nothing[v] += p - p;
        }
    *low = *high = x[0];
    double rest = x[0] - x[0];
    for (int v = 0; v < 2 * LANES; v++) {
        if (least[v / 2][v % 2] < *low) *low = least[v / 2][v % 2];
        if (most[v / 2][v % 2] > *high) *high = most[v / 2][v % 2];
        rest += nothing[v / 2][v % 2];
    }
    for (; i < n; i++) {
        if (x[i] < *low) *low = x[i];
        if (x[i] > *high) *high = x[i];
        rest += x[i] - x[i];
    }
    return rest == 0;
}

/* Says which point is the first that cannot be. */
static km_status refuse_point(km_engine *e, const double *x, int n, int column) {
    for (int i = 0;; i++) {
        KM_CHECK(i < n);
        if (!(absolute(x[i]) <= __DBL_MAX__))
            return km_fail(e, KM_ERR_NOT_FINITE, "row %d, column %d", i + 1, column + 1);
        if (absolute(x[i]) > KM_LARGEST)
            return km_fail(e, KM_ERR_RANGE, "row %d, column %d is %g", i + 1, column + 1, x[i]);
    }
}

static km_status check_points(km_engine *e, const double *columns, int n, int d, double *low, double *high) {
    double widest = 0;
    for (int t = 0; t < d; t++) {
        const double *x = columns + (ptrdiff_t)t * n;
        if (!find_range(x, n, &low[t], &high[t]) || absolute(low[t]) > KM_LARGEST ||
            absolute(high[t]) > KM_LARGEST)
            return refuse_point(e, x, n, t);
        if (high[t] - low[t] > widest) widest = high[t] - low[t];
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

static double heaviest_of(const double *weights, int n) {
    double most = weights ? 0 : 1;
    for (int i = 0; weights && i < n; i++) most = km_larger(most, weights[i]);
    return most;
}

double km_mean_variance(km_engine *e) {
    if (e->mean_variance >= 0) return e->mean_variance;
    double total = 0;
    for (int t = 0; t < e->d; t++) {
        const double *x = e->x + (ptrdiff_t)t * e->n;
        double sum = 0, squares = 0;
        for (int i = 0; i < e->n; i++) sum += x[i];
        const double mean = sum / e->n;
        for (int i = 0; i < e->n; i++) squares += (x[i] - mean) * (x[i] - mean);
        total += squares / e->n;
    }
    e->mean_variance = total / e->d;
    return e->mean_variance;
}

void km_forget_points(km_engine *e) {
    km_end_run(e);
    km_boxes_free(e->boxes);
    km_bounds_free(e->bounds);
    free(e->x);
    free(e->w);
    free(e->distances);
    free(e->labels);
    free(e->low);
    free(e->grid);
    free(e->given);
    free(e->seed_totals);
    free(e->parts);
    e->parts = NULL;
    e->boxes = NULL;
    e->bounds = NULL;
}

/* Restarts on few points add each of them up thousands of times: their parts of the sums are computed once.
 */
static void split_parts(km_engine *e) {
    enum { MOST = 1 << 13 }; /* coordinates: 128 kB */
    if (e->n > MOST / e->d) return;
    e->parts = km_room((double)e->n * e->d, sizeof *e->parts);
    for (int i = 0; e->parts && i < e->n; i++)
        for (int t = 0; t < e->d; t++)
            e->parts[(ptrdiff_t)i * e->d + t] = km_coordinate_sum(e, i, t, e->x[(ptrdiff_t)t * e->n + i]);
}

/* Takes the checked points x, and copies the weights. */
static km_status accept(km_engine *e, double *x, const double *weights, int n, int d, double *low) {
    double *w = weights ? km_room(n, sizeof *w) : NULL;
    double *distances = km_room(n, sizeof *distances);
    int32_t *labels = km_room(n, sizeof *labels);
    km_grid *grid = km_room(d, sizeof *grid);
    double *seed_totals = km_room(n / KM_SEED_BLOCK + 1, sizeof *seed_totals);
    if (!x || (weights && !w) || !distances || !labels || !grid || !seed_totals) {
        free(w);
        free(distances);
        free(labels);
        free(grid);
        free(seed_totals);
        return km_fail(e, KM_ERR_MEMORY, "for %d points of %d coordinates", n, d);
    }
    const double *high = low + d, heaviest = heaviest_of(weights, n);
    if (w) memcpy(w, weights, (size_t)n * sizeof *w);

    km_forget_points(e);
    for (int t = 0; t < d; t++)
        grid[t] = km_grid_for(heaviest * km_larger(absolute(low[t]), absolute(high[t])));
    e->grid_w = km_grid_for(heaviest);
    e->x = x;
    e->w = w;
    e->distances = distances;
    e->labels = labels;
    e->grid = grid;
    e->seed_totals = seed_totals;
    e->low = low;
    e->high = low + d;
    e->given = NULL;
    e->given_k = 0;
    e->n = n;
    e->d = d;
    e->mean_variance = __builtin_nan("");
    e->restart_total = e->restarts_done = 0;
    if (e->custom) e->custom->fits = 0;
    split_parts(e);
    return KM_OK;
}

static km_status load(km_engine *e, double *own, const double *columns, const double *weights, int n, int d) {
    if (n < 1 || d < 1) return km_fail(e, KM_ERR_EMPTY_DATA, "%d rows, %d columns", n, d);
    if (n > KM_MAX_POINTS || d > KM_MAX_DIMS)
        return km_fail(e, KM_ERR_TOO_MANY_POINTS, "%d rows (at most %d), %d columns (at most %d)", n,
                       KM_MAX_POINTS, d, KM_MAX_DIMS);
    double *low = km_room(2.0 * d, sizeof *low);
    if (!low) return km_fail(e, KM_ERR_MEMORY, "for %d coordinates", d);
    km_status s = check_points(e, columns, n, d, low, low + d);
    if (!s) s = check_weights(e, weights, n);
    double *x = own;
    if (!s && !own) {
        x = km_room((double)n * d, sizeof *x);
        if (x) memcpy(x, columns, (size_t)n * (size_t)d * sizeof *x);
    }
    if (!s) s = accept(e, x, weights, n, d, low);
    if (s) {
        if (!own) free(x);
        free(low);
    }
    return s;
}

km_status km_load(km_engine *e, const double *columns, const double *weights, int n, int d) {
    return load(e, NULL, columns, weights, n, d);
}

km_status km_adopt(km_engine *e, double *columns, const double *weights, int n, int d) {
    return load(e, columns, columns, weights, n, d);
}
