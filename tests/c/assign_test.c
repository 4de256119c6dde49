/* Every way to assign gives, at each half-step, what brute force gives: labels, centroids, sizes and events
 * to the bit, inertia to 1e-12. */
#include "bounds.h"
#include "boxes.h"
#include "cases.h"
#include "internal.h"

static void check_same_state(km_engine *a, km_engine *b) {
    const int n = km_n(a), d = km_d(a), k = km_k(a);
    CHECK_INT(km_phase_next(b), km_phase_next(a));
    CHECK_INT(km_iteration(b), km_iteration(a));
    CHECK_INT(km_changed(b), km_changed(a));
    CHECK_INT(km_converged(b), km_converged(a));
    CHECK_INT(km_event_count(b), km_event_count(a));
    CHECK(km_shift(a) == km_shift(b));
    CHECK(memcmp(km_events(a), km_events(b), (size_t)km_event_count(a) * 3 * sizeof(int32_t)) == 0);
    CHECK(memcmp(km_sizes(a), km_sizes(b), (size_t)k * sizeof(int32_t)) == 0);
    CHECK(memcmp(km_centroids(a), km_centroids(b), (size_t)k * (size_t)d * sizeof(double)) == 0);
    CHECK(memcmp(km_start_rows(a), km_start_rows(b), (size_t)k * sizeof(int32_t)) == 0);
    (void)n;
}

static void check_same_labels(km_engine *a, km_engine *b) {
    CHECK(memcmp(km_labels(a), km_labels(b), (size_t)km_n(a) * sizeof(int32_t)) == 0);
}

/* Labels for other centroids than those of the run, which goes on undisturbed; then some of them move. */
static void check_other_centroids(km_engine *a, km_engine *b, km_rng *r) {
    const int n = km_n(a), d = km_d(a), k = km_k(a);
    const size_t bytes = (size_t)n * sizeof(int32_t), row = (size_t)k * (size_t)d * sizeof(double);
    double *other = malloc(row), *from = malloc(row);
    int32_t *labels[] = {malloc(bytes), malloc(bytes)},
            *sizes[] = {malloc(4 * (size_t)k), malloc(4 * (size_t)k)};
    memcpy(other, km_centroids(a), row);
    const int fewer = 1 + (int)km_rng_below(r, (uint64_t)k);
    for (int move = 0; move < 4; move++) {
        memcpy(from, other, row);
        const int moving = move == 3 ? k : move == 2 ? 0 : 1;
        for (int i = 0; i < moving; i++) {
            const int j = (int)km_rng_below(r, (uint64_t)k), onto = km_rng_below(r, 3) == 0;
            for (int t = 0; t < d; t++) /* on another at times */
                other[j * d + t] = onto ? other[t] : km_column(a, t)[km_rng_below(r, (uint64_t)n)];
        }
        const double inertia = km_relabel_points(a, NULL, other, fewer, labels[0], sizes[0]);
        CHECK_NEAR(km_relabel_points(b, move ? from : NULL, other, fewer, labels[1], sizes[1]), inertia,
                   1e-12);
        CHECK(memcmp(labels[0], labels[1], bytes) == 0);
        CHECK(memcmp(sizes[0], sizes[1], (size_t)fewer * sizeof(int32_t)) == 0);
        for (int i = 0; i < n; i++) sizes[0][labels[0][i]]--;
        for (int j = 0; j < fewer; j++) CHECK_INT(sizes[0][j], 0);
    }
    CHECK_NEAR(km_label_points(b, other, fewer, labels[1]), km_label_points(a, other, fewer, labels[0]),
               1e-12);
    CHECK(memcmp(labels[0], labels[1], bytes) == 0);
    for (int i = 0; i < 2; i++) {
        free(labels[i]);
        free(sizes[i]);
    }
    free(other);
    free(from);
}

