/* shapes.h: synthetic data sets (defs/shapes.def). */
#ifndef KM_SHAPES_H
#define KM_SHAPES_H

#include "kmeans.h"

typedef enum km_shape {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    KM_SHAPE_##id,
#include "defs/shapes.def"
#undef SHAPE
    KM_SHAPE_COUNT
} km_shape;

/* Fills n points of 2 coordinates (columns: n x values then n y values) and their n true labels.
 * Every coordinate is exactly a float32. n: 1 to KM_MAX_POINTS; noise and dial: the ranges of the table;
 * whole where the table's step is 1; seed: an integer, 0 to 2^53 - 1. KM_ERR_PARAM when outside. Rows are in
 * no order. With the same n and seed, noise and dial move the points and reshuffle nothing. */
KM_API(km_make_shape)
km_status km_make_shape(km_shape shape, int n, double noise, double dial, double seed, double *columns,
                        int32_t *labels);

#endif
