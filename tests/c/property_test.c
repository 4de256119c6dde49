/* Properties that hold for every input: what k-means promises, checked on many random ones. */
#include "cases.h"

enum { MAX_N = 80, MAX_D = 4 };

typedef struct random_case {
    int n, d, k;
    double columns[MAX_N * MAX_D];
    double seed;
} random_case;

static random_case make_case(km_rng *r, int round) {
    random_case c;
    c.n = 1 + (int)km_rng_below(r, MAX_N);
    c.d = 1 + (int)km_rng_below(r, MAX_D);
    c.k = 1 + (int)km_rng_below(r, (uint64_t)(c.n < 12 ? c.n : 12));
    c.seed = (double)(km_rng_next(r) >> 12);
    fill_case((case_kind)(round % CASE_KINDS), r, c.n, c.d, c.columns);
    return c;
}

static km_engine *engine_of(const random_case *c, km_init_choice init) {
    km_engine *e = engine_with(c->columns, NULL, c->n, c->d);
    km_set(e, KM_PARAM_K, c->k);
    km_set(e, KM_PARAM_INIT, (double)init);
    return e;
}

TEST(inertia_never_rises_with_its_own_center) {
    km_rng r;
    km_rng_seed(&r, 11);
    for (int round = 0; round < 1200; round++) {
        const random_case c = make_case(&r, round);
        for (int pair = 0; pair < 2; pair++) {
            km_engine *e = engine_of(&c, (km_init_choice)(round % 4));
            km_set(e, KM_PARAM_DISTANCE, pair ? KM_DISTANCE_MANHATTAN : KM_DISTANCE_EUCLIDEAN);
            km_set(e, KM_PARAM_CENTER, pair ? KM_CENTER_MEDIAN : KM_CENTER_MEAN);
            /* Splits cut at the mean, which promises nothing about absolute differences. */
            km_set(e, KM_PARAM_EMPTY, pair ? round % 2 : round % KM_EMPTY_COUNT);
            CHECK_INT(km_init(e, c.seed), KM_OK);
            double before = INFINITY;
            while (km_phase_next(e) != KM_PHASE_DONE) {
                CHECK_INT(km_half_step(e), KM_OK);
                CHECK(km_inertia(e) <= before * (1 + 1e-12));
                before = km_inertia(e);
            }
            CHECK_INT(km_converged(e), 1);
            km_destroy(e);
        }
    }
}

TEST(converged_labels_are_nearest_to_the_final_centroids) {
    km_rng r;
    km_rng_seed(&r, 12);
    int32_t labels[MAX_N];
    for (int round = 0; round < 600; round++) {
        const random_case c = make_case(&r, round);
        km_engine *e = engine_of(&c, KM_INIT_KMEANSPP);
        km_set(e, KM_PARAM_TOL, round % 3 == 0 ? 1e-3 : 0);
        km_init(e, c.seed);
        run_to_end(e);
        const double inertia = km_label_points(e, km_centroids(e), c.k, labels);
        CHECK(memcmp(labels, km_labels(e), (size_t)c.n * sizeof *labels) == 0);
        CHECK(fabs(inertia - km_inertia(e)) <= 1e-12 * inertia);
        int sizes = 0;
        for (int j = 0; j < c.k; j++) sizes += km_sizes(e)[j];
        CHECK_INT(sizes, c.n);
        km_destroy(e);
    }
}

TEST(order_of_rows_does_not_matter) {
    km_rng r;
    km_rng_seed(&r, 13);
    for (int round = 0; round < 300; round++) {
        random_case c = make_case(&r, round);
        double shuffled[MAX_N * MAX_D], start[12 * MAX_D];
        int place[MAX_N];
        for (int i = 0; i < c.n; i++) place[i] = i;
        for (int i = c.n - 1; i > 0; i--) {
            const int j = (int)km_rng_below(&r, (uint64_t)i + 1), swap = place[i];
            place[i] = place[j];
            place[j] = swap;
        }
        for (int t = 0; t < c.d; t++)
            for (int i = 0; i < c.n; i++) shuffled[t * c.n + place[i]] = c.columns[t * c.n + i];
        for (int j = 0; j < c.k; j++)
            for (int t = 0; t < c.d; t++) start[j * c.d + t] = c.columns[t * c.n + j];
        km_engine *a = engine_with(c.columns, NULL, c.n, c.d), *b = engine_with(shuffled, NULL, c.n, c.d);
        /* The farthest point of several equally far is the lowest row, which the order does change. */
        km_set(a, KM_PARAM_EMPTY, KM_EMPTY_KEEP);
        km_set(b, KM_PARAM_EMPTY, KM_EMPTY_KEEP);
        km_init_at(a, start, c.k);
        km_init_at(b, start, c.k);
        run_to_end(a);
        run_to_end(b);
        CHECK(memcmp(km_centroids(a), km_centroids(b), (size_t)(c.k * c.d) * sizeof(double)) == 0);
        CHECK_INT(km_iteration(a), km_iteration(b));
        for (int i = 0; i < c.n; i++) CHECK_INT(km_labels(b)[place[i]], km_labels(a)[i]);
        CHECK_NEAR(km_inertia(b), km_inertia(a), 1e-13);
        km_destroy(a);
        km_destroy(b);
    }
}

