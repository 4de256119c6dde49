/* seed.c: where the first centroids are. k-means++ is D-squared sampling (Arthur, Vassilvitskii 2007,
 * section 2.2): the first point uniformly, each next one with chance proportional to its distance from the
 * nearest chosen, which is squared for the Euclidean distance. The greedy variant (the same paper's section
 * 7, scikit-learn's default) draws 2 + floor(ln k) candidates and keeps the one that leaves the least total.
 * Weights multiply every chance.
 */
#include "custom.h"
#include "explore.h"
#include "few.h"
#include "simd.h"
#include <string.h>

enum { BLOCK = KM_SEED_BLOCK, USED = 0, UNUSED = -1 }; /* e->labels marks the rows used while seeding */

/* What each way to choose calls, and seldom: a fiftieth of the module when inlined. */
#define RARE __attribute__((noinline))

RARE static void take(km_engine *e, int j, int row) {
    e->start_rows[j] = row;
    e->labels[row] = USED;
    for (int t = 0; t < e->d; t++) e->c[(ptrdiff_t)j * e->d + t] = e->x[(ptrdiff_t)t * e->n + row];
}

/* Chance of row i in units of the total. values: zero where the row is used; NULL: only the weight, among
 * unused rows. */
static double chance(const km_engine *e, const double *values, int i) {
    if (values) return km_weight(e, i) * values[i];
    return e->labels[i] == USED ? 0 : km_weight(e, i);
}

/* Writes down the chances of draw j; values as for `chance`. Where every one is zero, the draw is among the
 * unused, by weight while there is any. */
RARE static void watch_chances(const km_engine *e, int j, const double *values) {
    if (!e->watch || e->watch->draw != j) return;
    double *out = e->watch->chances, total = 0;
    for (int i = 0; i < e->n; i++) total += out[i] = chance(e, values, i);
    if (!(total > 0) && values) {
        watch_chances(e, j, NULL);
        return;
    }
    if (!(total > 0))
        for (int i = 0; i < e->n; i++) total += out[i] = e->labels[i] == UNUSED;
    for (int i = 0; i < e->n; i++) out[i] /= total;
}

RARE static void watch_candidate(const km_engine *e, int j, int row, double left) {
    km_watch *w = e->watch;
    if (!w || w->draw != j) return;
    KM_CHECK(w->candidate_count < KM_MAX_CANDIDATES);
    w->candidates[w->candidate_count] = row;
    w->left[w->candidate_count++] = left;
}

/* Makes values[i] the lesser of it and near[i] in the block of rows from `start`, of which both begin with
 * the first; returns the total of weight times value. In lanes, the same in every build. */
static double lessen_block(const km_engine *e, double *values, const double *near, int start, int count) {
    f64x2 even = f64x2_splat(0), odd = even;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        f64x2 a = f64x2_min(f64x2_load(near + i), f64x2_load(values + i)),
              b = f64x2_min(f64x2_load(near + i + 2), f64x2_load(values + i + 2));
        f64x2_store(values + i, a);
        f64x2_store(values + i + 2, b);
        if (e->w) {
            a *= f64x2_load(e->w + start + i);
            b *= f64x2_load(e->w + start + i + 2);
        }
        even += a;
        odd += b;
    }
    double total = (even[0] + even[1]) + (odd[0] + odd[1]);
    for (; i < count; i++) {
        if (near[i] < values[i]) values[i] = near[i];
        total += km_weight(e, start + i) * values[i];
    }
    return total;
}

static double block_total(const km_engine *e, double *values, int start, int count) {
    return lessen_block(e, values, values, start, count);
}

static int block_size(const km_engine *e, int start) { return e->n - start < BLOCK ? e->n - start : BLOCK; }

/* A row with chance proportional to weight times value, or -1 when every chance is zero: first its block, by
 * the blocks' totals, then the row in it. values as for `chance`. */
static int draw(const km_engine *e, km_rng *rng, const double *values) {
    double total = 0, sum = 0, before = 0;
    for (int start = 0; start < e->n; start += BLOCK) {
        double *block = &e->seed_totals[start / BLOCK];
        if (!values) {
            *block = 0;
            for (int i = start; i < start + block_size(e, start); i++) *block += chance(e, NULL, i);
        }
        total += *block;
    }
    if (!(total > 0)) return -1;
    const double target = km_rng_uniform(rng) * total;
    int last = 0; /* the last block with a chance: rounding at the very end must not run past it */
    for (int start = 0; start < e->n; start += BLOCK) {
        const double block = e->seed_totals[start / BLOCK];
        if (!(block > 0)) continue;
        last = start;
        before = sum;
        sum += block;
        if (sum > target) break;
    }
    int row = -1;
    sum = before;
    for (int i = last; i < last + block_size(e, last); i++) {
        const double p = chance(e, values, i);
        if (!(p > 0)) continue;
        row = i;
        sum += p;
        if (sum > target) break;
    }
    return row;
}

/* A row not used yet; of positive weight while there is one. */
static int draw_unused(const km_engine *e, km_rng *rng) {
    const int row = draw(e, rng, NULL);
    if (row >= 0) return row;
    for (;;) {
        const int i = (int)km_rng_below(rng, (uint64_t)e->n);
        if (e->labels[i] == UNUSED) return i;
    }
}

