/* Programs with functions of their own, run by the evaluator. */
#include "cases.h"
#include "custom.h"

enum { N = 120 };

static km_status use(km_engine *e, const char *text) {
    km_program *p = km_program_create();
    memcpy(km_program_text(p), text, strlen(text));
    CHECK_INT(km_program_parse(p, (int)strlen(text)), 0);
    for (int i = 0; i < km_program_diagnostics(p); i++)
        if (km_diagnostic_severity(p, i) == KM_SEVERITY_ERROR)
            check_fail(__FILE__, __LINE__, "%s: %s", text, km_diagnostic_message(p, i));
    const km_status s = km_use_program(e, p);
    km_program_destroy(p);
    return s;
}

static km_engine *uniform(int d, double *columns) {
    km_rng r;
    km_rng_seed(&r, 77);
    fill_case(CASE_UNIFORM, &r, N, d, columns);
    return engine_with(columns, NULL, N, d);
}

/* The same run by another program, to the bit. */
static void check_same(int d, const char *named, const char *written, int same_bits) {
    double columns[4 * N];
    km_engine *a = uniform(d, columns), *b = uniform(d, columns);
    CHECK_INT(use(a, named), KM_OK);
    CHECK_INT(use(b, written), KM_OK);
    for (int seed = 0; seed < 5; seed++) {
        CHECK_INT(km_init(a, seed), KM_OK);
        CHECK_INT(km_init(b, seed), KM_OK);
        run_to_end(a);
        run_to_end(b);
        CHECK_INT(km_iteration(a), km_iteration(b));
        CHECK(memcmp(km_labels(a), km_labels(b), N * sizeof(int32_t)) == 0);
        CHECK_NEAR(km_inertia(b), km_inertia(a), 1e-12);
        if (same_bits) CHECK_TEXT(km_digest(b), km_digest(a));
    }
    km_destroy(a);
    km_destroy(b);
}

TEST(a_written_distance_is_the_named_one) {
    /* The factor 1 keeps the text from being recognised, so the evaluator runs it. */
    for (int d = 1; d <= 4; d++) {
        check_same(d, "k = 5", "k = 5\ndef distance(x, c):\n    return 1 * ((x - c)**2).sum(-1)", 1);
        check_same(d, "k = 5\ndistance = 'manhattan'\ncenter = 'median'",
                   "k = 5\ndef distance(x, c):\n    return 1 * np.abs(x - c).sum(-1)\n"
                   "def center(points, c):\n    return 1 * np.median(points, axis=0)",
                   1);
        check_same(d, "k = 4\ndistance = 'chebyshev'",
                   "k = 4\ndef distance(x, c):\n    d = abs(x - c)\n    return max(d, -1) * 1", 1);
        check_same(d, "k = 4\ndistance = 'cosine'",
                   "k = 4\ndef distance(x, c):\n    norms = sqrt((x * x).sum()) * sqrt((c * c).sum())\n"
                   "    return maximum(1 - (x * c).sum() / norms, 0)",
                   1);
        check_same(d, "k = 5",
                   "k = 5\ndef center(points):\n    return points.sum(0) / (0 * points + 1).sum(0)", 0);
        check_same(d, "k = 5", "k = 5\ndef seed_weight(d):\n    return d * 1", 1);
        check_same(d, "k = 5", "k = 5\ndef stop(inertia, previous, shift, iteration):\n    return shift == 0",
                   1);
    }
}

TEST(hooks_are_called_with_what_they_say) {
    static const double columns[] = {0, 1, 10, 14, 0, 0, 0, 0}, start[] = {0, 0, 10, 0};
    km_engine *e = engine_with(columns, NULL, 4, 2);
    /* Half-way from where it is to the mean. */
    CHECK_INT(use(e, "def center(points, c):\n    return c + 0.5 * (points.mean(0) - c)"), KM_OK);
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    km_step(e);
    CHECK(km_centroids(e)[0] == 0.25 && km_centroids(e)[2] == 11);
    /* Axes weighed by a literal: only the second counts, where all are equal, so all go to the first. */
    CHECK_INT(use(e, "def distance(x, c):\n    return (np.array([0, 1]) * abs(x - c)).sum()"), KM_OK);
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    km_assign(e);
    CHECK_INT(km_sizes(e)[0], 4);
    CHECK(km_inertia(e) == 0);
    /* One component, a local, a choice. */
    CHECK_INT(use(e, "def distance(x, c):\n    d = abs(x[0] - c[0])\n    return d if d < 2 else 100 * d"),
              KM_OK);
    CHECK_INT(km_init_at(e, start, 2), KM_OK);
    km_assign(e);
    CHECK(km_inertia(e) == 0 + 1 + 0 + 400);
    km_destroy(e);
}

