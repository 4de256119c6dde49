#include "cases.h"

static int count_labels(const km_engine *e, int label) {
    const int32_t *labels = km_labels(e);
    int count = 0;
    for (int i = 0; i < km_n(e); i++) count += labels[i] == label;
    return count;
}

TEST(four_points_by_hand) {
    /* Two pairs; from the first two points one update settles it: means (0, 0.5) and (10, 0.5), inertia 4 *
     * 0.25. */
    static const double columns[] = {0, 10, 0, 10, 0, 0, 1, 1};
    km_engine *e = engine_with(columns, NULL, 4, 2);
    km_set(e, KM_PARAM_K, 2);
    km_set(e, KM_PARAM_INIT, KM_INIT_FIRST);
    CHECK_INT(km_init(e, 0), KM_OK);
    CHECK(isnan(km_inertia(e)));
    CHECK_INT(km_assign(e), KM_OK);
    CHECK(km_inertia(e) == 2);
    CHECK_INT(km_changed(e), 4);
    CHECK_INT(km_assign(e), KM_ERR_PHASE);
    CHECK_INT(km_update(e), KM_OK);
    CHECK(km_inertia(e) == 1);
    CHECK(km_shift(e) == 0.5);
    run_to_end(e);
    static const double expected[] = {0, 0.5, 10, 0.5};
    CHECK(memcmp(km_centroids(e), expected, sizeof expected) == 0);
    CHECK_INT(km_iteration(e), 2);
    CHECK_INT(km_converged(e), 1);
    CHECK_INT(km_sizes(e)[0], 2);
    CHECK_INT(km_labels(e)[3], 1);
    km_destroy(e);
}

TEST(weighted_four_points_by_hand) {
    static const double columns[] = {0, 4, 10, 12}, weights[] = {3, 1, 1, 3};
    km_engine *e = engine_with(columns, weights, 4, 1);
    static const double start[] = {0, 12};
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    run_to_end(e);
    CHECK(km_centroids(e)[0] == 1 && km_centroids(e)[1] == 11.5);
    CHECK(km_inertia(e) == 3 + 9 + 2.25 + 0.75);
    km_destroy(e);
}

TEST(warm_start_at_a_fixed_point_takes_one_iteration) {
    static const double columns[] = {0, 1, 10, 11}, start[] = {0.5, 10.5};
    km_engine *e = engine_with(columns, NULL, 4, 1);
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    run_to_end(e);
    CHECK_INT(km_iteration(e), 1);
    CHECK_INT(km_converged(e), 1);
    km_destroy(e);
}

TEST(max_iter_settles_labels_on_the_final_centroids) {
    enum { N = 400 };
    double columns[2 * N], distances[1];
    int32_t labels[N];
    (void)distances;
    km_rng r;
    km_rng_seed(&r, 5);
    fill_case(CASE_UNIFORM, &r, N, 2, columns);
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_set(e, KM_PARAM_K, 8);
    km_set(e, KM_PARAM_MAX_ITER, 2);
    km_init(e, 1);
    run_to_end(e);
    CHECK_INT(km_iteration(e), 2);
    CHECK_INT(km_converged(e), 0);
    CHECK_INT(km_event_count(e), 1);
    CHECK_INT(km_events(e)[0], KM_EVENT_MAX_ITER);
    const double inertia = km_label_points(e, km_centroids(e), 8, labels);
    CHECK(memcmp(labels, km_labels(e), sizeof labels) == 0);
    CHECK_NEAR(km_inertia(e), inertia, 1e-14);
    km_destroy(e);
}

