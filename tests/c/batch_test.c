/* Mini-batches against Sculley's algorithm 1 written out point by point: every drawn point moves its centroid
 * by one over the count of those drawn from the cluster so far. */
#include "cases.h"

enum { N = 400, D = 2, K = 4, BATCH = 32 };

static km_engine *batched(const double *columns, const double *weights, int batch) {
    km_engine *e = engine_with(columns, weights, N, D);
    km_set(e, KM_PARAM_K, K);
    km_set(e, KM_PARAM_BATCH, batch);
    return e;
}

static void make_points(double *columns, uint64_t seed) {
    km_rng r;
    km_rng_seed(&r, (double)seed);
    fill_case(CASE_BLOBS, &r, N, D, columns);
}

/* Sculley's inner loop. The draws are the engine's: its generator goes on from the seed, whose first numbers
 * an init from given centroids does not use. */
static void sculley_update(km_rng *r, const double *columns, const double *w, double *c, double *seen) {
    double before[K * D];
    int drawn[BATCH], nearest[BATCH];
    memcpy(before, c, sizeof before);
    for (int b = 0; b < BATCH; b++) {
        double least = INFINITY;
        drawn[b] = (int)km_rng_below(r, N);
        for (int j = 0; j < K; j++) {
            const double x = columns[drawn[b]] - before[j * D], y = columns[N + drawn[b]] - before[j * D + 1];
            if (x * x + y * y < least) {
                least = x * x + y * y;
                nearest[b] = j;
            }
        }
    }
    for (int b = 0; b < BATCH; b++) {
        const int j = nearest[b];
        const double weight = w ? w[drawn[b]] : 1;
        if (weight == 0) continue;
        seen[j] += weight;
        for (int t = 0; t < D; t++)
            c[j * D + t] += weight / seen[j] * (columns[t * N + drawn[b]] - c[j * D + t]);
    }
}

static void compare_with_sculley(const double *w) {
    double columns[N * D], c[K * D], seen[K] = {0};
    make_points(columns, 1);
    for (int i = 0; i < K * D; i++) c[i] = columns[(i % D) * N + i / D * 3];
    km_engine *e = batched(columns, w, BATCH);
    km_rng r;
    km_set(e, KM_PARAM_SEED, 7);
    km_rng_seed(&r, 7);
    CHECK_INT(km_init_at(e, c, K), KM_OK);
    for (int iteration = 0; iteration < 20 && km_phase_next(e) == KM_PHASE_ASSIGN; iteration++) {
        CHECK_INT(km_assign(e), KM_OK);
        if (km_phase_next(e) != KM_PHASE_UPDATE) break;
        CHECK_INT(km_update(e), KM_OK);
        sculley_update(&r, columns, w, c, seen);
        for (int i = 0; i < K * D; i++) CHECK_NEAR(km_centroids(e)[i], c[i], 1e-12);
    }
    CHECK(km_iteration(e) > 10);
    km_destroy(e);
}

TEST(batches_are_sculleys) { compare_with_sculley(NULL); }

TEST(batches_weigh_points_and_leave_out_weight_zero) {
    double w[N];
    for (int i = 0; i < N; i++) w[i] = i % 3;
    compare_with_sculley(w);
}

TEST(a_batch_of_all_points_is_the_plain_step) {
    double columns[N * D];
    make_points(columns, 2);
    for (int batch = N; batch <= 2 * N; batch += N) {
        km_engine *plain = batched(columns, NULL, 0), *all = batched(columns, NULL, batch);
        CHECK_INT(km_init(plain, 3), KM_OK);
        CHECK_INT(km_init(all, 3), KM_OK);
        run_to_end(plain);
        run_to_end(all);
        CHECK_TEXT(km_digest(all), km_digest(plain));
        km_destroy(plain);
        km_destroy(all);
    }
}

