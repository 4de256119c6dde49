/* view_points.c: draws the points, as stamped marks while they are few and large, as single pixels when many.
 */
#include "internal.h"
#include "view_internal.h"

/* What one call draws with. */
typedef struct brush {
    const int32_t *labels, *before;
    uint32_t blend;                 /* 0: all before, 256: all labels */
    double sx, tx, sy, ty;          /* stored coordinates to pixels */
    km_stamp stamps[KM_MARK_COUNT]; /* made when first needed */
    double radius, rim, opacity;
} brush;

static int label_at(const int32_t *labels, int i) { return labels ? labels[i] : -1; }

static uint32_t cluster_color(const km_view *v, int label) {
    return label < 0 ? v->unassigned : v->colors[label < v->color_count ? label : label % v->color_count];
}

static inline uint32_t color_at(const km_view *v, const brush *b, int i) {
    const uint32_t after = cluster_color(v, label_at(b->labels, i));
    if (!b->before || b->before[i] == label_at(b->labels, i)) return after;
    return km_blend(cluster_color(v, b->before[i]), after, b->blend);
}

/* A point takes its new mark half-way through a cross-fade. */
static int mark_at(const brush *b, int i) {
    const int label = label_at(b->before && b->blend < 128 ? b->before : b->labels, i);
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

static void draw_pixels(km_view *v, const brush *b) {
    const km_plane *p = &v->plane;
    for (int i = 0; i < p->n; i++) {
        const double x = b->sx * (double)p->x[i] + b->tx, y = b->sy * (double)p->y[i] + b->ty;
        if (x >= 0 && x < v->width && y >= 0 && y < v->height)
            v->pixels[(ptrdiff_t)(int)y * v->width + (int)x] = color_at(v, b, i);
    }
}

static void draw_one(km_view *v, const brush *b, const km_stamp *s, int i, uint32_t rim) {
    const km_plane *p = &v->plane;
    km_put_stamp(v, s, b->sx * (double)p->x[i] + b->tx, b->sy * (double)p->y[i] + b->ty, color_at(v, b, i),
                 rim);
}

/* 0 when memory is out. */
static int draw_stamps(km_view *v, brush *b) {
    for (int i = 0; i < v->plane.n; i++) {
        const int mark = mark_at(b, i);
        if (!b->stamps[mark].pixels && !km_make_stamp(&b->stamps[mark], mark, b->radius, b->rim, b->opacity))
            return 0;
        draw_one(v, b, &b->stamps[mark], i, v->paper);
    }
    return 1;
}

/* Black or white, whichever stands out from the paper. */
static uint32_t ink(uint32_t paper) {
    const uint32_t light = 2 * (paper & 255) + 5 * (paper >> 8 & 255) + (paper >> 16 & 255);
    return light >= 8 * 128 ? 0xff000000u : 0xffffffffu;
}

static void draw_lit(km_view *v, const brush *b, int row) {
    km_stamp s;
    const double radius = b->radius < 3 ? 5 : b->radius + 2;
    if (!km_make_stamp(&s, mark_at(b, row), radius, 2, 1)) return;
    draw_one(v, b, &s, row, ink(v->paper));
    km_free_stamp(&s);
}

void km_view_points(km_view *v, const int32_t *labels, const int32_t *before, double blend, double radius,
                    double opacity, int lit) {
    const km_plane *p = &v->plane;
    if (!v->pixels || p->n == 0) return;
    brush b = {.labels = labels,
               .before = before,
               .blend = km_weight256(blend),
               .radius = radius,
               .opacity = opacity};
    b.rim = radius < 5 ? 0.2 * radius : 1;
    b.sx = v->sx * p->unit;
    b.tx = v->sx * p->origin[0] + v->tx;
    b.sy = v->sy * p->unit;
    b.ty = v->sy * p->origin[1] + v->ty;
    if (!(radius >= 1.5) || !draw_stamps(v, &b)) draw_pixels(v, &b);
    if (lit >= 0 && lit < p->n) draw_lit(v, &b, lit);
    for (int mark = 0; mark < KM_MARK_COUNT; mark++) km_free_stamp(&b.stamps[mark]);
}
