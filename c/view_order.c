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
        p->cell[axis] = 2 * half / p->grid;
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
    return squares / p->n / (p->cell[0] * p->cell[1]);
}

/* A counting sort by cell. 0 when memory is out. */
static int sort(km_plane *p) {
    const int cells = p->grid * p->grid;
    const double across = 1 / p->cell[0], up = 1 / p->cell[1];
    float *x = km_array(p->n, sizeof *x), *y = km_array(p->n, sizeof *y);
    int32_t *cell = km_array(p->n, sizeof *cell);
    p->row = km_array(p->n, sizeof *p->row);
    if (!x || !y || !cell || !p->row) {
        free(x);
        free(y);
        free(cell);
        return 0;
    }
    for (int i = 0; i < p->n; i++) {
        cell[i] = cell_of((double)p->y[i], p->low[1], up, p->grid) * p->grid +
                  cell_of((double)p->x[i], p->low[0], across, p->grid);
        p->first[cell[i] + 1]++;
    }
    for (int c = 0; c < cells; c++) p->first[c + 1] += p->first[c];
    for (int i = 0; i < p->n; i++) {
        const int at = p->first[cell[i]]++;
        x[at] = p->x[i];
        y[at] = p->y[i];
        p->row[at] = i;
    }
    /* Each start has become the end, which is the next one's start. */
    memmove(p->first + 1, p->first, (size_t)cells * sizeof *p->first);
    p->first[0] = 0;
    free(cell);
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

/* First and last cell along an axis that may hold a point drawn within `reach` of 0 .. size. */
static void visible(double scale, double offset, double reach, int size, double low, double cell, int grid,
                    int *from, int *to) {
    const double a = (-reach - offset) / scale, b = (size + reach - offset) / scale;
    const double first = ((a < b ? a : b) - low) / cell - 0.01, last = ((a < b ? b : a) - low) / cell + 0.01;
    /* The outermost cells hold what rounding puts beyond the bounds. */
    *from = first >= 1 ? first < grid ? (int)first : grid : 0;
    *to = last < grid - 1 ? last >= 0 ? (int)last : -1 : grid - 1;
    if (*from >= grid && first < grid + 0.1) *from = grid - 1;
    if (*to < 0 && last >= -0.1) *to = 0;
}

km_window km_visible_cells(const km_view *v, const km_brush *b, double reach) {
    const km_plane *p = &v->plane;
    km_window c;
    visible(b->sx, b->tx, reach, v->width, p->low[0], p->cell[0], p->grid, &c.x0, &c.x1);
    visible(b->sy, b->ty, reach, v->height, p->low[1], p->cell[1], p->grid, &c.y0, &c.y1);
    return c;
}
