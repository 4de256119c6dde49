/* kmeans.h: the k-means engine.
 *
 * Every function marked KM_API is callable from C and is an export of kmeans.wasm, so this header (with
 * explore.h, shapes.h, standardize.h, csv.h, view.h, custom.h and program/) is the export list. Only int,
 * double and pointers to flat arrays cross the boundary; no struct layout is known outside.
 *
 * Conventions
 *   n points, d coordinates each, k clusters. Rows, clusters and coordinates count from 0.
 *   Points are column-major (one contiguous array a coordinate), centroids row-major (k rows of d).
 *   "distance" is the value of the chosen distance: squared for Euclidean. Names of squared Euclidean
 *   quantities end in _sq.
 *   Functions that can fail return a km_status; km_error() then says what and where. A refused call leaves
 *   everything as it was. Pointers returned by getters belong to the engine; how long they hold is said at
 *   each. A broken invariant traps.
 *
 * Determinism: the same parameters, data and seed give the same labels, centroids and inertia to the bit in
 * every build, native or wasm (km_digest). Ties go to the lowest index.
 */
#ifndef KMEANS_H
#define KMEANS_H

#include <stdint.h>

#ifdef __wasm__
#    define KM_API(name) __attribute__((export_name(#    name)))
#else
#    define KM_API(name)
#endif

enum {
    KM_MAX_POINTS = 1 << 24, /* so that exact sums cannot overflow, see sum.h */
    KM_MAX_DIMS = 1024,
    KM_MAX_MEDOID_POINTS = 20000,   /* the medoid is quadratic */
    KM_MAX_EXACT_SILHOUETTE = 5000, /* above, the silhouette is that of a seeded sample of this size */
    KM_BATCH_PATIENCE = 10, /* assigns in a row that change no label: a mini-batch run has converged */
};

typedef enum km_status {
#define STATUS(id, text) KM_##id,
#include "defs/status.def"
#undef STATUS
    KM_STATUS_COUNT
} km_status;

typedef enum km_init_choice {
#define CHOICE(id, text, label, help) KM_INIT_##id,
#include "defs/init.def"
#undef CHOICE
    KM_INIT_COUNT
} km_init_choice;

typedef enum km_distance_choice {
#define CHOICE(id, text, label, help) KM_DISTANCE_##id,
#include "defs/distance.def"
#undef CHOICE
    KM_DISTANCE_COUNT
} km_distance_choice;

typedef enum km_center_choice {
#define CHOICE(id, text, label, help) KM_CENTER_##id,
#include "defs/center.def"
#undef CHOICE
    KM_CENTER_COUNT
} km_center_choice;

typedef enum km_empty_choice {
#define CHOICE(id, text, label, help) KM_EMPTY_##id,
#include "defs/empty.def"
#undef CHOICE
    KM_EMPTY_COUNT
} km_empty_choice;

typedef enum km_param {
#define PARAM(id, name, type, def, min, max, alias, label, help) KM_PARAM_##id,
#include "defs/params.def"
#undef PARAM
    KM_PARAM_COUNT
} km_param;

typedef enum km_event_type {
#define EVENT(id, name, sentence) KM_EVENT_##id,
#include "defs/events.def"
#undef EVENT
    KM_EVENT_COUNT
} km_event_type;

typedef enum km_metric {
#define METRIC(id, name, label, better, truth, help) KM_METRIC_##id,
#include "defs/metrics.def"
#undef METRIC
    KM_METRIC_COUNT
} km_metric;

/* What the next half-step of a run is. */
typedef enum km_phase {
    KM_PHASE_NONE,   /* no centroids yet: km_init or km_init_at comes next */
    KM_PHASE_ASSIGN, /* assign comes next */
    KM_PHASE_UPDATE, /* update comes next */
    KM_PHASE_SETTLE, /* the run stopped after an update (max_iter, tol): one more assign, not counted as an
                        iteration, makes labels and inertia those of the final centroids */
    KM_PHASE_DONE
} km_phase;

/* How a run's assign step is done. The results are those of KM_METHOD_BRUTE_FORCE to the bit. */
typedef enum km_method {
    KM_METHOD_BRUTE_FORCE, /* every point against every centroid */
    KM_METHOD_BOXES,       /* up to three dimensions: boxes of points decided whole (Pelleg, Moore 1999) */
    KM_METHOD_BOUNDS, /* more: points whose bounds show that nothing changed are left out (Hamerly 2010) */
    KM_METHOD_COUNT
} km_method;

typedef struct km_engine km_engine;

/* --- life ------------------------------------------------------------------------------------------- */

