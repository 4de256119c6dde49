/* few.c: k-means on so few points that they stay in cache, where most of a run was the bookkeeping for points
 * one by one.
 *
 * Which cluster a point is in is a bit in a map for each cluster but the first. The exact sums of four points
 * are looked up by their four bits (a table of all 16 subsets), those of the first cluster are what is left.
 *
 * Why it is exact. Half the difference between the squared distances from x to centroids 0 and j is
 * f_j = (c_j - c_0).(x - (c_j + c_0) / 2), computed in float32 four points at a time, about an origin and in
 * units such that coordinates lie in [-1, 1]: centroids are points or their means. Rounding x, c_j - c_0, the
 * products and their sums moves f_j by at most (2 d^2 + 5 d) 2^-24, and the difference of two by twice that;
 * the plain step's own rounding is far below. So where each new f_j is further than (d + 2)^2 2^-21 from the
 * best before it, the nearest is that of the plain step. Otherwise km_nearest decides.
 */
#include "few.h"
#include "assign.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_N = 1024, MOST_D = 8, MOST_K = 8, WORDS = MOST_N / 64, SUBSETS = 16 };

typedef union bitmap {
    uint64_t words[WORDS];
    uint8_t bytes[8 * WORDS]; /* of eight points each */
} bitmap;

struct km_few {
    int padded; /* n, rounded up to whole bytes of a bitmap */
    double origin[MOST_D], unit;
    float *x;        /* d columns of `padded`: copies about the origin in units of `unit` */
    double *pairs;   /* n rows of `padded`: distances between points, where known */
    km_sum *subsets; /* padded / 4 x d x SUBSETS: sums of each four points */
    km_sum total[MOST_D];
    bitmap in[MOST_K]; /* in[0] is not used */
    uint8_t known[MOST_N];
};

void km_few_free(km_few *f) {
    if (!f) return;
    free(f->x);
    free(f->pairs);
    free(f->subsets);
    free(f);
}

static void add_subsets(km_few *f, const km_engine *e) {
    for (int i = 0; i < f->padded; i += 4)
        for (int t = 0; t < e->d; t++) {
            km_sum *sums = f->subsets + ((ptrdiff_t)(i / 4) * e->d + t) * SUBSETS;
            sums[0] = (km_sum){0, 0};
            for (int bit = 0; bit < 4; bit++) {
                const km_sum part =
                    i + bit < e->n ? km_coordinate_sum(e, i + bit, t, e->x[(ptrdiff_t)t * e->n + i + bit])
                                   : (km_sum){0, 0};
                for (int s = 0; s < 1 << bit; s++) {
                    sums[s | 1 << bit] = sums[s];
                    km_sum_add(&sums[s | 1 << bit], part, 1);
                }
            }
            km_sum_add(&f->total[t], sums[SUBSETS - 1], 1);
        }
}

km_few *km_few_create(const km_engine *e) {
    const int n = e->n, d = e->d, padded = (n + 7) / 8 * 8;
    if (!km_is_euclidean_mean(e) || e->assigner != &km_by_brute_force || e->active[KM_PARAM_TOL] > 0 ||
        n > MOST_N || d > MOST_D || e->k > MOST_K)
        return NULL;
    double range = 0;
    for (int t = 0; t < d; t++)
        if (e->high[t] - e->low[t] > range) range = e->high[t] - e->low[t];
    if (!(range > 0x1p-400)) return NULL; /* the plain step's squares could underflow */
    km_few *f = km_array(1, sizeof *f);
    if (!f) return NULL;
    f->padded = padded;
    f->unit = km_grid_for(range).from_hi * 0x1p38;
    f->x = km_array((double)padded * d, sizeof *f->x);
    f->pairs = km_room((double)padded * n, sizeof *f->pairs);
    f->subsets = km_room((double)padded / 4 * d * SUBSETS, sizeof *f->subsets);
    if (!f->x || !f->pairs || !f->subsets) {
        km_few_free(f);
        return NULL;
    }
    for (int t = 0; t < d; t++) {
        f->origin[t] = e->low[t] + (e->high[t] - e->low[t]) / 2;
        for (int i = 0; i < n; i++)
            f->x[t * padded + i] = (float)((e->x[(ptrdiff_t)t * n + i] - f->origin[t]) / f->unit);
    }
    add_subsets(f, e);
    return f;
}

const double *km_few_distances(km_few *f, const km_engine *e, int row) {
    double *out = f->pairs + (ptrdiff_t)row * f->padded, point[MOST_D];
    if (f->known[row]) return out;
    for (int t = 0; t < e->d; t++) point[t] = e->x[(ptrdiff_t)t * e->n + row];
    km_distances_to(e, e->x, e->n, e->n, point, NULL, out);
    for (int i = e->n; i < f->padded; i++) out[i] = 0;
    f->known[row] = 1;
    return out;
}

