#include "check.h"
#include "shapes.h"

static const struct {
    const char *name;
    int k, n;
    double noise, noise_max, dial, dial_min, dial_max, dial_step;
} shapes[KM_SHAPE_COUNT] = {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    {name, k, n, noise, noise_max, dial_def, dial_min, dial_max, dial_step},
#include "defs/shapes.def"
#undef SHAPE
};

enum { MOST = 40000 };
static double columns[2 * MOST], other[2 * MOST];
static int32_t labels[MOST], other_labels[MOST];

/* Mean and population standard deviation of the coordinates of a group, and its size. */
typedef struct group {
    int n;
    double x, y, sd_x, sd_y;
} group;

static group measure(int n, int label) {
    group g = {0};
    for (int i = 0; i < n; i++)
        if (labels[i] == label) {
            g.n++;
            g.x += columns[i];
            g.y += columns[n + i];
        }
    g.x /= g.n;
    g.y /= g.n;
    for (int i = 0; i < n; i++)
        if (labels[i] == label) {
            g.sd_x += (columns[i] - g.x) * (columns[i] - g.x);
            g.sd_y += (columns[n + i] - g.y) * (columns[n + i] - g.y);
        }
    g.sd_x = sqrt(g.sd_x / g.n);
    g.sd_y = sqrt(g.sd_y / g.n);
    return g;
}

static void make(km_shape s, int n, double noise, double dial, double seed) {
    CHECK_INT(km_make_shape(s, n, noise, dial, seed, columns, labels), KM_OK);
}

static void check_group(int n, int label, int size, double x, double y, double sd) {
    const group g = measure(n, label);
    CHECK_INT(g.n, size);
    const double slack = 4 * sd / sqrt(g.n); /* four standard errors */
    CHECK(fabs(g.x - x) <= slack && fabs(g.y - y) <= slack);
    CHECK(fabs(g.sd_x - sd) <= slack && fabs(g.sd_y - sd) <= slack);
}

static uint64_t digest(int n) {
    uint64_t h = 0xcbf29ce484222325u;
    for (int i = 0; i < n; i++) {
        uint32_t words[3];
        const float x = (float)columns[i], y = (float)columns[n + i];
        memcpy(words, &x, 4);
        memcpy(words + 1, &y, 4);
        words[2] = (uint32_t)labels[i];
        for (int w = 0; w < 3; w++) h = (h ^ words[w]) * 0x100000001b3u;
    }
    return h;
}

TEST(shapes_are_the_same_in_every_build) {
    static const uint64_t expected[KM_SHAPE_COUNT] = {
        0x9edaec7749a096bbu, 0x0daaa7f33321769cu, 0x2ee68e5ddfccedeeu,
        0x79926b44d71615e3u, 0x0c3f8a48bc0f87ffu, 0xcf52187e91c13c50u,
        0xd457a4887a3c33d4u, 0xb2d86bc6442ca033u, 0x2581cc9c77a62c06u};
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        make((km_shape)s, shapes[s].n, shapes[s].noise, shapes[s].dial, 1);
        const uint64_t d = digest(shapes[s].n);
        if (d != expected[s])
            check_fail(__FILE__, __LINE__, "%s has digest 0x%016llxu", shapes[s].name, (unsigned long long)d);
    }
}

TEST(shape_coordinates_are_float32_and_labels_count_up) {
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        const int n = shapes[s].n;
        make((km_shape)s, n, shapes[s].noise, shapes[s].dial, 7);
        int sizes[1024] = {0};
        for (int i = 0; i < n; i++) {
            CHECK((double)(float)columns[i] == columns[i] && (double)(float)columns[n + i] == columns[n + i]);
            CHECK(labels[i] >= 0 && labels[i] < shapes[s].k);
            sizes[labels[i]]++;
        }
        for (int g = 0; g < shapes[s].k; g++) CHECK(sizes[g] > 0);
    }
}

