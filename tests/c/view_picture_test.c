#include "cases.h"
#include "view.h"

enum {
    PAPER = 0xffffffffu - 0x100,
    GREY = 0xff808080u,
    RED = 0xff0000ffu,
    GREEN = 0xff00ff00u,
    BLUE = 0xffff0000u
};
static const uint32_t colors[] = {RED, GREEN, BLUE};

static uint32_t pixel(km_view *v, int width, int x, int y) {
    uint32_t p;
    memcpy(&p, km_view_pixels(v) + 4 * (y * width + x), 4);
    return p;
}

static int channel(uint32_t color, int c) { return (int)(color >> 8 * c & 255); }

/* Within one step in every channel. */
static int alike(uint32_t a, uint32_t b) {
    for (int c = 0; c < 4; c++)
        if (abs(channel(a, c) - channel(b, c)) > 1) return 0;
    return 1;
}

static uint32_t mix(uint32_t a, uint32_t b, double share) {
    uint32_t out = 0;
    for (int c = 0; c < 4; c++)
        out |= (uint32_t)lround(channel(a, c) + share * (channel(b, c) - channel(a, c))) << 8 * c;
    return out;
}

/* A view of these points, one unit a pixel: (x, y) is drawn at (x, height - y). */
static km_view *picture(const km_engine *e, int width, int height) {
    km_view *v = km_view_create();
    if (km_d(e) == 1) CHECK_INT(km_view_columns(v, e, 0, -1), KM_OK);
    else CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_INT(km_view_resize(v, width, height), KM_OK);
    CHECK_INT(km_view_palette(v, colors, 3, GREY, PAPER), KM_OK);
    km_view_camera(v, 1, 0, -1, height);
    km_view_clear(v);
    return v;
}

static int count_painted(km_view *v, int width, int height) {
    int painted = 0;
    for (int i = 0; i < width * height; i++) painted += pixel(v, width, i % width, i / width) != PAPER;
    return painted;
}

TEST(picture_refuses_bad_sizes_and_palettes) {
    km_view *v = km_view_create();
    static const int bad[][2] = {{0, 5}, {5, 0}, {-1, 5}, {8193, 5}, {5, 8193}};
    CHECK_INT(km_view_resize(v, 3, 2), KM_OK);
    for (int i = 0; i < 5; i++) CHECK_INT(km_view_resize(v, bad[i][0], bad[i][1]), KM_ERR_PARAM);
    CHECK_INT(km_view_palette(v, colors, 0, GREY, PAPER), KM_ERR_PARAM);
    CHECK_INT(km_view_palette(v, colors, 255, GREY, PAPER), KM_ERR_PARAM);
    CHECK_INT(km_view_palette(v, colors, 3, 0x808080, 0x123456), KM_OK);
    km_view_clear(v);
    for (int i = 0; i < 6; i++) CHECK(pixel(v, 3, i % 3, i / 3) == 0xff123456u); /* always opaque */
    km_view_points(v, NULL, NULL, 1, 3, 1, 0);                                   /* no points yet */
    CHECK(pixel(v, 3, 0, 0) == 0xff123456u);
    km_view_destroy(v);
}