TEST(stop_is_asked_from_the_second_iteration_on) {
    double columns[2 * N];
    km_engine *e = uniform(2, columns);
    CHECK_INT(use(e, "k = 6\ndef stop(inertia, previous, shift, iteration):\n    return iteration >= 1"),
              KM_OK);
    km_init(e, 3);
    run_to_end(e);
    CHECK_INT(km_iteration(e), 2);
    CHECK_INT(km_converged(e), 1);
    CHECK_INT(
        use(e,
            "k = 6\ndef stop(inertia, previous, shift, iteration):\n    return abs(inertia - previous) / previous < 0.05"),
        KM_OK);
    km_init(e, 3);
    double before = 0;
    int iterations = 0;
    while (km_phase_next(e) == KM_PHASE_ASSIGN) {
        km_assign(e);
        const double now = km_inertia(e);
        iterations++;
        if (km_phase_next(e) != KM_PHASE_UPDATE) break;
        km_update(e);
        const int small = iterations > 1 && fabs(now - before) / before < 0.05;
        CHECK_INT(km_phase_next(e) == KM_PHASE_SETTLE, small);
        before = now;
    }
    run_to_end(e);
    CHECK(iterations > 2);
    km_destroy(e);
}

TEST(seed_weight_decides_the_draw) {
    static const double columns[] = {0, 1, 3};
    km_engine *e = engine_with(columns, NULL, 3, 1);
    int far = 0;
    CHECK_INT(use(e, "k = 2\ndef seed_weight(d):\n    return d**20"), KM_OK);
    for (int seed = 0; seed < 300; seed++) {
        CHECK_INT(km_init(e, seed), KM_OK);
        const int a = km_start_rows(e)[0], b = km_start_rows(e)[1];
        far += (a == 0 && b == 2) || (a == 1 && b == 2) || (a == 2 && b == 0);
    }
    CHECK(far >= 299);
    km_destroy(e);
}

/* The run fails, says so, and names this expression of the text. */
static void check_failure(const char *text, const char *says, const char *expression) {
    static const double columns[] = {0, 1, 10, 14, 3, 0, 0, 7}, start[] = {0, 0, 10, 0};
    km_engine *e = engine_with(columns, NULL, 4, 2);
    CHECK_INT(use(e, text), KM_OK);
    CHECK_INT(km_failure_from(e), -1);
    km_status s = km_init_at(e, start, 2);
    while (!s && km_phase_next(e) != KM_PHASE_DONE) s = km_half_step(e);
    CHECK_INT(s, KM_ERR_PROGRAM);
    if (!strstr(km_error(e), says)) check_fail(__FILE__, __LINE__, "%s does not say %s", km_error(e), says);
    const int from = km_failure_from(e), to = km_failure_to(e);
    CHECK(from >= 0 && from < to && to <= (int)strlen(text));
    if (to - from != (int)strlen(expression) || strncmp(text + from, expression, strlen(expression)) != 0)
        check_fail(__FILE__, __LINE__, "%s: at %.*s, not %s", text, to - from, text + from, expression);
    /* The engine goes on with another program. */
    CHECK_INT(use(e, "k = 2"), KM_OK);
    CHECK_INT(km_failure_from(e), -1);
    CHECK_INT(km_init(e, 1), KM_OK);
    run_to_end(e);
    CHECK_INT(km_converged(e), 1);
    km_destroy(e);
}

TEST(results_that_are_not_finite_end_the_run_and_say_where) {
    check_failure("def distance(x, c):\n    return 1 / abs(x - c).sum()",
                  "distance is not a finite number for point 3 and centroid 2: 1 / abs(x - c).sum() is inf",
                  "1 / abs(x - c).sum()");
    check_failure("def distance(x, c):\n    return log(x[0] - 5)",
                  "for point 1 and centroid 1: log(x[0] - 5) is nan", "log(x[0] - 5)");
    check_failure("def center(points):\n    return points.mean(0) / 0",
                  "center is not finite for cluster 1: points.mean(0) / 0 is inf", "points.mean(0) / 0");
    check_failure("def distance(x, c):\n    return (np.array([1, 2, 3]) * (x - c)).sum()",
                  "has 3 values and a point has 2", "np.array([1, 2, 3])");
    check_failure("def distance(x, c):\n    return abs(x[2] - c[2])", "[2] is beyond the 2 coordinates",
                  "x[2]");
}

