/* view_density.c: points too many to be marks, as a picture of how many lie where.
 *
 * Each point covers a square of its diameter, smooth at every subpixel offset. A pixel collects the coverage
 * and the colours, weighted by it; in the end it takes the mean colour, over what was under it by an opacity
 * that grows with the logarithm of the coverage, so that both a lone point and the middle of a crowd of
 * thousands are seen as what they are. How fast it grows depends on the plane's density under the camera
 * alone: the shading is steady while labels change.
 *
 * The points come a row of cells at a time, in the order of the picture's rows, so that only a band of pixels
 * is being collected at any time: it stays in cache.
 */
#include "view_density.h"
#include "internal.h"
#include "simd.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum {
    MOST_SPAN = 4, /* pixels a point touches along an axis, at most */
    BLOCK = 256,   /* points that are looked at together */
};
static const double most_side = 3, moved_ink = 0.6;

/* Rows and columns are counted from MOST_SPAN above and before the part. */
typedef struct band {
    f32x4 *sums;      /* ring of rows: red, green, blue, coverage of each pixel */
    int stride, mask; /* pixels a row with its margins; rows of the ring - 1 */
    km_rect part;
    int done; /* rows before this are finished */
} band;

typedef struct inks {
    const uint16_t *shades;
    f32x4 colors[KM_SHADES], ink;
    float blend;
    int moved;
} inks;

/* Stored coordinates to pixels of the picture, of the corner of a point's square. The middle of the picture
 * is subtracted first: what is left is small however near the camera is, and float32 finer than a pixel. */
typedef struct axis {
    float middle, scale, offset;
} axis;

struct km_easel {
    const km_view *v;
    float side;
    double reach;
    axis x, y;
    band band;
    km_tones tones;
    inks inks;
};

/* Where the points of a block are, relative to the part and its margins. */
typedef struct places {
    int32_t left[BLOCK], top[BLOCK]; /* the pixel of the corner; left < 0: out of reach of the part */
    /* What part of the first pixel, of the next and so on is covered. */
    float across[MOST_SPAN][BLOCK], up[MOST_SPAN][BLOCK];
} places;

static f32x4 unpacked(uint32_t color) {
    return (f32x4){(float)(color & 255), (float)(color >> 8 & 255), (float)(color >> 16 & 255), 1};
}

static inline f32x4 mixed(f32x4 a, f32x4 b, float share) { return a + (b - a) * f32x4_splat(share); }

static inline f32x4 *row_of(const band *d, int row) {
    return d->sums + (ptrdiff_t)(row & d->mask) * d->stride;
}

static void clear_margin(f32x4 *sums) {
    for (int i = 0; i < MOST_SPAN; i++) sums[i] = f32x4_splat(0);
}

/* Writes the rows before `end` to the layer, and leaves them empty. Rows above and below the part have
 * collected what falls out of it. */
static void finish_rows(km_easel *l, int end) {
    band *d = &l->band;
    const int width = d->part.x1 - d->part.x0, first = d->part.y0 - MOST_SPAN, last = d->part.y1 + MOST_SPAN;
    if (end > last - first) end = last - first;
    for (; d->done < end; d->done++) {
        const int y = d->done + first;
        f32x4 *row = row_of(d, d->done);
        clear_margin(row);
        if (y < d->part.y0 || y >= d->part.y1)
            for (int x = 0; x < width; x++) row[MOST_SPAN + x] = f32x4_splat(0);
        else
            km_tone_row(&l->tones, row + MOST_SPAN, width,
                        l->v->crowd.layer + (ptrdiff_t)y * l->v->width + d->part.x0);
        clear_margin(row + MOST_SPAN + width);
    }
}

static void make_inks(const km_view *v, inks *k) {
    const km_brush *b = &v->crowd.brush;
    k->shades = v->crowd.shades;
    for (int c = 0; c < v->color_count; c++) k->colors[c] = unpacked(v->colors[c]);
    k->colors[KM_SHADE_UNASSIGNED] = unpacked(v->unassigned);
    k->ink = unpacked(km_ink(v->paper));
    k->blend = (float)b->blend / 256;
    k->moved = b->moved;
}

static inline f32x4 color_of(const inks *k, unsigned shade) {
    const unsigned now = shade & 255, then = shade >> 8;
    const f32x4 color = k->colors[now];
    if (now == then) return color;
    const f32x4 faded = then == KM_SHADE_SAME_COLOR ? color : mixed(k->colors[then], color, k->blend);
    return k->moved && then != KM_SHADE_UNASSIGNED ? mixed(faded, k->ink, (float)moved_ink) : faded;
}

/* Places four points along an axis: the pixels in which their squares begin, counted from `first`, and what
 * they cover of these and the ones after. Returns which of them begin from there to `end`. */
