/* view_regions.c: which cluster each place of the picture belongs to.
 *
 * Labels are those of km_nearest at the cell centers, lifted to d coordinates, so they are right for every
 * distance. The grid is worked in square tiles. Where the distance is a metric, a centroid further from the
 * tile's center than the nearest one's distance plus twice the tile's radius is nearest nowhere in the tile
 * (triangle inequality) and is left out: most tiles keep one candidate, and thousands of clusters cost little
 * more than a few.
 */
#include "internal.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum { TILE = 16 };

typedef struct regions {
    const km_view *v;
    const km_engine *e;
    const double *centroids;
    int d, k, cell, columns, rows; /* the grid of cells */
    double *places;                /* d columns of TILE^2: a tile's cell centers, lifted */
    double *across;                /* k x d transposed: d columns of k */
    double *from_center;           /* k */
    double *kept;                  /* candidates x d */
    double *point;                 /* d */
    int32_t *kept_label;           /* candidates */
    int32_t *labels; /* (TILE + 1) x columns: a band of tiles under the last row of the one before */
    double rounding; /* bound on the error of a distance from the rounding of coordinates */
} regions;

/* Plane coordinates of the center of a cell. */
static double cell_x(const regions *r, int column) {
    return ((column + 0.5) * r->cell - r->v->tx) / r->v->sx;
}
static double cell_y(const regions *r, int row) { return ((row + 0.5) * r->cell - r->v->ty) / r->v->sy; }

/* Lifts plane point (x, y) to be place `at` of the tile. Columns that are not drawn are the same in all
 * tiles: `all` sets them. */
static inline void lift_place(regions *r, double x, double y, int at, int all) {
    const km_plane *p = &r->v->plane;
    double *place = r->places + at;
    if (p->a >= 0 && !all) {
        place[p->a * TILE * TILE] = x;
        if (p->b >= 0) place[p->b * TILE * TILE] = y;
        return;
    }
    km_view_lift(r->v, x, y, NULL, r->point);
    for (int t = 0; t < r->d; t++) place[t * TILE * TILE] = r->point[t];
}

/* Lifts the centers of width x height cells. */
static void lift_tile(regions *r, int column, int row, int width, int height, int all) {
    double x[TILE];
    for (int i = 0; i < width; i++) x[i] = cell_x(r, column + i);
    for (int j = 0; j < height; j++) {
        const double y = cell_y(r, row + j);
        for (int i = 0; i < width; i++) lift_place(r, x[i], y, j * width + i, all);
    }
}

/* Of a tile of width x height cells: the places of its corners, then of its middle. */
enum { CORNERS = 4 };
static void outline(int width, int height, int places[CORNERS + 1]) {
    places[0] = 0;
    places[1] = width - 1;
    places[2] = (height - 1) * width;
    places[3] = height * width - 1;
    places[CORNERS] = height / 2 * width + width / 2;
}

/* The engine's distance as a metric: Euclidean ones are squared, and cosine is none. */
static int is_metric(km_distance_choice kind) {
    return kind == KM_DISTANCE_EUCLIDEAN || kind == KM_DISTANCE_MANHATTAN || kind == KM_DISTANCE_CHEBYSHEV;
}
static double metric(km_distance_choice kind, double distance) {
    return kind == KM_DISTANCE_EUCLIDEAN ? __builtin_sqrt(distance) : distance;
}

/* Keeps the centroids that can be nearest somewhere in the tile, in their order, so that ties go to the
 * lowest as before. Returns how many. */
static int keep_candidates(regions *r, int width, int height) {
    const km_distance_choice kind = (km_distance_choice)km_int(r->e, KM_PARAM_DISTANCE);
    int places[CORNERS + 1];
    outline(width, height, places);
    for (int t = 0; t < r->d; t++) r->point[t] = r->places[t * TILE * TILE + places[CORNERS]];

    /* A norm is convex: its largest value in the tile is at a corner. */
    double radius = 0, nearest = __builtin_inf();
    for (int c = 0; c < CORNERS; c++) {
        double distance;
        km_distances_to(r->e, r->places + places[c], TILE * TILE, 1, r->point, NULL, &distance);
        if (metric(kind, distance) > radius) radius = metric(kind, distance);
    }
    km_distances_to(r->e, r->across, r->k, r->k, r->point, NULL, r->from_center);
    for (int j = 0; j < r->k; j++) {
        r->from_center[j] = metric(kind, r->from_center[j]);
        if (r->from_center[j] < nearest) nearest = r->from_center[j];
    }
    const double reach = (nearest + 2 * radius) * (1 + 1e-9) + r->rounding;
    int kept = 0;
    for (int j = 0; j < r->k; j++) {
        if (!(r->from_center[j] <= reach)) continue;
        memcpy(r->kept + (ptrdiff_t)kept * r->d, r->centroids + (ptrdiff_t)j * r->d,
               (size_t)r->d * sizeof(double));
        r->kept_label[kept++] = j;
    }
    return kept;
}

static void label_tile(regions *r, int column, int row, int width, int height, int32_t *out) {
    int32_t labels[TILE * TILE];
    const int prune = r->k > 1 && is_metric((km_distance_choice)km_int(r->e, KM_PARAM_DISTANCE));
    int kept = r->k;
    if (prune) {
        /* Most tiles need no more than these. */
        int places[CORNERS + 1];
        outline(width, height, places);
        for (int c = 0; c <= CORNERS; c++)
            lift_place(r, cell_x(r, column + places[c] % width), cell_y(r, row + places[c] / width),
                       places[c], 0);
        kept = keep_candidates(r, width, height);
    }
    if (kept > 1) lift_tile(r, column, row, width, height, 0);
    const int count = width * height;
    if (kept == 1) memset(labels, 0, (size_t)count * sizeof *labels);
    else km_nearest(r->e, r->places, TILE * TILE, count, prune ? r->kept : r->centroids, kept, labels, NULL);
    for (int j = 0; j < height; j++)
        for (int i = 0; i < width; i++) {
            const int32_t label = labels[j * width + i];
            out[j * r->columns + column + i] = prune ? r->kept_label[label] : label;
        }
}

