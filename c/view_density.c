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
#include "elementary.h"
#include "internal.h"
#include "simd.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum {
    MOST_COVER = 4, /* pixels a point touches along an axis, at most */
    TONES = 1024,
};
static const double most_side = 3, moved_ink = 0.6;

typedef struct band {
    f32x4 *sums;      /* ring of rows: red, green, blue, coverage of each pixel of the part */
    f32x4 *outside;   /* a row for what falls above or below the part */
    int stride, mask; /* pixels a row with its margins; rows of the ring - 1 */
    km_rect part;
    int done; /* rows above this are finished */
} band;

typedef struct tones {
    uint32_t lone;        /* opacity (0 to 256) of a pixel covered once */
    uint8_t crowd[TONES]; /* of one covered more often, as a byte */
    float scale;          /* coverage to place in it */
} tones;

typedef struct inks {
    const uint16_t *shades;
    f32x4 colors[KM_SHADES], ink;
    float blend;
    int moved;
} inks;

struct km_easel {
    const km_view *v;
    float side;
    double reach;
    band band;
    tones tones;
    inks inks;
};

/* seen: how often a pixel is covered, as a point sees it. */
static void make_tones(tones *t, double seen) {
    const double crowded = seen > 1 ? seen : 1, full = 3 * crowded > 4 ? 3 * crowded : 4;
    const double lone = 1 / (1 + 0.45 * km_log(crowded));
    t->lone = km_weight256(lone);
    t->scale = (float)((TONES - 1) / full);
    const double log_full = km_log(full);
    for (int i = 0; i < TONES; i++) {
        const double coverage = (i + 0.5) / (double)t->scale;
        const double opacity = coverage <= 1 ? lone : lone + (1 - lone) * km_log(coverage) / log_full;
        t->crowd[i] = (uint8_t)km_weight_byte(km_weight256(opacity));
    }
}

static f32x4 unpacked(uint32_t color) {
    return (f32x4){(float)(color & 255), (float)(color >> 8 & 255), (float)(color >> 16 & 255), 1};
}

static inline f32x4 mixed(f32x4 a, f32x4 b, float share) {
    const f32x4 s = {share, share, share, share};
    return a + (b - a) * s;
}

/* Writes the rows before `end` that are collected to the layer. */
static void finish_rows(km_easel *l, int end) {
    band *d = &l->band;
    const tones *t = &l->tones;
    const int width = d->part.x1 - d->part.x0;
    if (end > d->part.y1) end = d->part.y1;
    for (; d->done < end; d->done++) {
        f32x4 *row = d->sums + (ptrdiff_t)(d->done & d->mask) * d->stride, *sums = row + MOST_COVER;
        uint32_t *pixels = l->v->crowd.layer + (ptrdiff_t)d->done * l->v->width + d->part.x0;
        for (int x = 0; x < width; x++) {
            const f32x4 sum = sums[x];
            const float coverage = sum[3];
            pixels[x] = 0;
            if (!(coverage > 0)) continue;
            const float rounding = 0.5f, inverse = 1 / coverage;
            const uint32_t color = (uint32_t)(sum[2] * inverse + rounding) << 16 |
                                   (uint32_t)(sum[1] * inverse + rounding) << 8 |
                                   (uint32_t)(sum[0] * inverse + rounding);
            uint32_t opacity;
            if (coverage < 1) {
                opacity = km_weight_byte((uint32_t)(coverage * (float)t->lone + rounding));
            } else {
                const float place = coverage * t->scale;
                opacity = t->crowd[place < TONES - 1 ? (int)place : TONES - 1];
            }
            pixels[x] = opacity << 24 | color;
        }
        memset(row, 0, (size_t)(width + 2 * MOST_COVER) * sizeof *row);
    }
}