TEST(tol_stops_early_and_counts_as_converged) {
    enum { N = 500 };
    double columns[2 * N];
    km_rng r;
    km_rng_seed(&r, 6);
    fill_case(CASE_UNIFORM, &r, N, 2, columns);
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_set(e, KM_PARAM_K, 7);
    km_init(e, 3);
    run_to_end(e);
    const int strict = km_iteration(e);
    km_set(e, KM_PARAM_TOL, 1e-2);
    km_init(e, 3);
    run_to_end(e);
    CHECK(km_iteration(e) < strict);
    CHECK_INT(km_converged(e), 1);
    /* The unit of tol is the data's: scaling them changes nothing. */
    const int loose = km_iteration(e);
    for (int i = 0; i < 2 * N; i++) columns[i] *= 1024;
    km_load(e, columns, NULL, N, 2);
    km_init(e, 3);
    run_to_end(e);
    CHECK_INT(km_iteration(e), loose);
    km_destroy(e);
}

/* Of 2 coordinates by boxes, of 5 by bounds, of 2 points by brute force. */
TEST(nobody_has_a_label_before_the_first_assign) {
    static const int sizes[][2] = {{5000, 2}, {5000, 5}, {2, 2}};
    for (int s = 0; s < 3; s++) {
        const int n = sizes[s][0], d = sizes[s][1];
        double *columns = malloc((size_t)n * (size_t)d * sizeof *columns);
        km_rng r;
        km_rng_seed(&r, 3);
        fill_case(CASE_UNIFORM, &r, n, d, columns);
        km_engine *e = engine_with(columns, NULL, n, d);
        CHECK_INT(count_labels(e, -1), n); /* after loading */
        km_set(e, KM_PARAM_K, 2);
        CHECK_INT(km_init(e, 0), KM_OK);
        CHECK_INT(count_labels(e, -1), n); /* after seeding */
        CHECK_INT(km_assign(e), KM_OK);
        CHECK_INT(count_labels(e, -1), 0);
        CHECK_INT(km_init(e, 1), KM_OK);
        CHECK_INT(count_labels(e, -1), n); /* another run */
        run_to_end(e);
        CHECK_INT(km_load(e, columns, NULL, n, d), KM_OK);
        CHECK_INT(count_labels(e, -1), n);
        km_destroy(e);
        free(columns);
    }
}

TEST(ties_go_to_the_lowest_index) {
    static const double columns[] = {-1, 0, 1}, start[] = {1, -1, -1};
    static const double weights[] = {1, 1, 1};
    for (int d = 0; d < KM_DISTANCE_COUNT - 1; d++) {
        km_engine *e = engine_with(columns, weights, 3, 1);
        km_set(e, KM_PARAM_DISTANCE, d);
        CHECK_INT(km_init_at(e, start, 3), KM_OK);
        km_assign(e);
        CHECK_INT(km_labels(e)[0], 1);
        CHECK_INT(km_labels(e)[1], 0);
        CHECK_INT(km_labels(e)[2], 0);
        km_destroy(e);
    }
}

TEST(single_point_and_k_equal_to_n) {
    static const double columns[] = {5.1, -3.3, 0.7, 2.2, 9.9, 1e-3};
    km_engine *e = engine_with(columns, NULL, 1, 2);
    km_set(e, KM_PARAM_K, 1);
    CHECK_INT(km_init(e, 0), KM_OK);
    run_to_end(e);
    CHECK(km_inertia(e) == 0 && km_centroids(e)[0] == 5.1 && km_centroids(e)[1] == -3.3);
    CHECK_INT(km_load(e, columns, NULL, 3, 2), KM_OK);
    km_set(e, KM_PARAM_K, 3);
    CHECK_INT(km_init(e, 0), KM_OK);
    run_to_end(e);
    CHECK(km_inertia(e) == 0);
    CHECK_INT(km_iteration(e), 1);
    km_destroy(e);
}

