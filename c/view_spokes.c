/* view_spokes.c: hair lines from points to the center they belong to. */
#include "internal.h"
#include "view_internal.h"
#include <stdlib.h>

/* Of a longer line, in pixels, the place in the picture is lost in rounding. */
static const double longest = 1e13;

enum {
    /* Of more points so many are asked for their cluster, as far apart in the order they stand in. */
    MOST_ASKED = 1 << 14,
    /* A cluster among fewer gets no more lines than one among so many: they would be a bundle. */
    FEWEST_CLUSTERS = 10,
    /* What lies on a crowd of its own colour is so far from it to ink, of 256. */
    INK = 104
};

static void blend_at(km_view *v, int x, int y, uint32_t color, double share) {
    if (x < 0 || x >= v->width || y < 0 || y >= v->height) return;
    uint32_t *pixel = v->pixels + (ptrdiff_t)y * v->width + x;
    *pixel = km_blend(*pixel, color, km_weight256(share));
}

/* Cuts the part of from .. to where a + t * along is outside 0 .. high: with along = 0, by the infinities it
 * is divided into, all of it or nothing. */
static void clip(double a, double along, double high, double *from, double *to) {
    const double t0 = -a / along, t1 = (high - a) / along;
    const double first = t0 < t1 ? t0 : t1, last = t0 < t1 ? t1 : t0;
    if (first > *from) *from = first;
    if (last < *to) *to = last;
}

/* A line one pixel wide from (x, y): at each step along its longer axis the two pixels beside it share it by
 * how near they are (Wu 1991, An efficient antialiasing technique). */
static void hair_line(km_view *v, double x, double y, double dx, double dy, uint32_t color, double opacity) {
    const int steep = __builtin_fabs(dy) > __builtin_fabs(dx);
    const double length = __builtin_fabs(steep ? dy : dx);
    double from = 0, to = 1;
    clip(x, dx, v->width, &from, &to);
    clip(y, dy, v->height, &from, &to);
    if (!(from <= to && length > 0 && length < longest)) return;
    const int steps = (int)((to - from) * length + 0.5);
    for (int i = 0; i <= steps; i++) {
        const double t = from + i / length, px = x + t * dx - 0.5 * steep, py = y + t * dy - 0.5 * !steep;
        const int left = (int)(px + 1) - 1, top = (int)(py + 1) - 1;
        const double rest = steep ? px - left : py - top;
        blend_at(v, left, top, color, opacity * (1 - rest));
        blend_at(v, left + steep, top + !steep, color, opacity * rest);
    }
}

/* Whether the member of this rank is one of `share`, or of all there are, spread evenly over a cluster of
 * this size. */
static int is_sampled(int rank, int size, int share) {
    return (rank + 1LL) * share / size > (int64_t)rank * share / size;
}

void km_view_spokes(km_view *v, const int32_t *labels, const double *centers, int k, int most,
                    double opacity) {
    const km_plane *p = &v->plane;
    if (!v->pixels || !labels || k < 1) return;
    int *sizes = km_array(2.0 * k, sizeof *sizes), *ranks = sizes + k;
    if (!sizes) return;
    const int asked = p->n < MOST_ASKED ? p->n : MOST_ASKED, all = p->n <= most,
              share = all ? most : most / (k < FEWEST_CLUSTERS ? FEWEST_CLUSTERS : k);
    for (int s = 0; s < 2 * asked; s++) {
        const int i = (int)((double)(s % asked) * p->n / asked), label = labels[km_row_of(p, i)];
        if (label < 0 || label >= k) continue;
        if (s < asked) sizes[label]++;
        else if (is_sampled(ranks[label]++, sizes[label], share)) {
            const double x = p->origin[0] + p->unit * (double)p->x[i],
                         y = p->origin[1] + p->unit * (double)p->y[i];
            hair_line(v, v->sx * x + v->tx, v->sy * y + v->ty, v->sx * (centers[2 * label] - x),
                      v->sy * (centers[2 * label + 1] - y),
                      km_blend(km_cluster_color(v, label), km_ink(v->paper), all ? 0 : INK), opacity);
        }
    }
    free(sizes);
}
