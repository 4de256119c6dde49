#include "cases.h"
#include "explore.h"
#include "metrics.h"
#include "shapes.h"

enum { N = 60 };

/* Nine blobs, so that runs end in many places. */
static km_engine *nine_blobs(void) {
    double columns[2 * N];
    km_rng r;
    km_rng_seed(&r, 31);
    for (int i = 0; i < N; i++) {
        columns[i] = i % 3 * 4 + km_rng_uniform(&r);
        columns[N + i] = i / 3 % 3 * 4 + km_rng_uniform(&r);
    }
    return engine_with(columns, NULL, N, 2);
}

TEST(race_is_the_runs_one_by_one) {
    enum { RUNS = 40 };
    double starts[RUNS], ends[RUNS], part_starts[RUNS], part_ends[RUNS];
    int32_t iterations[RUNS], part_iterations[RUNS];
    uint32_t partitions[2 * RUNS], part_partitions[2 * RUNS];
    km_engine *e = nine_blobs();
    km_set(e, KM_PARAM_K, 9);
    for (int init = 0; init <= KM_INIT_RANDOM; init++) {
        km_set(e, KM_PARAM_INIT, init);
        CHECK_INT(km_race(e, 5, RUNS, starts, ends, iterations, partitions), KM_OK);
        /* In any parts. */
        for (int from = 0, count = 1; from < RUNS; from += count, count = RUNS - from < 7 ? RUNS - from : 7)
            CHECK_INT(km_race(e, 5 + from, count, part_starts + from, part_ends + from,
                              part_iterations + from, part_partitions + 2 * from),
                      KM_OK);
        CHECK(!memcmp(starts, part_starts, sizeof starts) && !memcmp(ends, part_ends, sizeof ends));
        CHECK(!memcmp(iterations, part_iterations, sizeof iterations));
        CHECK(!memcmp(partitions, part_partitions, sizeof partitions));
        for (int r = 0; r < RUNS; r++) {
            int32_t labels[N];
            CHECK_INT(km_init(e, 5 + r), KM_OK);
            CHECK_NEAR(starts[r], km_label_points(e, km_centroids(e), 9, labels), 1e-12);
            run_to_end(e);
            CHECK(ends[r] == km_inertia(e) && ends[r] <= starts[r]);
            CHECK_INT(iterations[r], km_iteration(e));
        }
    }
    km_destroy(e);
}

TEST(race_tells_partitions_apart_whatever_their_numbers) {
    enum { RUNS = 60 };
    double starts[RUNS], ends[RUNS];
    int32_t iterations[RUNS], labels[RUNS][N];
    uint32_t partitions[2 * RUNS];
    km_engine *e = nine_blobs();
    km_set(e, KM_PARAM_K, 9);
    CHECK_INT(km_race(e, 0, RUNS, starts, ends, iterations, partitions), KM_OK);
    for (int r = 0; r < RUNS; r++) {
        km_init(e, r);
        run_to_end(e);
        memcpy(labels[r], km_labels(e), sizeof labels[r]);
    }
    int same = 0, renamed = 0, different = 0;
    for (int a = 0; a < RUNS; a++)
        for (int b = 0; b < a; b++) {
            int equal = 1;
            for (int i = 0; equal && i < N; i++)
                for (int j = 0; equal && j < i; j++)
                    equal = (labels[a][i] == labels[a][j]) == (labels[b][i] == labels[b][j]);
            CHECK_INT(!memcmp(partitions + 2 * a, partitions + 2 * b, 2 * sizeof *partitions), equal);
            same += equal;
            renamed += equal && memcmp(labels[a], labels[b], sizeof labels[a]) != 0;
            different += !equal;
        }
    CHECK(same > 0 && renamed > 0 && different > 0);
    km_destroy(e);
}

TEST(race_refuses_what_a_run_refuses) {
    double starts[2], ends[2];
    int32_t iterations[2];
    uint32_t partitions[4];
    km_engine *e = nine_blobs();
    km_set(e, KM_PARAM_K, N + 1);
    CHECK_INT(km_race(e, 0, 1, starts, ends, iterations, partitions), KM_ERR_K);
    km_set(e, KM_PARAM_K, 2);
    CHECK_INT(km_race(e, 0x1p53 - 1, 2, starts, ends, iterations, partitions), KM_ERR_PARAM);
    CHECK_INT(km_race(e, 0, 0, starts, ends, iterations, partitions), KM_OK);
    km_destroy(e);
}

/* --- choosing k --- */

