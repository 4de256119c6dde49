/* bounds.c: assign by bounds (Hamerly 2010) for more than three dimensions.
 *
 * Each point has an upper bound on the distance to its own centroid and a lower bound on that to any other. A
 * centroid that moved by s moves the bounds by at most s, and while they do not cross the label stands. The
 * points left are compared with all centroids through float32 copies, by |x|^2 + |c|^2 - 2 x.c, which is
 * twice as quick as double; what that cannot decide goes to km_nearest, the arithmetic of the plain step.
 *
 * Why it is exact. Distances here are in units of a power of two, about an origin in the middle of the
 * points, so that copies lie in [-2, 2]. Let e be a bound on |copy - original| for a point and a centroid
 * together. The dot product of the copies, over q = d / 4 products a lane, is off by at most (q + 4) 2^-24
 * |x| |c|; the squares are summed in double. So the squared distance of the copies is within g = (q + 8)
 * 2^-22 |x| |c| (four times over) of what is computed, and the true distance between sqrt(max(0, D - g)) - e
 * and sqrt(D + g) + e. The plain step's own squared distances are off by at most (d + 2) 2^-53 of themselves:
 * a is strictly nearest there too when upper (1 + h) < lower (1 - h) with h = (d + 8) 2^-52. Bounds are moved
 * with the same factors for their own rounding. Ties never pass, so km_nearest settles them.
 */
#include "bounds.h"
#include "assign.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

enum { LANES = 4 };

/* Below, the plain step's squares could underflow. Above, they are normal numbers wherever the bounds decide:
 * the slack of 2^-120 keeps those above 2^-60. */
static const double least_unit = 0x1p-400;

static double wider(double v) { return v * (1 + 0x1p-40); }
static double narrower(double v) { return v * (1 - 0x1p-40); }

/* Copies d coordinates to `padded` floats about the origin; returns a bound on the distance between the two,
 * and the squared length of the copy. */
static double copy_point(const km_bounds *b, const double *v, ptrdiff_t stride, int d, float *out,
                         double *length_sq) {
    double error_sq = 0, sum_sq = 0;
    for (int t = 0; t < d; t++) {
        const double x = v[t * stride], moved = (x - b->origin[t]) / b->unit;
        out[t] = (float)moved;
        const double error = __builtin_fabs(moved - (double)out[t]) +
                             (__builtin_fabs(x) + __builtin_fabs(b->origin[t])) / b->unit * 0x1p-52;
        error_sq += error * error;
        sum_sq += (double)out[t] * (double)out[t];
    }
    for (int t = d; t < b->padded; t++) out[t] = 0;
    *length_sq = sum_sq;
    return wider(__builtin_sqrt(error_sq)) + 0x1p-500;
}

void km_bounds_free(km_bounds *b) {
    if (!b) return;
    free(b->origin);
    free(b->x);
    free(b->length_sq);
    free(b->run_memory);
    free(b);
}

/* What the data alone decide: made at the first run. */
static km_bounds *build(const km_engine *e) {
    const int n = e->n, d = e->d;
    km_bounds *b = km_array(1, sizeof *b);
    if (!b) return NULL;
    b->padded = (d + LANES - 1) / LANES * LANES;
    b->origin = km_room(d, sizeof *b->origin);
    b->x = km_room((double)n * b->padded, sizeof *b->x);
    b->length_sq = km_room(4.0 * n, sizeof *b->length_sq);
    if (!b->origin || !b->x || !b->length_sq) {
        km_bounds_free(b);
        return NULL;
    }
    b->error = b->length_sq + n;
    b->upper = b->error + n;
    b->lower = b->upper + n;
    double range = 0;
    for (int t = 0; t < d; t++) {
        const double width = e->high[t] - e->low[t];
        if (width > range) range = width;
        /* Data that lie about zero stay as they are. */
        b->origin[t] = __builtin_fabs(e->high[t]) < 4 * width ? 0 : e->low[t] + width / 2;
    }
    b->unit = km_grid_for(4 * range).from_hi * 0x1p38;
    b->above = 1 + (d + 8) * 0x1p-52;
    b->below = 1 - (d + 8) * 0x1p-52;
    b->exact = 1;
    for (int i = 0; i < n; i++) {
        float *copy = b->x + (ptrdiff_t)i * b->padded;
        b->error[i] = copy_point(b, e->x + i, n, d, copy, &b->length_sq[i]);
        for (int t = 0; t < d; t++) b->exact &= (double)copy[t] * b->unit == e->x[(ptrdiff_t)t * n + i];
    }
    return b;
}