TEST(shape_groups_are_as_even_as_can_be) {
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        if (s == KM_SHAPE_UNEQUAL_SIZE) continue;
        for (int n = 1; n < 60; n += 7) {
            make((km_shape)s, n, shapes[s].noise, shapes[s].dial, 3);
            int sizes[1024] = {0}, least = n, most = 0;
            for (int i = 0; i < n; i++) sizes[labels[i]]++;
            for (int g = 0; g < shapes[s].k; g++) {
                if (sizes[g] < least) least = sizes[g];
                if (sizes[g] > most) most = sizes[g];
            }
            CHECK(most - least <= 1);
        }
    }
}

TEST(shape_seeds_differ_and_repeat) {
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        make((km_shape)s, 100, shapes[s].noise, shapes[s].dial, 5);
        CHECK_INT(km_make_shape((km_shape)s, 100, shapes[s].noise, shapes[s].dial, 5, other, other_labels),
                  KM_OK);
        CHECK(memcmp(columns, other, 200 * sizeof *columns) == 0);
        CHECK(memcmp(labels, other_labels, 100 * sizeof *labels) == 0);
        CHECK_INT(km_make_shape((km_shape)s, 100, shapes[s].noise, shapes[s].dial, 6, other, other_labels),
                  KM_OK);
        CHECK(memcmp(columns, other, 200 * sizeof *columns) != 0);
    }
}

TEST(noise_moves_points_and_reshuffles_nothing) {
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        static double still[2 * 200], near[2 * 200];
        const double noise = shapes[s].noise_max / 2;
        CHECK_INT(km_make_shape((km_shape)s, 200, 0, shapes[s].dial, 5, still, other_labels), KM_OK);
        CHECK_INT(km_make_shape((km_shape)s, 200, noise, shapes[s].dial, 5, near, labels), KM_OK);
        CHECK(memcmp(labels, other_labels, 200 * sizeof *labels) == 0);
        make((km_shape)s, 200, 2 * noise, shapes[s].dial, 5);
        double moved = 0;
        for (int i = 0; i < 400; i++) {
            CHECK(fabs((columns[i] - still[i]) - 2 * (near[i] - still[i])) < 1e-4);
            moved += fabs(near[i] - still[i]);
        }
        CHECK(moved > 0);
    }
}

TEST(rows_come_in_no_order) {
    /* 900 rows of 9 groups: in order, the first 9 rows would be of one group. */
    for (double seed = 0; seed < 20; seed++) {
        make(KM_SHAPE_GRID, 900, 0.35, 3, seed);
        int seen = 0, changes = 0;
        for (int i = 0; i < 9; i++) seen |= 1 << labels[i];
        for (int i = 1; i < 900; i++) changes += labels[i] != labels[i - 1];
        CHECK(__builtin_popcount((unsigned)seen) >= 3);
        CHECK(changes > 700 && changes < 900);
    }
    /* Along a curve, too: the place on the circle does not grow with the row. */
    make(KM_SHAPE_RINGS, 300, 0, 0.5, 1);
    int turns = 0;
    for (int i = 1; i < 300; i++)
        turns += atan2(columns[300 + i], columns[i]) < atan2(columns[299 + i], columns[i - 1]);
    CHECK(turns > 100 && turns < 200);
}

TEST(blobs_are_round_and_apart) {
    make(KM_SHAPE_BLOBS, 30000, 0.6, 3, 2);
    check_group(30000, 0, 10000, 0, 0, 0.6);
    check_group(30000, 1, 10000, 4, 0, 0.6);
    check_group(30000, 2, 10000, 2, 2 * sqrt(3), 0.6);

    make(KM_SHAPE_BLOBS, 12, 0, 12, 1); /* one point a blob, on its center */
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < i; j++)
            CHECK(hypot(columns[i] - columns[j], columns[12 + i] - columns[12 + j]) > 3.9999);
}