/* The centroids after an update are the exact means, rounded once. */
static void check_means(const km_engine *e) {
    for (int j = 0; j < e->k; j++)
        for (int t = 0; t < e->d && e->sizes[j] > 0; t++) {
            const km_sum sum = e->sums[(ptrdiff_t)j * e->d + t];
            CHECK(e->c[(ptrdiff_t)j * e->d + t] ==
                  km_sum_ratio(e->grid[t], sum, e->grid_w, e->weight_sums[j]));
        }
}

static void check_same_inertia(km_engine *a, km_engine *b) {
    CHECK_NEAR(km_inertia(b), km_inertia(a), 1e-12);
}

/* Both to the end in step. The inertia may be asked for always, at times or at the end. */
static void check_same_run(km_engine *a, km_engine *b, int labels_every, km_rng *r) {
    const uint64_t inertia_every = 1 + km_rng_below(r, 4);
    check_same_state(a, b);
    for (int step = 0; km_phase_next(a) != KM_PHASE_DONE && step < 400; step++) {
        const int updates = km_phase_next(a) == KM_PHASE_UPDATE;
        CHECK_INT(km_half_step(b), km_half_step(a));
        if (updates) check_means(a);
        check_same_state(a, b);
        if (inertia_every < 4 && km_rng_below(r, inertia_every) == 0) check_same_inertia(a, b);
        if (step % labels_every == 0) check_same_labels(a, b);
        if (step % labels_every == 1) check_other_centroids(a, b, r);
    }
    check_same_inertia(a, b);
    check_same_labels(a, b);
}

static void set_both(km_engine *const *both, km_param param, double value) {
    for (int i = 0; i < 2; i++) CHECK_INT(km_set(both[i], param, value), KM_OK);
}

/* Any way to run, whatever k: two in three to the end. */
static void set_any(km_engine *const *both, km_rng *r) {
    set_both(both, KM_PARAM_INIT, (double)km_rng_below(r, 4));
    set_both(both, KM_PARAM_EMPTY, (double)km_rng_below(r, KM_EMPTY_COUNT));
    set_both(both, KM_PARAM_MIN_SIZE, km_rng_below(r, 5) ? 0 : (double)km_rng_below(r, 6));
    set_both(both, KM_PARAM_TOL, km_rng_below(r, 4) ? 0 : 1e-3);
    set_both(both, KM_PARAM_MAX_ITER, km_rng_below(r, 3) ? 100 : 3);
}

enum { MAX_N = 400, MAX_D = 8, MAX_K = 40 };

static void fill_any(int kind, km_rng *r, int n, int d, double *columns) {
    if (kind < CASE_KINDS) {
        fill_case((case_kind)kind, r, n, d, columns);
        return;
    }
    for (int i = 0; i < n * d; i++) {
        const double u = km_rng_uniform(r);
        switch (kind - CASE_KINDS) {
        case 0: columns[i] = (double)(float)(u * 100); break;                  /* float32 */
        case 1: columns[i] = 1e15 + (double)km_rng_below(r, 9) / 8; break;     /* few bits left */
        case 2: columns[i] = u * 0x1p-490; break;                              /* squares underflow */
        case 3: columns[i] = (u - 0.5) * 0x1p500; break;                       /* as large as it gets */
        case 4: columns[i] = (double)(i % n) + (u < 0.5 ? 0 : 0x1p-30); break; /* all but duplicated */
        case 5: columns[i] = u < 0.1 ? u * 1e6 : 1 / (1 + 1000 * u); break;    /* skewed */
        default: columns[i] = (double)km_rng_below(r, 3); break;               /* very few places */
        }
    }
}
enum { KINDS = CASE_KINDS + 7 };