/* The arrays that depend on k, whose centroids are padded to a multiple of LANES. */
static int prepare(km_bounds *b, int k, int d) {
    const int padded_k = (k + LANES - 1) / LANES * LANES;
    if (b->run_k < k) {
        void *memory = km_room((double)k * d * sizeof(double) + (3.0 * padded_k) * sizeof(double) +
                                   (double)padded_k * b->padded * sizeof(float),
                               1);
        if (!memory) return 0;
        free(b->run_memory);
        b->run_memory = memory;
        b->run_k = k;
    }
    b->last = b->run_memory;
    b->c_length_sq = b->last + (ptrdiff_t)k * d;
    b->moved = b->c_length_sq + padded_k;
    b->value = b->moved + padded_k;
    b->c = (float *)(b->value + padded_k);
    return 1;
}

static int begin(km_engine *e) {
    if (!e->bounds) e->bounds = build(e);
    km_bounds *b = e->bounds;
    if (!b || b->unit < least_unit || !prepare(b, e->k, e->d)) return 0;
    memset(e->labels, -1, (size_t)e->n * sizeof *e->labels);
    memcpy(b->last, e->c, (size_t)e->k * (size_t)e->d * sizeof *b->last);
    e->running = (km_running){.error = __builtin_inf()};
    return 1;
}

/* How far each centroid moved since the last assign, upwards; the copies of where they are now. */
static void follow_centroids(km_engine *e, km_bounds *b) {
    const int k = e->k, d = e->d, padded_k = (k + LANES - 1) / LANES * LANES;
    b->c_error = b->c_longest = 0;
    for (int j = 0; j < k; j++) {
        const double *c = e->c + (ptrdiff_t)j * d, *last = b->last + (ptrdiff_t)j * d;
        double sq = 0;
        for (int t = 0; t < d; t++) {
            const double move = (c[t] - last[t]) / b->unit;
            sq += move * move;
        }
        b->moved[j] =
            sq > 0 || memcmp(c, last, (size_t)d * sizeof *c) ? wider(__builtin_sqrt(sq)) + 0x1p-500 : 0;
        const double error = copy_point(b, c, 1, d, b->c + (ptrdiff_t)j * b->padded, &b->c_length_sq[j]);
        if (!(error <= b->c_error)) b->c_error = error;
        if (!(b->c_length_sq[j] <= b->c_longest)) b->c_longest = b->c_length_sq[j];
    }
    b->c_longest = __builtin_sqrt(b->c_longest);
    for (int j = k; j < padded_k; j++) {
        memset(b->c + (ptrdiff_t)j * b->padded, 0, (size_t)b->padded * sizeof *b->c);
        b->c_length_sq[j] = __builtin_inf(); /* never near */
    }
    memcpy(b->last, e->c, (size_t)k * (size_t)d * sizeof *b->last);
}

/* Approximate |c|^2 - 2 x.c for every centroid into b->value, four of them at a time. */
static void measure(const km_bounds *b, const float *x, int k) {
    const ptrdiff_t p = b->padded;
    for (int j = 0; j < k; j += LANES) {
        const float *c = b->c + j * p;
        f32x4 sum[LANES] = {{0}};
        for (int t = 0; t < b->padded; t += 4) {
            const f32x4 v = f32x4_load(x + t);
            for (int i = 0; i < LANES; i++) sum[i] += v * f32x4_load(c + i * p + t);
        }
        for (int i = 0; i < LANES; i++)
            b->value[j + i] =
                b->c_length_sq[j + i] - 2 * (double)((sum[i][0] + sum[i][1]) + (sum[i][2] + sum[i][3]));
    }
}

