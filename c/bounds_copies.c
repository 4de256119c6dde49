/* bounds_copies.c: copies of points and centroids in 16 bits, for bounds.c.
 *
 * The unit is such that nearly all points are within KM_POINT_REACH of the origin, as far as a sample of them
 * tells. Those that are not have no copy. A centroid beyond KM_REACH is copied to where the way to it from
 * the origin leaves that ball: all points that have a copy are in the ball, and so nearer to there.
 */
#include "bounds.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 256, BLOCK = 8 };

void km_bounds_free(km_bounds *b) {
    if (!b) return;
    free(b->origin);
    free(b->x);
    free(b->half_square);
    free(b->budget);
    free(b->run_memory);
    free(b);
}

/* Puts the origin in the middle of a sample and chooses the unit: all but one in 32 of the sample are well
 * within reach. */
static void choose_unit(km_bounds *b, const km_engine *e) {
    const int n = e->n, d = e->d, count = n < SAMPLE ? n : SAMPLE;
    double length[SAMPLE] = {0}, longest = 0;
    for (int t = 0; t < d; t++) {
        const double *x = e->x + (ptrdiff_t)t * n;
        double sum = 0;
        for (int s = 0; s < count; s++) sum += x[(ptrdiff_t)s * n / count] / count;
        b->origin[t] = sum;
        for (int s = 0; s < count; s++) {
            const double v = x[(ptrdiff_t)s * n / count] - sum;
            length[s] += v * v;
        }
    }
    for (int s = 0; s < count; s++) {
        length[s] = __builtin_sqrt(length[s]) * 1.125;
        if (length[s] > longest) longest = length[s];
    }
    double reach = km_grid_for(longest).from_hi * 0x1p38;
    for (int beyond = 0; reach > 0x1p-400;) {
        beyond = 0;
        for (int s = 0; s < count; s++) beyond += length[s] > reach / 2;
        if (beyond > count / 32) break;
        reach /= 2;
    }
    b->unit = reach * 0x1p-15;
    b->exact = 1;
    for (int t = 0; t < d; t++) {
        b->origin[t] = km_round(b->origin[t] / b->unit) * b->unit;
        b->exact &= e->grid[t].from_hi <= b->unit;
    }
}

/* Copies BLOCK points from row i on, of which `count` are to be kept. Returns whether they are exact. */
static int copy_block(km_bounds *b, const km_engine *e, int i, int count) {
    const int d = e->d, n = e->n, padded = b->padded; /* what is written might be it */
    const double *origin = b->origin;
    f64x2 squares[BLOCK / 2] = {{0}}, off = f64x2_splat(0);
    const f64x2 per_unit = f64x2_splat(1 / b->unit), whole = f64x2_splat(0x1.8p52);
    int16_t *out = b->x + (ptrdiff_t)i * b->padded;
    double gathered[BLOCK] = {0};
    for (int t = 0; t < d; t++) {
        const double *x = e->x + (ptrdiff_t)t * n + i;
        if (count < BLOCK) x = memcpy(gathered, x, (size_t)count * sizeof *x);
#pragma GCC unroll 4 /* although this file is built small: a third quicker */
        for (int v = 0; v < BLOCK / 2; v++) {
            const f64x2 m = (f64x2_load(x + 2 * v) - f64x2_splat(origin[t])) * per_unit;
            const f64x2 shifted = m + whole, rounded = shifted - whole;
            const i64x2 bits = (i64x2)shifted;
            int16_t *here = out + 2 * v * padded + t;
            here[0] = (int16_t)bits[0];
            here[padded] = (int16_t)bits[1];
            squares[v] += rounded * rounded;
            off += f64x2_abs(m - rounded);
        }
    }
    int exact = off[0] + off[1] == 0;
    for (int v = 0; v < count; v++) {
        const double square = squares[v / 2][v % 2];
        const int within = square <= (double)KM_POINT_REACH * KM_POINT_REACH;
        b->half_square[i + v] = within ? (int32_t)square / 2 : -1;
        const int kept = within ? d : 0;
        if (kept < b->padded) memset(out + v * b->padded + kept, 0, (size_t)(b->padded - kept) * sizeof *out);
        exact &= within;
    }
    return exact;
}

km_bounds *km_bounds_create(const km_engine *e) {
    const int n = e->n, d = e->d;
    km_bounds *b = km_array(1, sizeof *b);
    if (!b) return NULL;
    b->padded = (d + KM_COPY_LANES - 1) / KM_COPY_LANES * KM_COPY_LANES;
    b->origin = km_room(d, sizeof *b->origin);
    b->x = km_room((double)(n + BLOCK) * b->padded, sizeof *b->x);
    b->half_square = km_room(n, sizeof *b->half_square);
    b->budget = km_room(n, sizeof *b->budget);
    if (!b->origin || !b->x || !b->half_square || !b->budget) {
        km_bounds_free(b);
        return NULL;
    }
    choose_unit(b, e);
    for (int i = 0; i < n; i += BLOCK) b->exact &= copy_block(b, e, i, n - i < BLOCK ? n - i : BLOCK);
    b->error = b->exact ? 0 : __builtin_sqrt(d) / 2;
    return b;
}

/* Rounds the place m, made `shorter`, to a copy; returns its squared length. */
static double round_to(int16_t *out, const double *m, int d, double shorter, double *error) {
    double square = 0, error_sq = 0;
    for (int t = 0; t < d; t++) {
        const double v = m[t] * shorter, rounded = km_round(v);
        out[t] = (int16_t)rounded;
        square += rounded * rounded;
        error_sq += (v - rounded) * (v - rounded);
    }
    *error = __builtin_sqrt(error_sq);
    return square;
}

void km_bounds_copy_centroids(km_bounds *b, const km_engine *e) {
    const int d = e->d, k = e->k;
    double m[KM_MAX_DIMS], rounding;
    memset(b->c, 0, (size_t)((k + 1) / 2 * 2) * (size_t)b->padded * sizeof *b->c);
    if (k % 2) b->c_half_square[k] = KM_FAR;
    b->other_error = 0;
    for (int j = 0; j < k; j++) {
        double square = 0;
        for (int t = 0; t < d; t++) {
            m[t] = (e->c[(ptrdiff_t)j * d + t] - b->origin[t]) / b->unit;
            square += m[t] * m[t];
        }
        /* Rounding may add half a unit in each coordinate. */
        const double most = KM_REACH - 17;
        const int within = square <= most * most;
        b->own_error[j] = __builtin_inf();
        b->c_half_square[j] = KM_FAR;
        if (!(square < 0x1p1000)) continue;
        square = round_to(b->c + (ptrdiff_t)j * b->padded, m, d, within ? 1 : most / __builtin_sqrt(square),
                          &rounding);
        b->c_half_square[j] = (int32_t)square / 2;
        if (within) b->own_error[j] = rounding;
        if (rounding > b->other_error) b->other_error = rounding;
    }
}