static void start_random(km_engine *e, km_rng *rng) {
    for (int j = 0; j < e->k; j++) {
        int row;
        watch_chances(e, j, NULL);
        if (e->w) row = draw_unused(e, rng);
        else do
                row = (int)km_rng_below(rng, (uint64_t)e->n);
            while (e->labels[row] == USED);
        watch_candidate(e, j, row, __builtin_nan(""));
        take(e, j, row);
    }
}

/* Total of weight times min(nearest, distance to the point taken as start j); with keep, nearest becomes that
 * minimum, and e->seed_totals those of its blocks. */
static double potential(km_engine *e, int j, double *nearest, int keep) {
    const double *c = e->c + (ptrdiff_t)j * e->d, *known = NULL;
    double measured[BLOCK], lesser[BLOCK], total = 0;
    if (e->few) known = km_few_distances(e->few, e, e->start_rows[j]);
    for (int start = 0; start < e->n; start += BLOCK) {
        const int count = block_size(e, start);
        double *values =
            keep ? nearest + start : memcpy(lesser, nearest + start, sizeof lesser[0] * (size_t)count);
        if (!known) km_distances_to(e, e->x + start, e->n, count, c, NULL, measured);
        const double block = lessen_block(e, values, known ? known + start : measured, start, count);
        if (keep) e->seed_totals[start / BLOCK] = block;
        total += block;
    }
    return total;
}

/* A used row has no chance, whatever its distance from itself: by cosine that of the origin is 1. */
static void forbid(const km_engine *e, double *values, int row) {
    const int start = row / BLOCK * BLOCK;
    if (values[row] == 0) return;
    values[row] = 0;
    e->seed_totals[start / BLOCK] = block_total(e, values + start, start, block_size(e, start));
}

static int candidates_of(int k) {
    /* 2 + floor(ln k), by comparing k with the powers of e. */
    int count = 2;
    for (double power = 2.718281828459045; power <= k; power *= 2.718281828459045) count++;
    return count;
}

/* What the chances are in proportion to: the distances, or what the program makes of them. `used` rows are.
 */
static double *weighed(km_engine *e, double *nearest, int used) {
    double *values = nearest;
    if (km_has(e, KM_HOOK_SEED_WEIGHT)) {
        values = e->chances;
        km_custom_weights(e, nearest, e->n, values);
        for (int start = 0; start < e->n; start += BLOCK)
            e->seed_totals[start / BLOCK] = block_total(e, values + start, start, block_size(e, start));
    }
    for (int j = 0; j < used; j++) forbid(e, values, e->start_rows[j]);
    return values;
}

static void start_plus_plus(km_engine *e, km_rng *rng, int candidates) {
    double *nearest = e->distances;
    for (int i = 0; i < e->n; i++) nearest[i] = __builtin_inf();
    watch_chances(e, 0, NULL);
    /* Without weights the sums of draw() are whole numbers, and the row is their integer part. */
    take(e, 0, e->w ? draw_unused(e, rng) : (int)(km_rng_uniform(rng) * e->n));
    watch_candidate(e, 0, e->start_rows[0], __builtin_nan(""));
    for (int j = 1; j < e->k; j++) {
        potential(e, j - 1, nearest, 1);
        const double *chances = weighed(e, nearest, j);
        watch_chances(e, j, chances);
        int best = draw(e, rng, chances);
        if (best < 0) best = draw_unused(e, rng); /* every point lies on a chosen one */
        double least = __builtin_inf();
        for (int trial = 0; trial < candidates; trial++) {
            const int row = trial == 0 ? best : draw(e, rng, chances);
            if (row < 0) break;
            take(e, j, row);
            const double left = candidates > 1 ? potential(e, j, nearest, 0) : 0;
            e->labels[row] = UNUSED;
            watch_candidate(e, j, row, candidates > 1 ? left : __builtin_nan(""));
            if (left < least) {
                least = left;
                best = row;
            }
        }
        take(e, j, best);
    }
}

void km_choose_start(km_engine *e) {
    memset(e->labels, UNUSED, (size_t)e->n * sizeof *e->labels);
    switch (km_int(e, KM_PARAM_INIT)) {
    case KM_INIT_KMEANSPP: start_plus_plus(e, &e->rng, 1); break;
    case KM_INIT_GREEDY: start_plus_plus(e, &e->rng, candidates_of(e->k)); break;
    case KM_INIT_RANDOM: start_random(e, &e->rng); break;
    case KM_INIT_FIRST:
        for (int j = 0; j < e->k; j++) {
            if (e->watch && e->watch->draw == j)
                for (int i = 0; i < e->n; i++) e->watch->chances[i] = i == j;
            watch_candidate(e, j, j, __builtin_nan(""));
            take(e, j, j);
        }
        break;
    default: __builtin_trap();
    }
}

int km_show_draw(km_engine *e, double seed, int draw, double *chances, int32_t *candidates, double *left) {
    if ((int)e->params[KM_PARAM_INIT] == KM_INIT_MANUAL) {
        km_fail(e, KM_ERR_PARAM, "nothing is drawn when the centroids are placed by hand");
        return -1;
    }
    if (!(draw >= 0 && draw < e->params[KM_PARAM_K])) {
        km_fail(e, KM_ERR_PARAM, "there is no draw %d", draw + 1);
        return -1;
    }
    km_watch watch = {.draw = draw, .chances = chances, .candidates = candidates, .left = left};
    e->watch = &watch;
    const km_status s = km_init(e, seed);
    e->watch = NULL;
    return s ? -1 : watch.candidate_count;
}