/* A new engine with default parameters and no data, or NULL when memory is out. */
KM_API(km_create)
km_engine *km_create(void);
/* Frees the engine and all it owns. NULL is allowed. */
KM_API(km_destroy)
void km_destroy(km_engine *e);
/* The sentence for the last failed call on this engine, with the numbers concerned. Holds until the next
 * call that fails. */
KM_API(km_error)
const char *km_error(const km_engine *e);
/* The general sentence for a status. */
KM_API(km_status_text)
const char *km_status_text(km_status s);
/* Flat memory for the caller's arrays (malloc/free, for a caller across the wasm boundary). */
KM_API(km_alloc)
void *km_alloc(double bytes);
KM_API(km_free)
void km_free(void *p);

/* --- parameters (defs/params.def) ------------------------------------------------------------------- */

/* Sets a parameter: choices by their number, the rest by value. KM_ERR_PARAM names the range. Takes effect at
 * the next km_init. */
KM_API(km_set)
km_status km_set(km_engine *e, km_param p, double value);
KM_API(km_get)
double km_get(const km_engine *e, km_param p);

/* --- data ------------------------------------------------------------------------------------------- */

/* Copies n points of d coordinates in. columns: d arrays of n values, one after the other. weights: n values
 * >= 0, not all zero, or NULL for all ones. Ends any run. The old data stay when the new are refused:
 * KM_ERR_EMPTY_DATA, KM_ERR_TOO_MANY_POINTS, KM_ERR_NOT_FINITE (row and column), KM_ERR_RANGE, KM_ERR_WEIGHT.
 */
KM_API(km_load)
km_status km_load(km_engine *e, const double *columns, const double *weights, int n, int d);
/* The same without the copy: columns must come from km_alloc and, unless they are refused, are the engine's
 * from then on. */
KM_API(km_adopt)
km_status km_adopt(km_engine *e, double *columns, const double *weights, int n, int d);
KM_API(km_n)
int km_n(const km_engine *e);
KM_API(km_d)
int km_d(const km_engine *e);
/* Column j of the points, n values. Holds until the next km_load. */
KM_API(km_column)
const double *km_column(const km_engine *e, int j);

/* --- a run, one half-step at a time ----------------------------------------------------------------- */

/* Chooses k starting centroids by the parameter init with this seed (an integer, 0 to 2^53 - 1), and begins a
 * run. KM_ERR_K when k > n, KM_ERR_NO_CENTROIDS when init is "manual" and km_init_at was never called for
 * this k and these data; KM_ERR_MEDOID_SIZE. */
KM_API(km_init)
km_status km_init(km_engine *e, double seed);
/* Begins a run from k given centroids (row-major, k x d, finite). Sets the parameter k. */
KM_API(km_init_at)
km_status km_init_at(km_engine *e, const double *centroids, int k);

/* Assign: each point joins its nearest centroid (Lloyd 1982, step 1). Counts an iteration, except in
 * KM_PHASE_SETTLE. When no label changed since the centroids last moved (in mini-batches: in
 * KM_BATCH_PATIENCE assigns) the run has converged and the phase is KM_PHASE_DONE. KM_ERR_PHASE when assign
 * is not next. */
KM_API(km_assign)
km_status km_assign(km_engine *e);
/* Update: each centroid moves to the center of its points (step 2); empty clusters and min_size are handled
 * here and reported as events. With batch > 0 (and below n) it moves towards the center of those of its
 * points that are in a seeded sample of that size, by the sample's share of all points so far sampled from
 * the cluster (Sculley 2010, algorithm 1); the inertia of all points may then rise. KM_ERR_PHASE when update
 * is not next. */
KM_API(km_update)
km_status km_update(km_engine *e);
/* Whichever half-step is next; nothing in KM_PHASE_DONE. */
KM_API(km_half_step)
km_status km_half_step(km_engine *e);
/* One iteration: assign and, unless that ended the run, update. */
KM_API(km_step)
km_status km_step(km_engine *e);
/* At most max_half_steps half-steps: KM_OK when the run is done, KM_MORE when it is not. */
KM_API(km_run)
km_status km_run(km_engine *e, int max_half_steps);

/* State after the last half-step. Arrays hold until the next km_load, km_init or km_init_at, the labels until
 * the next half-step: ask again, for they are written when asked for. */
KM_API(km_phase_next)
km_phase km_phase_next(const km_engine *e);
KM_API(km_k)
int km_k(const km_engine *e);
/* Assign passes so far, the confirming one included (scikit-learn's n_iter_). A start that is already a fixed
 * point takes 1: its first update moves nothing. */
KM_API(km_iteration)
int km_iteration(const km_engine *e);
/* 1 when the run ended by itself: no label changed, nothing moved, or tol was met. */
KM_API(km_converged)
int km_converged(const km_engine *e);
/* Points whose label the last assign changed; n at the first. */
KM_API(km_changed)
int km_changed(const km_engine *e);
/* Largest Euclidean distance a centroid moved in the last update. */
KM_API(km_shift)
double km_shift(const km_engine *e);
/* Weighted sum of the distances to the own centroid after the last half-step; to 1e-12 relative. NaN before
 * the first assign. */