TEST(smallest_points_are_pixels) {
    /* Inside, on the corners, outside every way, and two in one place. */
    static const double columns[] = {2.5, 0.5, 7.5, -0.51, 8.51, 3.5,   3.5,  4.5, 4.5,
                                     3.5, 5.5, 0.5, 3.5,   3.5,  -0.51, 6.51, 1.5, 1.5};
    static const int32_t labels[] = {0, 1, 2, 0, 0, 0, 0, 0, 4};
    km_engine *e = engine_with(columns, NULL, 9, 2);
    km_view *v = picture(e, 8, 6);
    km_view_points(v, labels, NULL, 1, 0.5, 0.5, 0);
    CHECK(pixel(v, 8, 2, 2) == RED);
    CHECK(pixel(v, 8, 0, 0) == GREEN);
    CHECK(pixel(v, 8, 7, 5) == BLUE);
    CHECK(alike(pixel(v, 8, 4, 4), mix(RED, GREEN, 0.5))); /* both; label 4 takes colour 1 */
    CHECK_INT(count_painted(v, 8, 6), 4);
    km_view_clear(v);
    km_view_points(v, NULL, NULL, 1, 0.1, 1, 0);
    CHECK(pixel(v, 8, 2, 2) == GREY);
    CHECK_INT(count_painted(v, 8, 6), 4);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(a_point_between_pixels_is_shared_by_them) {
    static const double columns[] = {4.25, 3.75};
    static const int32_t labels[] = {0};
    km_engine *e = engine_with(columns, NULL, 1, 2);
    km_view *v = picture(e, 9, 8);
    km_view_points(v, labels, NULL, 1, 0.5, 1, 0);
    /* Centered at (4.25, 4.25): three quarters of its width in column 4, a quarter in column 3. */
    CHECK(alike(pixel(v, 9, 4, 4), mix(PAPER, RED, 0.75 * 0.75)));
    CHECK(alike(pixel(v, 9, 3, 4), mix(PAPER, RED, 0.75 * 0.25)));
    CHECK(alike(pixel(v, 9, 3, 3), mix(PAPER, RED, 0.25 * 0.25)));
    CHECK_INT(count_painted(v, 9, 8), 4);
    km_view_destroy(v);
    km_destroy(e);
}

/* n points of blobs and their labels by three centroids. */
static km_engine *crowd(int n, const double *centroids, int32_t *labels) {
    double *columns = malloc(2 * sizeof *columns * (size_t)n);
    km_rng r;
    km_rng_seed(&r, 3);
    for (int i = 0; i < 2 * n; i++) {
        columns[i] = 0;
        for (int s = 0; s < 6; s++) columns[i] += km_rng_uniform(&r) * 40;
    }
    km_engine *e = engine_with(columns, NULL, n, 2);
    km_label_points(e, centroids, 3, labels);
    free(columns);
    return e;
}

TEST(a_crowd_is_darkest_where_it_is_densest_and_mixes_its_colours) {
    enum { N = 200000, SIDE = 240 };
    static const double centroids[] = {90, 90, 150, 90, 120, 160};
    int32_t *labels = malloc(N * sizeof *labels);
    km_engine *e = crowd(N, centroids, labels);
    km_view *v = picture(e, SIDE, SIDE);
    km_view_points(v, NULL, NULL, 1, 0.5, 1, 0);
    /* Rings round the middle fade outwards, none of them to nothing while there are points. */
    double mean[5] = {0, 0, 0, 0, 0};
    for (int ring = 0; ring < 5; ring++) {
        int count = 0;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                const double r = hypot(x - 119.5, y - 119.5);
                if (r < ring * 20 || r >= ring * 20 + 10) continue;
                mean[ring] += 255 - channel(pixel(v, SIDE, x, y), 0);
                count++;
            }
        mean[ring] /= count;
    }
    CHECK(mean[0] > 100 && mean[0] <= 127);
    for (int ring = 1; ring < 5; ring++) CHECK(mean[ring] < mean[ring - 1] - 3);
    CHECK(mean[4] > 2);

    /* On the border of two clusters there is something of both, elsewhere of one. */
    km_view_clear(v);
    km_view_points(v, labels, NULL, 1, 0.5, 1, 0);
    const uint32_t border = pixel(v, SIDE, 119, SIDE - 90), left = pixel(v, SIDE, 100, SIDE - 90);
    CHECK(channel(left, 0) > 250 && channel(left, 1) < 60);
    CHECK(channel(border, 0) > 60 && channel(border, 1) > 60 && channel(border, 2) < 120);

    /* The shading does not depend on the labels: all of one colour, only the hue differs. */
    km_view *grey = picture(e, SIDE, SIDE);
    memset(labels, 0, N * sizeof *labels);
    static const uint32_t greys[] = {GREY};
    CHECK_INT(km_view_palette(grey, greys, 1, BLUE, PAPER), KM_OK);
    km_view_points(grey, labels, NULL, 1, 0.5, 1, 0);
    km_view_clear(v);
    km_view_points(v, NULL, NULL, 1, 0.5, 1, 0);
    CHECK(memcmp(km_view_pixels(v), km_view_pixels(grey), 4 * SIDE * SIDE) == 0);
    km_view_destroy(v);
    km_view_destroy(grey);
    km_destroy(e);
    free(labels);
}