TEST(outlier_is_the_last_point_of_its_blob) {
    for (double dial = 0; dial <= 30; dial += 15) {
        make(KM_SHAPE_OUTLIER, 301, 0, dial, 1);
        int far = 0;
        for (int i = 0; i < 301; i++) {
            static const double x[] = {0, 4, 2}, y[] = {0, 0, 2 * 1.7320508075688772};
            const double off = columns[301 + i] - y[labels[i]];
            CHECK_NEAR(columns[i], x[labels[i]], 1e-6);
            if (fabs(off) < 1e-6) continue;
            far++;
            CHECK_INT(labels[i], 2);
            CHECK_NEAR(off, dial, 1e-6);
        }
        CHECK_INT(far, dial > 0);
    }
}

TEST(grid_has_its_blobs_four_apart) {
    make(KM_SHAPE_GRID, 9000, 0.35, 3, 4);
    for (int g = 0; g < 9; g++) check_group(9000, g, 1000, 4 * (g % 3), 4 * (g / 3), 0.35);
    make(KM_SHAPE_GRID, 10240, 0.1, 32, 4);
    check_group(10240, 1023, 10, 124, 124, 0.1);
}

TEST(unequal_sizes_are_as_the_experiment_has_them) {
    make(KM_SHAPE_UNEQUAL_SIZE, 315, 0.8, 2.2, 11);
    check_group(315, 0, 200, -2, 0, 0.9);
    check_group(315, 1, 100, 2.5, 0, 0.7);
    check_group(315, 2, 15, 2.5, 2.2, 0.25);
    make(KM_SHAPE_UNEQUAL_SIZE, 31500, 0.4, 5, 11);
    check_group(31500, 0, 20000, -2, 0, 0.45);
    check_group(31500, 1, 10000, 2.5, 0, 0.35);
    check_group(31500, 2, 1500, 2.5, 5, 0.125);
}

TEST(unequal_spreads_are_a_geometric_series) {
    make(KM_SHAPE_UNEQUAL_VARIANCE, 30000, 0.5, 4, 3);
    check_group(30000, 0, 10000, 2, 0.5, 0.5);
    check_group(30000, 1, 10000, -9, -5.4, 1);
    check_group(30000, 2, 10000, -4.3, 0, 2);
}

TEST(stretched_blobs_have_the_ratio_of_the_dial) {
    const int n = 30000;
    make(KM_SHAPE_ANISOTROPIC, n, 0.5, 4, 3);
    for (int label = 0; label < 3; label++) {
        const group g = measure(n, label);
        double along = 0, across = 0;
        for (int i = 0; i < n; i++)
            if (labels[i] == label) {
                const double x = columns[i] - g.x, y = columns[n + i] - g.y;
                along += (0.6 * x - 0.8 * y) * (0.6 * x - 0.8 * y);
                across += (0.8 * x + 0.6 * y) * (0.8 * x + 0.6 * y);
            }
        CHECK_NEAR(sqrt(along / g.n), 1.0, 0.03);
        CHECK_NEAR(sqrt(across / g.n), 0.25, 0.03);
    }
    make(KM_SHAPE_ANISOTROPIC, n, 0.5, 1, 3);
    check_group(n, 1, 10000, -2.7, 2.7, 0.5);
}

TEST(rings_have_their_radii) {
    make(KM_SHAPE_RINGS, 300, 0, 0.5, 1);
    double x = 0, y = 0;
    for (int i = 0; i < 300; i++) {
        CHECK_NEAR(hypot(columns[i], columns[300 + i]), labels[i] ? 0.5 : 1.0, 1e-6);
        x += columns[i];
        y += columns[300 + i];
    }
    CHECK(fabs(x) < 1e-4 && fabs(y) < 1e-4); /* evenly walked */
    make(KM_SHAPE_RINGS, 30000, 0.04, 0.5, 1);
    double off[2] = {0, 0};
    for (int i = 0; i < 30000; i++)
        off[labels[i]] += pow(hypot(columns[i], columns[30000 + i]) - (labels[i] ? 0.5 : 1), 2);
    CHECK_NEAR(sqrt(off[0] / 15000), 0.04, 0.03);
    CHECK_NEAR(sqrt(off[1] / 15000), 0.04, 0.03);
}

