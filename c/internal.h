/* internal.h: what the engine's own files share; nothing outside includes it. */
#ifndef KM_INTERNAL_H
#define KM_INTERNAL_H

#include "kmeans.h"
#include "rng.h"
#include "running.h"
#include "sum.h"
#include <stddef.h>

/* A broken invariant is a bug in the engine: stop at once rather than go on with wrong numbers. */
#define KM_CHECK(condition)                                                                                  \
    do {                                                                                                     \
        if (!(condition)) __builtin_trap();                                                                  \
    } while (0)

enum {
    KM_ERROR_BYTES = 256,
    KM_SEED_BLOCK = 64 /* rows, see seed.c */
};

/* What is left to do for the inertia: a run that nobody watches does without, in half the time. */
enum { KM_DUE_TOTAL = 1, KM_DUE_DISTANCES };

/* Coordinates up to here: d squared differences still add up to a finite double. */
#define KM_LARGEST 0x1p500
#define KM_LARGEST_WEIGHT 0x1p300

/* What one restart left. */
typedef struct km_restart {
    double seed, inertia;
    int iterations, converged;
    int ordered; /* the last iteration whose labels may depend on the order of the clusters */
} km_restart;

/* A draw of the start to be written down as it is made, see km_show_draw. */
typedef struct km_watch {
    int draw, candidate_count;
    double *chances, *left;
    int32_t *candidates;
} km_watch;

struct km_engine {
    double params[KM_PARAM_COUNT]; /* as set */
    double active[KM_PARAM_COUNT]; /* those of the run: params at its start */
    char error[KM_ERROR_BYTES];
    struct km_custom *custom; /* functions of a program, see custom.h; NULL until one has any */

    /* Data: d columns of n values. */
    int n, d;
    double *x;
    double *w;            /* n weights, or NULL for all ones */
    double *low, *high;   /* d: the range of each column */
    double mean_variance; /* NaN until asked for, see km_mean_variance */
    km_grid *grid;        /* d: where the exact sums of each column live */
    km_grid grid_w;       /* and of the weights */
    km_sum *parts;        /* n x d: what each row adds to the sums, where there are few; else NULL */
    double *given;        /* centroids of the last km_init_at, for init = "manual" */
    int given_k;
    double *seed_totals; /* scratch of seed.c: one for each KM_SEED_BLOCK rows */

    /* Labels, and distances to the own centroid, after the last half-step: of every point after the
     * assigner's write(), which the getters call. distances is scratch while seeding and updating. */
    int32_t *labels;   /* n */
    double *distances; /* n */

    /* How assign is done. */
    const struct km_assigner *assigner;
    struct km_boxes *boxes;   /* the points in nested boxes, see boxes.h; NULL until a run uses them */
    struct km_bounds *bounds; /* see bounds.h; NULL until a run uses them */
    km_running running;       /* the inertia, where it is kept by differences */
    km_method only;           /* to hold a test to one; KM_METHOD_COUNT: the best */
    int leaf;                 /* boxes of up to so many points are not cut up; less in a test */
    double touched, computed;

    /* The run. sums and weight_sums are those of the current labels, always: km_relabel keeps them so. */
    km_phase phase;
    int k, iteration, changed, moves, repaired, converged;
    int settled;                      /* assigns in a row that changed no label */
    double shift, inertia;            /* inertia: after km_settle_inertia */
    int inertia_due;                  /* what it takes to make it that of the last half-step, or 0 */
    km_rng rng;                       /* draws the start, then the batches */
    double assigned, assigned_before; /* inertia after the assign of this and the last iteration */
    void *run_memory;                 /* one block for the arrays below */
    double *c, *previous;             /* k x d: centroids now, and before the last update */
    double *cost;                     /* k: scratch of repair.c */
    km_sum *sums;                     /* k x d: of weight times coordinate */
    km_sum *weight_sums;              /* k */
    double *members;                  /* n x d: scratch of the medoid, else NULL */
    double *chances;                  /* n: scratch of a custom seed_weight, else NULL */
    int32_t *order;                   /* n: scratch of centers that need the members, else NULL */
    int32_t *drawn;                   /* batch: the rows of one, else NULL */
    double *seen;                     /* k: weight drawn from each cluster so far, else NULL */
    int32_t *sizes;                   /* k */
    int32_t *first;                   /* k + 1: scratch of repair.c and center.c */
    int32_t *start_rows;              /* k */
    int32_t *events;                  /* 3 each; 2 k + 1 of them fit, the most a half-step can report */
    int event_count;

    /* Restarts. */
    km_restart *restarts;
    struct km_trails *trails; /* see trails.h */
    int32_t *restart_rows;    /* restarts x k */
    int restart_total, restarts_done, best_restart, restarts_replaying;

