/* A density of which only what has changed is drawn anew is, byte for byte, the one drawn anew. */
#include "cases.h"
#include "view.h"

enum { WIDTH = 230, HEIGHT = 170, MOST = 40000 };

typedef struct scene {
    int width, height, color_count, moved;
    double camera[4], blend, radius;
    int32_t labels[MOST], before[MOST];
    int has_labels, has_before;
    uint32_t paper;
} scene;

static void set_up(km_view *v, const scene *s) {
    uint32_t colors[9];
    for (int j = 0; j < 9; j++) colors[j] = 0xff000000u | (uint32_t)(j + 1) * 0x15b3a1u;
    CHECK_INT(km_view_resize(v, s->width, s->height), KM_OK);
    CHECK_INT(km_view_palette(v, colors, s->color_count, 0xff808080u, s->paper), KM_OK);
}

static void draw(km_view *v, const scene *s) {
    km_view_camera(v, s->camera[0], s->camera[1], s->camera[2], s->camera[3]);
    km_view_clear(v);
    km_view_points(v, s->has_labels ? s->labels : NULL, s->has_before ? s->before : NULL, s->blend, s->radius,
                   0.75, s->moved);
}

/* Changes something about the scene; returns whether the view has to be set up again. */
static int change(scene *s, km_rng *r, int n, int k) {
    const int some = 1 + (int)km_rng_below(r, 40);
    switch (km_rng_below(r, 12)) {
    case 0: s->blend = km_rng_uniform(r); break;
    case 1: s->moved = !s->moved; break;
    case 2: s->has_before = !s->has_before; break;
    case 3: s->has_labels = !s->has_labels; break;
    case 4:
        for (int i = 0; i < n; i++) s->before[i] = s->labels[i];
        break;
    case 5: /* a few here and there */
        for (int i = 0; i < some; i++)
            s->labels[km_rng_below(r, (uint64_t)n)] = (int32_t)km_rng_below(r, (uint64_t)k + 1) - 1;
        break;
    case 6:
        for (int i = 0; i < some; i++)
            s->before[km_rng_below(r, (uint64_t)n)] = (int32_t)km_rng_below(r, (uint64_t)k + 1) - 1;
        break;
    case 7: s->camera[1] += km_rng_uniform(r) * 9 - 4; break;
    case 8: /* a cluster becomes another's */
        for (int i = 0; i < n; i++) s->labels[i] = s->labels[i] == some % k ? 0 : s->labels[i];
        break;
    case 9: s->radius = 0.3 + km_rng_uniform(r) * 0.45; break;
    case 10:
        if (km_rng_below(r, 3)) break;
        s->paper = 0xff000000u | (uint32_t)km_rng_below(r, 1 << 24);
        s->color_count = 1 + (int)km_rng_below(r, 9);
        s->width = WIDTH - some;
        return 1;
    default: break; /* nothing */
    }
    return 0;
}

static void check_scenes(int n, double zoom, int rounds, int seed) {
    static double columns[2 * MOST];
    static scene s;
    enum { K = 12 };
    km_rng r;
    km_rng_seed(&r, seed);
    for (int i = 0; i < n; i++)
        for (int t = 0; t < 2; t++) columns[t * n + i] = (km_rng_uniform(&r) + km_rng_uniform(&r)) / 2;
    km_engine *e = engine_with(columns, NULL, n, 2);
    for (int i = 0; i < n; i++) s.labels[i] = s.before[i] = (int32_t)(columns[i] * K);
    s.width = WIDTH;
    s.height = HEIGHT;
    s.color_count = 9;
    s.paper = 0xfff0f0f0u;
    s.blend = 1;
    s.radius = 0.5;
    s.has_labels = 1;
    s.has_before = s.moved = 0;
    /* The middle of the points in the middle of the picture, mirrored or not. */
    const double scale = zoom * HEIGHT, across = seed % 2 ? scale : -scale,
                 up = seed % 4 < 2 ? -scale : scale;
    memcpy(s.camera, (double[]){across, WIDTH / 2.0 - across / 2, up, HEIGHT / 2.0 - up / 2},
           sizeof s.camera);
    km_view *kept = km_view_create();
    CHECK_INT(km_view_columns(kept, e, 0, 1), KM_OK);
    set_up(kept, &s);
    for (int round = 0; round < rounds; round++) {
        draw(kept, &s);
        km_view *anew = km_view_create();
        CHECK_INT(km_view_columns(anew, e, 0, 1), KM_OK);
        set_up(anew, &s);
        draw(anew, &s);
        CHECK(memcmp(km_view_pixels(kept), km_view_pixels(anew), 4 * (size_t)(s.width * s.height)) == 0);
        km_view_destroy(anew);
        if (change(&s, &r, n, K)) set_up(kept, &s);
    }
    km_view_destroy(kept);
    km_destroy(e);
}

TEST(what_is_kept_of_a_density_and_drawn_anew_agree_to_the_byte) {
    static const double zooms[] = {0.9, 0.4, 3, 40, 3000};
    for (int z = 0; z < 5; z++) {
        check_scenes(MOST, zooms[z], 40, z);
        check_scenes(MOST - 7, zooms[z], 15, 100 + 3 * z);
        check_scenes(700, zooms[z], 30, 200 + z); /* in the order of the rows */
    }
}

TEST(other_points_are_drawn_anew) {
    static double columns[2][2 * 20000];
    static int32_t labels[20000];
    km_rng r;
    km_rng_seed(&r, 8);
    for (int i = 0; i < 40000; i++)
        for (int set = 0; set < 2; set++) columns[set][i] = 50 * km_rng_uniform(&r);
    km_view *v[2];
    for (int i = 0; i < 2; i++) {
        v[i] = km_view_create();
        CHECK_INT(km_view_resize(v[i], 60, 60), KM_OK);
        km_view_camera(v[i], 1, 5, 1, 5);
    }
    for (int set = 0; set < 2; set++) {
        km_engine *e = engine_with(columns[set], NULL, 20000, 2);
        for (int i = set; i < 2; i++) {
            km_view_clear(v[i]);
            CHECK_INT(km_view_columns(v[i], e, 0, 1), KM_OK);
            km_view_points(v[i], labels, NULL, 1, 0.5, 1, 0);
        }
        km_destroy(e);
    }
    km_engine *e = engine_with(columns[1], NULL, 20000, 2);
    km_view_clear(v[0]);
    CHECK_INT(km_view_columns(v[0], e, 0, 1), KM_OK);
    km_view_points(v[0], labels, NULL, 1, 0.5, 1, 0);
    CHECK(memcmp(km_view_pixels(v[0]), km_view_pixels(v[1]), 4 * 60 * 60) == 0);
    km_destroy(e);
    for (int i = 0; i < 2; i++) km_view_destroy(v[i]);
}
