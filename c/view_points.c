/* view_points.c: draws the points, as stamped marks while they are few, by their density when they are many.
 */
#include "internal.h"
#include "view_internal.h"
#include <string.h>

/* Marks smaller than this cannot be told apart; more pixels than these take longer than their density. */
static const double least_stamp = 0.75, most_stamped_pixels = 4e6;

/* Black or white, whichever stands out from the paper. */
uint32_t km_ink(uint32_t paper) {
    const uint32_t light = 2 * (paper & 255) + 5 * (paper >> 8 & 255) + (paper >> 16 & 255);
    return light >= 8 * 128 ? 0xff000000u : 0xffffffffu;
}

static inline uint32_t color_at(const km_view *v, const km_brush *b, int row) {
    const int label = km_label_at(b->labels, row);
    const uint32_t after = km_cluster_color(v, label);
    if (!b->before || b->before[row] == label) return after;
    return km_blend(km_cluster_color(v, b->before[row]), after, b->blend);
}

/* A point takes its new mark half-way through a cross-fade. */
static int mark_at(const km_brush *b, int row) {
    const int label = km_label_at(b->before && b->blend < 128 ? b->before : b->labels, row);
    return label < 0 ? 0 : label % KM_MARK_COUNT;
}

/* Blends four pixels of a mark over the picture. `colors` and `rims` are of the even channels, then of the
 * odd ones. */
static inline void put_four(uint32_t *pixels, i32x4 fill, i32x4 rim, const u16x8 colors[2],
                            const u16x8 rims[2]) {
    const i32x4 mask = i32x4_splat(0x00ff00ff);
    const u16x8 f = (u16x8)fill, r = (u16x8)rim, keep = 256 - f - r;
    i32x4 under;
    memcpy(&under, pixels, sizeof under);
    const u16x8 even = (u16x8)(under & mask) * keep + colors[0] * f + rims[0] * r + 128,
                odd = ((u16x8)under >> 8) * keep + colors[1] * f + rims[1] * r + 128;
    const i32x4 mixed = (i32x4)(even >> 8) | ((i32x4)odd & ~mask);
    memcpy(pixels, &mixed, sizeof mixed);
}

void km_put_stamp(km_view *v, const km_stamp *s, double x, double y, uint32_t color, uint32_t rim) {
    const int reach = s->reach, side = 2 * reach + 1;
    if (!(x >= -reach && x < v->width + reach && y >= -reach && y < v->height + reach)) return;
    const int fine_x = (int)((x + reach) * KM_SUBPIXELS), fine_y = (int)((y + reach) * KM_SUBPIXELS);
    const int left = fine_x / KM_SUBPIXELS - 2 * reach, top = fine_y / KM_SUBPIXELS - 2 * reach;
    const int sub = fine_y % KM_SUBPIXELS * KM_SUBPIXELS + fine_x % KM_SUBPIXELS;
    const int32_t mask = 0x00ff00ff;
    const u16x8 colors[] = {(u16x8)i32x4_splat((int32_t)color & mask),
                            (u16x8)i32x4_splat((int32_t)(color >> 8) & mask)},
                rims[] = {(u16x8)i32x4_splat((int32_t)rim & mask),
                          (u16x8)i32x4_splat((int32_t)(rim >> 8) & mask)};

    for (int j = top < 0 ? -top : 0; j < side && top + j < v->height; j++) {
        const int row = sub * side + j, first = s->spans[2 * row], last = s->spans[2 * row + 1];
        const int begin = left + first < 0 ? -left : first,
                  end = left + last > v->width ? v->width - left : last;
        uint32_t *pixels = v->pixels + (ptrdiff_t)(top + j) * v->width + left;
        const ptrdiff_t at = (ptrdiff_t)row * s->stride;
        for (int i = begin; i < end; i += 4) {
            i32x4 fill = i32x4_load(s->fill + at + i), rest = i32x4_load(s->rim + at + i);
            if (end < last) {
                /* What is beyond the picture's right edge is the next row's left. */
                const i32x4 within = (i32x4){0, 1, 2, 3} < i32x4_splat(end - i);
                fill &= within;
                rest &= within;
            }
            put_four(pixels + i, fill, rest, colors, rims);
        }
    }
}

