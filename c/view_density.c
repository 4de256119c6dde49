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
#include "view_internal.h"
#include <stdlib.h>

typedef float f32x4 __attribute__((vector_size(16)));

enum {
    MOST_COVER = 4, /* pixels a point touches along an axis, at most */
    TONES = 1024,
};
static const double most_side = 3, moved_ink = 0.6;

typedef struct band {
    f32x4 *sums;       /* ring of rows: red, green, blue, coverage of each pixel */
    f32x4 *outside;    /* a row for what falls above or below the picture */
    int stride, mask;  /* pixels a row with its margins; rows of the ring - 1 */
    int width, height; /* of the picture */
    int done;          /* rows above this are finished */
} band;

typedef struct tones {
    uint32_t lone;         /* opacity (0 to 256) of a pixel covered once */
    uint32_t crowd[TONES]; /* of one covered more often */
    float scale;           /* coverage to place in it */
} tones;

/* seen: how often a pixel is covered, as a point sees it. */
static void make_tones(tones *t, double seen) {
    const double crowded = seen > 1 ? seen : 1, full = 3 * crowded > 4 ? 3 * crowded : 4;
    const double lone = 1 / (1 + 0.45 * km_log(crowded));
    t->lone = km_weight256(lone);
    t->scale = (float)((TONES - 1) / full);
    const double log_full = km_log(full);
    for (int i = 0; i < TONES; i++) {
        const double coverage = (i + 0.5) / (double)t->scale;
        t->crowd[i] = km_weight256(coverage <= 1 ? lone : lone + (1 - lone) * km_log(coverage) / log_full);
    }
}

static f32x4 unpacked(uint32_t color) {
    return (f32x4){(float)(color & 255), (float)(color >> 8 & 255), (float)(color >> 16 & 255), 1};
}

static inline f32x4 mixed(f32x4 a, f32x4 b, float share) {
    const f32x4 s = {share, share, share, share};
    return a + (b - a) * s;
}

