/* view_plane.c: from d coordinates to the two that are drawn, and back. */
#include "internal.h"
#include "rng.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1024 };

/* -1 to 1 by a hash of the row, so that a point stays where it is drawn. */
static double jitter(int row) {
    km_rng hash;
    km_rng_seed(&hash, row);
    return 2 * km_rng_uniform(&hash) - 1;
}

static void column_means(const km_engine *e, double *mean) {
    const int n = km_n(e);
    for (int t = 0; t < km_d(e); t++) {
        const double *x = km_column(e, t), first = x[0];
        double sum = 0;
        for (int i = 0; i < n; i++) sum += x[i] - first;
        mean[t] = first + sum / n;
    }
}

double km_largest_deviation(const km_engine *e, const double *mean) {
    double largest = 0;
    for (int t = 0; t < km_d(e); t++) {
        const double *x = km_column(e, t);
        for (int i = 0; i < km_n(e); i++) {
            const double off = __builtin_fabs(x[i] - mean[t]);
            if (off > largest) largest = off;
        }
    }
    return largest;
}

/* Shares of the variance of columns a and b. */
static void column_shares(const km_engine *e, km_plane *p) {
    const double largest = km_largest_deviation(e, p->mean);
    double total = 0;
    p->shares[0] = p->shares[1] = 0;
    if (largest == 0) return;
    for (int t = 0; t < p->d; t++) {
        const double *x = km_column(e, t);
        double squares = 0;
        for (int i = 0; i < p->n; i++) {
            const double off = (x[i] - p->mean[t]) / largest;
            squares += off * off;
        }
        if (t == p->a) p->shares[0] = squares;
        if (t == p->b) p->shares[1] = squares;
        total += squares;
    }
    p->shares[0] /= total;
    p->shares[1] /= total;
}

/* Drawn coordinates of `count` rows from `start` on; the jitter is in units of its height, which comes later.
 */
static void draw_block(const km_engine *e, const km_plane *p, int start, int count, double *x, double *y) {
    if (p->a >= 0) {
        memcpy(x, km_column(e, p->a) + start, (size_t)count * sizeof *x);
        if (p->b >= 0) memcpy(y, km_column(e, p->b) + start, (size_t)count * sizeof *y);
        else
            for (int i = 0; i < count; i++) y[i] = jitter(start + i);
        return;
    }
    for (int i = 0; i < count; i++) x[i] = y[i] = 0;
    for (int t = 0; t < p->d; t++) {
        const double *column = km_column(e, t) + start, ax = p->axes[t], ay = p->axes[p->d + t];
        for (int i = 0; i < count; i++) {
            const double off = column[i] - p->mean[t];
            x[i] += ax * off;
            y[i] += ay * off;
        }
    }
}

static void extend(double *low, double *high, const double *values, int count) {
    for (int i = 0; i < count; i++) {
        if (values[i] < *low) *low = values[i];
        if (values[i] > *high) *high = values[i];
    }
}

/* Makes an extent of zero one that a camera can show: as wide as the other, else 1, else what a double tells
 * apart. */
static void widen(double *low, double *high, double other) {
    if (*high > *low) return;
    const double finest = __builtin_fabs(*low) * 0x1p-40;
    double half = other > 0 ? other / 2 : 0.5;
    if (half < finest) half = finest;
    *low -= half;
    *high += half;
}

static void find_bounds(const km_engine *e, km_plane *p) {
    double *b = p->bounds, x[BLOCK], y[BLOCK];
    b[0] = b[1] = __builtin_inf();
    b[2] = b[3] = -__builtin_inf();
    for (int start = 0; start < p->n; start += BLOCK) {
        const int count = p->n - start < BLOCK ? p->n - start : BLOCK;
        draw_block(e, p, start, count, x, y);
        extend(&b[0], &b[2], x, count);
        extend(&b[1], &b[3], y, count);
    }
    if (p->b < 0 && p->a >= 0) { /* a band a fifth as high as wide */
        widen(&b[0], &b[2], 0);
        b[3] = 0.1 * (b[2] - b[0]);
        b[1] = -b[3];
    } else {
        const double width = b[2] - b[0], height = b[3] - b[1];
        widen(&b[0], &b[2], height);
        widen(&b[1], &b[3], width);
    }
}