/* Finds the label of point i, and its bounds. */
static int find_nearest(km_engine *e, km_bounds *b, int i) {
    measure(b, b->x + (ptrdiff_t)i * b->padded, e->k);
    double least = __builtin_inf(), second = least;
    int nearest = 0;
    for (int j = 0; j < e->k; j++) {
        const double v = b->value[j];
        const int nearer = v < least;
        second = nearer ? least : v < second ? v : second;
        least = nearer ? v : least;
        nearest = nearer ? j : nearest;
    }
    const double length_sq = b->length_sq[i],
                 slack = (b->padded / LANES + 8) * 0x1p-22 * __builtin_sqrt(length_sq) * b->c_longest +
                         (length_sq + b->c_longest * b->c_longest) * (e->d + 8) * 0x1p-51 + 0x1p-120,
                 error = b->error[i] + b->c_error;
    const double near_sq = length_sq + least + slack, next_sq = length_sq + second - slack;
    b->upper[i] = wider(__builtin_sqrt(near_sq > 0 ? near_sq : 0) + error);
    b->lower[i] = next_sq > 0 ? narrower(__builtin_sqrt(next_sq)) - error : 0;
    if (b->upper[i] * b->above < b->lower[i] * b->below) return nearest;
    /* Too near to tell, or not finite: as the plain step does. */
    double distance;
    int32_t label;
    km_nearest(e, e->x + i, e->n, 1, e->c, e->k, &label, &distance);
    b->upper[i] = wider(__builtin_sqrt(distance) / b->unit * b->above) + 0x1p-500;
    b->lower[i] = 0;
    e->computed += e->k;
    return label;
}

/* Moves point i to cluster j. */
static void move_point(km_engine *e, const km_bounds *b, int i, int j) {
    double point[KM_MAX_DIMS], before = 0, after = 0;
    const float *copy = b->x + (ptrdiff_t)i * b->padded;
    const int d = e->d, from = e->labels[i];
    for (int t = 0; t < d; t++)
        point[t] = b->exact ? (double)copy[t] * b->unit : e->x[(ptrdiff_t)t * e->n + i];
    for (int t = 0; from >= 0 && t < d; t++) {
        const double old = point[t] - e->c[(ptrdiff_t)from * d + t],
                     new = point[t] - e->c[(ptrdiff_t)j * d + t];
        before += old * old;
        after += new *new;
    }
    km_running_add(&e->running, after - before, after + before);
    km_relabel_point(e, i, j, point, 1);
    e->changed++;
}

static void finish(km_engine *e) {
    if (!km_running_holds(&e->running)) {
        km_distances_to(e, e->x, e->n, e->n, e->c, e->labels, e->distances);
        const double total = km_weighted_total(e->distances, NULL, e->n);
        e->running = (km_running){.total = total, .error = total * 0x1p-48};
    }
    e->inertia = km_running_value(&e->running);
}

static void assign(km_engine *e) {
    km_bounds *b = e->bounds;
    follow_centroids(e, b);
    int most = 0;
    double largest = 0, others = 0; /* the largest move, and of all but that centroid */
    for (int j = 0; j < e->k; j++) {
        if (b->moved[j] > largest) {
            others = largest;
            largest = b->moved[j];
            most = j;
        } else if (b->moved[j] > others) {
            others = b->moved[j];
        }
    }
    e->changed = 0;
    e->touched = e->computed = 0;
    for (int i = 0; i < e->n; i++) {
        const int own = e->labels[i];
        if (own >= 0) {
            b->upper[i] = wider(b->upper[i] + b->moved[own]);
            b->lower[i] = narrower(b->lower[i] - (own == most ? others : largest));
            if (b->upper[i] * b->above < b->lower[i] * b->below) continue;
        }
        const int label = find_nearest(e, b, i);
        e->touched++;
        e->computed += e->k;
        if (label != own) move_point(e, b, i, label);
    }
    finish(e);
}

static void follow(km_engine *e) {
    km_running_follow(e, &e->running);
    finish(e);
}

/* e->labels are always those of the last half-step. */
static void write(km_engine *e, int distances) {
    if (distances) km_distances_to(e, e->x, e->n, e->n, e->c, e->labels, e->distances);
}

static void read(km_engine *e) {
    for (int i = 0; i < e->n; i++) e->bounds->lower[i] = 0;
    e->running = (km_running){.error = __builtin_inf()};
}

const km_assigner km_by_bounds = {KM_METHOD_BOUNDS, begin, assign, follow, write, read};
