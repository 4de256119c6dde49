/* view_internal.h: what the view's own files share. */
#ifndef KM_VIEW_INTERNAL_H
#define KM_VIEW_INTERNAL_H

#include "view.h"

enum { KM_VIEW_MAX_SIDE = 8192, KM_VIEW_MAX_COLORS = 256 };

/* Which two numbers of a point are drawn: its coordinates a and b (b = -1: a jitter), or with a = -1 its
 * components along two axes. */
typedef struct km_plane {
    int n, d, a, b;
    double *mean; /* d: of each column */
    double *axes; /* 2 x d, orthonormal, from the mean; NULL for columns */
    double shares[2], bounds[4];
    /* The drawn points, n each: (coordinate - origin) / unit, so within -1 .. 1 whatever the data's offset
     * and size, and a float32 is finer than a pixel. */
    float *x, *y;
    double origin[2], unit;
} km_plane;

struct km_view {
    km_plane plane;
    int width, height;
    uint32_t *pixels;
    double sx, tx, sy, ty; /* finite, sx and sy not 0 */
    uint32_t colors[KM_VIEW_MAX_COLORS], unassigned, paper;
    int color_count;
};

/* view_plane.c. The largest distance of a coordinate from its column's mean: variances are measured in units
 * of it, so that no square overflows. */
double km_largest_deviation(const km_engine *e, const double *mean);

/* view_pca.c. The two directions of largest variance about `mean` into axes (2 x d) and their shares of all
 * variance. d >= 2. 0 when memory is out. */
int km_principal_axes(const km_engine *e, const double *mean, double *axes, double *shares);

/* view_marks.c. One point's picture at each of KM_SUBPIXELS x KM_SUBPIXELS offsets: of every pixel round it,
 * what part is left as it was, what part is the rim that sets overlapping points apart, and what part is the
 * point's colour. */
enum { KM_SUBPIXELS = 4, KM_MARK_MAX_RADIUS = 48 };

enum {
#define MARK(id, name) KM_MARK_##id,
#include "defs/marks.def"
#undef MARK
    KM_MARK_COUNT
};

typedef struct km_mask_pixel {
    uint16_t keep, rim, fill; /* sum to 256 */
} km_mask_pixel;

typedef struct km_stamp {
    int reach;             /* the masks are 2 reach + 1 pixels across */
    km_mask_pixel *pixels; /* KM_SUBPIXELS^2 masks */
    int16_t *spans;        /* of each of their rows: the first pixel not all kept, and the end of these */
} km_stamp;

/* A mark that looks as large as a disc of this radius (clamped to KM_MARK_MAX_RADIUS), with a rim `rim`
 * pixels wide. 0 when memory is out. */
int km_make_stamp(km_stamp *s, int mark, double radius, double rim, double opacity);
void km_free_stamp(km_stamp *s);
/* view_points.c. Blends a mark over the picture, its center at (x, y) device pixels. */
void km_put_stamp(km_view *v, const km_stamp *s, double x, double y, uint32_t color, uint32_t rim);

/* Blends `color` at weight 0 to 256 over `under`, both 0xAABBGGRR; two channels at a time in 16-bit fields.
 */
static inline uint32_t km_blend(uint32_t under, uint32_t color, uint32_t weight) {
    const uint32_t mask = 0x00ff00ff, half = 0x00800080, rest = 256 - weight;
    const uint32_t low = ((under & mask) * rest + (color & mask) * weight + half) >> 8 & mask;
    const uint32_t high = ((under >> 8 & mask) * rest + (color >> 8 & mask) * weight + half) & ~mask;
    return low | high;
}

/* 0 to 1 as a weight 0 to 256; NaN is 0. */
static inline uint32_t km_weight256(double share) {
    return share >= 1 ? 256 : share > 0 ? (uint32_t)(256 * share + 0.5) : 0;
}

#endif