/* Coverage of the pixels from floor(from) on by a span of `side` that begins at `from`. */
static inline int cover(float from, float side, int count, float *share) {
    const int first = (int)(from + 16) - 16; /* from > -16 */
    float left = side, room = (float)(first + 1) - from;
    for (int i = 0; i < count; i++) {
        share[i] = left < room ? left : room;
        left -= share[i];
        room = 1;
    }
    return first;
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

/* Adds a color to count x count pixels from (left, top) on, by how much of each it covers. */
static inline __attribute__((always_inline)) void spread(const band *d, f32x4 color, int left, int top,
                                                         const float *across, const float *up, int count) {
    for (int j = 0; j < count; j++) {
        const int at = top + j;
        f32x4 *sums = at >= d->part.y0 && at < d->part.y1 ? d->sums + (ptrdiff_t)(at & d->mask) * d->stride
                                                          : d->outside;
        sums += left - d->part.x0 + MOST_COVER;
        const f32x4 part = color * (f32x4){up[j], up[j], up[j], up[j]};
        for (int c = 0; c < count; c++) sums[c] += part * (f32x4){across[c], across[c], across[c], across[c]};
    }
}

/* Collects points begin .. end, each touching `count` pixels along an axis. */
static inline __attribute__((always_inline)) void collect(const km_easel *l, int begin, int end, float side,
                                                          int count) {
    enum { BLOCK = 256 };
    uint16_t shades[BLOCK];
    const km_plane *p = &l->v->plane;
    const km_brush *b = &l->v->crowd.brush;
    const band *d = &l->band;
    const inks *k = &l->inks;
    const double left_end = d->part.x0 - MOST_COVER, top_end = d->part.y0 - MOST_COVER;
    const double sx = b->sx, sy = b->sy, tx = b->tx - (double)side / 2, ty = b->ty - (double)side / 2;
    for (int start = begin; start < end; start += BLOCK) {
        const int points = end - start < BLOCK ? end - start : BLOCK;
        for (int i = 0; i < points; i++) shades[i] = k->shades[km_row_of(p, start + i)];
        for (int i = 0; i < points; i++) {
            const double x = sx * (double)p->x[start + i] + tx, y = sy * (double)p->y[start + i] + ty;
            if (!(x > left_end && x < d->part.x1 && y > top_end && y < d->part.y1)) continue;
            const f32x4 color = color_of(k, shades[i]);
            float across[MOST_COVER], up[MOST_COVER];
            const int left = cover((float)x, side, count, across), top = cover((float)y, side, count, up);
            /* A square little larger than a pixel seldom reaches a third: half the time at 100,000 points. */
            if (count > 2 && across[count - 1] == 0 && up[count - 1] == 0)
                spread(d, color, left, top, across, up, count - 1);
            else spread(d, color, left, top, across, up, count);
        }
    }
}

static void collect_by_size(const km_easel *l, int begin, int end) {
    if (l->side <= 1) collect(l, begin, end, 1, 2);
    else if (l->side <= 2) collect(l, begin, end, l->side, 3);
    else collect(l, begin, end, l->side, 4);
}

static int ring_rows(const km_view *v, const km_brush *b, double reach) {
    const double needed = 1.1 * __builtin_fabs(b->sy) * v->plane.cell_size[1] + 2 * reach + 4;
    int rows = 8;
    while (rows < needed && rows < v->height) rows *= 2;
    return rows;
}

km_easel *km_open_easel(const km_view *v) {
    const km_brush *b = &v->crowd.brush;
    const double wanted = 2 * b->radius, side = wanted >= 1 ? wanted < most_side ? wanted : most_side : 1;
    km_easel *l = km_array(1, sizeof *l);
    if (!l) return NULL;
    l->v = v;
    l->side = (float)side;
    l->reach = side + 1;
    l->band.stride = v->width + 2 * MOST_COVER;
    l->band.mask = ring_rows(v, b, l->reach) - 1;
    l->band.sums = km_array((l->band.mask + 2.0) * l->band.stride, sizeof *l->band.sums);
    if (!l->band.sums) {
        free(l);
        return NULL;
    }
    l->band.outside = l->band.sums + (ptrdiff_t)(l->band.mask + 1) * l->band.stride;
    make_inks(v, &l->inks);
    make_tones(&l->tones, v->plane.density * side * side / __builtin_fabs(b->sx * b->sy));
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
    l->band.done = part.y0;
    for (int i = 0; i < count; i++) {
        km_window row = cells;
        row.y0 = row.y1 = b->sy > 0 ? cells.y0 + i : cells.y1 - i;
        finish_rows(l, km_pixels_of(p, b, row, l->reach).y0);
        collect_by_size(l, km_window_begin(p, &row, row.y0), km_window_end(p, &row, row.y0));
    }
    finish_rows(l, part.y1);
}