TEST(translation_by_integers_and_scaling_by_powers_of_two_change_nothing) {
    km_rng r;
    km_rng_seed(&r, 14);
    for (int round = 0; round < 200; round++) {
        random_case c = make_case(&r, round);
        double moved[MAX_N * MAX_D], scaled[MAX_N * MAX_D];
        for (int i = 0; i < c.n * c.d; i++) {
            c.columns[i] =
                (double)(int)(c.columns[i] * 8) / 8; /* few bits, so that the sums below are exact */
            moved[i] = c.columns[i] + 1000;
            scaled[i] = c.columns[i] * 64;
        }
        km_engine *a = engine_of(&c, KM_INIT_KMEANSPP);
        km_init(a, c.seed);
        run_to_end(a);
        for (int way = 0; way < 2; way++) {
            km_engine *b = engine_of(&c, KM_INIT_KMEANSPP);
            km_load(b, way ? scaled : moved, NULL, c.n, c.d);
            km_init(b, c.seed);
            run_to_end(b);
            CHECK(memcmp(km_labels(a), km_labels(b), (size_t)c.n * sizeof(int32_t)) == 0);
            CHECK_INT(km_iteration(a), km_iteration(b));
            if (way) CHECK(km_inertia(b) == km_inertia(a) * 4096);
            else CHECK(fabs(km_inertia(b) - km_inertia(a)) <= 1e-9 * (1 + km_inertia(a)));
            km_destroy(b);
        }
        km_destroy(a);
    }
}

TEST(a_constant_column_changes_nothing) {
    enum { N = 60 };
    double columns[3 * N];
    km_rng r;
    km_rng_seed(&r, 15);
    fill_case(CASE_UNIFORM, &r, N, 2, columns);
    for (int i = 0; i < N; i++) columns[2 * N + i] = 7.7;
    km_engine *a = engine_with(columns, NULL, N, 2), *b = engine_with(columns, NULL, N, 3);
    km_init(a, 4);
    km_init(b, 4);
    run_to_end(a);
    run_to_end(b);
    CHECK(memcmp(km_labels(a), km_labels(b), N * sizeof(int32_t)) == 0);
    CHECK(km_inertia(a) == km_inertia(b));
    CHECK(km_centroids(b)[2] == 7.7);
    km_destroy(a);
    km_destroy(b);
}

TEST(integer_weights_are_repeated_points) {
    km_rng r;
    km_rng_seed(&r, 16);
    for (int round = 0; round < 200; round++) {
        const random_case c = make_case(&r, round % 5 ? 0 : 2);
        double weights[MAX_N], repeated[4 * MAX_N * MAX_D], start[12 * MAX_D];
        int total = 0;
        for (int i = 0; i < c.n; i++) {
            weights[i] = (double)(1 + (int)km_rng_below(&r, 3));
            total += (int)weights[i];
        }
        for (int t = 0; t < c.d; t++)
            for (int i = 0, at = 0; i < c.n; i++)
                for (int w = 0; w < (int)weights[i]; w++) repeated[t * total + at++] = c.columns[t * c.n + i];
        for (int j = 0; j < c.k; j++)
            for (int t = 0; t < c.d; t++) start[j * c.d + t] = c.columns[t * c.n + j];
        for (int center = 0; center < KM_CENTER_COUNT; center++) {
            km_engine *a = engine_with(c.columns, weights, c.n, c.d),
                      *b = engine_with(repeated, NULL, total, c.d);
            km_engine *both[] = {a, b};
            for (int i = 0; i < 2; i++) {
                km_set(both[i], KM_PARAM_EMPTY, KM_EMPTY_KEEP);
                km_set(both[i], KM_PARAM_CENTER, center);
                km_init_at(both[i], start, c.k);
                run_to_end(both[i]);
            }
            if (center != KM_CENTER_MEDOID) /* its sums are rounded, so near ties may fall either way */
                CHECK(memcmp(km_centroids(a), km_centroids(b), (size_t)(c.k * c.d) * sizeof(double)) == 0);
            CHECK(fabs(km_inertia(a) - km_inertia(b)) <= 1e-12 * km_inertia(b) || center == KM_CENTER_MEDOID);
            km_destroy(a);
            km_destroy(b);
        }
    }
}

