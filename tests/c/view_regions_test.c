#include "cases.h"
#include "view.h"

enum { WIDTH = 83, HEIGHT = 61, PAPER = 0xfff0f0f0u };
static const double tint = 0.25, border = 0.75;

/* Sixteen colours that no two blends of confuse. */
static void set_palette(km_view *v) {
    uint32_t colors[16];
    for (uint32_t j = 0; j < 16; j++)
        colors[j] = 0xff000000u | j * 16 | (j * 7 % 16) * 16 << 8 | (j * 11 % 16) * 16 << 16;
    CHECK_INT(km_view_palette(v, colors, 16, 0xff808080u, PAPER), KM_OK);
}

static uint32_t blended(uint32_t under, uint32_t over, double share) {
    uint32_t out = 0;
    for (int c = 0; c < 32; c += 8) {
        const double a = under >> c & 255, b = over >> c & 255;
        out |= (uint32_t)floor(a + share * (b - a) + 0.5) << c;
    }
    return out;
}

/* The picture as it should be, from labels found for each cell one by one. */
static int count_wrong(km_view *v, const int32_t *labels, int columns, int cell) {
    int wrong = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const int32_t label = labels[y / cell * columns + x / cell];
            const int32_t up = y ? labels[(y - 1) / cell * columns + x / cell] : label;
            const int32_t left = x ? labels[y / cell * columns + (x - 1) / cell] : label;
            const int32_t other = up != label ? up : left;
            uint32_t colors[2];
            for (int c = 0; c < 2; c++) {
                const uint32_t j = (uint32_t)(c ? other : label) % 16;
                colors[c] = 0xff000000u | j * 16 | (j * 7 % 16) * 16 << 8 | (j * 11 % 16) * 16 << 16;
            }
            const uint32_t expected = other == label
                                          ? blended(PAPER, colors[0], tint)
                                          : blended(PAPER, blended(colors[0], colors[1], 0.5), border);
            uint32_t actual;
            memcpy(&actual, km_view_pixels(v) + 4 * (y * WIDTH + x), 4);
            wrong += actual != expected;
        }
    return wrong;
}

/* Labels of the cell centers by a second engine that holds them as points. */
static void label_cells(const km_view *v, int distance, const double *camera, const double *centroids, int k,
                        int d, int columns, int rows, int cell, int32_t *labels) {
    const int n = columns * rows;
    double *places = malloc((size_t)n * (size_t)d * sizeof *places), place[16];
    for (int i = 0; i < n; i++) {
        const double x = ((i % columns + 0.5) * cell - camera[1]) / camera[0];
        const double y = ((i / columns + 0.5) * cell - camera[3]) / camera[2];
        km_view_lift(v, x, y, NULL, place);
        for (int t = 0; t < d; t++) places[t * n + i] = place[t];
    }
    km_engine *e = engine_with(places, NULL, n, d);
    km_set(e, KM_PARAM_DISTANCE, distance);
    CHECK_INT(km_init_at(e, centroids, k), KM_OK);
    km_label_points(e, centroids, k, labels);
    km_destroy(e);
    free(places);
}

static void check_regions(const km_engine *source, km_view *v, km_engine *e, int distance,
                          const double *centroids, int k, int cell) {
    const int d = km_d(source);
    const double *b = km_view_bounds(v);
    const double sx = WIDTH / (b[2] - b[0]) * 0.8, sy = -HEIGHT / (b[3] - b[1]) * 0.7;
    const double camera[] = {sx, 8 - sx * b[0], sy, 9 - sy * b[3]};
    const int columns = (WIDTH + cell - 1) / cell, rows = (HEIGHT + cell - 1) / cell;
    static int32_t labels[WIDTH * HEIGHT];
    km_view_camera(v, camera[0], camera[1], camera[2], camera[3]);
    km_view_clear(v);
    CHECK_INT(km_view_regions(v, e, centroids, k, cell, tint, border), KM_OK);
    label_cells(v, distance, camera, centroids, k, d, columns, rows, cell, labels);
    const int wrong = count_wrong(v, labels, columns, cell);
    if (wrong)
        check_fail(__FILE__, __LINE__, "%d pixels wrong: distance %d, d %d, k %d, cell %d", wrong, distance,
                   d, k, cell);
}

