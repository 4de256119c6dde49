#include "cases.h"

/* Chi-square of observed ordered pairs against the exact law of k-means++ (tests/golden/kmeanspp_law.json).
 * Cells the law calls impossible must stay empty. 99.9 % quantiles: a seeded test either holds or not,
 * always. */
static double chi_square(const int *observed, const double *law, int cells, int draws) {
    double sum = 0;
    for (int i = 0; i < cells; i++) {
        const double expected = law[i] * draws;
        if (law[i] == 0) CHECK_INT(observed[i], 0);
        else sum += (observed[i] - expected) * (observed[i] - expected) / expected;
    }
    return sum;
}

static void check_law(const double *columns, const double *weights, int n, int d, const double *law,
                      double quantile) {
    enum { DRAWS = 40000 };
    int observed[16] = {0};
    km_engine *e = engine_with(columns, weights, n, d);
    km_set(e, KM_PARAM_K, 2);
    for (int seed = 0; seed < DRAWS; seed++) {
        CHECK_INT(km_init(e, seed), KM_OK);
        observed[km_start_rows(e)[0] * n + km_start_rows(e)[1]]++;
    }
    const double chi = chi_square(observed, law, n * n, DRAWS);
    if (!(chi < quantile)) check_fail(__FILE__, __LINE__, "chi-square %g is above %g", chi, quantile);
    km_destroy(e);
}

TEST(kmeans_plus_plus_draws_by_squared_distance) {
    static const double line[] = {0, 1, 3};
    static const double line_law[] = {0, 1. / 30, .3, 1. / 15, 0, 4. / 15, 3. / 13, 4. / 39, 0};
    check_law(line, NULL, 3, 1, line_law, 20.52); /* 5 degrees of freedom */

    static const double plane[] = {0, 1, 0, 3, 0, 0, 2, 3};
    static const double plane_law[] = {0,         1. / 92,   4. / 92,   18. / 92, 1. / 76, 0,
                                       5. / 76,   13. / 76,  4. / 76,   5. / 76,  0,       10. / 76,
                                       18. / 164, 13. / 164, 10. / 164, 0};
    check_law(plane, NULL, 4, 2, plane_law, 31.26); /* 11 */

    static const double twins[] = {0, 0, 1, 5};
    static const double twins_law[] = {0,
                                       0,
                                       .25 / 26,
                                       .25 * 25 / 26,
                                       0,
                                       0,
                                       .25 / 26,
                                       .25 * 25 / 26,
                                       .25 / 18,
                                       .25 / 18,
                                       0,
                                       .25 * 16 / 18,
                                       .25 * 25 / 66,
                                       .25 * 25 / 66,
                                       .25 * 16 / 66,
                                       0};
    check_law(twins, NULL, 4, 1, twins_law, 27.88); /* 9 */
}

TEST(weights_multiply_the_chance) {
    static const double line[] = {0, 1, 3}, weights[] = {2, 1, 1};
    static const double law[] = {
        0, .5 * 1 / 10, .5 * 9 / 10, .25 * 2 / 6, 0, .25 * 4 / 6, .25 * 18 / 22, .25 * 4 / 22, 0};
    check_law(line, weights, 3, 1, law, 20.52);
}

TEST(random_init_draws_every_pair_alike) {
    enum { N = 4, DRAWS = 24000 };
    static const double columns[] = {0, 1, 2, 3};
    int observed[N * N] = {0};
    double law[N * N];
    km_engine *e = engine_with(columns, NULL, N, 1);
    km_set(e, KM_PARAM_K, 2);
    km_set(e, KM_PARAM_INIT, KM_INIT_RANDOM);
    for (int seed = 0; seed < DRAWS; seed++) {
        km_init(e, seed);
        observed[km_start_rows(e)[0] * N + km_start_rows(e)[1]]++;
    }
    for (int i = 0; i < N * N; i++) law[i] = i / N == i % N ? 0 : 1. / 12;
    CHECK(chi_square(observed, law, N * N, DRAWS) < 31.26);
    km_destroy(e);
}

TEST(every_init_chooses_different_rows) {
    enum { N = 40 };
    double columns[2 * N];
    km_rng r;
    km_rng_seed(&r, 21);
    for (int kind = 0; kind < CASE_KINDS; kind++) {
        fill_case((case_kind)kind, &r, N, 2, columns);
        km_engine *e = engine_with(columns, NULL, N, 2);
        for (int init = 0; init < KM_INIT_MANUAL; init++)
            for (int k = 1; k <= N; k += 13) {
                int used[N] = {0};
                km_set(e, KM_PARAM_K, k);
                km_set(e, KM_PARAM_INIT, init);
                CHECK_INT(km_init(e, 100 * kind + k), KM_OK);
                for (int j = 0; j < k; j++) {
                    const int row = km_start_rows(e)[j];
                    CHECK(row >= 0 && row < N && !used[row]++);
                    CHECK(km_centroids(e)[2 * j] == columns[row] &&
                          km_centroids(e)[2 * j + 1] == columns[N + row]);
                    if (init == KM_INIT_FIRST) CHECK_INT(row, j);
                }
            }
        km_destroy(e);
    }
}

TEST(all_points_equal_still_start) {
    enum { N = 9 };
    double columns[N];
    for (int i = 0; i < N; i++) columns[i] = 2.5;
    km_engine *e = engine_with(columns, NULL, N, 1);
    for (int init = 0; init < KM_INIT_MANUAL; init++) {
        km_set(e, KM_PARAM_INIT, init);
        km_set(e, KM_PARAM_K, N);
        CHECK_INT(km_init(e, 1), KM_OK);
        int sum = 0;
        for (int j = 0; j < N; j++) sum += km_start_rows(e)[j];
        CHECK_INT(sum, N * (N - 1) / 2);
    }
    km_destroy(e);
}

TEST(greedy_starts_lower_than_plain) {
    enum { N = 300, SEEDS = 200 };
    double columns[2 * N], mean[2] = {0, 0};
    km_rng r;
    km_rng_seed(&r, 22);
    for (int i = 0; i < N; i++) {
        columns[i] = (i % 9 % 3) * 4 + km_rng_uniform(&r);
        columns[N + i] = (i % 9 / 3) * 4 + km_rng_uniform(&r);
    }
    km_engine *e = engine_with(columns, NULL, N, 2);
    km_set(e, KM_PARAM_K, 9);
    for (int init = KM_INIT_KMEANSPP; init <= KM_INIT_GREEDY; init++)
        for (int seed = 0; seed < SEEDS; seed++) {
            km_set(e, KM_PARAM_INIT, init);
            km_init(e, seed);
            km_assign(e);
            mean[init == KM_INIT_GREEDY] += km_inertia(e) / SEEDS;
        }
    CHECK(mean[1] < 0.8 * mean[0]);
    km_destroy(e);
}
