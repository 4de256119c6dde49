/* view_points.c: draws the points, as stamped marks while they are few, by their density when they are many.
 */
#include "internal.h"
#include "view_internal.h"

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

void km_put_stamp(km_view *v, const km_stamp *s, double x, double y, uint32_t color, uint32_t rim) {
    const int reach = s->reach, side = 2 * reach + 1;
    if (!(x >= -reach && x < v->width + reach && y >= -reach && y < v->height + reach)) return;
    const int fine_x = (int)((x + reach) * KM_SUBPIXELS), fine_y = (int)((y + reach) * KM_SUBPIXELS);
    const int left = fine_x / KM_SUBPIXELS - 2 * reach, top = fine_y / KM_SUBPIXELS - 2 * reach;
    const int sub = fine_y % KM_SUBPIXELS * KM_SUBPIXELS + fine_x % KM_SUBPIXELS;
    const uint32_t mask = 0x00ff00ff, half = 0x00800080;
    const uint32_t low = color & mask, high = color >> 8 & mask, rim_low = rim & mask,
                   rim_high = rim >> 8 & mask;

    for (int j = top < 0 ? -top : 0; j < side && top + j < v->height; j++) {
        const int row = sub * side + j;
        const int first = s->spans[2 * row], last = s->spans[2 * row + 1];
        const int begin = left + first < 0 ? -left : first,
                  end = left + last > v->width ? v->width - left : last;
        uint32_t *pixels = v->pixels + (ptrdiff_t)(top + j) * v->width;
        for (int i = begin; i < end; i++) {
            const km_mask_pixel m = s->pixels[row * side + i];
            const uint32_t under = pixels[left + i];
            const uint32_t even = (under & mask) * m.keep + rim_low * m.rim + low * m.fill + half;
            const uint32_t odd = (under >> 8 & mask) * m.keep + rim_high * m.rim + high * m.fill + half;
            pixels[left + i] = (even >> 8 & mask) | (odd & ~mask);
        }
    }
}

/* How a pass over the points draws them, and which. */
typedef struct pen {
    enum { ALL, STAYED, MOVED } which;
    double rim, opacity;
    uint32_t rim_color;
    km_stamp stamps[KM_MARK_COUNT]; /* made when first needed */
} pen;

/* 0 when memory is out. */
static int draw_stamps(km_view *v, const km_brush *b, const km_window *cells, pen *with) {
    const km_plane *p = &v->plane;
    int enough = 1;
    for (int cy = cells->y0; cy <= cells->y1; cy++) {
        const int end = km_window_end(p, cells, cy);
        for (int s = km_window_begin(p, cells, cy); s < end && enough; s++) {
            const int row = km_row_of(p, s);
            if (with->which != ALL && km_has_moved(b, row) != (with->which == MOVED)) continue;
            const int mark = mark_at(b, row);
            km_stamp *const made = &with->stamps[mark];
            if (!made->pixels) enough = km_make_stamp(made, mark, b->radius, with->rim, with->opacity);
            if (enough)
                km_put_stamp(v, made, b->sx * (double)p->x[s] + b->tx, b->sy * (double)p->y[s] + b->ty,
                             color_at(v, b, row), with->rim_color);
        }
    }
    for (int mark = 0; mark < KM_MARK_COUNT; mark++) km_free_stamp(&with->stamps[mark]);
    return enough;
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
    pen plain = {.which = b->moved ? STAYED : ALL,
                 .rim = b->radius < 5 ? 0.2 * b->radius : 1,
                 .opacity = b->opacity,
                 .rim_color = v->paper};
    if (!draw_stamps(v, b, &cells, &plain)) return 0;
    pen ringed = {.which = MOVED,
                  .rim = b->radius < 5 ? 0.3 * b->radius : 1.5,
                  .opacity = 1,
                  .rim_color = km_ink(v->paper)};
    return !b->moved || draw_stamps(v, b, &cells, &ringed);
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