static void check_small(km_method method, int rounds, uint64_t seed, int least_d, int most_d) {
    static double columns[MAX_N * MAX_D], start[MAX_K * MAX_D];
    km_rng r;
    km_rng_seed(&r, (double)seed);
    int used = 0, all = 0;
    for (int round = 0; round < rounds; round++) {
        const int n = 1 + (int)km_rng_below(&r, round % 4 ? 90 : MAX_N);
        const int d = least_d + (int)km_rng_below(&r, (uint64_t)(most_d - least_d + 1));
        const int k = 1 + (int)km_rng_below(&r, (uint64_t)(n < MAX_K ? n : MAX_K));
        fill_any((int)km_rng_below(&r, KINDS), &r, n, d, columns);
        km_engine *a = engine_with(columns, NULL, n, d), *b = engine_with(columns, NULL, n, d);
        km_engine *both[] = {a, b};
        a->only = KM_METHOD_BRUTE_FORCE;
        b->only = method;
        if (round % 2) b->leaf = 16;
        set_any(both, &r);
        const int given = km_rng_below(&r, 3) == 0, runs = 1 + (int)km_rng_below(&r, 3);
        for (int run = 0; run < runs; run++) {
            /* Runs after each other on the same structure; some from places between the points. */
            const int fewer = run ? 1 + (int)km_rng_below(&r, (uint64_t)k) : k;
            set_both(both, KM_PARAM_K, fewer);
            if (given) {
                for (int j = 0; j < fewer * d; j++)
                    start[j] = km_rng_below(&r, 2) ? columns[km_rng_below(&r, (uint64_t)(n * d))]
                                                   : (columns[0] + columns[n * d - 1]) / 2;
                for (int i = 0; i < 2; i++) CHECK_INT(km_init_at(both[i], start, fewer), KM_OK);
            } else {
                for (int i = 0; i < 2; i++) CHECK_INT(km_init(both[i], round * 8 + run), KM_OK);
            }
            used += km_method_used(b) == (int)method;
            all++;
            check_same_run(a, b, 1 + (int)km_rng_below(&r, 7), &r);
        }
        km_destroy(a);
        km_destroy(b);
    }
    CHECK(used > all * 9 / 10); /* coordinates that differ by next to nothing are left to brute force */
}

TEST(boxes_equal_brute_force) { check_small(KM_METHOD_BOXES, 6000, 31, 1, 3); }
TEST(bounds_equal_brute_force) { check_small(KM_METHOD_BOUNDS, 4000, 32, 1, MAX_D); }

static void check_many(km_method method, int n, int least_d, int kinds_of_d, int most_k, double *columns) {
    km_rng r;
    km_rng_seed(&r, 34);
    for (int kind = 0; kind < KINDS; kind++) {
        const int d = least_d + kind % kinds_of_d;
        fill_any(kind, &r, n, d, columns);
        km_engine *both[] = {engine_with(columns, NULL, n, d), engine_with(columns, NULL, n, d)};
        both[0]->only = KM_METHOD_BRUTE_FORCE;
        both[1]->only = method;
        both[1]->leaf = kind % 2 ? 128 : KM_BOX_LEAF;
        for (int run = 0; run < 2; run++) {
            set_both(both, KM_PARAM_K, run ? most_k : 7);
            set_both(both, KM_PARAM_MAX_ITER, 12);
            for (int i = 0; i < 2; i++) CHECK_INT(km_init(both[i], run), KM_OK);
            check_same_run(both[0], both[1], 5, &r);
        }
        km_destroy(both[0]);
        km_destroy(both[1]);
    }
}

/* One value is so large that the others have bits below the grid of the exact sums: what those tell of the
 * inertia is not enough. */
TEST(inertia_holds_beside_a_far_outlier) {
    enum { N = 300, MOST = 5 };
    static double columns[N * MOST];
    km_rng r;
    km_rng_seed(&r, 36);
    for (int round = 0; round < 60; round++) {
        const int d = 1 + round % MOST;
        for (int i = 0; i < N * d; i++) columns[i] = km_rng_uniform(&r) * 1e-6;
        columns[7] = 1e6;
        km_engine *both[] = {engine_with(columns, NULL, N, d), engine_with(columns, NULL, N, d)};
        both[0]->only = KM_METHOD_BRUTE_FORCE;
        both[1]->only = d <= KM_BOX_MAX_DIMS && round % 2 ? KM_METHOD_BOXES : KM_METHOD_BOUNDS;
        both[1]->leaf = 32;
        for (int i = 0; i < 2; i++) {
            km_set(both[i], KM_PARAM_K, 2 + round % 7);
            CHECK_INT(km_init(both[i], round), KM_OK);
        }
        check_same_run(both[0], both[1], 3, &r);
        km_destroy(both[0]);
        km_destroy(both[1]);
    }
}

