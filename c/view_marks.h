/* view_marks.h: the marks of the clusters as small masks. */
#ifndef KM_VIEW_MARKS_H
#define KM_VIEW_MARKS_H

#include <stdint.h>

/* One point's picture at each of KM_SUBPIXELS x KM_SUBPIXELS offsets: of every pixel round it,
 * what part is the point's colour, what part is the rim that sets overlapping points apart, and the rest is
 * left as it was. */
enum { KM_SUBPIXELS = 4, KM_MARK_MAX_RADIUS = 48 };

enum {
#define MARK(id, name) KM_MARK_##id,
#include "defs/marks.def"
#undef MARK
    KM_MARK_COUNT
};

typedef struct km_stamp {
    int reach, stride; /* KM_SUBPIXELS^2 masks of 2 reach + 1 rows, each `stride` pixels apart */
    /* 0 to 256 in either half, for two channels at once. Behind each row are KM_BEYOND pixels left as they
     * were. */
    int32_t *fill, *rim;
    int16_t *spans; /* of each row: the first pixel not left as it was, and the end of these */
} km_stamp;

/* A mark that looks as large as a disc of this radius (clamped to KM_MARK_MAX_RADIUS), with a rim `rim`
 * pixels wide. 0 when memory is out. */
int km_make_stamp(km_stamp *s, int mark, double radius, double rim, double opacity);
void km_free_stamp(km_stamp *s);

/* The marks of one size, each made when first needed. */
typedef struct km_stamps {
    double radius, rim, opacity;
    km_stamp marks[KM_MARK_COUNT]; /* without masks: not made yet */
} km_stamps;

/* That mark; NULL when memory is out. */
const km_stamp *km_mark_of(km_stamps *s, int mark);
/* Forgets marks of another size than these will have. */
void km_size_marks(km_stamps *s, double radius, double rim, double opacity);
void km_free_marks(km_stamps *s);

#endif
