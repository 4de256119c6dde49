/* few_maps.h: what few.c keeps. */
#ifndef KM_FEW_MAPS_H
#define KM_FEW_MAPS_H

#include "few.h"

enum { KM_FEW_N = 1024, KM_FEW_D = 8, KM_FEW_K = 8, KM_FEW_WORDS = KM_FEW_N / 64 };

typedef union km_bitmap {
    uint64_t words[KM_FEW_WORDS];
    uint8_t bytes[8 * KM_FEW_WORDS]; /* of eight points each */
} km_bitmap;

struct km_few {
    int padded, words; /* n, rounded up to whole bytes of a km_bitmap; whole words of one */
    double origin[KM_FEW_D], unit, grain;
    float least_gap;
    float *x;        /* d columns of `padded`: copies about the origin in units of `unit` */
    int32_t *grains; /* the same in units of a grain; zero where there is no point */
    double *pairs;   /* n rows of `padded`: distances between points, where known */
    int32_t total[KM_FEW_D];
    int now;                      /* which of these two is of the last assign */
    km_bitmap in[2][KM_FEW_K];    /* and of the one before */
    double c[KM_FEW_K][KM_FEW_D]; /* centroids in units */
    int32_t sums[KM_FEW_K][KM_FEW_D];
    uint64_t key[KM_FEW_K * KM_FEW_WORDS];
    uint8_t known[KM_FEW_N];
};

/* few_compare.c. f->in[f->now][j]: the points nearest to centroid j, for j > 0, and the sums of their copies.
 * Returns the least gap between what was compared. */
float km_few_compare(km_few *f, int d, int k);

#endif
