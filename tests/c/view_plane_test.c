#include "cases.h"
#include "view.h"

static km_view *view_of(const km_engine *e, int a, int b) {
    km_view *v = km_view_create();
    CHECK_INT(km_view_columns(v, e, a, b), KM_OK);
    return v;
}

static void check_bounds(const km_view *v, double x0, double y0, double x1, double y1) {
    const double *b = km_view_bounds(v);
    CHECK_NEAR(b[0], x0, 1e-12);
    CHECK_NEAR(b[1], y0, 1e-12);
    CHECK_NEAR(b[2], x1, 1e-12);
    CHECK_NEAR(b[3], y1, 1e-12);
}

TEST(columns_plane_by_hand) {
    static const double columns[] = {1, 2, 3, 10, 20, 60, 5, 5, 8};
    km_engine *e = engine_with(columns, NULL, 3, 3);
    km_view *v = view_of(e, 2, 1);
    check_bounds(v, 5, 10, 8, 60);
    /* Sums of squares 2, 1400, 6. */
    CHECK_NEAR(km_view_shares(v)[0], 6.0 / 1408, 1e-13);
    CHECK_NEAR(km_view_shares(v)[1], 1400.0 / 1408, 1e-13);

    static const double points[] = {1, 2, 3, 4, 5, 6};
    double drawn[4], lifted[3];
    km_view_project(v, points, 2, drawn);
    CHECK(drawn[0] == 3 && drawn[1] == 2 && drawn[2] == 6 && drawn[3] == 5);
    km_view_lift(v, 7, 8, NULL, lifted);
    CHECK(lifted[0] == 2 && lifted[1] == 8 && lifted[2] == 7); /* the mean where it is not drawn */
    km_view_lift(v, 7, 8, points, lifted);
    CHECK(lifted[0] == 1 && lifted[1] == 8 && lifted[2] == 7);

    CHECK_INT(km_view_columns(v, e, 1, 1), KM_ERR_PARAM);
    CHECK_INT(km_view_columns(v, e, 0, 3), KM_ERR_PARAM);
    CHECK_INT(km_view_columns(v, e, -1, 0), KM_ERR_PARAM);
    CHECK_INT(km_view_columns(v, e, 0, -2), KM_ERR_PARAM);
    check_bounds(v, 5, 10, 8, 60); /* the old plane stays */
    km_view_destroy(v);
    km_engine *none = km_create();
    v = km_view_create();
    CHECK_INT(km_view_columns(v, none, 0, 1), KM_ERR_EMPTY_DATA);
    CHECK_INT(km_view_pca(v, none), KM_ERR_EMPTY_DATA);
    CHECK_INT(km_view_pick(v, 0, 0, 1), -1);
    km_view_destroy(v);
    km_view_destroy(NULL);
    km_destroy(none);
    km_destroy(e);
}