TEST(refusals_leave_everything_as_it_was) {
    static const double good[] = {0, 1, 2, 3}, nan_at_2[] = {0, 1, NAN, 3}, huge[] = {0, 1e200, 2, 3};
    static const double tiny[] = {0, 1e-200, 0, 1e-200}, infinite[] = {INFINITY}, negative[] = {1, -1, 1, 1},
                        zero[4];
    km_engine *e = engine_with(good, NULL, 4, 1);
    km_set(e, KM_PARAM_K, 2);
    km_init(e, 0);
    run_to_end(e);
    char digest[17];
    strcpy(digest, km_digest(e));

    CHECK_INT(km_load(e, nan_at_2, NULL, 4, 1), KM_ERR_NOT_FINITE);
    CHECK(strstr(km_error(e), "row 3, column 1") != NULL);
    CHECK_INT(km_load(e, nan_at_2, NULL, 2, 2), KM_ERR_NOT_FINITE);
    CHECK(strstr(km_error(e), "row 1, column 2") != NULL);
    CHECK_INT(km_load(e, huge, NULL, 4, 1), KM_ERR_RANGE);
    CHECK_INT(km_load(e, tiny, NULL, 4, 1), KM_ERR_RANGE);
    CHECK_INT(km_load(e, good, NULL, 0, 1), KM_ERR_EMPTY_DATA);
    CHECK_INT(km_load(e, good, NULL, 1, KM_MAX_DIMS + 1), KM_ERR_TOO_MANY_POINTS);
    CHECK_INT(km_load(e, good, negative, 4, 1), KM_ERR_WEIGHT);
    CHECK_INT(km_load(e, good, zero, 4, 1), KM_ERR_WEIGHT);
    CHECK_INT(km_set(e, KM_PARAM_K, 0), KM_ERR_PARAM);
    CHECK_INT(km_set(e, KM_PARAM_K, 2.5), KM_ERR_PARAM);
    CHECK_INT(km_set(e, KM_PARAM_K, NAN), KM_ERR_PARAM);
    CHECK_INT(km_set(e, KM_PARAM_INIT, KM_INIT_COUNT), KM_ERR_PARAM);
    CHECK(km_get(e, KM_PARAM_K) == 2);
    CHECK_INT(km_init_at(e, infinite, 1), KM_ERR_CENTROIDS);
    CHECK_INT(km_init_at(e, good, 5), KM_ERR_K);
    CHECK(strstr(km_error(e), "5") && strstr(km_error(e), "4"));
    CHECK_INT(km_init(e, -1), KM_ERR_PARAM);
    CHECK_INT(km_init(e, 0x1p53), KM_ERR_PARAM);
    CHECK_TEXT(km_digest(e), digest);
    km_set(e, KM_PARAM_K, 5);
    CHECK_INT(km_init(e, 0), KM_ERR_K);
    CHECK_TEXT(km_digest(e), digest);
    CHECK_INT(km_k(e), 2);

    km_engine *empty = km_create();
    CHECK_INT(km_init(empty, 0), KM_ERR_EMPTY_DATA);
    CHECK_INT(km_half_step(empty), KM_ERR_PHASE);
    km_set(empty, KM_PARAM_INIT, KM_INIT_MANUAL);
    km_set(empty, KM_PARAM_K, 2);
    km_load(empty, good, NULL, 4, 1);
    CHECK_INT(km_init(empty, 0), KM_ERR_NO_CENTROIDS);
    km_destroy(empty);
    km_destroy(e);
}

TEST(manual_start_is_remembered) {
    static const double columns[] = {0, 1, 10, 11}, start[] = {2, 8};
    km_engine *e = engine_with(columns, NULL, 4, 1);
    km_set(e, KM_PARAM_INIT, KM_INIT_MANUAL);
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    run_to_end(e);
    CHECK_INT(km_init(e, 7), KM_OK);
    CHECK(km_centroids(e)[0] == 2 && km_centroids(e)[1] == 8);
    CHECK_INT(km_start_rows(e)[0], -1);
    km_destroy(e);
}