/* Deep trees: boxes that are cut up again and again, also by runs from elsewhere. */
TEST(boxes_equal_brute_force_on_many_points) {
    static double columns[20000 * 3];
    check_many(KM_METHOD_BOXES, 20000, 1, 3, 60, columns);
}

/* Several tiles and chunks; and dimensions of which copies hold little. */
TEST(bounds_equal_brute_force_on_many_points) {
    static double columns[33000 * 4];
    check_many(KM_METHOD_BOUNDS, 33000, 4, 1, 9, columns);
    check_many(KM_METHOD_BOUNDS, 300, 400, KINDS, 9, columns);
}

/* In one assign more points join a cluster, or leave one, than a sum of their copies in 32 bits can hold: it
 * is taken over in between. */
TEST(bounds_equal_brute_force_when_more_points_move_than_a_sum_of_copies_holds) {
    enum { EACH = 80000, N = 2 * EACH, D = 4, K = 2 };
    static const double side = 7, starts[][K * D] = {{-7, 0, 0, 0, 7, 0, 0, 0}, {-99, 0, 0, 0, 0, 0, 0, 0}};
    static double columns[N * D];
    km_rng r;
    km_rng_seed(&r, 36);
    for (int i = 0; i < N; i++) {
        columns[i] = i % 2 ? side : -side;
        for (int t = 1; t < D; t++) columns[t * N + i] = (double)km_rng_below(&r, 3) / 8;
    }
    km_engine *both[] = {engine_with(columns, NULL, N, D), engine_with(columns, NULL, N, D)};
    both[0]->only = KM_METHOD_BRUTE_FORCE;
    both[1]->only = KM_METHOD_BOUNDS;
    for (int start = 0; start < 2; start++) {
        for (int i = 0; i < 2; i++) CHECK_INT(km_init_at(both[i], starts[start], K), KM_OK);
        check_same_run(both[0], both[1], 5, &r);
        for (int j = 0; j < K; j++) CHECK_INT(km_sizes(both[1])[j], EACH);
    }
    CHECK(both[1]->bounds->exact);
    CHECK(EACH * (side / both[1]->bounds->unit) > INT32_MAX);
    for (int i = 0; i < 2; i++) km_destroy(both[i]);
}

/* Each restart is what its seed gives on its own, to the bit, whatever earlier ones made known; and so is the
 * run under way whenever one looks. */
static void check_restarts(km_engine *e, km_engine *alone, int total) {
    CHECK_INT(km_restarts_begin(e), KM_OK);
    while (km_restarts_advance(e, 7) == KM_MORE) {
        const int r = km_restarts_done(e);
        CHECK_INT(km_init(alone, r < total ? r : km_best_restart(e)), KM_OK);
        for (int i = 0; i < 1000 && km_iteration(alone) < km_iteration(e); i++) km_half_step(alone);
        if (km_phase_next(alone) != km_phase_next(e)) km_half_step(alone);
        check_same_state(alone, e);
        check_same_inertia(alone, e);
        check_same_labels(alone, e);
    }
    CHECK_INT(km_restarts_done(e), total);
    for (int r = 0; r < total; r++) {
        CHECK_INT(km_init(alone, km_restart_seed(e, r)), KM_OK);
        while (km_run(alone, 1000) == KM_MORE) continue;
        CHECK_INT(km_restart_iterations(e, r), km_iteration(alone));
        CHECK(km_restart_inertia(e, r) == km_inertia(alone));
    }
    CHECK_INT(km_init(alone, km_restart_seed(e, km_best_restart(e))), KM_OK);
    while (km_run(alone, 1000) == KM_MORE) continue;
    check_same_state(alone, e);
    check_same_inertia(alone, e);
    check_same_labels(alone, e);
}