TEST(moons_are_half_circles_a_gap_apart) {
    static const double gaps[] = {-0.5, 0.5, 2};
    for (int g = 0; g < 3; g++) {
        make(KM_SHAPE_MOONS, 201, 0, gaps[g], 1);
        double top = -9, bottom = 9;
        for (int i = 0; i < 201; i++) {
            const double x = columns[i], y = columns[201 + i];
            if (labels[i] == 0) {
                CHECK_NEAR(hypot(x, y), 1.0, 1e-6);
                CHECK(y >= 0);
                bottom = fmin(bottom, y);
            } else {
                CHECK_NEAR(hypot(x - 1, y - 1 + gaps[g]), 1.0, 1e-6);
                CHECK(y <= 1 - gaps[g] + 1e-6);
                top = fmax(top, y);
            }
        }
        CHECK(fabs(bottom) < 1e-6 && fabs(top - (1 - gaps[g])) < 1e-6);
    }
    make(KM_SHAPE_MOONS, 1, 0, 0.5, 0);
    CHECK(columns[0] == 1 && columns[1] == 0);
}

TEST(uniform_fills_its_rectangle) {
    make(KM_SHAPE_UNIFORM, 40000, 0, 4, 1);
    int cells[4][4] = {{0}};
    for (int i = 0; i < 40000; i++) {
        CHECK(fabs(columns[i]) <= 2 && fabs(columns[40000 + i]) <= 0.5);
        const int a = (int)((columns[i] + 2) * 0.9999), b = (int)((columns[40000 + i] + 0.5) * 4 * 0.9999);
        cells[a][b]++;
    }
    double chi_sq = 0; /* 15 degrees of freedom: above 45 once in 10,000 */
    for (int c = 0; c < 16; c++) chi_sq += pow(cells[c / 4][c % 4] - 2500, 2) / 2500;
    CHECK(chi_sq < 45);
}

TEST(shapes_refuse_what_is_outside_the_table) {
    columns[0] = 42;
    for (int s = 0; s < KM_SHAPE_COUNT; s++) {
        const double noise = shapes[s].noise, dial = shapes[s].dial;
        const struct {
            int n;
            double noise, dial, seed;
        } bad[] = {
            {0, noise, dial, 0},
            {-1, noise, dial, 0},
            {KM_MAX_POINTS + 1, noise, dial, 0},
            {9, -0.1, dial, 0},
            {9, shapes[s].noise_max * 1.01, dial, 0},
            {9, NAN, dial, 0},
            {9, noise, shapes[s].dial_min - 0.01, 0},
            {9, noise, shapes[s].dial_max + 0.01, 0},
            {9, noise, NAN, 0},
            {9, noise, dial, -1},
            {9, noise, dial, 0.5},
            {9, noise, dial, 0x1p53},
            {9, noise, dial, NAN},
        };
        for (size_t b = 0; b < sizeof bad / sizeof *bad; b++)
            CHECK_INT(
                km_make_shape((km_shape)s, bad[b].n, bad[b].noise, bad[b].dial, bad[b].seed, columns, labels),
                KM_ERR_PARAM);
        if (shapes[s].dial_step == 1)
            CHECK_INT(km_make_shape((km_shape)s, 9, noise, 2.5, 0, columns, labels), KM_ERR_PARAM);
        const double ends[] = {shapes[s].dial_min, shapes[s].dial_max};
        for (int i = 0; i < 2; i++)
            CHECK_INT(km_make_shape((km_shape)s, 9, shapes[s].noise_max, ends[i], 0x1p53 - 1, other, labels),
                      KM_OK);
    }
    CHECK_INT(km_make_shape(KM_SHAPE_COUNT, 9, 0, 1, 0, columns, labels), KM_ERR_PARAM);
    CHECK_INT(km_make_shape((km_shape)-1, 9, 0, 1, 0, columns, labels), KM_ERR_PARAM);
    CHECK(columns[0] == 42);
}
