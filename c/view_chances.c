/* view_chances.c: draws the points of a start being drawn, each as large as its chance, and measures how far
 * the drawn points of a cluster lie apart. */
#include "internal.h"
#include "view_internal.h"

/* Radii are told apart in this many steps, each with a stamp of its own. */
enum { SIZES = 48 };

static double largest_of(const double *values, int n) {
    double most = 0;
    for (int i = 0; i < n; i++)
        if (values[i] > most) most = values[i];
    return most;
}

static void put_pixel(km_view *v, double x, double y, uint32_t color) {
    if (x >= 0 && x < v->width && y >= 0 && y < v->height)
        v->pixels[(ptrdiff_t)(int)y * v->width + (int)x] = color;
}

void km_view_chances(km_view *v, const double *chances, double least, double largest, double opacity,
                     uint32_t color) {
    const km_plane *p = &v->plane;
    if (!v->pixels || p->n == 0) return;
    const double most = largest_of(chances, p->n);
    const double sx = v->sx * p->unit, tx = v->sx * p->origin[0] + v->tx;
    const double sy = v->sy * p->unit, ty = v->sy * p->origin[1] + v->ty;
    const uint32_t strong = color | 0xff000000u;
    km_stamp dot = {0}, sizes[SIZES] = {{0}};
    const int dots = least >= 1.5 && km_make_stamp(&dot, KM_MARK_DISC, least, 0, opacity);
    for (int i = 0; i < p->n; i++) {
        const double x = sx * (double)p->x[i] + tx, y = sy * (double)p->y[i] + ty;
        if (dots) km_put_stamp(v, &dot, x, y, v->unassigned, v->unassigned);
        else put_pixel(v, x, y, km_blend(v->paper, v->unassigned, 96));
    }
    for (int i = 0; most > 0 && i < p->n; i++) {
        const double x = sx * (double)p->x[i] + tx, y = sy * (double)p->y[i] + ty;
        const double share = __builtin_sqrt(chances[km_row_of(p, i)] / most);
        const int size = (int)(share * SIZES + 0.5) - 1;
        if (size < 0) continue;
        km_stamp *s = &sizes[size];
        const double radius = largest * (size + 1) / SIZES;
        const int stamped =
            radius >= 1 && (s->fill || km_make_stamp(s, KM_MARK_DISC, radius, radius < 5 ? 0 : 0.7, opacity));
        if (stamped) km_put_stamp(v, s, x, y, strong, v->paper);
        else put_pixel(v, x, y, km_blend(v->unassigned, strong, km_weight256(share)));
    }
    km_free_stamp(&dot);
    for (int i = 0; i < SIZES; i++) km_free_stamp(&sizes[i]);
}

double km_view_spread(const km_view *v, const int32_t *labels, int cluster) {
    const km_plane *p = &v->plane;
    /* A jitter is no distance. */
    const int measured = p->b >= 0 || p->a < 0;
    double mean[2] = {0, 0}, squares = 0;
    int count = 0;
    for (int i = 0; i < p->n; i++) {
        if (labels[km_row_of(p, i)] != cluster) continue;
        mean[0] += (double)p->x[i];
        mean[1] += (double)p->y[i];
        count++;
    }
    if (count == 0) return __builtin_nan("");
    mean[0] /= count;
    mean[1] /= count;
    for (int i = 0; i < p->n; i++) {
        if (labels[km_row_of(p, i)] != cluster) continue;
        const double x = (double)p->x[i] - mean[0], y = measured ? (double)p->y[i] - mean[1] : 0;
        squares += x * x + y * y;
    }
    return p->unit * __builtin_sqrt(squares / count);
}
