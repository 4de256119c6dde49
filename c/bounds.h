/* bounds.h: what bounds.c keeps of the points and of a run. */
#ifndef KM_BOUNDS_H
#define KM_BOUNDS_H

#include "assign.h"

enum {
    KM_BOUNDS_TILE = 4,
    KM_COPY_LANES = 8,      /* coordinates of a copy are padded to a multiple of it */
    KM_POINT_REACH = 31000, /* copies of points are no longer */
    KM_REACH = 32000,       /* nor those of centroids; half a squared distance fits in 31 bits */
    KM_FAR = 1600000000     /* more than half a square of KM_REACH and a product */
};

/* Copies are whole numbers of units about the origin. */
typedef struct km_bounds {
    /* Of the data. */
    int padded;     /* d, rounded up to whole vectors */
    int exact;      /* the copies, times unit, and the origin are the coordinates and whole in their sums */
    double *origin; /* d */
    double unit;    /* a power of two */
    double error;   /* how far a copy may be from its point */
    int16_t *x;     /* n x padded, row-major: the copies */
    int32_t *half_square; /* n: half the squared length of a copy, rounded down; -1: there is none */
    double *budget;       /* n: how far centroids may move, see bounds.c */

    /* Of the run. */
    int run_k;
    void *run_memory;
    double *last;           /* k x d: the centroids of the last assign */
    double *moved;          /* k: since the last assign */
    double *spent;          /* k: by how much centroids have moved */
    double *own_error;      /* k: how far a copy may be from its centroid */
    double other_error;     /* how much nearer to a point a centroid may be than its copy */
    int32_t *c_half_square; /* k, padded to an even number, as c */
    int16_t *c;             /* copies of the centroids */
    int32_t *joined;        /* k: members less those that left, since the sums were right */
    int32_t *joined_sums;   /* k x padded: of their copies */
} km_bounds;

void km_bounds_free(km_bounds *b);

/* bounds_copies.c. What the data alone decide. NULL when memory is out. */
km_bounds *km_bounds_create(const km_engine *e);
/* Copies of the centroids e->c, and their errors. */
void km_bounds_copy_centroids(km_bounds *b, const km_engine *e);

/* bounds_nearest.c. The labels of KM_BOUNDS_TILE points, and their budgets less what is spent: not above zero
 * where the label is not certain. */
void km_bounds_nearest(const km_bounds *b, const int32_t *rows, int k, int32_t *labels, double *budgets);

#endif