TEST(gap_by_hand) {
    /* Logarithms in units of log 2: data 2, 0, 1; references 3 and 1, 2 and 2, 1 and 3. */
    static const double data[] = {4, 1, 2}, references[] = {8, 4, 2, 2, 4, 8};
    const double log2 = 0.69314718055994531, s = sqrt(1.5) * log2;
    double gaps[3], errors[3];
    km_gap(data, references, 3, 2, gaps, errors);
    CHECK(fabs(gaps[0]) < 1e-15);
    CHECK_NEAR(gaps[1], 2 * log2, 1e-15);
    CHECK_NEAR(gaps[2], log2, 1e-15);
    CHECK_NEAR(errors[0], s, 1e-15);
    CHECK(errors[1] == 0);
    CHECK_NEAR(errors[2], s, 1e-15);
    CHECK_INT(km_gap_choice(gaps, errors, 3), 2); /* 0 < 2 - 0; 2 >= 1 - 1.22 */
    CHECK_INT(km_gap_choice(gaps, errors, 2), 0);

    static const double flat[] = {1, 1.05}, error[] = {0.2, 0.1};
    CHECK_INT(km_gap_choice(flat, error, 2), 1);

    /* An inertia of zero has no logarithm. */
    static const double zero[] = {4, 0, 2};
    km_gap(zero, references, 3, 2, gaps, errors);
    CHECK(isnan(gaps[1]) && isnan(errors[1]) && !isnan(gaps[2]));
    CHECK_INT(km_gap_choice(gaps, errors, 3), 0);
}

TEST(elbow_by_hand) {
    /* Two references halve each time: no bend. The data fall by 8, then by 2: a bend of log 4 at 2. */
    static const double references[] = {32, 16, 8, 4, 64, 32, 16, 8};
    static const double sharp[] = {32, 4, 2, 1}, none[] = {32, 16, 8, 4}, later[] = {32, 16, 2, 1};
    double bend;
    CHECK_INT(km_elbow(sharp, references, 4, 2, &bend), 2);
    CHECK_NEAR(bend, 4, 1e-14);
    CHECK_INT(km_elbow(later, references, 4, 2, &bend), 3);
    CHECK_NEAR(bend, 4, 1e-14);
    CHECK_INT(km_elbow(none, references, 4, 2, &bend), 0);
    CHECK_NEAR(bend, 1, 1e-14);
    CHECK_INT(km_elbow(sharp, references, 2, 2, &bend), 0); /* no k between the ends */
    CHECK(isnan(bend));
    /* References that bend as sharply by chance: log 4 once, 0 once, so log 2 beyond their mean. */
    static const double wild[] = {32, 4, 2, 1, 64, 32, 16, 8};
    CHECK_INT(km_elbow(sharp, wild, 4, 2, NULL), 0);
}

TEST(reference_fills_the_box) {
    enum { M = 4000 };
    static double columns[2 * M], reference[2 * M], again[2 * M];
    for (int i = 0; i < M; i++) {
        columns[i] = i % 2 ? -3 : 5;
        columns[M + i] = i == 7 ? 2 : 1;
    }
    km_engine *e = engine_with(columns, NULL, M, 2);
    km_reference(e, 3, reference);
    km_reference(e, 3, again);
    CHECK(!memcmp(reference, again, sizeof reference));
    double mean[2] = {0, 0}, product = 0;
    for (int i = 0; i < M; i++) {
        CHECK(reference[i] >= -3 && reference[i] < 5 && reference[M + i] >= 1 && reference[M + i] < 2);
        mean[0] += reference[i] / M;
        mean[1] += reference[M + i] / M;
        product += (reference[i] - 1) * (reference[M + i] - 1.5) / M;
    }
    CHECK(fabs(mean[0] - 1) < 0.15 && fabs(mean[1] - 1.5) < 0.02); /* four standard errors */
    CHECK(fabs(product) < 0.05);
    km_reference(e, 4, again);
    CHECK(memcmp(reference, again, sizeof reference));
    km_destroy(e);
}

enum { MOST_K = 8, SETS = 10, RESTARTS = 5 };

static void curve(km_engine *e, double *out) {
    for (int k = 1; k <= MOST_K; k++) {
        km_set(e, KM_PARAM_K, k);
        km_set(e, KM_PARAM_RESTARTS, RESTARTS);
        CHECK_INT(km_restarts_begin(e), KM_OK);
        while (km_restarts_advance(e, 1000) == KM_MORE) {
        }
        out[k - 1] = km_inertia(e);
    }
}

