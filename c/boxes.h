/* boxes.h: the points of a run sorted into nested boxes, for the accelerated assign of up to three
 * dimensions.
 *
 * Built once for the data (boxes_build.c), kept until km_load, refined while runs need it (boxes_split.c).
 * What a run adds to it is the label of each box (boxes.c, boxes_assign.c).
 */
#ifndef KM_BOXES_H
#define KM_BOXES_H

#include "internal.h"

enum {
    KM_BOX_MAX_DIMS = 3,
    KM_BOX_DEPTH = 64,     /* no box lies deeper */
    KM_BOX_TILE = 64,      /* points looked at together */
    KM_BOX_LEAF = 2048,    /* cutting up fewer costs as much as four looks at them, and saves less */
    KM_BOX_PADDING = 4,    /* places that may be read past the last */
    KM_BOX_MAX_BITS = 13,  /* a box is cut into at most 2^13 at once */
    KM_BOX_HISTORY = 64,   /* assigns of which it is known who moved since */
    KM_BOX_NONE = 0xffff,  /* label of points before the first assign */
    KM_BOX_MIXED = 0xfffe, /* label of a box whose children, or points, have their own */
    KM_BOX_MAX_K = 0xfff0
};

/* A set of centroids, of which some may be taken for another: one bit for each j modulo 64. */
typedef uint64_t km_box_set;
static inline km_box_set km_box_one(int j) { return (km_box_set)1 << (j & 63); }

/* A box and its points, which stand at the places first .. first + count - 1. One line of cache, for visiting
 * boxes waits for memory more than it computes. */
typedef struct km_box {
    double center[KM_BOX_MAX_DIMS];
    km_box_set rivals;           /* the candidates when it was last right */
    float half[KM_BOX_MAX_DIMS]; /* half widths, in units of km_boxes.unit and rounded up */
    int32_t first, count;
    int32_t child;  /* the first of its children, which stand together; -1: none */
    int32_t right;  /* the assign at which its labels were last right; 0: never */
    uint16_t label; /* of all its points, then those of the boxes in it are out of date; or MIXED */
    uint16_t children : 4, depth : 7, summed : 1, measured : 1;
} km_box;
_Static_assert(sizeof(km_box) == 64, "a box is one line of cache");

/* Lists of centroids, one after the other, which are found by where they begin: for each of them its number
 * and, in d columns, its coordinates. After the last of a list it stands once more: they are read in pairs.
 */
typedef struct km_candidates {
    uint16_t *label;
    double *x[KM_BOX_MAX_DIMS];
} km_candidates;

typedef struct km_boxes {
    int n, d;
    int32_t *row; /* place -> row */
    float *x;     /* by place, see km_place_of; NULL unless every coordinate is a float32 */
    ptrdiff_t stride;
    uint16_t *label;  /* place -> label, where the innermost box is MIXED */
    uint16_t *cell;   /* row -> number of its cell of the first cuts, below 2^MAX_BITS */
    int cells;        /* of the first cuts, with points in them: the nodes 1 .. cells */
    uint16_t *number; /* of each of them */

    int root, nodes, capacity;
    km_box *node;
    double *moments; /* 2 d + 1 a node, of those that are measured: see below */
    km_sum *sum;     /* d a node, of those that are summed: the exact sum of its points */
    double unit[KM_BOX_MAX_DIMS], per_unit[KM_BOX_MAX_DIMS]; /* powers of two: the ranges of the columns */

    /* Of the run. */
    int tick, run_k;                  /* assigns so far, and HISTORY more with each run */
    km_box_set moved[KM_BOX_HISTORY]; /* since assign i, at i modulo HISTORY */
    void *run_memory;
    double *last;        /* k x d: the centroids of the last assign */
    double *near_sq;     /* k + 1 */
    double *candidates;  /* k x d */
    km_candidates lists; /* KM_BOX_DEPTH + 2 of up to k + 1 */
    int behind;          /* e->labels are not yet those of the boxes */
} km_boxes;

/* Of the points of a node: their mean d times, their sum less count times that mean d times, and the summed
 * squared distance from it. */
static inline double *km_moments_of(const km_boxes *t, int node) {
    return t->moments + (ptrdiff_t)node * (2 * t->d + 1);
}

/* Adds the summed squared distance of a node's points to a place. */
static inline __attribute__((always_inline)) void
km_box_add_inertia(const km_engine *e, const km_boxes *t, int node, int d, const double *c, km_running *r) {
    const km_box *v = &t->node[node];
    const double *mean = km_moments_of(t, node), *rest = mean + d;
    double total = mean[2 * d], more = 0;
    for (int a = 0; a < d; a++) {
        const double away = mean[a] - c[a], half = (double)v->half[a] * t->unit[a];
        total += away * (v->count * away + 2 * rest[a]);
        more += 2 * (__builtin_fabs(away) + half) * v->count * km_off_grid(e, a);
    }
    km_running_add(r, total, total, more);
}

