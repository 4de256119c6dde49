/* boxes_sieve.h: which points of a box change their label, by float32 where that is certain. */
#ifndef KM_BOXES_SIEVE_H
#define KM_BOXES_SIEVE_H

#include "boxes_moves.h"
#include "simd.h"
#include <string.h>

enum { KM_SIEVE_CANDIDATES = 8 };

/* Of one box and its candidates: squared distances less that of the first candidate are linear, and are taken
 * about a place near the box's center. */
typedef struct km_sieve {
    int candidates;
    float margin; /* nearer by this for certain */
    float place[KM_BOX_MAX_DIMS];
    float offset[KM_SIEVE_CANDIDATES], slope[KM_SIEVE_CANDIDATES][KM_BOX_MAX_DIMS];
    int32_t label[KM_SIEVE_CANDIDATES];
} km_sieve;

/* 0 when float32 cannot do it: too many candidates, or numbers too large or small. */
int km_sieve_prepare(km_sieve *s, const km_engine *e, const km_boxes *t, const km_box *v,
                     const uint16_t *list, int candidates);
/* Of `count` points from `first` on, at most KM_BOX_TILE, those whose label is not right: their places after
 * `first` to `at` and new labels to `news`. Returns how many, or -1 when some point is too near a border to
 * tell. */
int km_sieve_tile(const km_sieve *s, const km_boxes *t, int first, int count, uint8_t *at, uint16_t *news);
/* boxes_border.c. The same where there are two candidates, with the labels changed and the moves added. 0,
 * and nothing is done, when a point is too near or has a third label. */
int km_sieve_border(const km_sieve *s, km_engine *e, km_boxes *t, km_moves *m, int first, int count);

typedef uint16_t u16x4 __attribute__((vector_size(8)));
/* Four labels. */
static inline i32x4 km_labels_at(const uint16_t *labels) {
    u16x4 v;
    memcpy(&v, labels, sizeof v);
    return __builtin_convertvector(v, i32x4);
}
/* The lanes that are points of the tile. */
static inline i32x4 km_inside(int i, int count) { return (i32x4){0, 1, 2, 3} < count - i; }

#endif