TEST(scaled_weights_change_nothing_and_weight_zero_is_never_chosen) {
    enum { N = 50 };
    double columns[2 * N], ones[N], threes[N], some[N];
    km_rng r;
    km_rng_seed(&r, 17);
    fill_case(CASE_UNIFORM, &r, N, 2, columns);
    for (int i = 0; i < N; i++) {
        ones[i] = 1;
        threes[i] = 4;
        some[i] = i % 3 == 0;
    }
    km_engine *plain = engine_with(columns, NULL, N, 2);
    km_init(plain, 9);
    const double start[] = {km_centroids(plain)[0], km_centroids(plain)[1], km_centroids(plain)[2],
                            km_centroids(plain)[3], km_centroids(plain)[4], km_centroids(plain)[5]};
    run_to_end(plain);
    const double *weights[] = {ones, threes};
    for (int i = 0; i < 2; i++) {
        km_engine *e = engine_with(columns, weights[i], N, 2);
        km_init_at(e, start, 3);
        run_to_end(e);
        CHECK(memcmp(km_centroids(e), km_centroids(plain), 6 * sizeof(double)) == 0);
        CHECK(memcmp(km_labels(e), km_labels(plain), N * sizeof(int32_t)) == 0);
        CHECK_NEAR(km_inertia(e), km_inertia(plain) * (i ? 4 : 1), 1e-14);
        km_destroy(e);
    }
    km_engine *e = engine_with(columns, some, N, 2);
    for (int seed = 0; seed < 300; seed++)
        for (int init = KM_INIT_KMEANSPP; init <= KM_INIT_RANDOM; init++) {
            km_set(e, KM_PARAM_INIT, init);
            km_init(e, seed);
            for (int j = 0; j < 3; j++) CHECK_INT(km_start_rows(e)[j] % 3, 0);
        }
    km_destroy(e);
    km_destroy(plain);
}

TEST(more_iterations_and_more_restarts_are_never_worse) {
    km_rng r;
    km_rng_seed(&r, 18);
    for (int round = 0; round < 100; round++) {
        const random_case c = make_case(&r, round);
        km_engine *e = engine_of(&c, KM_INIT_RANDOM);
        double before = INFINITY;
        for (int iterations = 1; iterations < 6; iterations++) {
            km_set(e, KM_PARAM_MAX_ITER, iterations);
            km_init(e, c.seed);
            run_to_end(e);
            CHECK(km_inertia(e) <= before * (1 + 1e-12));
            before = km_inertia(e);
        }
        km_set(e, KM_PARAM_MAX_ITER, 100);
        km_set(e, KM_PARAM_SEED, c.seed);
        before = INFINITY;
        for (int restarts = 1; restarts <= 8; restarts *= 2) {
            km_set(e, KM_PARAM_RESTARTS, restarts);
            CHECK_INT(km_restarts_begin(e), KM_OK);
            km_status s;
            while ((s = km_restarts_advance(e, 7)) == KM_MORE) continue;
            CHECK_INT(s, KM_OK);
            CHECK_INT(km_restarts_done(e), restarts);
            CHECK(km_inertia(e) <= before);
            const int best = km_best_restart(e);
            CHECK(km_inertia(e) == km_restart_inertia(e, best));
            CHECK_INT(km_iteration(e), km_restart_iterations(e, best));
            CHECK(km_restart_seed(e, best) == c.seed + best);
            CHECK(memcmp(km_restart_rows(e, best), km_start_rows(e), (size_t)c.k * sizeof(int32_t)) == 0);
            for (int i = 0; i < restarts; i++) CHECK(km_restart_inertia(e, i) >= km_inertia(e) * (1 - 1e-12));
            before = km_inertia(e);
        }
        km_destroy(e);
    }
}

TEST(total_sum_of_squares_is_within_plus_between) {
    km_rng r;
    km_rng_seed(&r, 19);
    for (int round = 0; round < 200; round++) {
        const random_case c = make_case(&r, round % 2);
        km_engine *e = engine_of(&c, KM_INIT_KMEANSPP);
        km_init(e, c.seed);
        run_to_end(e);
        double total = 0, between = 0;
        for (int t = 0; t < c.d; t++) {
            double mean = 0;
            for (int i = 0; i < c.n; i++) mean += c.columns[t * c.n + i] / c.n;
            for (int i = 0; i < c.n; i++) total += pow(c.columns[t * c.n + i] - mean, 2);
            for (int j = 0; j < c.k; j++)
                between += km_sizes(e)[j] * pow(km_centroids(e)[j * c.d + t] - mean, 2);
        }
        CHECK_NEAR(km_inertia(e) + between, total, 1e-12);
        km_destroy(e);
    }
}