/* Where coordinate a of a place is: in the plane they stand in pairs, so that sorting them writes to fewer
 * lines of cache at once (the tree of a million points took 12.9 ms instead of 14.8); else in columns,
 * `stride` apart, since triples cost more to be looked at four at a time than they save. */
static inline ptrdiff_t km_place_of(int d, ptrdiff_t stride, int place, int a) {
    return d == 2 ? 2 * (ptrdiff_t)place + a : a * stride + place;
}

/* Coordinate a of the point at a place. */
static inline double km_boxes_coordinate(const km_engine *e, const km_boxes *t, int d, int place, int a) {
    return t->x ? (double)t->x[km_place_of(d, t->stride, place, a)]
                : e->x[(ptrdiff_t)a * e->n + t->row[place]];
}

/* Copies the coordinates of `count` (at most KM_BOX_TILE) points to d columns of KM_BOX_TILE, the last again
 * up to a multiple of 8, the blocks of km_nearest. */
static inline __attribute__((always_inline)) void km_boxes_tile(const km_engine *e, const km_boxes *t, int d,
                                                                int first, int count, double *tile) {
    for (int a = 0; a < d; a++) {
        double *column = tile + a * KM_BOX_TILE;
        for (int i = 0; i < count; i++) column[i] = km_boxes_coordinate(e, t, d, first + i, a);
        for (int i = count; i % 8; i++) column[i] = column[count - 1];
    }
}

/* Room for `places` candidates. */
static inline double km_candidates_bytes(int d, int places) {
    return (double)places * ((double)d * sizeof(double) + sizeof(uint16_t));
}
static inline km_candidates km_candidates_in(void *memory, int d, int places) {
    km_candidates l = {0};
    double *x = memory;
    for (int a = 0; a < d; a++) l.x[a] = x + (ptrdiff_t)a * places;
    l.label = (uint16_t *)(x + (ptrdiff_t)d * places);
    return l;
}

/* Centroid j of c (row-major), as one of a list. */
static inline void km_candidates_put(const km_candidates *l, int d, int place, const double *c, int j) {
    l->label[place] = (uint16_t)j;
    for (int a = 0; a < d; a++) l->x[a][place] = c[(ptrdiff_t)j * d + a];
}
/* The list of all k, at the beginning. */
static inline void km_candidates_put_all(const km_candidates *l, int d, const double *c, int k) {
    for (int j = 0; j < k; j++) km_candidates_put(l, d, j, c, j);
    km_candidates_put(l, d, k, c, k - 1);
}

/* Copies the coordinates of a list, candidate by candidate, to t->candidates. */
static inline __attribute__((always_inline)) void km_boxes_gather(const km_boxes *t, int d, int list,
                                                                  int candidates) {
    for (int j = 0; j < candidates; j++)
        for (int a = 0; a < d; a++) t->candidates[j * d + a] = t->lists.x[a][list + j];
}

/* boxes_build.c. The tree of the engine's points, or NULL when memory is out. */
km_boxes *km_boxes_build(const km_engine *e);
void km_boxes_free(km_boxes *t);
/* boxes_measure.c. The sum of a node, and its moments. Those of most are never asked for. */
void km_boxes_sum(const km_engine *e, km_boxes *t, int node);
void km_boxes_measure(const km_engine *e, km_boxes *t, int node);
/* boxes_bound.c. The sides of a node: in coordinate a from low to high, around its points, around its
 * children. */
void km_boxes_set_side(const km_boxes *t, km_box *v, int a, double low, double high);
void km_boxes_bound(const km_engine *e, const km_boxes *t, km_box *v);
void km_boxes_bound_children(const km_boxes *t, km_box *v);
/* boxes_grow.c. Room for `more` nodes; 0 when memory is out. */
int km_boxes_reserve(km_boxes *t, int more);
/* boxes_split.c. Cuts a node up; 0 when its points cannot be told apart or memory is out. Its label goes to
 * the children with the next look inside. */
int km_boxes_split(const km_engine *e, km_boxes *t, int node);
/* boxes_assign.c. */
void km_boxes_assign(km_engine *e, km_boxes *t);
/* boxes_label.c. km_relabel_points for as many centroids as the run has, at most; but -1 when the inertia is
 * not known well enough. The run itself is left alone. */
double km_boxes_label(const km_engine *e, km_boxes *t, const double *c, int k, const double *from,
                      int32_t *labels, int32_t *sizes);

#endif
