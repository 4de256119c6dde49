/* view_internal.h: what the view's own files share. */
#ifndef KM_VIEW_INTERNAL_H
#define KM_VIEW_INTERNAL_H

#include "simd.h"
#include "view.h"
#include "view_marks.h"

enum { KM_VIEW_MAX_SIDE = 8192, KM_VIEW_MAX_COLORS = 254, KM_BEYOND = 3 };

/* Which two numbers of a point are drawn: its coordinates a and b (b = -1: a jitter), or with a = -1 its
 * components along two axes. */
typedef struct km_plane {
    int n, d, a, b;
    double *mean; /* d: of each column */
    double *axes; /* 2 x d, orthonormal, from the mean; NULL for columns */
    double shares[2], bounds[4];
    /* The drawn points, n each: (coordinate - origin) / unit, so within -1 .. 1 whatever the data's offset
     * and size, and a float32 is finer than a pixel. Point s of them is row[s] of the data, or s when row is
     * NULL. Behind them is room to read KM_BEYOND more. */
    float *x, *y;
    double origin[2], unit;
    /* They stand in the order of grid x grid cells, row of cells after row, each cell's in the order of the
     * data: cell c's are first[c] to first[c + 1]. low: stored coordinates of the first cell's corner. */
    int32_t *row, *first;
    uint16_t *cell; /* of each row; NULL where there is but one */
    int grid;
    double low[2], cell_size[2];
    double density; /* points on an area of one stored unit squared, as a point sees them */
} km_plane;

static inline int km_row_of(const km_plane *p, int s) { return p->row ? p->row[s] : s; }

/* What one drawing of the points is done with. */
typedef struct km_brush {
    const int32_t *labels, *before;
    uint32_t blend;        /* 0: all before, 256: all labels */
    double sx, tx, sy, ty; /* stored coordinates to pixels */
    double radius, opacity;
    int moved;
} km_brush;

/* Pixels x0 .. x1 - 1 of rows y0 .. y1 - 1. */
typedef struct km_rect {
    int x0, x1, y0, y1;
} km_rect;

/* The density of the points as it was last drawn (view_crowd.c), kept so that the next picture is made of it
 * where nothing has changed. */
typedef struct km_crowd {
    uint32_t *layer;  /* width x height: a colour, and in the highest byte how opaque it is; NULL: none yet */
    uint16_t *shades; /* n: what colours each row of the data */
    uint8_t *stale;   /* of each cell: whether points in it look other than before; then of each tile */
    km_brush brush;   /* what it was drawn with; its labels are not kept */
} km_crowd;

struct km_view {
    km_plane plane;
    km_crowd crowd;
    km_stamps plain, ringed; /* the marks of the last drawing: of all points, and of those that moved */
    int width, height;
    uint32_t *pixels;      /* with room behind them for KM_BEYOND more */
    double sx, tx, sy, ty; /* finite, sx and sy not 0 */
    uint32_t colors[KM_VIEW_MAX_COLORS], unassigned, paper;
    int color_count;
};

/* view_plane.c. */
void km_free_plane(km_plane *p);
/* The largest distance of a coordinate from its column's mean: variances are measured in units
 * of it, so that no square overflows. */
double km_largest_deviation(const km_engine *e, const double *mean);

static inline int km_label_at(const int32_t *labels, int i) { return labels ? labels[i] : -1; }
/* Whether row i went from one cluster to another. One that had none has only joined. */
static inline int km_has_moved(const km_brush *b, int i) {
    return b->before && b->labels && b->before[i] >= 0 && b->before[i] != b->labels[i];
}
static inline uint32_t km_cluster_color(const km_view *v, int label) {
    return label < 0 ? v->unassigned : v->colors[label < v->color_count ? label : label % v->color_count];
}

/* view_order.c. Puts the points of a new plane in order. 0 when memory is out. */
int km_order_points(km_plane *p);