TEST(one_column_is_drawn_as_a_band) {
    enum { N = 1000 };
    double columns[N];
    for (int i = 0; i < N; i++) columns[i] = i * 0.01;
    km_engine *e = engine_with(columns, NULL, N, 1);
    km_view *v = view_of(e, 0, -1);
    check_bounds(v, 0, -0.999, 9.99, 0.999);
    CHECK_NEAR(km_view_shares(v)[0], 1, 1e-15);
    CHECK(km_view_shares(v)[1] == 0);
    CHECK_INT(km_view_pca(v, e), KM_ERR_PARAM);

    double drawn[2], lifted[1];
    km_view_project(v, columns + 7, 1, drawn);
    CHECK(drawn[0] == columns[7] && drawn[1] == 0);
    km_view_lift(v, 3, 0.5, NULL, lifted);
    CHECK(lifted[0] == 3);
    /* The jitter fills the band: points are found in every tenth of it. */
    int found = 0;
    for (int s = 0; s < 10; s++) found += km_view_pick(v, 5, -0.9 + 0.2 * s, 0.2) >= 0;
    CHECK_INT(found, 10);
    CHECK_INT(km_view_pick(v, 5, 2, 0.9), -1);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(bounds_are_never_of_zero_extent) {
    static const double cases[][6] = {
        {3, 3, 3, 3, 3, 3},          /* one place */
        {1, 2, 3, 7, 7, 7},          /* a flat row */
        {7, 7, 7, 1, 2, 3},          /* a column */
        {1e15, 1e15, 1e15, 0, 0, 0}, /* far away */
        {0x1p499, 0x1p499, -0x1p499, 5, 5, 5},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        km_engine *e = engine_with(cases[c], NULL, 3, 2);
        km_view *v = view_of(e, 0, 1);
        for (int plane = 0; plane < 2; plane++) {
            const double *b = km_view_bounds(v);
            CHECK(b[2] > b[0] && b[3] > b[1] && isfinite(b[2] - b[0]) && isfinite(b[3] - b[1]));
            double drawn[2];
            static double point[2];
            point[0] = cases[c][1];
            point[1] = cases[c][4];
            km_view_project(v, point, 1, drawn);
            CHECK(km_view_pick(v, drawn[0], drawn[1], 1e-3 * (b[2] - b[0])) >= 0);
            CHECK(isfinite(km_view_shares(v)[0]) && isfinite(km_view_shares(v)[1]));
            CHECK_INT(km_view_pca(v, e), KM_OK);
        }
        km_view_destroy(v);
        km_destroy(e);
    }
}

TEST(pick_finds_the_nearest_within_the_radius) {
    static const double columns[] = {1e6, 1e6 + 1, 1e6 + 2, 0, 0, 0};
    km_engine *e = engine_with(columns, NULL, 3, 2);
    km_view *v = view_of(e, 0, 1);
    CHECK_INT(km_view_pick(v, 1e6 + 1.2, 0.1, 0.5), 1);
    CHECK_INT(km_view_pick(v, 1e6 + 1.2, 0.1, 0.2), -1);
    CHECK_INT(km_view_pick(v, 1e6 + 0.5, 0, 10), 0); /* the lowest row on ties */
    CHECK_INT(km_view_pick(v, 1e6 + 2, 0, 0), 2);
    CHECK_INT(km_view_pick(v, 0, 0, INFINITY), 0);
    CHECK_INT(km_view_pick(v, NAN, 0, 10), -1);
    CHECK_INT(km_view_pick(v, 1e6, 0, NAN), -1);
    km_view_destroy(v);
    km_destroy(e);
}

TEST(principal_components_by_hand) {
    /* Two points at +-5 along (0.8, 0.6), two at +-1 along (-0.6, 0.8), about (100, -50). */
    static const double columns[] = {104, 96, 99.4, 100.6, -47, -53, -49.2, -50.8};
    km_engine *e = engine_with(columns, NULL, 4, 2);
    km_view *v = km_view_create();
    CHECK_INT(km_view_pca(v, e), KM_OK);
    CHECK_NEAR(km_view_shares(v)[0], 25.0 / 26, 1e-12);
    CHECK_NEAR(km_view_shares(v)[1], 1.0 / 26, 1e-12);
    check_bounds(v, -5, -1, 5, 1);
    double drawn[4], lifted[2];
    static const double points[] = {104, -47, 99.4, -49.2};
    km_view_project(v, points, 2, drawn);
    CHECK(fabs(drawn[0] - 5) < 1e-12 && fabs(drawn[1]) < 1e-12);
    CHECK(fabs(drawn[2]) < 1e-12 && fabs(drawn[3] - 1) < 1e-12); /* signs: largest loading positive */
    km_view_lift(v, 5, 0, NULL, lifted);
    CHECK_NEAR(lifted[0], 104, 1e-13);
    CHECK_NEAR(lifted[1], -47, 1e-13);
    km_view_destroy(v);
    km_destroy(e);
}

/* Direction a of the plane as d values: where (1, 0) or (0, 1) is lifted, from where the origin is. */
static void axis_of(const km_view *v, int a, int d, double *axis) {
    double origin[128];
    km_view_lift(v, 0, 0, NULL, origin);
    km_view_lift(v, a == 0, a == 1, NULL, axis);
    for (int t = 0; t < d; t++) axis[t] -= origin[t];
}

/* Population variance of the data along a direction. */
static double variance_along(const km_engine *e, const double *axis) {
    double sum = 0, squares = 0;
    for (int i = 0; i < km_n(e); i++) {
        double p = 0;
        for (int t = 0; t < km_d(e); t++) p += axis[t] * km_column(e, t)[i];
        sum += p;
        squares += p * p;
    }
    return squares / km_n(e) - sum / km_n(e) * (sum / km_n(e));
}

TEST(principal_components_of_any_dimension) {
    static const int dims[] = {2, 3, 10, 64, 65, 100}; /* the method changes above 64 */
    enum { N = 300 };
    static double columns[100 * N];
    km_rng r;
    km_rng_seed(&r, 6);
    for (int c = 0; c < 6; c++) {
        const int d = dims[c];
        for (int i = 0; i < N; i++) {
            const double u = km_rng_uniform(&r) - 0.5, w = km_rng_uniform(&r) - 0.5;
            for (int t = 0; t < d; t++)
                columns[t * N + i] = 9 * u * (t % 3 + 1) + 6 * w * (t % 2 ? 1 : -1) + km_rng_uniform(&r);
        }
        km_engine *e = engine_with(columns, NULL, N, d);
        km_view *v = km_view_create();
        CHECK_INT(km_view_pca(v, e), KM_OK);
        double axes[2][128], total = 0;
        for (int a = 0; a < 2; a++) axis_of(v, a, d, axes[a]);
        double dots[3] = {0, 0, 0};
        for (int t = 0; t < d; t++) {
            double unit[128] = {0};
            unit[t] = 1;
            total += variance_along(e, unit);
            dots[0] += axes[0][t] * axes[0][t];
            dots[1] += axes[1][t] * axes[1][t];
            dots[2] += axes[0][t] * axes[1][t];
        }
        CHECK(fabs(dots[0] - 1) < 1e-11 && fabs(dots[1] - 1) < 1e-11 && fabs(dots[2]) < 1e-11);
        const double first = variance_along(e, axes[0]), second = variance_along(e, axes[1]);
        CHECK(first >= second);
        CHECK_NEAR(km_view_shares(v)[0], first / total, 1e-9);
        CHECK_NEAR(km_view_shares(v)[1], second / total, 1e-9);
        /* A maximum: turning either axis a little, any way, loses; the second within what is across the
         * first. */
        for (int trial = 0; trial < 50; trial++) {
            for (int a = 0; a < 2; a++) {
                double turned[128], along = 0, length = 0;
                for (int t = 0; t < d; t++) turned[t] = axes[a][t] + 0.1 * (km_rng_uniform(&r) - 0.5);
                for (int t = 0; t < d; t++) along += turned[t] * axes[0][t];
                for (int t = 0; t < d && a == 1; t++) turned[t] -= along * axes[0][t];
                for (int t = 0; t < d; t++) length += turned[t] * turned[t];
                for (int t = 0; t < d; t++) turned[t] /= sqrt(length);
                CHECK(variance_along(e, turned) <= (a == 0 ? first : second) * (1 + 1e-10));
            }
        }
        km_view_destroy(v);
        km_destroy(e);
    }
}

TEST(principal_components_are_exact_where_the_axes_are_known) {
    /* Column t has +-s in rows 2t and 2t + 1: the covariance is diagonal. */
    enum { D = 100 };
    static double columns[D * 2 * D];
    for (int t = 0; t < D; t++) {
        const double s = t == 41 ? 90 : t == 7 ? 70 : 10 + t % 13;
        columns[t * 2 * D + 2 * t] = s;
        columns[t * 2 * D + 2 * t + 1] = -s;
    }
    km_engine *e = engine_with(columns, NULL, 2 * D, D);
    km_view *v = km_view_create();
    CHECK_INT(km_view_pca(v, e), KM_OK);
    double axis[2][D];
    for (int a = 0; a < 2; a++) axis_of(v, a, D, axis[a]);
    for (int t = 0; t < D; t++) {
        CHECK(fabs(axis[0][t] - (t == 41)) < 1e-11);
        CHECK(fabs(axis[1][t] - (t == 7)) < 1e-11);
    }
    km_view_destroy(v);
    km_destroy(e);
}

TEST(principal_components_of_points_on_a_line_or_in_one_place) {
    static const int dims[] = {3, 80};
    for (int c = 0; c < 2; c++) {
        static double columns[80 * 20];
        const int d = dims[c], n = 20;
        for (int spread = 0; spread < 2; spread++) {
            for (int t = 0; t < d; t++)
                for (int i = 0; i < n; i++) columns[t * n + i] = 5 + spread * (i * (t + 1));
            km_engine *e = engine_with(columns, NULL, n, d);
            km_view *v = km_view_create();
            CHECK_INT(km_view_pca(v, e), KM_OK);
            CHECK(fabs(km_view_shares(v)[0] - spread) < 1e-12 && fabs(km_view_shares(v)[1]) < 1e-12);
            double axis[2][128], dot = 0, length = 0;
            for (int a = 0; a < 2; a++) axis_of(v, a, d, axis[a]);
            for (int t = 0; t < d; t++) {
                dot += axis[0][t] * axis[1][t];
                length += axis[1][t] * axis[1][t];
            }
            CHECK(fabs(dot) < 1e-12 && fabs(length - 1) < 1e-12);
            km_view_destroy(v);
            km_destroy(e);
        }
    }
}

TEST(lift_undoes_project_and_keeps_what_is_not_drawn) {
    enum { N = 50, D = 6 };
    double columns[N * D], drawn[2], again[2], lifted[D], moved[D];
    km_rng r;
    km_rng_seed(&r, 12);
    fill_case(CASE_UNIFORM, &r, N, D, columns);
    km_engine *e = engine_with(columns, NULL, N, D);
    km_view *v = km_view_create();
    CHECK_INT(km_view_pca(v, e), KM_OK);
    double point[D];
    for (int t = 0; t < D; t++) point[t] = columns[t * N + 3];
    km_view_project(v, point, 1, drawn);
    km_view_lift(v, drawn[0], drawn[1], point, lifted);
    for (int t = 0; t < D; t++) CHECK(fabs(lifted[t] - point[t]) < 1e-12);
    km_view_lift(v, 2, -1, point, moved);
    km_view_project(v, moved, 1, again);
    CHECK(fabs(again[0] - 2) < 1e-12 && fabs(again[1] + 1) < 1e-12);
    /* The move is within the plane. */
    double axes[2][128], off_sq = 0;
    for (int a = 0; a < 2; a++) axis_of(v, a, D, axes[a]);
    for (int t = 0; t < D; t++) {
        const double off = moved[t] - point[t] - (2 - drawn[0]) * axes[0][t] - (-1 - drawn[1]) * axes[1][t];
        off_sq += off * off;
    }
    CHECK(off_sq < 1e-20);
    km_view_lift(v, 2, -1, point, point); /* in place */
    CHECK(memcmp(point, moved, sizeof point) == 0);
    km_view_destroy(v);
    km_destroy(e);
}
