/* Pictures that are the same to the byte in every build: tests/golden/pictures.txt has their hashes, and
 * tests/wasm/pictures.mjs draws them in WebAssembly. */
#include "cases.h"
#include "shapes.h"
#include "view.h"

enum { K = 5, WIDTH = 230, HEIGHT = 170, MOST = 20000 };

/* FNV-1a of a density or of marks, over regions and half-way through a cross-fade. */
static uint32_t hash_of(int n, double radius) {
    static double columns[2 * MOST];
    static int32_t before[MOST], labels[MOST];
    double centroids[2 * K];
    uint32_t colors[K];
    CHECK_INT(km_make_shape(KM_SHAPE_BLOBS, n, 0.6, 3, 1, columns, before), KM_OK);
    km_engine *e = engine_with(columns, NULL, n, 2);
    for (int shift = 0; shift <= 7; shift += 7) {
        for (int j = 0; j < K; j++)
            for (int t = 0; t < 2; t++) centroids[2 * j + t] = columns[t * n + j + shift];
        km_label_points(e, centroids, K, shift ? labels : before);
    }
    for (int j = 0; j < K; j++) colors[j] = 0xff000000u + (uint32_t)(j + 1) * 0x15b3a1u;
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, 0, 1), KM_OK);
    CHECK_INT(km_view_resize(v, WIDTH, HEIGHT), KM_OK);
    CHECK_INT(km_view_palette(v, colors, K, 0xff808080u, 0xffffffffu), KM_OK);
    const double *b = km_view_bounds(v), scale = 1.1 * HEIGHT / (b[3] - b[1]);
    km_view_camera(v, scale, (WIDTH - scale * (b[0] + b[2])) / 2, -scale,
                   (HEIGHT + scale * (b[1] + b[3])) / 2);
    km_view_clear(v);
    CHECK_INT(km_view_regions(v, e, centroids, K, 1, 0.1, 0.35), KM_OK);
    km_view_points(v, labels, before, 0.5, radius, 0.75, 1);
    const uint8_t *pixels = km_view_pixels(v);
    uint32_t hash = 0x811c9dc5u;
    for (int i = 0; i < 4 * WIDTH * HEIGHT; i++) hash = (hash ^ pixels[i]) * 0x01000193u;
    km_view_destroy(v);
    km_destroy(e);
    return hash;
}

TEST(pictures_are_the_same_in_every_build) {
    static const struct {
        int n;
        double radius;
    } pictures[] = {{20000, 0.6}, {400, 3}};
    FILE *expected = fopen("tests/golden/pictures.txt", "r");
    CHECK(expected != NULL);
    for (int i = 0; expected && i < 2; i++) {
        unsigned hash = 0;
        CHECK_INT(fscanf(expected, "%x", &hash), 1);
        CHECK_INT(hash_of(pictures[i].n, pictures[i].radius), hash);
    }
    if (expected) fclose(expected);
}
