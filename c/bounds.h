/* bounds.h: what bounds.c keeps of the points and of a run. Distances are in units of `unit`. */
#ifndef KM_BOUNDS_H
#define KM_BOUNDS_H

typedef struct km_bounds {
    /* Of the data. */
    int padded;            /* d, rounded up to whole vectors */
    int exact;             /* the copies, times unit, are the coordinates */
    double *origin;        /* d */
    double unit;           /* a power of two */
    float *x;              /* n x padded, row-major: copies of the points about the origin */
    double *length_sq;     /* n: of the copies; this and the next three are one block */
    double *error;         /* n: how far a copy may be from its point */
    double *upper, *lower; /* n: on the distance to the own centroid, and to any other */
    double above, below;   /* a little more than 1, and less: what the plain step's rounding can hide */

    /* Of the run. */
    int run_k;
    void *run_memory;
    double *last;              /* k x d: the centroids of the last assign */
    double *c_length_sq;       /* k, padded: of the copies of the centroids */
    double *moved;             /* k: since the last assign */
    double *value;             /* k, padded: scratch */
    float *c;                  /* k x padded, padded: copies of the centroids */
    double c_error, c_longest; /* the largest error and length of a copy */
} km_bounds;

void km_bounds_free(km_bounds *b);

#endif
