/* few.c: k-means on so few points that they stay in cache, where most of a run was the bookkeeping for points
 * one by one.
 *
 * Which cluster a point is in is a bit in a map for each cluster. Centroids are means of copies of the points
 * in 32-bit integers, which are added up as they are compared; exact means are for where those do not decide.
 */
#include "assign.h"
#include "few_maps.h"
#include <stdlib.h>
#include <string.h>

void km_few_free(km_few *f) {
    if (!f) return;
    free(f->x);
    free(f->grains);
    free(f->pairs);
    free(f);
}

km_few *km_few_create(const km_engine *e) {
    const int n = e->n, d = e->d, padded = (n + 7) / 8 * 8;
    if (!km_is_euclidean_mean(e) || e->assigner != &km_by_brute_force || e->active[KM_PARAM_TOL] > 0 ||
        n >= KM_FEW_N || d > KM_FEW_D || e->k < 2 || e->k > KM_FEW_K)
        return NULL;
    double range = 0, largest = 0;
    for (int t = 0; t < d; t++) {
        range = km_larger(range, e->high[t] - e->low[t]);
        largest = km_larger(largest, km_larger(e->high[t], -e->low[t]));
    }
    /* The plain step's squares could underflow, or its means be rounded to places too far apart. */
    if (!(range > 0x1p-400) || largest > range * 0x1p20 || !e->parts) return NULL;
    km_few *f = km_array(1, sizeof *f);
    if (!f) return NULL;
    f->padded = padded;
    f->words = (n + 63) / 64;
    f->unit = km_grid_for(range).from_hi * 0x1p37;
    f->grain = n < 512 ? 0x1p-22 : 0x1p-21; /* sums of n points do not overflow */
    f->least_gap = (float)(d * ((4 * d + 12) * 0x1p-24 + 6 * f->grain));
    f->x = km_room((double)padded * d, sizeof *f->x);
    f->grains = km_room((double)padded * d, sizeof *f->grains);
    f->pairs = km_room((double)padded * n, sizeof *f->pairs);
    if (!f->x || !f->grains || !f->pairs) {
        km_few_free(f);
        return NULL;
    }
    for (int t = 0; t < d; t++) {
        f->origin[t] = e->low[t] + (e->high[t] - e->low[t]) / 2;
        for (int i = 0; i < padded; i++) {
            /* The last point stands where there is none: what is compared there is no news. */
            const double x = (e->x[(ptrdiff_t)t * n + (i < n ? i : n - 1)] - f->origin[t]) / f->unit;
            f->x[t * padded + i] = (float)x;
            f->grains[t * padded + i] = i < n ? (int32_t)km_round(x / f->grain) : 0;
            f->total[t] += f->grains[t * padded + i];
        }
    }
    return f;
}

const double *km_few_distances(km_few *f, const km_engine *e, int row) {
    double *out = f->pairs + (ptrdiff_t)row * f->padded, point[KM_FEW_D];
    if (f->known[row]) return out;
    for (int t = 0; t < e->d; t++) point[t] = e->x[(ptrdiff_t)t * e->n + row];
    km_distances_to(e, e->x, e->n, e->n, point, NULL, out);
    f->known[row] = 1;
    return out;
}

/* The maps and sums of km_few_compare by the plain step. */
static void compare_exactly(km_few *f, km_engine *e) {
    km_bitmap *in = f->in[f->now];
    km_nearest(e, e->x, e->n, e->n, e->c, e->k, e->labels, NULL);
    memset(in, 0, (size_t)e->k * sizeof *in);
    memset(f->sums, 0, sizeof f->sums);
    for (int i = 0; i < e->n; i++) {
        const int j = e->labels[i];
        in[j].words[i / 64] |= (uint64_t)1 << i % 64;
        for (int t = 0; t < e->d; t++) f->sums[j][t] += f->grains[t * f->padded + i];
    }
}

/* Sizes, and the map and sums of the first cluster, which has what is left. 0 when a cluster is empty. */
static int count(km_few *f, km_engine *e) {
    km_bitmap *in = f->in[f->now];
    const uint64_t last = ~(uint64_t)0 >> (63 - (e->n - 1) % 64);
    int none = 0;
    memcpy(f->sums[0], f->total, sizeof f->total);
    memset(&in[0], 255, sizeof in[0]);
    for (int j = e->k - 1; j >= 0; j--) {
        int size = 0;
        in[j].words[f->words - 1] &= last;
        for (int w = 0; w < f->words; w++) {
            if (j > 0) in[0].words[w] &= ~in[j].words[w];
            size += __builtin_popcountll(in[j].words[w]);
        }
        for (int t = 0; j > 0 && t < e->d; t++) f->sums[0][t] -= f->sums[j][t];
        e->sizes[j] = size;
        none |= size == 0;
    }
    return !none;
}

