/* seed.c: where the first centroids are. k-means++ is D-squared sampling (Arthur, Vassilvitskii 2007,
 * section 2.2): the first point uniformly, each next one with chance proportional to its distance from the
 * nearest chosen, which is squared for the Euclidean distance. The greedy variant (the same paper's section
 * 7, scikit-learn's default) draws 2 + floor(ln k) candidates and keeps the one that leaves the least total.
 * Weights multiply every chance.
 */
#include "custom.h"
#include "explore.h"
#include <string.h>

enum { BLOCK = 1024, USED = 0, UNUSED = -1 }; /* e->labels marks the rows used while seeding */

static void take(km_engine *e, int j, int row) {
    e->start_rows[j] = row;
    e->labels[row] = USED;
    for (int t = 0; t < e->d; t++) e->c[(ptrdiff_t)j * e->d + t] = e->x[(ptrdiff_t)t * e->n + row];
}

/* Chance of row i in units of the total; values NULL: only the weight, among unused rows. */
static double chance(const km_engine *e, const double *values, int i) {
    if (e->labels[i] == USED) return 0;
    return values ? km_weight(e, i) * values[i] : km_weight(e, i);
}

/* Writes down the chances of draw j; values as for `chance`. Where every one is zero, the draw is among the
 * unused, by weight while there is any. */
static void watch_chances(const km_engine *e, int j, const double *values) {
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

static void watch_candidate(const km_engine *e, int j, int row, double left) {
    km_watch *w = e->watch;
    if (!w || w->draw != j) return;
    KM_CHECK(w->candidate_count < KM_MAX_CANDIDATES);
    w->candidates[w->candidate_count] = row;
    w->left[w->candidate_count++] = left;
}

/* A row with chance proportional to weight times value, or -1 when every chance is zero. */
static int draw(const km_engine *e, km_rng *rng, const double *values) {
    double total = 0, sum = 0;
    int last = -1;
    for (int i = 0; i < e->n; i++) total += chance(e, values, i);
    if (!(total > 0)) return -1;
    const double target = km_rng_uniform(rng) * total;
    for (int i = 0; i < e->n; i++) {
        const double p = chance(e, values, i);
        if (!(p > 0)) continue;
        last = i;
        sum += p;
        if (sum > target) break;
    }
    return last; /* rounding at the very end of the sum must not run past it */
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

/* Total of weight times min(nearest, distance to the point c); with keep, nearest becomes that minimum. */
static double potential(km_engine *e, const double *c, double *nearest, int keep) {
    double distances[BLOCK], total = 0;
    for (int start = 0; start < e->n; start += BLOCK) {
        const int count = e->n - start < BLOCK ? e->n - start : BLOCK;
        km_distances_to(e, e->x + start, e->n, count, c, NULL, distances);
        for (int i = 0; i < count; i++) {
            const double near = nearest[start + i] < distances[i] ? nearest[start + i] : distances[i];
            if (keep) nearest[start + i] = near;
            total += km_weight(e, start + i) * near;
        }
    }
    return total;
}

static int candidates_of(int k) {
    /* 2 + floor(ln k), by comparing k with the powers of e. */
    int count = 2;
    for (double power = 2.718281828459045; power <= k; power *= 2.718281828459045) count++;
    return count;
}

/* What the chances are in proportion to: the distances, or what the program makes of them. */
static const double *weighed(km_engine *e, const double *nearest) {
    if (!km_has(e, KM_HOOK_SEED_WEIGHT)) return nearest;
    km_custom_weights(e, nearest, e->n, e->chances);
    return e->chances;
}

static void start_plus_plus(km_engine *e, km_rng *rng, int candidates) {
    double *nearest = e->distances;
    for (int i = 0; i < e->n; i++) nearest[i] = __builtin_inf();
    watch_chances(e, 0, NULL);
    take(e, 0, draw_unused(e, rng));
    watch_candidate(e, 0, e->start_rows[0], __builtin_nan(""));
    for (int j = 1; j < e->k; j++) {
        potential(e, e->c + (ptrdiff_t)(j - 1) * e->d, nearest, 1);
        const double *chances = weighed(e, nearest);
        watch_chances(e, j, chances);
        int best = draw(e, rng, chances);
        if (best < 0) best = draw_unused(e, rng); /* every point lies on a chosen one */
        double least = __builtin_inf();
        for (int trial = 0; trial < candidates; trial++) {
            const int row = trial == 0 ? best : draw(e, rng, chances);
            if (row < 0) break;
            take(e, j, row);
            const double left = candidates > 1 ? potential(e, e->c + (ptrdiff_t)j * e->d, nearest, 0) : 0;
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
