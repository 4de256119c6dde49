#include "cases.h"
#include "view.h"

enum { WIDTH = 80, HEIGHT = 40, GREY = 0xff808080u, INK = 0xff204060u };

/* Points at (20, 20) and (60, 20), one unit a pixel. */
static km_view *two_points(km_engine *e) {
    static const uint32_t color = 0xff0000ffu;
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_INT(km_view_resize(v, WIDTH, HEIGHT), KM_OK);
    CHECK_INT(km_view_palette(v, &color, 1, GREY, 0xffffffffu), KM_OK);
    km_view_camera(v, 1, 0, -1, HEIGHT);
    km_view_clear(v);
    return v;
}

/* Ink in the left and right half, in pixels of full ink. */
static void ink_of(km_view *v, double out[2]) {
    const uint8_t *p = km_view_pixels(v);
    out[0] = out[1] = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        out[i % WIDTH >= WIDTH / 2] += (255.0 - p[4 * i]) / (255.0 - (INK & 255));
}

TEST(chances_are_areas) {
    static const double columns[] = {20.5, 60.5, 20.5, 20.5};
    km_engine *e = engine_with(columns, NULL, 2, 2);
    km_view *v = two_points(e);
    static const double chances[] = {0.2, 0.8};
    double ink[2];
    km_view_chances(v, chances, 0, 16, 1, INK);
    ink_of(v, ink);
    /* Discs of radius 8 and 16, less the rim of paper that sets them apart. */
    CHECK(fabs(ink[1] / (3.14159265 * 16 * 16) - 1) < 0.05);
    CHECK(fabs(4 * ink[0] / ink[1] - 1) < 0.05);

    /* What cannot be drawn again is a dot of the unassigned colour. */
    km_view_clear(v);
    static const double chosen[] = {0, 1};
    km_view_chances(v, chosen, 2, 10, 1, INK);
    uint32_t p;
    memcpy(&p, km_view_pixels(v) + 4 * (19 * WIDTH + 20), 4);
    CHECK(p == GREY);
    memcpy(&p, km_view_pixels(v) + 4 * (19 * WIDTH + 60), 4);
    CHECK(p == INK);

    /* Small ones are shaded pixels; all zero is drawn too. */
    km_view_clear(v);
    km_view_chances(v, chances, 0.5, 0.6, 1, INK);
    ink_of(v, ink);
    CHECK(ink[0] > 0 && ink[0] < ink[1] && ink[1] <= 1.01);
    static const double none[] = {0, 0};
    km_view_clear(v);
    km_view_chances(v, none, 0.5, 10, 1, INK);
    ink_of(v, ink);
    CHECK(ink[0] == ink[1]);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(spread_by_hand) {
    /* (0, 0), (6, 8) and far away (100, 100): 5 from their mean each. */
    static const double columns[] = {0, 100, 6, 0, 100, 8};
    static const int32_t labels[] = {0, 1, 0};
    km_engine *e = engine_with(columns, NULL, 3, 2);
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_NEAR(km_view_spread(v, labels, 0), 5, 1e-6); /* drawn points are floats */
    CHECK(km_view_spread(v, labels, 1) == 0);
    CHECK(isnan(km_view_spread(v, labels, 2)));
    km_destroy(e);
    km_engine *line = engine_with(columns, NULL, 3, 1);
    CHECK_INT(km_view_columns(v, line, 0, -1), KM_OK);
    CHECK_NEAR(km_view_spread(v, labels, 0), 3, 1e-6); /* whatever the jitter */
    km_destroy(line);
    km_view_destroy(v);
}