/* The exact means of the points in the maps, to e->c. */
static void find_means(const km_few *f, km_engine *e, const km_bitmap *in) {
    memset(e->sums, 0, (size_t)e->k * (size_t)e->d * sizeof *e->sums);
    for (int j = 0; j < e->k; j++) {
        e->sizes[j] = 0;
        for (int w = 0; w < f->words; w++)
            for (uint64_t rest = in[j].words[w]; rest; rest &= rest - 1) {
                const int i = 64 * w + __builtin_ctzll(rest);
                for (int t = 0; t < e->d; t++) km_sum_add(&e->sums[j * e->d + t], e->parts[i * e->d + t], 1);
                e->sizes[j]++;
            }
        e->weight_sums[j] = (km_sum){e->sizes[j] * (int64_t)e->grid_w.to_hi, 0};
        km_mean(e, j, e->c + j * e->d);
    }
}

static int same_maps(const km_few *f, int k) {
    uint64_t other = 0;
    for (int j = 1; j < k; j++)
        for (int w = 0; w < f->words; w++) other |= f->in[0][j].words[w] ^ f->in[1][j].words[w];
    return other == 0;
}

/* Moves the centroids to the means of the copies; returns whether all are as good as where they were. */
static int move(km_few *f, const km_engine *e) {
    int stay = 1;
    for (int j = 0; j < e->k; j++) {
        const double scale = f->grain / e->sizes[j];
        for (int t = 0; t < e->d; t++) {
            const double c = f->sums[j][t] * scale;
            stay &= __builtin_fabs(c - f->c[j][t]) < 2 * f->grain;
            f->c[j][t] = c;
        }
    }
    return stay;
}

km_few_next km_few_step(km_few *f, km_engine *e, int *ordered) {
    const int first = e->iteration == 1, d = e->d, k = e->k;
    const km_bitmap *last = f->in[f->now], *in = f->in[f->now ^= 1];
    for (int j = 0; first && j < k; j++)
        for (int t = 0; t < d; t++) f->c[j][t] = (e->c[j * d + t] - f->origin[t]) / f->unit;
    if (!(km_few_compare(f, d, k) > f->least_gap)) {
        if (!first) find_means(f, e, last);
        compare_exactly(f, e);
        *ordered = e->iteration;
    }
    if (!count(f, e)) return KM_FEW_LEAVES;
    if (!first && same_maps(f, k)) return KM_FEW_ENDS;
    if (!move(f, e)) return KM_FEW_GOES_ON;
    if (!first) find_means(f, e, last);
    memcpy(e->previous, e->c, (size_t)k * (size_t)d * sizeof *e->c);
    find_means(f, e, in);
    return memcmp(e->previous, e->c, (size_t)k * (size_t)d * sizeof *e->c) ? KM_FEW_GOES_ON : KM_FEW_ENDS;
}

int km_few_key_words(const km_few *f, const km_engine *e) { return (e->k - 1) * f->words; }

const uint64_t *km_few_key(km_few *f, const km_engine *e, uint32_t *order) {
    const km_bitmap *in = f->in[f->now];
    int sorted[KM_FEW_K], lowest[KM_FEW_K]; /* clusters by the first of their rows */
    for (int j = 0; j < e->k; j++) {
        int w = 0, at = j;
        while (!in[j].words[w]) w++;
        const int row = 64 * w + __builtin_ctzll(in[j].words[w]);
        for (; at > 0 && lowest[at - 1] > row; at--) {
            lowest[at] = lowest[at - 1];
            sorted[at] = sorted[at - 1];
        }
        lowest[at] = row;
        sorted[at] = j;
    }
    *order = 0;
    for (int j = 0; j < e->k; j++) {
        *order = *order << 4 | (uint32_t)sorted[j];
        for (int w = 0; j > 0 && w < f->words; w++) f->key[(j - 1) * f->words + w] = in[sorted[j]].words[w];
    }
    return f->key;
}

double km_few_inertia(km_few *f, km_engine *e) {
    find_means(f, e, f->in[f->now]);
    km_nearest(e, e->x, e->n, e->n, e->c, e->k, e->labels, e->distances);
    return km_weighted_total(e->distances, NULL, e->n);
}