TEST(inputs_are_not_changed_and_a_refit_is_the_same) {
    enum { N = 300 };
    double columns[3 * N], copy[3 * N];
    km_rng r;
    km_rng_seed(&r, 8);
    fill_case(CASE_BLOBS, &r, N, 3, columns);
    memcpy(copy, columns, sizeof copy);
    km_engine *e = engine_with(columns, NULL, N, 3);
    char digest[17];
    for (int round = 0; round < 2; round++) {
        km_init(e, 42);
        run_to_end(e);
        if (round) CHECK_TEXT(km_digest(e), digest);
        strcpy(digest, km_digest(e));
    }
    CHECK(memcmp(copy, columns, sizeof copy) == 0);
    km_destroy(e);
}

TEST(labels_hold_at_a_huge_offset) {
    static const double columns[] = {1e8, 1e8 + 1, 1e8 + 10, 1e8 + 11}, start[] = {1e8, 1e8 + 11};
    km_engine *e = engine_with(columns, NULL, 4, 1);
    km_init_at(e, start, 2);
    run_to_end(e);
    CHECK(km_centroids(e)[0] == 1e8 + 0.5 && km_centroids(e)[1] == 1e8 + 10.5);
    CHECK(km_inertia(e) == 1);
    km_destroy(e);
}

/* The oracle of the oracle: labels and inertia of every distance, written once more in the plainest way. */
static double plain_distance(int kind, const double *columns, int n, int d, int i, const double *c) {
    double sum = 0, xx = 0, cc = 0;
    for (int t = 0; t < d; t++) {
        const double x = columns[t * n + i], difference = fabs(x - c[t]);
        if (kind == KM_DISTANCE_EUCLIDEAN) sum += difference * difference;
        if (kind == KM_DISTANCE_MANHATTAN) sum += difference;
        if (kind == KM_DISTANCE_CHEBYSHEV && difference > sum) sum = difference;
        if (kind == KM_DISTANCE_COSINE) sum += x * c[t];
        xx += x * x;
        cc += c[t] * c[t];
    }
    if (kind != KM_DISTANCE_COSINE) return sum;
    const double norms = sqrt(xx) * sqrt(cc), distance = 1 - (norms > 0 ? sum / norms : 0);
    return distance > 0 ? distance : 0;
}

TEST(assign_is_brute_force_for_every_distance_and_dimension) {
    enum { MAX_N = 61, MAX_D = 9, MAX_K = 7 };
    double columns[MAX_N * MAX_D], centroids[MAX_K * MAX_D];
    int32_t labels[MAX_N];
    km_rng r;
    km_rng_seed(&r, 9);
    for (int round = 0; round < 600; round++) {
        const case_kind kind = (case_kind)(round % CASE_KINDS);
        const int n = 1 + (int)km_rng_below(&r, MAX_N), d = 1 + (int)km_rng_below(&r, MAX_D);
        const int k = 1 + (int)km_rng_below(&r, (uint64_t)(n < MAX_K ? n : MAX_K));
        fill_case(kind, &r, n, d, columns);
        for (int i = 0; i < k * d; i++)
            centroids[i] = columns[(i % d) * n + (int)km_rng_below(&r, (uint64_t)n)];
        for (int distance = 0; distance < KM_DISTANCE_COUNT; distance++) {
            km_engine *e = engine_with(columns, NULL, n, d);
            km_set(e, KM_PARAM_DISTANCE, distance);
            CHECK_INT(km_init_at(e, centroids, k), KM_OK);
            const double inertia = km_label_points(e, centroids, k, labels);
            double total = 0;
            for (int i = 0; i < n; i++) {
                int best = 0;
                for (int j = 1; j < k; j++)
                    if (plain_distance(distance, columns, n, d, i, centroids + j * d) <
                        plain_distance(distance, columns, n, d, i, centroids + best * d))
                        best = j;
                CHECK_INT(labels[i], best);
                total += plain_distance(distance, columns, n, d, i, centroids + best * d);
            }
            CHECK(fabs(inertia - total) <= 1e-12 * total + 1e-300);
            km_destroy(e);
        }
    }
}
