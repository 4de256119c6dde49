/* view_order.c: the drawn points in the order of a grid of cells.
 *
 * Neighbours in the picture become neighbours in memory: drawing them touches few pixels at a time, and where
 * only a part of the plane is seen the rest is never looked at. Few points keep the order of their rows, in
 * which marks lie over each other.
 */
#include "internal.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum { ORDERED = 1 << 14, POINTS_A_CELL = 32, MOST_CELLS = 256 /* a side */ };

/* Cell of a stored coordinate along one axis. */
static inline int cell_of(double v, double low, double cells_a_unit, int grid) {
    const int cell = (int)((v - low) * cells_a_unit);
    return cell < 0 ? 0 : cell < grid ? cell : grid - 1;
}

/* Stored coordinates of the corner of the bounds, and the size of a cell. */
static void lay_out(km_plane *p) {
    for (int axis = 0; axis < 2; axis++) {
        const double half = (p->bounds[axis + 2] - p->bounds[axis]) / 2 / p->unit;
        p->low[axis] = -half;
        p->cell_size[axis] = 2 * half / p->grid;
    }
}

static int side_of_grid(int n) {
    int side = 1;
    while (n >= ORDERED && side < MOST_CELLS && 4.0 * side * side * POINTS_A_CELL <= n) side *= 2;
    return side;
}

/* How many points share an area of one stored unit squared, as a point sees it. */
static double density(const km_plane *p) {
    double squares = 0;
    for (int c = 0; c < p->grid * p->grid; c++) {
        const double count = p->first[c + 1] - p->first[c];
        squares += count * count;
    }
    return squares / p->n / (p->cell_size[0] * p->cell_size[1]);
}

/* A counting sort by cell. 0 when memory is out. */
static int sort(km_plane *p) {
    const int cells = p->grid * p->grid;
    const double across = 1 / p->cell_size[0], up = 1 / p->cell_size[1];
    float *x = km_array(p->n + (double)KM_BEYOND, sizeof *x),
          *y = km_array(p->n + (double)KM_BEYOND, sizeof *y);
    p->cell = km_array(p->n, sizeof *p->cell);
    p->row = km_array(p->n, sizeof *p->row);
    if (!x || !y || !p->cell || !p->row) {
        free(x);
        free(y);
        return 0;
    }
    for (int i = 0; i < p->n; i++) {
        p->cell[i] = (uint16_t)(cell_of((double)p->y[i], p->low[1], up, p->grid) * p->grid +
                                cell_of((double)p->x[i], p->low[0], across, p->grid));
        p->first[p->cell[i] + 1]++;
    }
    for (int c = 0; c < cells; c++) p->first[c + 1] += p->first[c];
    for (int i = 0; i < p->n; i++) {
        const int at = p->first[p->cell[i]]++;
        x[at] = p->x[i];
        y[at] = p->y[i];
        p->row[at] = i;
    }
    /* Each start has become the end, which is the next one's start. */
    memmove(p->first + 1, p->first, (size_t)cells * sizeof *p->first);
    p->first[0] = 0;
    free(p->x);
    free(p->y);
    p->x = x;
    p->y = y;
    return 1;
}

int km_order_points(km_plane *p) {
    p->grid = side_of_grid(p->n);
    lay_out(p);
    p->first = km_array(p->grid * p->grid + 1.0, sizeof *p->first);
    if (!p->first) return 0;
    if (p->grid > 1 && !sort(p)) return 0;
    p->first[p->grid * p->grid] = p->n;
    p->density = density(p);
    return 1;
}

/* First and last cell along an axis that may hold a point drawn from pixel `begin` to `end`. */
static void visible(double scale, double offset, double begin, double end, double low, double cell, int grid,
                    int *from, int *to) {
    const double a = (begin - offset) / scale, b = (end - offset) / scale;
    const double first = ((a < b ? a : b) - low) / cell - 0.01, last = ((a < b ? b : a) - low) / cell + 0.01;
    /* The outermost cells hold what rounding puts beyond the bounds. */
    *from = first >= 1 ? first < grid ? (int)first : grid : 0;
    *to = last < grid - 1 ? last >= 0 ? (int)last : -1 : grid - 1;
    if (*from >= grid && first < grid + 0.1) *from = grid - 1;
    if (*to < 0 && last >= -0.1) *to = 0;
}

km_window km_cells_within(const km_plane *p, const km_brush *b, km_rect part, double reach) {
    km_window c;
    visible(b->sx, b->tx, part.x0 - reach, part.x1 + reach, p->low[0], p->cell_size[0], p->grid, &c.x0,
            &c.x1);
    visible(b->sy, b->ty, part.y0 - reach, part.y1 + reach, p->low[1], p->cell_size[1], p->grid, &c.y0,
            &c.y1);
    return c;
}

static int as_pixel(double x) { return x < -1e9 ? -1000000000 : x < 1e9 ? (int)x : 1000000000; }

/* Pixels along an axis that cells `first` to `last` may touch. Rounding may put points a little beyond. */
static void touched(double scale, double offset, double reach, double low, double cell, int first, int last,
                    int *from, int *to) {
    const double a = scale * (low + (first - 0.01) * cell) + offset,
                 b = scale * (low + (last + 1.01) * cell) + offset;
    *from = as_pixel(__builtin_floor((a < b ? a : b) - reach));
    *to = as_pixel(__builtin_floor((a < b ? b : a) + reach) + 1);
}

km_rect km_pixels_of(const km_plane *p, const km_brush *b, km_window c, double reach) {
    km_rect r;
    touched(b->sx, b->tx, reach, p->low[0], p->cell_size[0], c.x0, c.x1, &r.x0, &r.x1);
    touched(b->sy, b->ty, reach, p->low[1], p->cell_size[1], c.y0, c.y1, &r.y0, &r.y1);
    return r;
}