/* in[j]: the points nearer to centroid j than to any before it. */
static void compare_rows(km_few *f, const km_engine *e) {
    const double *rows[MOST_K];
    for (int j = 0; j < e->k; j++) rows[j] = km_few_distances(f, e, e->start_rows[j]);
    for (int i = 0; i < f->padded; i += 8) {
        f64x2 least[4];
        for (int v = 0; v < 4; v++) least[v] = f64x2_load(rows[0] + i + 2 * v);
        for (int j = 1; j < e->k; j++) {
            int bits = 0;
            for (int v = 0; v < 4; v++) {
                const f64x2 q = f64x2_load(rows[j] + i + 2 * v);
                bits |= i64x2_bits(q < least[v]) << 2 * v;
                least[v] = f64x2_min(least[v], q);
            }
            f->in[j].bytes[i / 8] = (uint8_t)bits;
        }
    }
}

/* The same by float32; returns the least gap between what was compared. */
static float compare_quickly(km_few *f, const km_engine *e) {
    const int d = e->d, k = e->k;
    float slope[MOST_K][MOST_D], level[MOST_K];
    for (int j = 1; j < k; j++) {
        double at_origin = 0;
        for (int t = 0; t < d; t++) {
            const double c = (e->c[j * d + t] - f->origin[t]) / f->unit,
                         c0 = (e->c[t] - f->origin[t]) / f->unit;
            slope[j][t] = (float)(c - c0);
            at_origin -= (c - c0) * (c + c0) / 2;
        }
        level[j] = (float)at_origin;
    }
    f32x4 gap = f32x4_splat(__builtin_inff());
    for (int i = 0; i < f->padded; i += 8) {
        f32x4 best[2] = {f32x4_splat(0), f32x4_splat(0)};
        for (int j = 1; j < k; j++) {
            f32x4 value[2] = {f32x4_splat(level[j]), f32x4_splat(level[j])};
            for (int t = 0; t < d; t++) {
                const f32x4 a = f32x4_splat(slope[j][t]);
                for (int v = 0; v < 2; v++) value[v] += a * f32x4_load(f->x + t * f->padded + i + 4 * v);
            }
            int bits = 0;
            for (int v = 0; v < 2; v++) {
                const f32x4 lead = value[v] - best[v];
                gap = f32x4_min(gap, f32x4_abs(lead));
                bits |= i32x4_bits(f32x4_splat(0) < lead) << 4 * v;
                best[v] = f32x4_max(best[v], value[v]);
            }
            f->in[j].bytes[i / 8] = (uint8_t)bits;
        }
    }
    const float a = gap[0] < gap[1] ? gap[0] : gap[1], b = gap[2] < gap[3] ? gap[2] : gap[3];
    return a < b ? a : b;
}

/* The same by the plain step. */
static void compare_exactly(km_few *f, km_engine *e) {
    km_nearest(e, e->x, e->n, e->n, e->c, e->k, e->labels, NULL);
    for (int j = 1; j < e->k; j++)
        for (int i = 0; i < e->n; i += 8) {
            int bits = 0;
            for (int b = 0; b < 8 && i + b < e->n; b++) bits |= (e->labels[i + b] == j) << b;
            f->in[j].bytes[i / 8] = (uint8_t)bits;
        }
}

/* Sums and sizes of the clusters, whose maps become disjoint. */
static void add_up(km_few *f, km_engine *e) {
    const int n = e->n, d = e->d, words = (n + 63) / 64;
    uint64_t later[WORDS] = {0};
    int left = n;
    memcpy(e->sums, f->total, (size_t)d * sizeof *e->sums);
    for (int j = e->k - 1; j > 0; j--) {
        bitmap *in = &f->in[j];
        int size = 0;
        if (n % 64) in->words[words - 1] &= ((uint64_t)1 << n % 64) - 1;
        for (int w = 0; w < words; w++) {
            in->words[w] &= ~later[w];
            later[w] |= in->words[w];
            size += __builtin_popcountll(in->words[w]);
        }
        e->sizes[j] = size;
        left -= size;
        for (int t = 0; t < d; t++) {
            const km_sum *subsets = f->subsets + t * SUBSETS;
            i64x2 sum = i64x2_splat(0), more = sum, part;
            for (int i = 0; i < f->padded / 8; i++) {
                const int bits = in->bytes[i];
                memcpy(&part, &subsets[bits & 15], sizeof part);
                sum += part;
                subsets += d * SUBSETS;
                memcpy(&part, &subsets[bits >> 4], sizeof part);
                more += part;
                subsets += d * SUBSETS;
            }
            sum += more;
            e->sums[j * d + t] = (km_sum){sum[0], sum[1]};
            km_sum_add(&e->sums[t], e->sums[j * d + t], -1);
        }
    }
    e->sizes[0] = left;
}

int km_few_step(km_few *f, km_engine *e, int first) {
    const float least_gap = (float)((e->d + 2) * (e->d + 2)) * 0x1p-21f;
    if (first) compare_rows(f, e);
    else if (!(compare_quickly(f, e) > least_gap)) compare_exactly(f, e);
    add_up(f, e);
    memcpy(e->previous, e->c, (size_t)e->k * (size_t)e->d * sizeof *e->c);
    for (int j = 0; j < e->k; j++) {
        if (e->sizes[j] == 0) return 0;
        e->weight_sums[j] = (km_sum){e->sizes[j] * (int64_t)e->grid_w.to_hi, 0};
        km_mean(e, j, e->c + j * e->d);
    }
    return 1;
}