/* What the rules say of a shape of 300 points. */
static void choose(km_shape shape, double noise, double dial, int *gap, int *elbow) {
    enum { M = 300 };
    double columns[2 * M], reference[2 * M], inertias[MOST_K], references[SETS * MOST_K], gaps[MOST_K],
        errors[MOST_K];
    int32_t truth[M];
    CHECK_INT(km_make_shape(shape, M, noise, dial, 0, columns, truth), KM_OK);
    km_engine *e = engine_with(columns, NULL, M, 2);
    curve(e, inertias);
    for (int b = 0; b < SETS; b++) {
        km_reference(e, b, reference);
        km_engine *null = engine_with(reference, NULL, M, 2);
        curve(null, references + b * MOST_K);
        km_destroy(null);
    }
    km_gap(inertias, references, MOST_K, SETS, gaps, errors);
    *gap = km_gap_choice(gaps, errors, MOST_K);
    *elbow = km_elbow(inertias, references, MOST_K, SETS, NULL);
    km_destroy(e);
}

TEST(gap_and_elbow_find_three_blobs_and_nothing_in_noise) {
    int gap, elbow;
    choose(KM_SHAPE_BLOBS, 0.6, 3, &gap, &elbow);
    CHECK_INT(gap, 3);
    CHECK_INT(elbow, 3);
    choose(KM_SHAPE_UNIFORM, 0, 1, &gap, &elbow);
    CHECK_INT(gap, 1);
    CHECK_INT(elbow, 0);
    choose(KM_SHAPE_BLOBS, 0.6, 1, &gap, &elbow); /* one round blob */
    CHECK_INT(gap, 1);
    CHECK_INT(elbow, 0);
    choose(KM_SHAPE_RINGS, 0.04, 0.5, &gap, &elbow);
    CHECK_INT(elbow, 0);
}

/* --- silhouettes of points --- */

TEST(point_silhouettes_by_hand) {
    /* 0, 1 | 10, 12 | 30, in mixed order; the point alone counts 0. Rows are ordered by cluster. */
    static const double line[] = {10, 0, 30, 12, 1};
    static const int32_t labels[] = {2, 0, 1, 2, 0}, order[] = {1, 4, 2, 0, 3};
    static const double by_hand[] = {(11 - 1) / 11.0, (10 - 1) / 10.0, 0, (9.5 - 2) / 9.5, (11.5 - 2) / 11.5};
    int32_t rows[5];
    double silhouettes[5], mean = 0, s;
    int points;
    km_engine *e = engine_with(line, NULL, 5, 1);
    CHECK_INT(km_point_silhouettes(e, labels, 4, rows, silhouettes), 5);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(rows[i], order[i]);
        CHECK(fabs(silhouettes[i] - by_hand[i]) < 1e-15);
        mean += silhouettes[i] / 5;
    }
    CHECK(km_silhouette(line, 5, 1, labels, 4, &s, &points));
    CHECK_NEAR(mean, s, 1e-14);
    static const int32_t one[5] = {0};
    CHECK_INT(km_point_silhouettes(e, one, 1, rows, silhouettes), 5);
    CHECK(isnan(silhouettes[0]) && isnan(silhouettes[4]));
    km_destroy(e);
}

TEST(point_silhouettes_of_many_are_those_of_the_sample) {
    enum { M = 12000 };
    static double columns[3 * M], silhouettes[M];
    static int32_t labels[M], rows[M];
    km_rng r;
    km_rng_seed(&r, 32);
    for (int i = 0; i < 3 * M; i++) columns[i] = km_rng_uniform(&r);
    for (int i = 0; i < M; i++) labels[i] = (int32_t)km_rng_below(&r, 5) * 2;
    km_engine *e = engine_with(columns, NULL, M, 3);
    CHECK_INT(km_point_silhouettes(e, labels, 10, rows, silhouettes), KM_MAX_EXACT_SILHOUETTE);
    double mean = 0, s;
    int points;
    for (int i = 0; i < KM_MAX_EXACT_SILHOUETTE; i++) {
        mean += silhouettes[i] / KM_MAX_EXACT_SILHOUETTE;
        CHECK(i == 0 || labels[rows[i]] > labels[rows[i - 1]] ||
              (labels[rows[i]] == labels[rows[i - 1]] && rows[i] > rows[i - 1]));
    }
    CHECK(km_silhouette(columns, M, 3, labels, 10, &s, &points));
    CHECK(fabs(mean - s) < 1e-12);
    km_destroy(e);
}

/* --- the draws of a start --- */