    km_watch *watch;    /* NULL but during km_show_draw */
    struct km_few *few; /* NULL but while restarts seed by it, see few.h */
    int silhouette_points;
    char digest[17];
};

static inline double km_larger(double a, double b) { return a > b ? a : b; }
static inline int km_int(const km_engine *e, km_param p) { return (int)e->active[p]; }
/* No point, or only points of weight zero. */
static inline int km_is_empty(const km_engine *e, int j) {
    return e->weight_sums[j].hi == 0 && e->weight_sums[j].lo == 0;
}
static inline double km_weight(const km_engine *e, int i) { return e->w ? e->w[i] : 1.0; }
/* What row i adds to an exact sum of weights, and of weight times coordinate t, which is x. */
static inline km_sum km_weight_sum(const km_engine *e, int i) {
    return km_split(e->grid_w, km_weight(e, i), 0);
}
static inline km_sum km_coordinate_sum(const km_engine *e, int i, int t, double x) {
    const double w = km_weight(e, i), product = w * x;
    return km_split(e->grid[t], product, e->w ? km_product_error(w, x, product) : 0);
}

/* How far what a sum tells of the difference between a value of coordinate t and a mean can be off: both may
 * lie half a unit beside the grid, unless all values are so large that their last bits are on it. */
static inline double km_off_grid(const km_engine *e, int t) {
    const double low = e->low[t], high = e->high[t],
                 least = low > 0    ? low
                         : high < 0 ? -high
                                    : 0,
                 unit = 1 / e->grid[t].to_lo;
    return least * 0x1p-53 >= unit ? 0 : unit;
}

/* Allocation that a size overflow cannot fool; zeroed. NULL when it cannot be had. */
void *km_array(double count, size_t size);
/* The same, not zeroed: for what is written at once. */
void *km_room(double count, size_t size);

/* Fails with the status's sentence and, after it, `detail` (a format with %d, %g and %s only). */
km_status km_fail(km_engine *e, km_status s, const char *detail, ...) __attribute__((format(printf, 3, 4)));

/* distance.c. Nearest centroid (lowest index on ties) of n points in columns of the given stride, by the
 * engine's distance. labels and distances (may be NULL): n values out. */
void km_nearest(const km_engine *e, const double *columns, ptrdiff_t stride, int n, const double *centroids,
                int k, int32_t *labels, double *distances);
/* Distances of n points to one centroid each: label[i], or centroid 0 when labels is NULL. */
void km_distances_to(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                     const double *centroids, const int32_t *labels, double *distances);
/* load.c. Ends the run and frees the points and what belongs to them. */
void km_forget_points(km_engine *e);
/* Mean over the columns of the population variance: the unit of tol. */
double km_mean_variance(km_engine *e);
/* sum.c. Weighted sum of n values, to about 1e-15 relative for values of one sign; w may be NULL. */
double km_weighted_total(const double *values, const double *w, int n);
/* The same of the distances of all points to their own centroids, which are kept nowhere. */
double km_total_distance(const km_engine *e);

/* seed.c. Fills e->c and e->start_rows by the active init; KM_INIT_MANUAL is not for it. */
void km_choose_start(km_engine *e);

/* center.c. New centroids of the current labels into e->c; those of empty clusters stay. */
void km_move_centroids(km_engine *e);
/* Sorts `count` of the rows, which may repeat, by cluster: those of cluster j stand in e->order from
 * e->first[j] to e->first[j + 1]. Rows of weight zero are left out. rows NULL: all of them. */
void km_group_rows(km_engine *e, const int32_t *rows, int count);
/* Mean of cluster j, which must not be empty: the double nearest to the exact mean. */
void km_mean(const km_engine *e, int j, double *mean);
/* Moves centroid j to the center of these rows, at least one. */
void km_move_to_center(km_engine *e, int j, int32_t *rows, int count);

/* batch.c */
/* Points of one mini-batch; 0 when every update takes all points. */
static inline int km_batch(const km_engine *e) {
    const int batch = km_int(e, KM_PARAM_BATCH);
    return batch < e->n ? batch : 0;
}
/* In place of km_move_centroids: draws a batch, and moves each centroid part of the way to the center of its
 * own. */
void km_move_by_batch(km_engine *e);

/* repair.c. Empty clusters and min_size, between assign and update. Adds events; e->repaired counts the
 * points whose label it changed. */
void km_repair(km_engine *e);
/* Whether km_repair would still move something because of min_size. */
int km_repair_pending(const km_engine *e);

/* brute_force.c. Makes e->inertia that of the last half-step. */
void km_settle_inertia(km_engine *e);

/* engine.c. Frees what belongs to the run. */
void km_end_run(km_engine *e);
/* Moves point i to cluster j (-1: none), keeping sizes and sums those of the labels. */
void km_relabel(km_engine *e, int i, int j);
void km_add_event(km_engine *e, km_event_type type, int cluster, int other);

#endif