TEST(regions_are_brute_force_labels_for_every_distance) {
    static const int dims[] = {1, 2, 5}, ks[] = {1, 2, 7, 300};
    enum { N = 400 };
    km_rng r;
    km_rng_seed(&r, 21);
    for (int kind = 0; kind < CASE_KINDS; kind++)
        for (int c = 0; c < 3; c++) {
            const int d = dims[c];
            double columns[5 * N];
            fill_case((case_kind)kind, &r, N, d, columns);
            km_engine *e = engine_with(columns, NULL, N, d);
            km_view *v = km_view_create();
            CHECK_INT(km_view_resize(v, WIDTH, HEIGHT), KM_OK);
            set_palette(v);
            for (int distance = 0; distance < KM_DISTANCE_COUNT; distance++)
                for (int q = 0; q < 4; q++) {
                    const int k = ks[q];
                    km_set(e, KM_PARAM_K, k);
                    km_set(e, KM_PARAM_DISTANCE, distance);
                    km_set(e, KM_PARAM_INIT, KM_INIT_FIRST); /* duplicates of points, so ties */
                    CHECK_INT(km_init(e, 0), KM_OK);
                    const char *before = km_digest(e);
                    char digest[17];
                    memcpy(digest, before, sizeof digest);
                    for (int plane = 0; plane < 2; plane++) {
                        if (plane == 1 && d == 1) continue;
                        if (plane == 0) CHECK_INT(km_view_columns(v, e, d - 1, d == 1 ? -1 : 0), KM_OK);
                        else CHECK_INT(km_view_pca(v, e), KM_OK);
                        check_regions(e, v, e, distance, km_centroids(e), k, 1 + q);
                    }
                    CHECK_TEXT(km_digest(e), digest); /* the run is as it was */
                }
            km_view_destroy(v);
            km_destroy(e);
        }
}

TEST(regions_refuse_what_does_not_fit) {
    static const double columns[] = {1, 2, 3, 4, 5, 6}, centroids[] = {1, 2, 3};
    km_engine *e = engine_with(columns, NULL, 3, 2), *other = engine_with(columns, NULL, 2, 3);
    km_view *v = km_view_create();
    CHECK_INT(km_view_regions(v, e, centroids, 1, 1, 1, 1), KM_ERR_PARAM); /* no plane yet */
    CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_INT(km_view_regions(v, e, centroids, 1, 1, 1, 1), KM_OK); /* no picture: nothing to draw */
    CHECK_INT(km_view_resize(v, 4, 4), KM_OK);
    CHECK_INT(km_view_regions(v, e, centroids, 0, 1, 1, 1), KM_ERR_PARAM);
    CHECK_INT(km_view_regions(v, e, centroids, 1, 0, 1, 1), KM_ERR_PARAM);
    CHECK_INT(km_view_regions(v, other, centroids, 1, 1, 1, 1), KM_ERR_PARAM); /* other dimensions */
    CHECK_INT(km_view_regions(v, e, centroids, 1, 1 << 30, 0.5, 1), KM_OK);    /* one cell over all */
    km_view_destroy(v);
    km_destroy(other);
    km_destroy(e);
}

TEST(regions_tint_what_is_there) {
    static const double columns[] = {0, 1, 0, 1}, centroids[] = {0.5, 0.5};
    static const uint32_t black[] = {0xff000000u};
    km_engine *e = engine_with(columns, NULL, 2, 2);
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_INT(km_view_resize(v, 3, 3), KM_OK);
    CHECK_INT(km_view_palette(v, black, 1, 0, 0xffffffffu), KM_OK);
    km_view_clear(v);
    CHECK_INT(km_view_regions(v, e, centroids, 1, 1, 0.5, 1), KM_OK);
    CHECK_INT(km_view_pixels(v)[0], 128);
    CHECK_INT(km_view_regions(v, e, centroids, 1, 1, 0.5, 1), KM_OK); /* a cross-fade is two passes */
    CHECK_INT(km_view_pixels(v)[0], 64);
    CHECK_INT(km_view_pixels(v)[3], 255);
    km_view_destroy(v);
    km_destroy(e);
}