static uint32_t color_of(const km_view *v, int32_t label) {
    return v->colors[label < v->color_count ? label : label % v->color_count];
}

/* Draws cell row `row`: its labels, and those of the row above (NULL at the top). A pixel is border where the
 * cell above it or to its left is another cluster's, in the colour half-way between theirs, so that a line is
 * of one colour whichever way it runs. */
static void paint_row(const regions *r, km_view *v, int row, const int32_t *labels, const int32_t *above,
                      uint32_t tint, uint32_t border) {
    for (int y = row * r->cell; y < (row + 1) * r->cell && y < v->height; y++) {
        uint32_t *pixel = v->pixels + (ptrdiff_t)y * v->width;
        const int32_t *over = above && y == row * r->cell ? above : labels;
        uint32_t under = 0, over_it = 0, blended = 0; /* the last blend, of colors that are opaque */
        for (int column = 0, next, x = 0; column < r->columns; column = next) {
            const int32_t label = labels[column], up = over[column],
                          left = column > 0 ? labels[column - 1] : label;
            const uint32_t color = color_of(v, label);
            next = column + 1;
            if (up == label)
                while (next < r->columns && labels[next] == label && over[next] == label) next++;
            const int end = next * r->cell < v->width ? next * r->cell : v->width;
            if (up != label) {
                const uint32_t mixed = km_blend(color, color_of(v, up), 128);
                for (; x < end; x++) pixel[x] = km_blend(pixel[x], mixed, border);
            } else if (left != label) {
                pixel[x] = km_blend(pixel[x], km_blend(color, color_of(v, left), 128), border);
                x++;
            }
            for (; x < end; x++) {
                /* Most often as for the pixel before. */
                if (pixel[x] != under || color != over_it) {
                    under = pixel[x];
                    over_it = color;
                    blended = km_blend(under, color, tint);
                }
                pixel[x] = blended;
            }
        }
    }
}

static void draw(regions *r, km_view *v, uint32_t tint, uint32_t border) {
    lift_tile(r, 0, 0, TILE, TILE, 1);
    int32_t *above = r->labels, *band = r->labels + r->columns;
    for (int row = 0; row < r->rows; row += TILE) {
        const int height = r->rows - row < TILE ? r->rows - row : TILE;
        for (int column = 0; column < r->columns; column += TILE)
            label_tile(r, column, row, r->columns - column < TILE ? r->columns - column : TILE, height, band);
        for (int j = 0; j < height; j++) {
            const int32_t *labels = band + j * r->columns;
            const int32_t *over = j > 0 ? labels - r->columns : row > 0 ? above : NULL;
            paint_row(r, v, row + j, labels, over, tint, border);
        }
        memcpy(above, band + (height - 1) * r->columns, (size_t)r->columns * sizeof *above);
    }
}

/* Coordinates carry a relative error of 2^-53, which a sum over d of their differences collects. */
static double rounding_bound(const regions *r) {
    double largest = 0;
    for (int i = 0; i < r->k * r->d; i++)
        if (__builtin_fabs(r->centroids[i]) > largest) largest = __builtin_fabs(r->centroids[i]);
    for (int corner = 0; corner < 4; corner++) {
        km_view_lift(r->v, cell_x(r, corner & 1 ? r->columns : 0), cell_y(r, corner & 2 ? r->rows : 0), NULL,
                     r->point);
        for (int t = 0; t < r->d; t++)
            if (__builtin_fabs(r->point[t]) > largest) largest = __builtin_fabs(r->point[t]);
    }
    return largest * r->d * 0x1p-48;
}

km_status km_view_regions(km_view *v, km_engine *e, const double *centroids, int k, int cell, double tint,
                          double border) {
    const int d = v->plane.d;
    if (v->plane.n == 0 || d != km_d(e) || k < 1 || cell < 1) return KM_ERR_PARAM;
    if (!v->pixels) return KM_OK;
    if (cell > KM_VIEW_MAX_SIDE) cell = KM_VIEW_MAX_SIDE;
    regions r = {.v = v, .e = e, .centroids = centroids, .d = d, .k = k, .cell = cell};
    r.columns = (v->width + cell - 1) / cell;
    r.rows = (v->height + cell - 1) / cell;
    const double centroid_values = (double)k * d;
    double *memory = km_array((double)d * TILE * TILE + 2 * centroid_values + k + d, sizeof *memory);
    int32_t *labels = km_array((TILE + 1.0) * r.columns + k, sizeof *labels);
    const int enough = memory && labels;
    if (enough) {
        r.places = memory;
        r.across = r.places + (ptrdiff_t)d * TILE * TILE;
        r.kept = r.across + (ptrdiff_t)k * d;
        r.from_center = r.kept + (ptrdiff_t)k * d;
        r.point = r.from_center + k;
        r.labels = labels;
        r.kept_label = labels + (ptrdiff_t)(TILE + 1) * r.columns;
        for (int j = 0; j < k; j++)
            for (int t = 0; t < d; t++) r.across[(ptrdiff_t)t * k + j] = centroids[(ptrdiff_t)j * d + t];
        r.rounding = rounding_bound(&r);
        draw(&r, v, km_weight256(tint), km_weight256(border));
    }
    free(memory);
    free(labels);
    return enough ? KM_OK : KM_ERR_MEMORY;
}
