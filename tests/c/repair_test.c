#include "cases.h"

/* Two groups; the third centroid is so far away that it gets no point. */
static const double columns[] = {0, 1, 2, 10, 11, 15};
static const double start[] = {1, 11, 1000};

static km_engine *with_empty(int policy) {
    km_engine *e = engine_with(columns, NULL, 6, 1);
    km_set(e, KM_PARAM_EMPTY, policy);
    CHECK_INT(km_init_at(e, start, 3), KM_OK);
    CHECK_INT(km_assign(e), KM_OK);
    CHECK_INT(km_sizes(e)[2], 0);
    return e;
}

static void check_event(const km_engine *e, km_event_type type, int cluster, int other) {
    CHECK_INT(km_event_count(e), 1);
    CHECK_INT(km_events(e)[0], type);
    CHECK_INT(km_events(e)[1], cluster);
    CHECK_INT(km_events(e)[2], other);
}

TEST(empty_keep_leaves_the_centroid) {
    km_engine *e = with_empty(KM_EMPTY_KEEP);
    km_update(e);
    check_event(e, KM_EVENT_EMPTY_KEPT, 2, -1);
    CHECK(km_centroids(e)[2] == 1000);
    run_to_end(e);
    CHECK_INT(km_converged(e), 1);
    CHECK_INT(km_sizes(e)[2], 0);
    km_destroy(e);
}

TEST(empty_farthest_takes_the_farthest_point) {
    km_engine *e = with_empty(KM_EMPTY_FARTHEST);
    km_update(e);
    check_event(e, KM_EVENT_EMPTY_FARTHEST, 2, 5);
    CHECK(km_centroids(e)[2] == 15);
    CHECK(km_centroids(e)[1] == 10.5);
    CHECK_INT(km_sizes(e)[1], 2);
    CHECK(km_inertia(e) == 2.5);
    km_destroy(e);
}

TEST(empty_split_cuts_the_worst_cluster) {
    km_engine *e = with_empty(KM_EMPTY_SPLIT);
    km_update(e);
    check_event(e, KM_EVENT_EMPTY_SPLIT, 2, 1); /* cluster 1 holds 1 + 0 + 16 against 2 */
    CHECK(km_centroids(e)[2] == 15);
    CHECK(km_centroids(e)[1] == 10.5);
    km_destroy(e);
}

TEST(several_empty_clusters_take_different_points) {
    static const double far[] = {1, 11, 1000, 2000, 3000};
    for (int policy = 0; policy < KM_EMPTY_COUNT; policy++) {
        km_engine *e = engine_with(columns, NULL, 6, 1);
        km_set(e, KM_PARAM_EMPTY, policy);
        km_init_at(e, far, 5);
        run_to_end(e);
        CHECK_INT(km_converged(e), 1);
        for (int j = 0; j < 5; j++) CHECK(policy == KM_EMPTY_KEEP || km_sizes(e)[j] > 0);
        km_destroy(e);
    }
}

TEST(k_above_the_distinct_points_stops_at_once) {
    static const double two[] = {3, 3, 3, 8, 8};
    for (int policy = 0; policy < KM_EMPTY_COUNT; policy++) {
        km_engine *e = engine_with(two, NULL, 5, 1);
        km_set(e, KM_PARAM_K, 4);
        km_set(e, KM_PARAM_EMPTY, policy);
        CHECK_INT(km_init(e, 0), KM_OK);
        km_assign(e);
        CHECK(km_inertia(e) == 0);
        CHECK_INT(km_update(e), KM_OK);
        CHECK_INT(km_phase_next(e), KM_PHASE_DONE);
        CHECK_INT(km_converged(e), 1);
        CHECK_INT(km_event_count(e), 2);
        CHECK_INT(km_events(e)[0], policy == KM_EMPTY_KEEP ? KM_EVENT_EMPTY_KEPT : KM_EVENT_FEW_DISTINCT);
        km_destroy(e);
    }
}

TEST(min_size_splits_the_cluster_with_the_largest_inertia) {
    /* The outlier at 100 holds a cluster alone; with min_size 2 it is dissolved and the widest group is cut.
     */
    static const double points[] = {0, 1, 20, 21, 40, 41, 100}, from[] = {0.5, 30.5, 100};
    km_engine *e = engine_with(points, NULL, 7, 1);
    km_set(e, KM_PARAM_MIN_SIZE, 2);
    km_set(e, KM_PARAM_N_MOVES, 1);
    km_init_at(e, from, 3);
    km_assign(e);
    CHECK_INT(km_sizes(e)[2], 1);
    km_update(e);
    check_event(e, KM_EVENT_MIN_SIZE_SPLIT, 2, 1);
    /* Cluster 1 took the outlier: 20, 21, 40, 41, 100, mean 44.4; what lies above went to cluster 2. */
    CHECK_INT(km_sizes(e)[1], 4);
    CHECK_INT(km_sizes(e)[2], 1);
    run_to_end(e);
    CHECK_INT(km_converged(e), 1); /* n_moves is used up, so the small cluster stays */
    km_destroy(e);
}

TEST(min_size_ends_with_large_enough_clusters_when_it_can) {
    enum { N = 121 };
    double x[2 * N];
    km_rng r;
    km_rng_seed(&r, 31);
    for (int i = 0; i < N; i++) {
        x[i] = (i % 3) * 6 + km_rng_uniform(&r);
        x[N + i] = km_rng_uniform(&r);
    }
    x[N - 1] = 18;
    x[2 * N - 1] = 3;
    int ended_small[2] = {0, 0};
    for (int way = 0; way < 2; way++)
        for (int seed = 0; seed < 100; seed++) {
            km_engine *e = engine_with(x, NULL, N, 2);
            km_set(e, KM_PARAM_INIT, KM_INIT_RANDOM);
            km_set(e, KM_PARAM_MIN_SIZE, way ? 5 : 0);
            km_init(e, seed);
            run_to_end(e);
            CHECK_INT(km_converged(e), 1);
            for (int j = 0; j < 3; j++) ended_small[way] += km_sizes(e)[j] < 5;
            km_destroy(e);
        }
    CHECK(ended_small[1] <= ended_small[0]);
    CHECK_INT(ended_small[1], 0);
}

TEST(min_size_that_no_split_can_meet_still_ends) {
    static const double same[] = {4, 4, 4, 4};
    km_engine *e = engine_with(same, NULL, 4, 1);
    km_set(e, KM_PARAM_K, 2);
    km_set(e, KM_PARAM_MIN_SIZE, 3);
    km_init(e, 0);
    run_to_end(e);
    CHECK_INT(km_converged(e), 1);
    CHECK(km_iteration(e) <= 3);
    km_destroy(e);
}