TEST(restarts_equal_single_runs) {
    enum { MANY = 1100, DIMS = 9, CLUSTERS = 9 }; /* few.c stops at 1024, 8 and 8 */
    static double columns[MANY * DIMS];
    km_rng r;
    km_rng_seed(&r, 33);
    for (int round = 0; round < 400; round++) {
        const int n = 1 + (int)km_rng_below(&r, round % 16 == 0 ? MANY : round % 4 == 0 ? MAX_N : 60);
        const int d = 1 + (int)km_rng_below(&r, round % 3 ? 3 : DIMS);
        const int k = 1 + (int)km_rng_below(&r, (uint64_t)(n < CLUSTERS ? n : CLUSTERS)), total = 25;
        fill_any((int)km_rng_below(&r, KINDS), &r, n, d, columns);
        km_engine *both[] = {engine_with(columns, NULL, n, d), engine_with(columns, NULL, n, d)};
        set_any(both, &r);
        set_both(both, KM_PARAM_K, k);
        set_both(both, KM_PARAM_BATCH, km_rng_below(&r, 8) ? 0 : 5);
        set_both(both, KM_PARAM_RESTARTS, total);
        check_restarts(both[0], both[1], total);
        km_destroy(both[0]);
        km_destroy(both[1]);
    }
}

/* Points at equal distances go to the first of the centroids: runs to the same places in another order of the
 * clusters may part there. */
TEST(restarts_equal_single_runs_where_distances_are_equal) {
    enum { N = 40 };
    double columns[N * 2];
    km_rng r;
    km_rng_seed(&r, 35);
    for (int round = 0; round < 60; round++) {
        const int n = 6 + (int)km_rng_below(&r, N - 6), d = 1 + round % 2,
                  places = 3 + (int)km_rng_below(&r, 6);
        for (int i = 0; i < n * d; i++) columns[i] = (double)km_rng_below(&r, (uint64_t)places);
        km_engine *both[] = {engine_with(columns, NULL, n, d), engine_with(columns, NULL, n, d)};
        const int total = 150;
        set_both(both, KM_PARAM_K, 2 + (double)km_rng_below(&r, 4));
        set_both(both, KM_PARAM_INIT, km_rng_below(&r, 2) ? KM_INIT_RANDOM : KM_INIT_KMEANSPP);
        set_both(both, KM_PARAM_RESTARTS, total);
        check_restarts(both[0], both[1], total);
        km_destroy(both[0]);
        km_destroy(both[1]);
    }
}

/* Whatever ran before on the same engine, and by whichever way: one result, to the bit. */
TEST(a_result_does_not_depend_on_earlier_runs) {
    enum { N = 5000 };
    static double columns[N * 4];
    char fresh[17];
    km_rng r;
    km_rng_seed(&r, 11);
    fill_case(CASE_BLOBS, &r, N, 4, columns);
    for (int d = 2; d <= 4; d += 2) {
        km_engine *e = engine_with(columns, NULL, N, d), *plain = engine_with(columns, NULL, N, d);
        plain->only = KM_METHOD_BRUTE_FORCE;
        km_set(e, KM_PARAM_K, 9);
        km_set(plain, KM_PARAM_K, 9);
        CHECK_INT(km_init(plain, 1), KM_OK);
        run_to_end(plain);
        strcpy(fresh, km_digest(plain));
        for (int round = 0; round < 3; round++) {
            CHECK_INT(km_init(e, 1), KM_OK);
            run_to_end(e);
            CHECK(km_method_used(e) != KM_METHOD_BRUTE_FORCE);
            CHECK_TEXT(km_digest(e), fresh);
            CHECK_INT(km_init(e, 2 + round), KM_OK);
            run_to_end(e);
        }
        km_destroy(e);
        km_destroy(plain);
    }
}