TEST(draws_show_the_chances_of_the_law) {
    /* 0, 1, 3: after 0 the chances are 1/10 and 9/10 (tests/golden/kmeanspp_law.json). */
    static const double line[] = {0, 1, 3}, weights[] = {2, 1, 1};
    static const double after[3][3] = {{0, .1, .9}, {.2, 0, .8}, {9. / 13, 4. / 13, 0}};
    static const double weighted[3][3] = {{0, .1, .9}, {2. / 6, 0, 4. / 6}, {18. / 22, 4. / 22, 0}};
    for (int w = 0; w < 2; w++) {
        km_engine *e = engine_with(line, w ? weights : NULL, 3, 1);
        km_set(e, KM_PARAM_K, 2);
        for (int seed = 0; seed < 20; seed++) {
            double chances[3], left[KM_MAX_CANDIDATES];
            int32_t candidates[KM_MAX_CANDIDATES];
            CHECK_INT(km_show_draw(e, seed, 0, chances, candidates, left), 1);
            for (int i = 0; i < 3; i++) CHECK_NEAR(chances[i], w ? weights[i] / 4 : 1. / 3, 1e-15);
            const int first = km_start_rows(e)[0];
            CHECK_INT(candidates[0], first);
            CHECK_INT(km_show_draw(e, seed, 1, chances, candidates, left), 1);
            CHECK_INT(km_start_rows(e)[0], first);
            CHECK_INT(candidates[0], km_start_rows(e)[1]);
            for (int i = 0; i < 3; i++)
                CHECK_NEAR(chances[i], w ? weighted[first][i] : after[first][i], 1e-15);
            CHECK(isnan(left[0]));
        }
        km_destroy(e);
    }
}

TEST(draws_are_those_of_the_start) {
    int32_t started[9], candidates[KM_MAX_CANDIDATES];
    double chances[N], left[KM_MAX_CANDIDATES];
    km_engine *e = nine_blobs();
    km_set(e, KM_PARAM_K, 9);
    for (int init = 0; init < KM_INIT_MANUAL; init++)
        for (int seed = 0; seed < 5; seed++) {
            km_set(e, KM_PARAM_INIT, init);
            CHECK_INT(km_init(e, seed), KM_OK);
            memcpy(started, km_start_rows(e), sizeof started);
            for (int draw = 0; draw < 9; draw++) {
                const int count = km_show_draw(e, seed, draw, chances, candidates, left);
                CHECK_INT(count, init == KM_INIT_GREEDY && draw > 0 ? 4 : 1); /* 2 + floor(ln 9) */
                CHECK(!memcmp(started, km_start_rows(e), sizeof started));
                double total = 0;
                for (int i = 0; i < N; i++) {
                    CHECK(chances[i] >= 0);
                    total += chances[i];
                }
                CHECK_NEAR(total, 1, 1e-12);
                for (int j = 0; j < draw; j++) CHECK(chances[started[j]] == 0);
                int best = 0;
                for (int i = 0; i < count; i++) {
                    CHECK(chances[candidates[i]] > 0);
                    if (left[i] < left[best]) best = i;
                }
                CHECK_INT(candidates[best], started[draw]);
            }
            /* What the last candidate leaves is the inertia of the start. */
            if (init == KM_INIT_GREEDY) {
                double least = left[0];
                for (int i = 1; i < 4; i++)
                    if (left[i] < least) least = left[i];
                CHECK_INT(km_assign(e), KM_OK);
                CHECK_NEAR(least, km_inertia(e), 1e-12);
            }
        }
    km_destroy(e);
}

TEST(draws_where_every_point_is_chosen_or_doubled) {
    static const double same[] = {2, 2, 2};
    int32_t candidates[KM_MAX_CANDIDATES];
    double chances[3], left[KM_MAX_CANDIDATES];
    km_engine *e = engine_with(same, NULL, 3, 1);
    km_set(e, KM_PARAM_K, 3);
    CHECK_INT(km_show_draw(e, 1, 1, chances, candidates, left), 1);
    for (int i = 0; i < 3; i++) CHECK(chances[i] == (i == km_start_rows(e)[0] ? 0 : 0.5));
    CHECK_INT(km_show_draw(e, 1, 3, chances, candidates, left), -1);
    CHECK(strstr(km_error(e), "no draw 4") != NULL);
    km_set(e, KM_PARAM_INIT, KM_INIT_MANUAL);
    CHECK_INT(km_show_draw(e, 1, 0, chances, candidates, left), -1);
    km_destroy(e);
}