static void finish_rows(km_view *v, band *d, const tones *t, int end) {
    if (end > d->height) end = d->height;
    for (; d->done < end; d->done++) {
        f32x4 *sums = d->sums + (ptrdiff_t)(d->done & d->mask) * d->stride + MOST_COVER;
        uint32_t *pixels = v->pixels + (ptrdiff_t)d->done * d->width;
        for (int x = 0; x < d->width; x++) {
            const f32x4 sum = sums[x];
            const float coverage = sum[3];
            if (!(coverage > 0)) continue;
            sums[x] = (f32x4){0, 0, 0, 0};
            const float rounding = 0.5f, inverse = 1 / coverage;
            const uint32_t color = 0xff000000u | (uint32_t)(sum[2] * inverse + rounding) << 16 |
                                   (uint32_t)(sum[1] * inverse + rounding) << 8 |
                                   (uint32_t)(sum[0] * inverse + rounding);
            uint32_t opacity;
            if (coverage < 1) {
                opacity = (uint32_t)(coverage * (float)t->lone + rounding);
            } else {
                const float place = coverage * t->scale;
                opacity = t->crowd[place < TONES - 1 ? (int)place : TONES - 1];
            }
            pixels[x] = km_blend(pixels[x], color, opacity);
        }
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

/* What colours a row of the data: that of its label in the low byte, of its label before in the high one. The
 * labels are read in the order of the rows, and what is then picked up in the order of the cells is small
 * enough to stay in cache: straight from the labels it took three times as long. */
enum { UNASSIGNED = KM_VIEW_MAX_COLORS, SAME_COLOR = UNASSIGNED + 1 };

static inline unsigned shade_of(const km_view *v, int label) {
    if (label < 0) return UNASSIGNED;
    return (unsigned)(label < v->color_count ? label : label % v->color_count);
}

static uint16_t *make_shades(const km_view *v, const km_brush *b) {
    const int n = v->plane.n;
    uint16_t *shades = malloc((size_t)n * sizeof *shades); /* every one is set below */
    if (!shades) return NULL;
    for (int i = 0; i < n; i++) {
        const int label = km_label_at(b->labels, i), before = b->before ? b->before[i] : label;
        const unsigned now = shade_of(v, label);
        unsigned then = now;
        if (before != label) {
            then = shade_of(v, before);
            if (then == now) then = SAME_COLOR;
        }
        shades[i] = (uint16_t)(now | then << 8);
    }
    return shades;
}

typedef struct inks {
    const uint16_t *shades;
    f32x4 colors[SAME_COLOR + 1], ink;
    float blend;
    int moved;
} inks;

static void make_inks(const km_view *v, const km_brush *b, inks *k) {
    for (int c = 0; c < v->color_count; c++) k->colors[c] = unpacked(v->colors[c]);
    k->colors[UNASSIGNED] = unpacked(v->unassigned);
    k->ink = unpacked(km_ink(v->paper));
    k->blend = (float)b->blend / 256;
    k->moved = b->moved;
}

static inline f32x4 color_of(const inks *k, unsigned shade) {
    const unsigned now = shade & 255, then = shade >> 8;
    const f32x4 color = k->colors[now];
    if (now == then) return color;
    const f32x4 faded = then == SAME_COLOR ? color : mixed(k->colors[then], color, k->blend);
    return k->moved && then != UNASSIGNED ? mixed(faded, k->ink, (float)moved_ink) : faded;
}

/* Adds a color to count x count pixels from (left, top) on, by how much of each it covers. */
static inline __attribute__((always_inline)) void spread(band *d, f32x4 color, int left, int top,
                                                         const float *across, const float *up, int count) {
    for (int j = 0; j < count; j++) {
        const int at = top + j;
        f32x4 *sums =
            at >= 0 && at < d->height ? d->sums + (ptrdiff_t)(at & d->mask) * d->stride : d->outside;
        sums += left + MOST_COVER;
        const f32x4 part = color * (f32x4){up[j], up[j], up[j], up[j]};
        for (int c = 0; c < count; c++) sums[c] += part * (f32x4){across[c], across[c], across[c], across[c]};
    }
}

/* Collects points begin .. end, each touching `count` pixels along an axis. */
static inline __attribute__((always_inline)) void collect(const km_plane *p, const km_brush *b, band *d,
                                                          const inks *k, int begin, int end, float side,
                                                          int count) {
    enum { BLOCK = 256 };
    uint16_t shades[BLOCK];
    const double sx = b->sx, sy = b->sy, tx = b->tx - (double)side / 2, ty = b->ty - (double)side / 2;
    for (int start = begin; start < end; start += BLOCK) {
        const int points = end - start < BLOCK ? end - start : BLOCK;
        for (int i = 0; i < points; i++) shades[i] = k->shades[km_row_of(p, start + i)];
        for (int i = 0; i < points; i++) {
            const double x = sx * (double)p->x[start + i] + tx, y = sy * (double)p->y[start + i] + ty;
            if (!(x > -MOST_COVER && x < d->width && y > -MOST_COVER && y < d->height)) continue;
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

static void collect_by_size(const km_plane *p, const km_brush *b, band *d, const inks *k, int begin, int end,
                            float side) {
    if (side <= 1) collect(p, b, d, k, begin, end, 1, 2);
    else if (side <= 2) collect(p, b, d, k, begin, end, side, 3);
    else collect(p, b, d, k, begin, end, side, 4);
}

/* Rows of the picture that a row of cells may touch. */
static void rows_of_cells(const km_view *v, const km_brush *b, int cy, double reach, double *from,
                          double *to) {
    const km_plane *p = &v->plane;
    const double a = b->sy * (p->low[1] + cy * p->cell[1]) + b->ty,
                 c = b->sy * (p->low[1] + (cy + 1) * p->cell[1]) + b->ty;
    *from = (a < c ? a : c) - reach;
    *to = (a < c ? c : a) + reach;
}

static int ring_rows(const km_view *v, const km_brush *b, double reach) {
    const double needed = __builtin_fabs(b->sy) * v->plane.cell[1] + 2 * reach + 2;
    int rows = 8;
    while (rows < needed && rows < v->height) rows *= 2;
    return rows;
}

int km_draw_density(km_view *v, const km_brush *b) {
    const km_plane *p = &v->plane;
    const double wanted = 2 * b->radius, side = wanted >= 1 ? wanted < most_side ? wanted : most_side : 1;
    const double reach = side + 1;
    band d = {.width = v->width, .height = v->height, .stride = v->width + 2 * MOST_COVER};
    d.mask = ring_rows(v, b, reach) - 1;
    d.sums = km_array((d.mask + 2.0) * d.stride, sizeof *d.sums);
    d.outside = d.sums + (ptrdiff_t)(d.mask + 1) * d.stride;
    inks k;
    make_inks(v, b, &k);
    uint16_t *const shades = make_shades(v, b);
    k.shades = shades;
    const int enough = d.sums && shades;
    if (enough) {
        tones t;
        make_tones(&t, p->density * side * side / __builtin_fabs(b->sx * b->sy));
        const km_window cells = km_visible_cells(v, b, reach);
        const int count = cells.y1 - cells.y0 + 1;
        for (int i = 0; i < count; i++) {
            const int cy = b->sy > 0 ? cells.y0 + i : cells.y1 - i;
            double from, to;
            rows_of_cells(v, b, cy, reach, &from, &to);
            finish_rows(v, &d, &t, from < 0 ? 0 : from < v->height ? (int)from : v->height);
            collect_by_size(p, b, &d, &k, km_window_begin(p, &cells, cy), km_window_end(p, &cells, cy),
                            (float)side);
        }
        finish_rows(v, &d, &t, v->height);
    }
    free(d.sums);
    free(shades);
    return enough;
}