static void draw_points(const km_engine *e, km_plane *p) {
    const double *b = p->bounds, half_width = (b[2] - b[0]) / 2, half_height = (b[3] - b[1]) / 2;
    const double jitter_height = p->b < 0 && p->a >= 0 ? half_height : 1;
    double x[BLOCK], y[BLOCK];
    p->origin[0] = b[0] + half_width;
    p->origin[1] = b[1] + half_height;
    p->unit = half_width > half_height ? half_width : half_height;
    for (int start = 0; start < p->n; start += BLOCK) {
        const int count = p->n - start < BLOCK ? p->n - start : BLOCK;
        draw_block(e, p, start, count, x, y);
        for (int i = 0; i < count; i++) {
            p->x[start + i] = (float)((x[i] - p->origin[0]) / p->unit);
            p->y[start + i] = (float)((y[i] * jitter_height - p->origin[1]) / p->unit);
        }
    }
}

void km_free_plane(km_plane *p) {
    free(p->mean);
    free(p->axes);
    free(p->x);
    free(p->y);
    free(p->row);
    free(p->cell);
    free(p->first);
}

static int fill_plane(const km_engine *e, km_plane *p) {
    column_means(e, p->mean);
    if (p->a >= 0) column_shares(e, p);
    else if (!km_principal_axes(e, p->mean, p->axes, p->shares)) return 0;
    find_bounds(e, p);
    draw_points(e, p);
    return km_order_points(p);
}

/* Replaces the plane by one of columns a and b, or of the principal components (a = -1). */
static km_status replace_plane(km_view *v, const km_engine *e, int a, int b) {
    km_plane p = {.n = km_n(e), .d = km_d(e), .a = a, .b = b};
    p.mean = km_array(p.d, sizeof *p.mean);
    p.axes = a < 0 ? km_array(2.0 * p.d, sizeof *p.axes) : NULL;
    p.x = km_array(p.n + (double)KM_BEYOND, sizeof *p.x);
    p.y = km_array(p.n + (double)KM_BEYOND, sizeof *p.y);
    if (!p.mean || (a < 0 && !p.axes) || !p.x || !p.y || !fill_plane(e, &p)) {
        km_free_plane(&p);
        return KM_ERR_MEMORY;
    }
    km_forget_crowd(v);
    km_free_plane(&v->plane);
    v->plane = p;
    return KM_OK;
}

km_status km_view_columns(km_view *v, const km_engine *e, int a, int b) {
    const int d = km_d(e);
    if (km_n(e) == 0) return KM_ERR_EMPTY_DATA;
    if (a < 0 || a >= d || b < -1 || b >= d || a == b) return KM_ERR_PARAM;
    return replace_plane(v, e, a, b);
}

km_status km_view_pca(km_view *v, const km_engine *e) {
    if (km_n(e) == 0) return KM_ERR_EMPTY_DATA;
    if (km_d(e) < 2) return KM_ERR_PARAM;
    return replace_plane(v, e, -1, -1);
}

const double *km_view_shares(const km_view *v) { return v->plane.shares; }
const double *km_view_bounds(const km_view *v) { return v->plane.bounds; }

static void project_one(const km_plane *p, const double *point, double *x, double *y) {
    *x = *y = 0;
    if (p->a >= 0) {
        *x = point[p->a];
        if (p->b >= 0) *y = point[p->b];
        return;
    }
    for (int t = 0; t < p->d; t++) {
        *x += p->axes[t] * (point[t] - p->mean[t]);
        *y += p->axes[p->d + t] * (point[t] - p->mean[t]);
    }
}

void km_view_project(const km_view *v, const double *points, int k, double *out) {
    for (int j = 0; j < k; j++)
        project_one(&v->plane, points + (ptrdiff_t)j * v->plane.d, &out[2 * j], &out[2 * j + 1]);
}

void km_view_lift(const km_view *v, double x, double y, const double *from, double *out) {
    const km_plane *p = &v->plane;
    if (!from) from = p->mean;
    if (p->a >= 0) {
        memmove(out, from, (size_t)p->d * sizeof *out);
        out[p->a] = x;
        if (p->b >= 0) out[p->b] = y;
        return;
    }
    double x0, y0;
    project_one(p, from, &x0, &y0);
    for (int t = 0; t < p->d; t++) out[t] = from[t] + (x - x0) * p->axes[t] + (y - y0) * p->axes[p->d + t];
}

int km_view_pick(const km_view *v, double x, double y, double radius) {
    const km_plane *p = &v->plane;
    if (p->n == 0) return -1;
    const double px = (x - p->origin[0]) / p->unit, py = (y - p->origin[1]) / p->unit;
    const double sx = v->sx * p->unit, sy = v->sy * p->unit;
    double nearest = radius * radius;
    int row = -1;
    for (int i = 0; i < p->n; i++) {
        const double dx = ((double)p->x[i] - px) * sx, dy = ((double)p->y[i] - py) * sy,
                     sq = dx * dx + dy * dy;
        if (sq < nearest || (sq == nearest && (row < 0 || km_row_of(p, i) < row))) {
            nearest = sq;
            row = km_row_of(p, i);
        }
    }
    return row;
}