TEST(the_expression_at_fault_is_the_innermost_whose_value_is_taken) {
    /* In a local; in one of the coordinates; inside what is computed from it. */
    check_failure("def distance(x, c):\n    n = 1 / x[1]\n    return n * 0 + 1",
                  "point 2 and centroid 1: 1 / x[1] is inf", "1 / x[1]");
    check_failure("def distance(x, c):\n    return sqrt(2 * log(x - 1)).sum() + exp(x[0])", "is nan",
                  "log(x - 1)");
    /* The branch that is not taken divides by zero without harm. */
    check_failure("def distance(x, c):\n    d = abs(x - c)\n"
                  "    return where(d > 0, 1 / d, 0).sum() + log(0 * d[0])",
                  "is -inf", "log(0 * d[0])");
    check_failure(
        "def distance(x, c):\n    a = 1 / x[1]\n    b = 1 / (x[1] - 3)\n    return b if x[1] > 0 else a",
        "point 1 and centroid 1", "1 / (x[1] - 3)");
    check_failure("def distance(x, c):\n    return x[1] / x[1] and 1e300 * 1e300", "is inf", "1e300 * 1e300");
    check_failure("def distance(x, c):\n    return not (0 / 0) or 1 / 0", "is inf", "1 / 0");
    /* The sum itself overflows. */
    check_failure("def distance(x, c):\n    return (1e308 + 0 * x).sum()", "is inf", "(1e308 + 0 * x).sum()");
    /* Members of a point set. */
    check_failure("def center(points, c):\n    return (points + 1 / (points - 14)).mean(0)",
                  "cluster 2: 1 / (points - 14) is inf", "1 / (points - 14)");
    check_failure("def center(points, c):\n    m = np.median(1 / points, axis=0)\n    return m", "is inf",
                  "1 / points");
    /* Finite, but no place for a centroid: all that is returned. */
    check_failure("def center(points, c):\n    m = points.mean(0) + 1\n    return 1e160 * m",
                  "1e160 * m is 1", "1e160 * m");
}

TEST(a_stop_that_is_not_finite_ends_the_run) {
    double columns[2 * N];
    km_engine *e = uniform(2, columns);
    CHECK_INT(use(e, "k = 6\ndef stop(inertia, previous, shift, iteration):\n    return 0 / (iteration - 2)"),
              KM_OK);
    km_init(e, 3);
    CHECK_INT(km_step(e), KM_OK);
    CHECK_INT(km_step(e), KM_ERR_PROGRAM);
    CHECK(strstr(km_error(e), "stop is not a finite number: 0 / (iteration - 2) is nan") != NULL);
    CHECK_INT(km_failure_to(e) - km_failure_from(e), (int)strlen("0 / (iteration - 2)"));
    CHECK_INT(km_phase_next(e), KM_PHASE_NONE);
    km_destroy(e);
}

TEST(seed_weights_below_zero_are_refused) {
    static const double columns[] = {0, 1, 3};
    km_engine *e = engine_with(columns, NULL, 3, 1);
    CHECK_INT(use(e, "k = 2\ndef seed_weight(d):\n    return -d"), KM_OK);
    CHECK_INT(km_init(e, 0), KM_ERR_PROGRAM);
    CHECK(strstr(km_error(e), "seed_weight is not a finite number >= 0 for point") != NULL);
    CHECK(strstr(km_error(e), ": -d is -") != NULL);
    CHECK_INT(km_failure_from(e), 37);
    CHECK_INT(km_failure_to(e), 39);
    CHECK_INT(use(e, "k = 2\ndef seed_weight(d):\n    return log(-d)"), KM_OK);
    CHECK_INT(km_init(e, 0), KM_ERR_PROGRAM);
    CHECK_INT(km_failure_from(e), 37);
    CHECK_INT(km_failure_to(e), 44);
    km_destroy(e);
}