/* Which points a pass draws, and how. */
typedef struct pen {
    enum { ALL, STAYED, MOVED } which;
    km_stamps *stamps;
    uint32_t rim_color;
} pen;

/* 0 when memory is out. */
static int draw_stamps(km_view *v, const km_brush *b, const km_window *cells, const pen *with) {
    const km_plane *p = &v->plane;
    for (int cy = cells->y0; cy <= cells->y1; cy++) {
        const int end = km_window_end(p, cells, cy);
        for (int s = km_window_begin(p, cells, cy); s < end; s++) {
            const int row = km_row_of(p, s);
            if (with->which != ALL && km_has_moved(b, row) != (with->which == MOVED)) continue;
            const km_stamp *stamp = km_mark_of(with->stamps, mark_at(b, row));
            if (!stamp) return 0;
            km_put_stamp(v, stamp, b->sx * (double)p->x[s] + b->tx, b->sy * (double)p->y[s] + b->ty,
                         color_at(v, b, row), with->rim_color);
        }
    }
    return 1;
}

/* 0 when the points are too small or too many, or memory is out. */
static int draw_marks(km_view *v, const km_brush *b) {
    if (!(b->radius >= least_stamp)) return 0;
    const km_window cells = km_cells_within(&v->plane, b, km_whole(v), 2 * KM_MARK_MAX_RADIUS);
    double count = 0;
    for (int cy = cells.y0; cy <= cells.y1; cy++)
        count += km_window_end(&v->plane, &cells, cy) - km_window_begin(&v->plane, &cells, cy);
    const double side = 2 * b->radius + 1.5;
    if (count * side * side > most_stamped_pixels) return 0;
    km_size_marks(&v->plain, b->radius, b->radius < 5 ? 0.2 * b->radius : 1, b->opacity);
    km_size_marks(&v->ringed, b->radius, b->radius < 5 ? 0.3 * b->radius : 1.5, 1);
    const pen plain = {b->moved ? STAYED : ALL, &v->plain, v->paper},
              ringed = {MOVED, &v->ringed, km_ink(v->paper)};
    return draw_stamps(v, b, &cells, &plain) && (!b->moved || draw_stamps(v, b, &cells, &ringed));
}

static km_brush brush_of(const km_view *v, const int32_t *labels, double radius) {
    const km_plane *p = &v->plane;
    return (km_brush){.labels = labels,
                      .sx = v->sx * p->unit,
                      .tx = v->sx * p->origin[0] + v->tx,
                      .sy = v->sy * p->unit,
                      .ty = v->sy * p->origin[1] + v->ty,
                      .radius = radius};
}

void km_view_points(km_view *v, const int32_t *labels, const int32_t *before, double blend, double radius,
                    double opacity, int moved) {
    if (!v->pixels || v->plane.n == 0) return;
    km_brush b = brush_of(v, labels, radius);
    b.before = before;
    b.blend = km_weight256(blend);
    b.opacity = opacity;
    b.moved = moved && before && labels;
    if (!draw_marks(v, &b)) km_draw_crowd(v, &b);
}

void km_view_lit(km_view *v, const int32_t *labels, double radius, int row) {
    const km_plane *p = &v->plane;
    if (!v->pixels || row < 0 || row >= p->n) return;
    const km_brush b = brush_of(v, labels, radius);
    int s = row;
    for (int i = 0; p->row && i < p->n; i++)
        if (p->row[i] == row) s = i;
    km_stamp made;
    if (!km_make_stamp(&made, mark_at(&b, row), radius >= 3 ? radius + 2 : 5, 2, 1)) return;
    km_put_stamp(v, &made, b.sx * (double)p->x[s] + b.tx, b.sy * (double)p->y[s] + b.ty, color_at(v, &b, row),
                 km_ink(v->paper));
    km_free_stamp(&made);
}
