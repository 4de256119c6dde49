/* view_spokes.c: hair lines from points to the center they belong to. */
#include "internal.h"
#include "view_internal.h"

static void blend_at(km_view *v, int x, int y, uint32_t color, double share) {
    if (x < 0 || x >= v->width || y < 0 || y >= v->height) return;
    uint32_t *pixel = v->pixels + (ptrdiff_t)y * v->width + x;
    *pixel = km_blend(*pixel, color, km_weight256(share));
}

/* Cuts the part of 0 .. 1 where a + t * along is outside low .. high. */
static void clip(double a, double along, double low, double high, double *from, double *to) {
    if (along == 0) {
        if (a < low || a > high) *to = -1;
        return;
    }
    const double t0 = (low - a) / along, t1 = (high - a) / along;
    const double first = t0 < t1 ? t0 : t1, last = t0 < t1 ? t1 : t0;
    if (first > *from) *from = first;
    if (last < *to) *to = last;
}

/* A line one pixel wide: at each step along its longer axis the two pixels beside it share it by how near
 * they are (Wu 1991, An efficient antialiasing technique). */
static void hair_line(km_view *v, double x0, double y0, double x1, double y1, uint32_t color,
                      double opacity) {
    double from = 0, to = 1;
    clip(x0, x1 - x0, 0, v->width, &from, &to);
    clip(y0, y1 - y0, 0, v->height, &from, &to);
    if (!(from <= to)) return;
    const double ax = x0 + from * (x1 - x0), ay = y0 + from * (y1 - y0), bx = x0 + to * (x1 - x0),
                 by = y0 + to * (y1 - y0);
    if (!(ax >= -1 && ax <= v->width + 1 && bx >= -1 && bx <= v->width + 1 && ay >= -1 &&
          ay <= v->height + 1 && by >= -1 && by <= v->height + 1))
        return; /* an end so far out that the rest of the line is lost in rounding */
    const int steep = __builtin_fabs(by - ay) > __builtin_fabs(bx - ax);
    const double along = steep ? ay : ax, length = steep ? by - ay : bx - ax,
                 side = steep ? bx - ax : by - ay;
    const int start = (int)along, way = length < 0 ? -1 : 1, steps = ((int)(along + length) - start) * way;
    const double slope = length != 0 ? side / __builtin_fabs(length) : 0;
    const double first = (steep ? ax : ay) + slope * way * (start + 0.5 - along);
    for (int i = 0; i <= steps; i++) {
        const double across = first + slope * i - 0.5;
        const int near = (int)(across + 1) - 1;
        const double rest = across - near;
        for (int o = 0; o < 2; o++) {
            const double share = opacity * (o ? rest : 1 - rest);
            if (steep) blend_at(v, near + o, start + way * i, color, share);
            else blend_at(v, start + way * i, near + o, color, share);
        }
    }
}

void km_view_spokes(km_view *v, const int32_t *labels, const double *centers, int k, int most,
                    double opacity) {
    const km_plane *p = &v->plane;
    if (!v->pixels || p->n == 0 || !labels) return;
    const int count = p->n < most ? p->n : most;
    for (int s = 0; s < count; s++) {
        const int i = (int)((double)s * p->n / count), label = labels[km_row_of(p, i)];
        if (label < 0 || label >= k) continue;
        hair_line(v, v->sx * (p->origin[0] + p->unit * (double)p->x[i]) + v->tx,
                  v->sy * (p->origin[1] + p->unit * (double)p->y[i]) + v->ty,
                  v->sx * centers[2 * label] + v->tx, v->sy * centers[2 * label + 1] + v->ty,
                  v->colors[label % v->color_count], opacity);
    }
}