TEST(what_is_seen_of_a_crowd_is_the_same_by_any_window) {
    /* The rest of the plane is left out exactly: a part drawn alone is that part of the whole. */
    enum { N = 50000, BIG = 400, SIDE = 60 };
    static const double centroids[] = {90, 90, 150, 90, 120, 160};
    int32_t *labels = malloc(N * sizeof *labels), *before = malloc(N * sizeof *before);
    km_engine *e = crowd(N, centroids, labels);
    for (int i = 0; i < N; i++) before[i] = i % 4 - 1;
    static const double radii[] = {0.5, 0.7, 1.2, 2.5}, scales[][2] = {{1.6, -1.6}, {1.1, 1.4}, {-1.3, 0.9}};
    static const int corners[][2] = {{0, 0}, {170, 130}, {340, 340}, {90, 301}};
    for (int s = 0; s < 3; s++)
        for (int r = 0; r < 4; r++) {
            km_view *whole = picture(e, BIG, BIG);
            const double tx = scales[s][0] < 0 ? 360 : 0, ty = scales[s][1] < 0 ? 390 : 0;
            km_view_camera(whole, scales[s][0], tx, scales[s][1], ty);
            km_view_points(whole, labels, before, 0.3, radii[r], 0.8, 1);
            km_view_lit(whole, labels, radii[r], 77);
            CHECK(count_painted(whole, BIG, BIG) > 10000);
            for (int c = 0; c < 4; c++) {
                km_view *part = picture(e, SIDE, SIDE);
                km_view_camera(part, scales[s][0], tx - corners[c][0], scales[s][1], ty - corners[c][1]);
                km_view_points(part, labels, before, 0.3, radii[r], 0.8, 1);
                km_view_lit(part, labels, radii[r], 77);
                int different = 0;
                for (int i = 0; i < SIDE * SIDE; i++)
                    different +=
                        !alike(pixel(part, SIDE, i % SIDE, i / SIDE),
                               pixel(whole, BIG, i % SIDE + corners[c][0], i / SIDE + corners[c][1]));
                CHECK_INT(different, 0);
                km_view_destroy(part);
            }
            km_view_destroy(whole);
        }
    km_destroy(e);
    free(labels);
    free(before);
}

TEST(picking_in_a_crowd_finds_the_nearest_row) {
    enum { N = 30000 };
    static const double centroids[] = {90, 90, 150, 90, 120, 160};
    int32_t *labels = malloc(N * sizeof *labels);
    km_engine *e = crowd(N, centroids, labels);
    km_view *v = picture(e, 10, 10);
    const double *x = km_column(e, 0), *y = km_column(e, 1);
    for (int i = 0; i < 100; i++) {
        const int found = km_view_pick(v, x[i * 300], y[i * 300], 2);
        CHECK(found >= 0 && hypot(x[found] - x[i * 300], y[found] - y[i * 300]) < 1e-4);
    }
    CHECK_INT(km_view_pick(v, -500, 0, 100), -1);
    km_view_destroy(v);
    km_destroy(e);
    free(labels);
}