TEST(the_seed_decides_the_batches) {
    double columns[N * D];
    char first[17];
    make_points(columns, 3);
    km_engine *e = batched(columns, NULL, BATCH);
    for (int seed = 0; seed < 2; seed++) {
        CHECK_INT(km_init(e, seed), KM_OK);
        run_to_end(e);
        strcpy(first, km_digest(e));
        CHECK_INT(km_init(e, seed), KM_OK);
        run_to_end(e);
        CHECK_TEXT(km_digest(e), first);
    }
    CHECK_INT(km_init(e, 0), KM_OK);
    run_to_end(e);
    CHECK(strcmp(km_digest(e), first) != 0);
    km_destroy(e);
}

/* At the end labels are those of the final centroids, and a run that says it converged was patient. */
TEST(batches_converge_patiently) {
    double columns[N * D];
    int32_t labels[N];
    make_points(columns, 4);
    km_engine *e = batched(columns, NULL, BATCH);
    CHECK_INT(km_init(e, 5), KM_OK);
    int quiet = 0;
    while (km_phase_next(e) != KM_PHASE_DONE) {
        const int settling = km_phase_next(e) == KM_PHASE_SETTLE;
        CHECK_INT(km_assign(e), KM_OK);
        if (!settling) quiet = km_changed(e) == 0 ? quiet + 1 : 0;
        if (km_phase_next(e) == KM_PHASE_UPDATE) CHECK_INT(km_update(e), KM_OK);
    }
    CHECK_INT(km_converged(e), 1);
    CHECK_INT(quiet, KM_BATCH_PATIENCE);
    CHECK_NEAR(km_label_points(e, km_centroids(e), K, labels), km_inertia(e), 1e-12);
    CHECK(memcmp(labels, km_labels(e), sizeof labels) == 0);
    km_destroy(e);
}

/* Four groups well apart: a tenth of the points finds what all of them find, to a few per cent. */
TEST(batches_come_near_the_plain_result) {
    double columns[N * D], start[K * D];
    make_points(columns, 6);
    for (int i = 0; i < K * D; i++) start[i] = columns[(i % D) * N + i / D];
    km_engine *plain = batched(columns, NULL, 0), *some = batched(columns, NULL, BATCH);
    CHECK_INT(km_init_at(plain, start, K), KM_OK);
    CHECK_INT(km_init_at(some, start, K), KM_OK);
    run_to_end(plain);
    run_to_end(some);
    CHECK(km_inertia(some) >= km_inertia(plain));
    CHECK(km_inertia(some) < 1.05 * km_inertia(plain));
    km_destroy(plain);
    km_destroy(some);
}

TEST(batches_take_other_centers_and_repair_in_full) {
    double columns[N * D];
    static const double far[K * D] = {0, 0, 6, 6, 12, 12, 1000, 1000};
    make_points(columns, 8);
    for (int center = 0; center < KM_CENTER_COUNT; center++) {
        km_engine *e = batched(columns, NULL, BATCH);
        km_set(e, KM_PARAM_CENTER, center);
        CHECK_INT(km_init_at(e, far, K), KM_OK);
        CHECK_INT(km_step(e), KM_OK);
        CHECK_INT(km_event_count(e), 1);
        CHECK(km_centroids(e)[6] < 100); /* the empty cluster's centroid came to its new point */
        run_to_end(e);
        for (int j = 0; j < K; j++) CHECK(km_sizes(e)[j] > 0);
        km_destroy(e);
    }
}

/* The first batch may draw only points that are centroids: that moves nothing, and is no end. */
TEST(a_batch_that_moves_nothing_at_first_is_no_end) {
    double columns[N * D];
    make_points(columns, 9);
    km_engine *e = batched(columns, NULL, 1);
    for (int seed = 0; seed < 400; seed++) {
        CHECK_INT(km_init(e, seed), KM_OK);
        CHECK_INT(km_step(e), KM_OK);
        CHECK_INT(km_phase_next(e), KM_PHASE_ASSIGN);
    }
    km_destroy(e);
}