/* A rectangle of cells, both ends included; without any when an end is before its start. */
typedef struct km_window {
    int x0, x1, y0, y1;
} km_window;
static inline km_rect km_whole(const km_view *v) { return (km_rect){0, v->width, 0, v->height}; }
/* The cells that may hold a point drawn within `reach` pixels of a part of the picture. */
km_window km_cells_within(const km_plane *p, const km_brush *b, km_rect part, double reach);
/* The pixels that the points of these cells may touch, drawn within `reach` of their places; those outside
 * the picture too. */
km_rect km_pixels_of(const km_plane *p, const km_brush *b, km_window cells, double reach);
/* Points begin .. end of row y of the cells stand together. */
static inline int km_window_begin(const km_plane *p, const km_window *c, int y) {
    return c->x0 > c->x1 ? 0 : p->first[y * p->grid + c->x0];
}
static inline int km_window_end(const km_plane *p, const km_window *c, int y) {
    return c->x0 > c->x1 ? 0 : p->first[y * p->grid + c->x1 + 1];
}

/* What colours a row of the data: that of its label in the low byte, of its label before in the high one. The
 * labels are read in the order of the rows, and what is then picked up in the order of the cells is small
 * enough to stay in cache: straight from the labels it took three times as long. */
enum { KM_SHADE_SAME_COLOR = KM_VIEW_MAX_COLORS, KM_SHADE_UNASSIGNED, KM_SHADES };

/* view_crowd.c. Draws every point as a small square whose coverage adds up. 0 when memory is out. */
int km_draw_crowd(km_view *v, const km_brush *b);
/* Forgets what is kept of the last drawing: other points, another size, other colours. */
void km_forget_crowd(km_view *v);
/* view_density.c. Paints parts of the layer by the shades and the brush of the crowd. */
typedef struct km_easel km_easel;
/* NULL when memory is out. */
km_easel *km_open_easel(const km_view *v);
void km_close_easel(km_easel *l);
/* How far from its place, in pixels, a point may be seen. */
double km_easel_reach(const km_easel *l);
/* What a part becomes does not depend on what is painted with it: pixels collect the same points in the same
 * order. */
void km_paint_density(km_easel *l, km_rect part);
/* view_tones.c. Lays the layer over the picture. */
void km_lay_density(km_view *v);
/* view_shades.c. Shades all rows, and marks the cells as stale that hold one that looks other than before: of
 * another shade; or also between two colours, whose mix is another; or, when all are drawn anew, marks none.
 */
typedef enum km_redraw { KM_REDRAW_CHANGED, KM_REDRAW_FADED, KM_REDRAW_ALL } km_redraw;
void km_shade_rows(km_view *v, const km_brush *b, km_redraw which);
/* view_points.c. Black or white, whichever stands out from the paper. */
uint32_t km_ink(uint32_t paper);

/* view_pca.c. The two directions of largest variance about `mean` into axes (2 x d) and their shares of all
 * variance. d >= 2. 0 when memory is out. */
int km_principal_axes(const km_engine *e, const double *mean, double *axes, double *shares);

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
/* The same for four pixels, each by its own weight. */
static inline i32x4 km_blend_four(i32x4 under, i32x4 color, i32x4 weight) {
    const i32x4 mask = i32x4_splat(0x00ff00ff);
    const u16x8 w = (u16x8)(weight | weight << 16), rest = 256 - w;
    const u16x8 low = (u16x8)(under & mask) * rest + (u16x8)(color & mask) * w + 128,
                high = ((u16x8)under >> 8) * rest + ((u16x8)color >> 8) * w + 128;
    return (i32x4)(low >> 8) | ((i32x4)high & ~mask);
}

/* A weight 0 to 256 in a byte, where 127 and 128 are one, and back. */
static inline uint32_t km_weight_byte(uint32_t weight) { return weight < 128 ? weight : weight - 1; }
static inline uint32_t km_byte_weight(uint32_t byte) { return byte + (byte >> 7); }

/* 0 to 1 as a weight 0 to 256; NaN is 0. */
static inline uint32_t km_weight256(double share) {
    return share >= 1 ? 256 : share > 0 ? (uint32_t)(256 * share + 0.5) : 0;
}

#endif