KM_API(km_inertia)
double km_inertia(const km_engine *e);
KM_API(km_centroids)
const double *km_centroids(const km_engine *e); /* k x d, row-major */
KM_API(km_labels)
const int32_t *km_labels(const km_engine *e); /* n; -1 before the first assign */
KM_API(km_sizes)
const int32_t *km_sizes(const km_engine *e); /* k */
/* Rows chosen as the start, in the order drawn (k values), or -1 for given centroids. */
KM_API(km_start_rows)
const int32_t *km_start_rows(const km_engine *e);
/* Events of the last half-step: three ints each (km_event_type; cluster; row or other cluster, or -1). */
KM_API(km_event_count)
int km_event_count(const km_engine *e);
KM_API(km_events)
const int32_t *km_events(const km_engine *e);
/* FNV-1a 64 of labels (int32), centroids and inertia (IEEE bits), little-endian, as 16 hex digits. Holds
 * until the next call. */
KM_API(km_digest)
const char *km_digest(km_engine *e);

/* Labels of all n points for any centroids (k x d) by the engine's distance, for a past step or a preview.
 * Touches no run. labels: n values out. Returns the inertia of that labelling. */
KM_API(km_label_points)
double km_label_points(km_engine *e, const double *centroids, int k, int32_t *labels);
/* The same, and how many points each cluster has: k values out, or NULL. from: NULL, or the k x d centroids
 * whose labels `labels` holds. Where few of them have moved since, as in a drag, the labels that stay are not
 * written again: most of the time. */
KM_API(km_relabel_points)
double km_relabel_points(km_engine *e, const double *from, const double *centroids, int k, int32_t *labels,
                         int32_t *sizes);

/* --- how it was done ---
 *
 * For a readout and an overlay. Where the method is not KM_METHOD_BRUTE_FORCE, most points are never looked
 * at. */

/* The km_method of the run. */
KM_API(km_method_used)
int km_method_used(const km_engine *e);
/* Points the last assign compared with centroids one by one (n when plain). */
KM_API(km_points_touched)
double km_points_touched(const km_engine *e);
/* Distances the last assign computed, those from centroids to boxes included (n k when plain). */
KM_API(km_distances_computed)
double km_distances_computed(const km_engine *e);
/* The boxes in which the last assign ended, which hold every point once. boxes: per box d lower, then d upper
 * ends; labels: the cluster it was decided for as a whole, or -1 where its points were looked at one by one;
 * both may be NULL. Writes the first `capacity` of them and returns how many there are: 0 when the method has
 * none, or before the first assign. */
KM_API(km_cells)
int km_cells(const km_engine *e, double *boxes, int32_t *labels, int capacity);

/* --- restarts --------------------------------------------------------------------------------------- */

/* Begins `restarts` runs with the seeds seed, seed + 1, ... of the parameters. */
KM_API(km_restarts_begin)
km_status km_restarts_begin(km_engine *e);
/* At most max_half_steps half-steps of them, as one of which a whole run of few points may count: KM_MORE
 * while some are left; KM_OK when all are done, and the best has been run again, so that the engine holds its
 * result. */
KM_API(km_restarts_advance)
km_status km_restarts_advance(km_engine *e, int max_half_steps);
KM_API(km_restarts_done)
int km_restarts_done(const km_engine *e); /* how many have ended */
/* The one kept: the least inertia; a later one must be better by more than 1e-12 relative. */
KM_API(km_best_restart)
int km_best_restart(const km_engine *e);
KM_API(km_restart_seed)
double km_restart_seed(const km_engine *e, int r);
KM_API(km_restart_inertia)
double km_restart_inertia(const km_engine *e, int r);
KM_API(km_restart_iterations)
int km_restart_iterations(const km_engine *e, int r);
KM_API(km_restart_rows)
const int32_t *km_restart_rows(const km_engine *e, int r); /* k start rows */

/* --- metrics (defs/metrics.def) --------------------------------------------------------------------- */

/* Computes every metric of the current labels into out (KM_METRIC_COUNT values; NaN where undefined). truth:
 * n true labels, any integers, or NULL. Weights count in the inertia only, as in scikit-learn. KM_ERR_PHASE
 * before the first assign. */
KM_API(km_metrics)
km_status km_metrics(km_engine *e, const int32_t *truth, double *out);
/* Points the last silhouette was computed on: n when exact, less when sampled. */
KM_API(km_silhouette_points)
int km_silhouette_points(const km_engine *e);

#endif
