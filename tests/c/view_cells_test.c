#include "cases.h"
#include "view.h"

enum {
    WIDTH = 40,
    HEIGHT = 30,
    PAPER = 0xffffffffu,
    GREY = 0xff404040u,
    RED = 0xff0000ffu,
    BLUE = 0xffff0000u
};

static uint32_t pixel(km_view *v, int x, int y) {
    uint32_t color;
    memcpy(&color, km_view_pixels(v) + 4 * (y * WIDTH + x), sizeof color);
    return color;
}

/* A view of points of two columns on which a place (x, y) is the pixel (x, y). All of it is grey. */
static km_view *grey_view(const km_engine *e, int b) {
    static const uint32_t colors[] = {RED, BLUE};
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, 0, b), KM_OK);
    CHECK_INT(km_view_resize(v, WIDTH, HEIGHT), KM_OK);
    km_view_camera(v, 1, 0, 1, 0);
    CHECK_INT(km_view_palette(v, colors, 2, 0, GREY), KM_OK);
    km_view_clear(v);
    CHECK_INT(km_view_palette(v, colors, 2, 0, PAPER), KM_OK);
    return v;
}

TEST(cells_pale_what_was_decided_and_frame_what_was_not) {
    static const double columns[] = {0, 40, 0, 30};
    km_engine *e = engine_with(columns, NULL, 2, 2);
    km_view *v = grey_view(e, 1);
    /* Decided for cluster 1; across a border; outside the picture; without a number; a single place. */
    static const double boxes[] = {2.5, 3.5, 12.5,   13.5, 20.5, 3.5, 30.5, 13.5, 50,   50,
                                   60,  60,  -1e300, 5,    NAN,  7,   35.5, 20.5, 35.5, 20.5};
    static const int32_t labels[] = {1, -1, 0, 0, -1};
    km_view_cells(v, boxes, labels, 5, 1);
    const uint32_t inside = pixel(v, 7, 8), frame = pixel(v, 2, 3);
    CHECK(inside != GREY && (inside & 255) > (GREY & 255)); /* towards the paper */
    CHECK((frame >> 16 & 255) > (frame & 255));             /* blue */
    CHECK_INT(pixel(v, 12, 13) == frame, 1);
    CHECK_INT(pixel(v, 13, 13) == GREY, 1);
    CHECK_INT(pixel(v, 1, 3) == GREY, 1);
    CHECK_INT(pixel(v, 25, 8) == GREY, 1);         /* points looked at stay as they are */
    CHECK((pixel(v, 20, 3) & 255) < (GREY & 255)); /* in ink: black on white paper */
    CHECK_INT(pixel(v, 20, 13) == pixel(v, 30, 3), 1);
    CHECK(pixel(v, 35, 20) != GREY);
    int touched = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) touched += pixel(v, x, y) != GREY;
    CHECK_INT(touched, 11 * 11 + 40 + 1);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(cells_of_one_column_span_its_band) {
    static const double column[] = {0, 40};
    km_engine *e = engine_with(column, NULL, 2, 1);
    km_view *v = grey_view(e, -1);
    static const double box[] = {10.5, 20.5};
    static const int32_t label = 0;
    const double *bounds = km_view_bounds(v);
    CHECK(bounds[3] > 2);
    km_view_cells(v, box, &label, 1, 1);
    CHECK(pixel(v, 15, 1) != GREY);
    CHECK_INT(pixel(v, 25, 1) == GREY, 1);
    CHECK_INT(pixel(v, 15, (int)bounds[3] + 2) == GREY, 1);
    km_view_destroy(v);
    km_destroy(e);
}

/* What the page draws: every point lies in a box, and one that was decided is of the label of its points. */
TEST(cells_hold_every_point_with_its_label) {
    enum { N = 4000, K = 6, MOST = 4000 };
    static double columns[2 * N], boxes[4 * MOST];
    static int32_t labels[MOST];
    km_rng r;
    km_rng_seed(&r, 4);
    fill_case(CASE_BLOBS, &r, N, 2, columns);
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_set(e, KM_PARAM_K, K);
    CHECK_INT(km_init(e, 1), KM_OK);
    CHECK_INT(km_half_step(e), KM_OK);
    CHECK_INT(km_method_used(e), KM_METHOD_BOXES);
    const int count = km_cells(e, boxes, labels, MOST);
    CHECK(count > 0 && count <= MOST);
    const int32_t *of = km_labels(e);
    for (int i = 0; i < N; i++) {
        int held = 0;
        for (int c = 0; c < count; c++) {
            const double *box = boxes + 4 * c, x = columns[i], y = columns[N + i];
            if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])
                held += labels[c] < 0 || labels[c] == of[i];
        }
        CHECK(held > 0);
    }
    km_view *v = km_view_create();
    CHECK_INT(km_view_pca(v, e), KM_OK);
    CHECK_INT(km_view_resize(v, WIDTH, HEIGHT), KM_OK);
    km_view_clear(v);
    const uint32_t before = pixel(v, 5, 5);
    km_view_cells(v, boxes, labels, count, 1); /* nothing: these are components */
    for (int x = 0; x < WIDTH; x++) CHECK_INT(pixel(v, x, 5) == before, 1);
    km_view_destroy(v);
    km_destroy(e);
}
