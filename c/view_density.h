/* view_density.h: how the density of the points becomes colours. */
#ifndef KM_VIEW_DENSITY_H
#define KM_VIEW_DENSITY_H

#include "simd.h"

/* Opacities by coverage: up to 1 in steps of a weight, and above, up to where it is full, in as many as
 * these. */
enum { KM_TONES_THIN = 257, KM_TONES_DENSE = 1024 };

typedef struct km_tones {
    float thin, dense; /* coverage below 1 to its place in the first part; others to theirs in the second */
    uint8_t opacity[KM_TONES_THIN + KM_TONES_DENSE];
} km_tones;

/* seen: how often a pixel is covered, as a point sees it. */
void km_make_tones(km_tones *t, double seen);
/* Writes pixels of the layer from their sums (red, green and blue weighted by coverage, coverage) and clears
 * the sums. Of these up to three more than `width` are read and cleared. */
void km_tone_row(const km_tones *t, f32x4 *sums, int width, uint32_t *pixels);

#endif