TEST(colours_cross_fade) {
    static const double columns[] = {1.5, 3.5, 5.5, 1.5, 1.5, 1.5};
    static const int32_t before[] = {0, -1, 1}, labels[] = {2, 0, 1};
    km_engine *e = engine_with(columns, NULL, 3, 2);
    km_view *v = picture(e, 8, 3);
    static const double blends[] = {0, 0.25, 1};
    for (int i = 0; i < 3; i++) {
        km_view_clear(v);
        km_view_points(v, labels, before, blends[i], 0.5, 1, 0);
        CHECK(alike(pixel(v, 8, 1, 1), mix(RED, BLUE, blends[i])));
        CHECK(alike(pixel(v, 8, 3, 1), mix(GREY, RED, blends[i])));
        CHECK(pixel(v, 8, 5, 1) == GREEN);
    }
    km_view_points(v, NULL, before, 1, 0.5, 1, 0);
    CHECK(pixel(v, 8, 1, 1) == GREY);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(marks_are_about_as_large_as_their_disc) {
    /* The share of the mark's colour in each pixel, by the blue of white paper under black. */
    static const double columns[] = {20.3, 1000, 20.7, 1000};
    static const uint32_t black[] = {0xff000000u};
    km_engine *e = engine_with(columns, NULL, 2, 2);
    km_view *v = picture(e, 41, 41);
    CHECK_INT(km_view_palette(v, black, 1, GREY, 0xffffffffu), KM_OK);
    for (int32_t mark = 0; mark < 8; mark++)
        for (double radius = 2; radius <= 10; radius += 4) {
            const int32_t labels[] = {mark, mark};
            double area = 0, x = 0;
            km_view_clear(v);
            km_view_points(v, labels, NULL, 1, radius, 1, 0);
            for (int i = 0; i < 41 * 41; i++) {
                const double share = 1 - channel(pixel(v, 41, i % 41, i / 41), 2) / 255.0;
                area += share;
                x += share * (i % 41 + 0.5);
            }
            const double disc = 3.14159265358979 * radius * radius;
            CHECK(area > 0.9 * disc && area < 1.2 * disc);
            CHECK(fabs(x / area - 20.3) < 0.2);
            if (mark == 0) CHECK_NEAR(area, disc, 0.04);
        }
    km_view_destroy(v);
    km_destroy(e);
}

TEST(a_disc_is_round_smooth_and_parted_from_what_is_under_it) {
    static const double columns[] = {20.6, 20.6};
    km_engine *e = engine_with(columns, NULL, 1, 2);
    km_view *v = picture(e, 41, 41);
    static const int32_t labels[] = {0};
    /* Under it, a picture all blue. */
    static const uint32_t blue[] = {BLUE};
    CHECK_INT(km_view_palette(v, blue, 1, GREY, BLUE), KM_OK);
    km_view_clear(v);
    CHECK_INT(km_view_palette(v, colors, 3, GREY, PAPER), KM_OK);
    km_view_points(v, labels, NULL, 1, 8, 1, 0);
    CHECK(pixel(v, 41, 20, 20) == RED);
    int red = 0, paper = 0, blue_left = 0;
    for (int i = 0; i < 41 * 41; i++) {
        const uint32_t p = pixel(v, 41, i % 41, i / 41);
        red += p == RED;
        paper += p != RED && p != BLUE;
        blue_left += p == BLUE;
    }
    CHECK(red > 140 && red < 201);    /* pi 8^2 less the smooth edge */
    CHECK(paper > 60 && paper < 150); /* edge and rim */
    CHECK(blue_left > 41 * 41 - 290);
    /* The rim is paper: some pixel of it is nearly so. */
    int nearest = 999;
    for (int x = 0; x < 20; x++) {
        const uint32_t p = pixel(v, 41, x, 20);
        const int off = abs(channel(p, 0) - channel(PAPER, 0)) + abs(channel(p, 1) - channel(PAPER, 1));
        if (off < nearest) nearest = off;
    }
    CHECK(nearest < 250);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(opacity_mixes_with_what_is_under) {
    static const double columns[] = {10, 10};
    static const int32_t labels[] = {0};
    km_engine *e = engine_with(columns, NULL, 1, 2);
    km_view *v = picture(e, 20, 20);
    km_view_points(v, labels, NULL, 1, 5, 0.75, 0);
    CHECK(alike(pixel(v, 20, 10, 10), mix(PAPER, RED, 0.75)));
    km_view_points(v, labels, NULL, 1, 5, 0, 0);
    CHECK(alike(pixel(v, 20, 10, 10), mix(PAPER, RED, 0.75)));
    km_view_destroy(v);
    km_destroy(e);
}

TEST(marks_are_clipped_at_every_edge) {
    /* Each shape at the corners, across the edges, far out and at places no int holds: the picture agrees
     * with the same points drawn on a larger one. */
    enum { N = 400, SIDE = 24, MARGIN = 40, BIG = SIDE + 2 * MARGIN };
    double columns[2 * N];
    int32_t labels[N];
    km_rng r;
    km_rng_seed(&r, 2);
    for (int i = 0; i < N; i++) {
        columns[i] = km_rng_uniform(&r) * (SIDE + 30) - 15;
        columns[N + i] = km_rng_uniform(&r) * (SIDE + 30) - 15;
        labels[i] = i % 8;
    }
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_view *v = picture(e, SIDE, SIDE), *big = picture(e, BIG, BIG);
    km_view_camera(big, 1, MARGIN, -1, SIDE + MARGIN);
    for (double radius = 0.5; radius < 12; radius += 3.3) {
        km_view_clear(v);
        km_view_clear(big);
        km_view_points(v, labels, NULL, 1, radius, 0.8, 0);
        km_view_lit(v, labels, radius, 5);
        km_view_points(big, labels, NULL, 1, radius, 0.8, 0);
        km_view_lit(big, labels, radius, 5);
        int different = 0;
        for (int i = 0; i < SIDE * SIDE; i++)
            different +=
                pixel(v, SIDE, i % SIDE, i / SIDE) != pixel(big, BIG, i % SIDE + MARGIN, i / SIDE + MARGIN);
        CHECK_INT(different, 0);
    }
    static const double cameras[][4] = {
        {1e300, 0, 1e300, 0}, {1, 1e300, 1, -1e300}, {1, 3e9, 1, 3e9}, {1, -3e9, -1, -3e9}};
    km_view_clear(v);
    for (int c = 0; c < 4; c++) {
        km_view_camera(v, cameras[c][0], cameras[c][1], cameras[c][2], cameras[c][3]);
        km_view_points(v, labels, NULL, 1, 1, 1, 0);
        km_view_lit(v, labels, 1, 3);
        km_view_points(v, labels, NULL, 1, 1000, 1, 0);
        km_view_lit(v, labels, 1000, 3);
    }
    CHECK_INT(count_painted(v, SIDE, SIDE), 0);
    km_view_destroy(v);
    km_view_destroy(big);
    km_destroy(e);
}

TEST(a_camera_without_sense_is_ignored) {
    static const double columns[] = {2.5, 2.5};
    km_engine *e = engine_with(columns, NULL, 1, 2);
    km_view *v = picture(e, 5, 5);
    km_view_camera(v, NAN, 0, 1, 0);
    km_view_camera(v, 1, INFINITY, 1, 0);
    km_view_camera(v, 0, 0, 1, 0);
    km_view_camera(v, 1, 0, 0, 0);
    km_view_points(v, NULL, NULL, 1, 0.5, 1, 0);
    CHECK(pixel(v, 5, 2, 2) == GREY);
    km_view_points(v, NULL, NULL, NAN, NAN, NAN, 0); /* a radius without sense is a pixel */
    CHECK(pixel(v, 5, 2, 2) == GREY);
    CHECK_INT(count_painted(v, 5, 5), 1);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(a_lit_point_stands_out) {
    static const double columns[] = {10, 30, 10, 10};
    static const int32_t labels[] = {0, 0};
    km_engine *e = engine_with(columns, NULL, 2, 2);
    for (double radius = 0.5; radius < 8; radius += 5) {
        km_view *v = picture(e, 40, 20);
        km_view_points(v, labels, NULL, 1, radius, 0.5, 0);
        km_view_lit(v, labels, radius, 1);
        int plain = 0, lit = 0, dark = 0;
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 40; x++) {
                const uint32_t p = pixel(v, 40, x, y);
                if (x < 20) plain += p != PAPER;
                else lit += p != PAPER;
                dark += channel(p, 0) < 40 && channel(p, 1) < 40;
            }
        CHECK(lit > plain);
        CHECK(dark > 10); /* its rim is ink */
        CHECK(pixel(v, 40, 30, 10) == RED);
        km_view_points(v, labels, NULL, 1, radius, 0.5, 0);
        km_view_lit(v, labels, radius, 2); /* no such row */
        km_view_destroy(v);
    }
    km_destroy(e);
}

TEST(points_that_moved_stand_out) {
    /* One stays, one moves, one joins, and one that moved lies under one that stayed. */
    static const double columns[] = {10.5, 30.5, 50.5, 70.5, 70.5, 10.5, 10.5, 10.5, 10.5, 10.5};
    static const int32_t before[] = {0, 0, -1, 0, 1}, labels[] = {0, 2, 2, 2, 1};
    km_engine *e = engine_with(columns, NULL, 5, 2);
    km_view *v = picture(e, 80, 20);
    km_view_points(v, labels, before, 1, 6, 0.5, 1);
    int dark[4] = {0, 0, 0, 0};
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 80; x++) {
            const uint32_t p = pixel(v, 80, x, y);
            dark[x / 20] += channel(p, 0) < 60 && channel(p, 1) < 60 && channel(p, 2) < 60;
        }
    CHECK_INT(dark[0], 0);
    CHECK(dark[1] > 10);
    CHECK_INT(dark[2], 0);
    CHECK(dark[3] > 10);
    CHECK(alike(pixel(v, 80, 10, 9), mix(PAPER, RED, 0.5)));
    CHECK(pixel(v, 80, 30, 9) == BLUE);
    CHECK(pixel(v, 80, 70, 9) == BLUE);

    /* Without being asked for, and where all are alike, nothing does. */
    km_view *plain = picture(e, 80, 20);
    km_view_clear(v);
    km_view_points(v, labels, before, 1, 6, 0.5, 0);
    km_view_points(plain, labels, NULL, 1, 6, 0.5, 1);
    CHECK(memcmp(km_view_pixels(v), km_view_pixels(plain), 4 * 80 * 20) == 0);

    /* As pixels: more ink than colour, and a mean with those that stayed. */
    km_view_clear(v);
    km_view_points(v, labels, before, 1, 0.5, 1, 1);
    const uint32_t inked = mix(BLUE, 0xff000000u, 0.6);
    CHECK(alike(pixel(v, 80, 10, 9), RED));
    CHECK(alike(pixel(v, 80, 30, 9), inked));
    CHECK(alike(pixel(v, 80, 50, 9), BLUE));
    CHECK(alike(pixel(v, 80, 70, 9), mix(inked, GREEN, 0.5)));
    km_view_destroy(v);
    km_view_destroy(plain);
    km_destroy(e);
}

TEST(spokes_join_points_and_centers) {
    static const double columns[] = {4.5, 30.5, 10.5, 2.5, 10.5, 17.5};
    static const int32_t labels[] = {0, 0, 1};
    static const double centers[] = {20.5, 10.5, 10.5, 3.5};
    km_engine *e = engine_with(columns, NULL, 3, 2);
    km_view *v = picture(e, 40, 20);
    km_view_spokes(v, labels, centers, 2, 100, 1);
    /* Upright: a column of whole pixels from the point at row 2 to the center at row 16. */
    for (int y = 0; y < 20; y++) CHECK(alike(pixel(v, 40, 10, y), GREEN) == (y >= 2 && y <= 16));
    /* Level: across to its center and not beyond, as the third crosses it. */
    CHECK(alike(pixel(v, 40, 25, 9), RED));
    CHECK(alike(pixel(v, 40, 20, 9), RED));
    CHECK(pixel(v, 40, 36, 9) == PAPER);
    /* Slanted: coverage of each column adds up to one line's. */
    for (int x = 6; x < 18; x++) {
        double ink = 0;
        if (x == 10) continue;
        for (int y = 0; y < 20; y++) ink += 1 - channel(pixel(v, 40, x, y), 1) / 254.0;
        CHECK(ink > 0.95 && ink < 1.05);
    }

    /* At the opacity asked for; none without labels or of no cluster. */
    km_view_clear(v);
    km_view_spokes(v, labels, centers, 2, 3, 0.25);
    CHECK(alike(pixel(v, 40, 10, 5), mix(PAPER, GREEN, 0.25)));
    km_view_clear(v);
    km_view_spokes(v, NULL, centers, 2, 100, 1);
    km_view_spokes(v, labels, centers, 0, 100, 1);
    CHECK_INT(count_painted(v, 40, 20), 0);

    /* Ends far outside leave the part inside. */
    static const double far[] = {20.5 - 1e9, 10.5, 10.5, 1e12};
    km_view_spokes(v, labels, far, 2, 100, 1);
    CHECK(alike(pixel(v, 40, 3, 9), RED) && alike(pixel(v, 40, 28, 9), RED) &&
          alike(pixel(v, 40, 10, 1), GREEN));
    km_view_camera(v, 1e300, 0, 1e300, 0);
    km_view_spokes(v, labels, far, 2, 100, 1);
    km_view_destroy(v);
    km_destroy(e);
}

/* Of many points, as many of each cluster, spread over it, and all of a small one. */
TEST(spokes_sample_each_cluster) {
    enum { MOST = 100000, FEW = 12, WIDTH = 1000, HEIGHT = 600, ROW = 30, EDGE = 850 };
    static double columns[2 * MOST];
    static int32_t labels[MOST];
    static const double centers[] = {400.5, 20.5, 960.5, 20.5};
    static const int sizes[] = {15000, MOST};
    for (int c = 0; c < 2; c++) {
        /* A row of points above each center. */
        const int n = sizes[c], many = n - FEW;
        for (int i = 0; i < n; i++) {
            labels[i] = i >= many;
            columns[i] = i < many ? 800.0 * i / many : 910 + 8.0 * (i - many);
            columns[n + i] = HEIGHT - 0.5;
        }
        km_engine *e = engine_with(columns, NULL, n, 2);
        km_view *v = picture(e, WIDTH, HEIGHT);
        km_view_spokes(v, labels, centers, 2, 400, 0.5);
        /* Across the lines near their points: how many, and how far apart. */
        double lines[2] = {0, 0};
        int last = 0, widest = 0;
        for (int x = 0; x < WIDTH; x++) {
            if (pixel(v, WIDTH, x, ROW) == PAPER) continue;
            lines[x > EDGE] += (1 - channel(pixel(v, WIDTH, x, ROW), 2) / 255.0) / 0.5;
            if (x < EDGE && x - last > widest) widest = x - last;
            if (x < EDGE) last = x;
        }
        CHECK(lines[0] > 39 && lines[0] < 41);
        CHECK(widest < 2 * 800 / 40);
        /* The small one may lose some where not every point is asked. */
        CHECK(lines[1] > (c ? 1 : FEW - 1) && lines[1] < FEW + 1);
        km_view_destroy(v);
        km_destroy(e);
    }
}

TEST(pictures_are_the_same_in_every_build) {
    enum { N = 500, SIDE = 100 };
    double columns[2 * N];
    km_rng r;
    km_rng_seed(&r, 1);
    fill_case(CASE_BLOBS, &r, N, 2, columns);
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_set(e, KM_PARAM_K, 9);
    CHECK_INT(km_init(e, 0), KM_OK);
    run_to_end(e);
    km_view *v = picture(e, SIDE, SIDE);
    km_view_camera(v, 4, 10, -4, 85);
    CHECK_INT(km_view_regions(v, e, km_centroids(e), 9, 1, 0.12, 0.5), KM_OK);
    km_view_points(v, km_labels(e), NULL, 1, 2.6, 0.75, 0);
    km_view_lit(v, km_labels(e), 2.6, 3);
    uint64_t h = 0xcbf29ce484222325u;
    for (int i = 0; i < 4 * SIDE * SIDE; i++) h = (h ^ km_view_pixels(v)[i]) * 0x100000001b3u;
    if (h != 0x15b5b0190254ead6u)
        check_fail(__FILE__, __LINE__, "the picture has digest 0x%016llxu", (unsigned long long)h);
    km_view_destroy(v);
    km_destroy(e);
}
