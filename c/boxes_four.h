/* boxes_four.h: four points at a time. */
#ifndef KM_BOXES_FOUR_H
#define KM_BOXES_FOUR_H

#include "boxes.h"
#include "simd.h"

/* The coordinates, as float32, of the points at four places: d columns. */
static inline __attribute__((always_inline)) void km_boxes_four(const km_boxes *t, int d, int place,
                                                                f32x4 *columns) {
    const float *x = t->x + km_place_of(d, t->stride, place, 0);
    if (d == 2) {
        const f32x4 a = f32x4_load(x), b = f32x4_load(x + 4);
        columns[0] = f32x4_even(a, b);
        columns[1] = f32x4_odd(a, b);
    } else {
        for (int a = 0; a < d; a++) columns[a] = f32x4_load(x + a * t->stride);
    }
}

#endif