static inline i32x4 place_four(const axis *a, const float *at, float side, int span, int first, int end,
                               int32_t *pixels, float *share) {
    const f32x4 whole = f32x4_splat(0x1.8p23f), one = f32x4_splat(1);
    const f32x4 place =
        (f32x4_load(at) - f32x4_splat(a->middle)) * f32x4_splat(a->scale) + f32x4_splat(a->offset);
    const i32x4 inside = (place >= f32x4_splat((float)first)) & (place < f32x4_splat((float)end));
    /* To the nearest integer, whose bits count up from those of `whole`, then down. */
    const f32x4 near = place + whole, rounded = near - whole;
    const i32x4 above = rounded > place;
    const i32x4 pixel = (i32x4)near - (i32x4)whole + above - first;
    const f32x4 in = place - rounded + (f32x4)(above & (i32x4)one);
    f32x4 left = f32x4_splat(side), room = one - in;
    for (int i = 0; i < span; i++) {
        const f32x4 covered = f32x4_min(left, room);
        memcpy(share + i * BLOCK, &covered, sizeof covered);
        left -= covered;
        room = one;
    }
    memcpy(pixels, &pixel, sizeof pixel);
    return inside;
}

/* Places `count` points from s on. */
static inline void place(const km_easel *l, int s, int count, int span, places *out) {
    const km_plane *p = &l->v->plane;
    const km_rect *part = &l->band.part;
    for (int i = 0; i < count; i += 4) {
        const i32x4 inside = place_four(&l->x, p->x + s + i, l->side, span, part->x0 - MOST_SPAN, part->x1,
                                        out->left + i, out->across[0] + i) &
                             place_four(&l->y, p->y + s + i, l->side, span, part->y0 - MOST_SPAN, part->y1,
                                        out->top + i, out->up[0] + i);
        const i32x4 left = i32x4_load(out->left + i) | ~inside;
        memcpy(out->left + i, &left, sizeof left);
    }
}

/* Collects points begin .. end, whose squares touch `span` pixels along an axis at most. */
static inline __attribute__((always_inline)) void collect_spans(const km_easel *l, int begin, int end,
                                                                int span) {
    uint16_t shades[BLOCK];
    places at;
    const km_plane *p = &l->v->plane;
    const band *d = &l->band;
    const inks *k = &l->inks;
    for (int start = begin; start < end; start += BLOCK) {
        const int points = end - start < BLOCK ? end - start : BLOCK;
        for (int i = 0; i < points; i++) shades[i] = k->shades[km_row_of(p, start + i)];
        place(l, start, points, span, &at);
        for (int i = 0; i < points; i++) {
            if (at.left[i] < 0) continue;
            const f32x4 color = color_of(k, shades[i]);
            for (int j = 0; j < span; j++) {
                f32x4 *sums = row_of(d, at.top[i] + j) + at.left[i];
                const f32x4 part = color * f32x4_splat(at.up[j][i]);
                for (int c = 0; c < span; c++) sums[c] += part * f32x4_splat(at.across[c][i]);
            }
        }
    }
}

static void collect(const km_easel *l, int begin, int end) {
    if (l->side <= 1) collect_spans(l, begin, end, 2);
    else if (l->side <= 2) collect_spans(l, begin, end, 3);
    else collect_spans(l, begin, end, MOST_SPAN);
}

static int ring_rows(const km_view *v, const km_brush *b, double reach) {
    const double needed = 1.1 * __builtin_fabs(b->sy) * v->plane.cell_size[1] + 2 * reach + 4;
    int rows = 8;
    while (rows < needed && rows < v->height + 2 * MOST_SPAN) rows *= 2;
    return rows;
}

/* Of a picture `length` pixels long. */
static axis axis_of(double scale, double offset, double side, int length) {
    const float middle = (float)((length / 2.0 - offset) / scale);
    return (axis){middle, (float)scale, (float)(scale * (double)middle + offset - side / 2)};
}

km_easel *km_open_easel(const km_view *v) {
    const km_brush *b = &v->crowd.brush;
    const double wanted = 2 * b->radius, side = wanted >= 1 ? wanted < most_side ? wanted : most_side : 1;
    km_easel *l = km_array(1, sizeof *l);
    if (!l) return NULL;
    l->v = v;
    l->side = (float)side;
    l->reach = side + 1;
    l->x = axis_of(b->sx, b->tx, side, v->width);
    l->y = axis_of(b->sy, b->ty, side, v->height);
    l->band.stride = v->width + 2 * MOST_SPAN;
    l->band.mask = ring_rows(v, b, l->reach) - 1;
    l->band.sums = km_array((l->band.mask + 1.0) * l->band.stride, sizeof *l->band.sums);
    if (!l->band.sums) {
        free(l);
        return NULL;
    }
    make_inks(v, &l->inks);
    km_make_tones(&l->tones, v->plane.density * side * side / __builtin_fabs(b->sx * b->sy));
    return l;
}

void km_close_easel(km_easel *l) {
    free(l->band.sums);
    free(l);
}

double km_easel_reach(const km_easel *l) { return l->reach; }

void km_paint_density(km_easel *l, km_rect part) {
    const km_plane *p = &l->v->plane;
    const km_brush *b = &l->v->crowd.brush;
    const km_window cells = km_cells_within(p, b, part, l->reach);
    const int count = cells.y1 - cells.y0 + 1;
    l->band.part = part;
    l->band.done = 0;
    for (int i = 0; i < count; i++) {
        km_window row = cells;
        row.y0 = row.y1 = b->sy > 0 ? cells.y0 + i : cells.y1 - i;
        finish_rows(l, km_pixels_of(p, b, row, l->reach).y0 - part.y0 + MOST_SPAN);
        collect(l, km_window_begin(p, &row, row.y0), km_window_end(p, &row, row.y0));
    }
    finish_rows(l, part.y1 - part.y0 + 2 * MOST_SPAN);
}
