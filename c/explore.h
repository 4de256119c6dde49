/* explore.h: questions that one run cannot answer, asked of an engine by running it many times: a race of
 * seeds, the choice of k, the single draws of a start.
 *
 * Functions that take an engine use its data, its parameters and its program, and end its run: give them an
 * engine of their own. Each answer depends on its arguments alone, so that work can be divided among engines
 * in any way.
 */
#ifndef KM_EXPLORE_H
#define KM_EXPLORE_H

#include "kmeans.h"

enum {
    KM_MAX_CANDIDATES = 11 /* rows a greedy k-means++ tries in one draw, for the largest k */
};

/* --- a race (race.c) -------------------------------------------------------------------------------- */

/* Runs to the end from each of the seeds first, first + 1, ... first + runs - 1 (integers, 0 to 2^53 - 1).
 * Arrays of `runs` values out:
 *   starts      inertia of the start: that of assigning every point to its nearest starting centroid
 *   ends        inertia at the end
 *   iterations  as km_iteration
 *   partitions  two halves of a 64-bit digest each, equal for equal final partitions however their clusters
 *               are numbered
 * Fails as km_init and km_half_step do. */
KM_API(km_race)
km_status km_race(km_engine *e, double first, int runs, double *starts, double *ends, int32_t *iterations,
                  uint32_t *partitions);

/* --- choosing k (gap.c) ----------------------------------------------------------------------------- */

/* A null reference for the engine's points (Tibshirani, Walther, Hastie 2001, section 4, choice a): as many
 * points, each column uniform over its range, all independent. columns: d columns of n values out. set: which
 * of many, 0 to 2^53 - 1. Touches no run. */
KM_API(km_reference)
void km_reference(const km_engine *e, double set, double *columns);
/* The gap statistic of the same paper: how far the logarithm of the inertia lies below that of reference
 * sets.
 *   inertias    most_k values, for k = 1, 2, ...
 *   references  sets rows of most_k values (sets >= 1)
 *   gaps        most_k values out: mean over the sets of log reference, minus log inertia
 *   errors      most_k values out: s_k = sqrt(1 + 1 / sets) times the standard deviation over the sets (of
 *               the population, as in the paper)
 * Both are NaN for a k where an inertia is not positive. */
KM_API(km_gap)
void km_gap(const double *inertias, const double *references, int most_k, int sets, double *gaps,
            double *errors);
/* The paper's estimate: the smallest k with gap(k) >= gap(k + 1) - s(k + 1). 0 when no k below most_k has it.
 */
KM_API(km_gap_choice)
int km_gap_choice(const double *gaps, const double *errors, int most_k);
/* The k, from 2 to most_k - 1, at which the curve of log inertia bends most sharply, beyond the mean bend of
 * the reference sets there; 0, no elbow, when that is less than KM_ELBOW_MARGIN times what any single
 * reference set shows anywhere, or than a third again of the fall. (The bend is the second difference. An
 * elbow read off without a null is drawn by the eye: Schubert 2023, arXiv 2212.12189.) Arguments as for
 * km_gap. bend: may be NULL; out, e to the power of the excess: how many times the fall to k is that to k +
 * 1, in units of the same for the reference. */
KM_API(km_elbow)
int km_elbow(const double *inertias, const double *references, int most_k, int sets, double *bend);

/* --- the silhouette plot (silhouette.c) ------------------------------------------------------------- */

/* The silhouette of single points (Rousseeuw 1987): of every point for n up to KM_MAX_EXACT_SILHOUETTE, above
 * of the sample of this many that the metric uses. labels: n values, 0 to k - 1, for the engine's points.
 * rows, silhouettes: up to that many values out, ordered by cluster, then row; NaN unless the points are in 2
 * to count - 1 clusters. Returns the count, or -1 when memory is out. Touches no run. */
KM_API(km_point_silhouettes)
int km_point_silhouettes(const km_engine *e, const int32_t *labels, int k, int32_t *rows,
                         double *silhouettes);

/* --- the draws of a start (seed.c) ------------------------------------------------------------------ */

/* What km_init does with this seed in its draw number `draw` (0 to k - 1), in which it chose the row
 * km_start_rows(e)[draw].
 *   chances     n values out, summing to 1: of each point to be drawn, given those drawn before
 *   candidates  KM_MAX_CANDIDATES values out: the rows tried, in order; the greedy variant tries several
 *   left        KM_MAX_CANDIDATES values out: the inertia each candidate would leave; NaN where none is asked
 * Returns how many candidates there were, or -1 when km_init fails, there is no such draw, or init is
 * "manual" (km_error says). */
KM_API(km_show_draw)
int km_show_draw(km_engine *e, double seed, int draw, double *chances, int32_t *candidates, double *left);

#endif
