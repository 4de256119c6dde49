/* view_cells.c: the boxes an assign ended in, over the points they hold.
 *
 * The points of a box that was decided whole were not looked at: they pale under it. Those of a box across a
 * border were: they stay as they are, in a frame of ink.
 */
#include "internal.h"
#include "view_internal.h"

static const double pale = 0.75, outline = 0.8;

/* Device pixels, ends not included. */
typedef struct rectangle {
    int x0, y0, x1, y1;
} rectangle;

static int clamped(double at, int end) { return at > 0 ? at < end ? (int)at : end : 0; }

/* The pixels between two places along an axis, one at least. Returns 0 when none is in the picture. */
static int span(double a, double b, int end, int *from, int *to) {
    const double low = a < b ? a : b, high = a < b ? b : a;
    if (!(high >= 0 && low < end)) return 0;
    *from = clamped(low, end - 1);
    *to = clamped(high + 1, end);
    return 1;
}

static int place_cell(const km_view *v, const double *low, const double *high, rectangle *r) {
    const km_plane *p = &v->plane;
    const double y0 = p->b < 0 ? p->bounds[1] : low[p->b], y1 = p->b < 0 ? p->bounds[3] : high[p->b];
    return span(v->sx * low[p->a] + v->tx, v->sx * high[p->a] + v->tx, v->width, &r->x0, &r->x1) &&
           span(v->sy * y0 + v->ty, v->sy * y1 + v->ty, v->height, &r->y0, &r->y1);
}

static void fill(km_view *v, rectangle r, uint32_t color, uint32_t weight) {
    for (int y = r.y0; y < r.y1; y++) {
        uint32_t *pixels = v->pixels + (ptrdiff_t)y * v->width;
        for (int x = r.x0; x < r.x1; x++) pixels[x] = km_blend(pixels[x], color, weight);
    }
}

/* Along the inside of the rectangle, `line` pixels wide. */
static void frame(km_view *v, rectangle r, int line, uint32_t color, uint32_t weight) {
    const int across = r.x1 - r.x0 < 2 * line ? r.x1 - r.x0 : line;
    const int up = r.y1 - r.y0 < 2 * line ? r.y1 - r.y0 : line;
    const int top = r.y0 + up, bottom = r.y1 - up > top ? r.y1 - up : top;
    fill(v, (rectangle){r.x0, r.y0, r.x1, top}, color, weight);
    fill(v, (rectangle){r.x0, bottom, r.x1, r.y1}, color, weight);
    if (across < r.x1 - r.x0) fill(v, (rectangle){r.x1 - across, top, r.x1, bottom}, color, weight);
    fill(v, (rectangle){r.x0, top, r.x0 + across, bottom}, color, weight);
}

void km_view_cells(km_view *v, const double *boxes, const int32_t *labels, int count, int line) {
    const km_plane *p = &v->plane;
    if (!v->pixels || p->n == 0 || p->a < 0 || line < 1) return;
    /* Those across a border last, so that no neighbour hides them. */
    for (int open = 0; open < 2; open++)
        for (int i = 0; i < count; i++) {
            const double *low = boxes + (ptrdiff_t)i * 2 * p->d;
            rectangle r;
            if ((labels[i] < 0) != open || !place_cell(v, low, low + p->d, &r)) continue;
            if (!open) fill(v, r, v->paper, km_weight256(pale));
            /* Where a frame would fill the box, it says less than its color, or its points, do. */
            const int roomy = r.x1 - r.x0 > 3 * line && r.y1 - r.y0 > 3 * line;
            if (open) frame(v, r, line, km_ink(v->paper), km_weight256(roomy ? outline : outline / 2));
            else
                frame(v, r, line, km_cluster_color(v, labels[i]),
                      km_weight256(roomy ? outline : outline / 2));
        }
}
