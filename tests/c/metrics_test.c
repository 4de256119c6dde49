#include "cases.h"
#include "metrics.h"

/* Labels written as digits. */
static int digits(const char *text, int32_t *out) {
    int n = 0;
    for (; text[n]; n++) out[n] = text[n] - '0';
    return n;
}

/* scikit-learn 1.2.1: adjusted_rand_score and normalized_mutual_info_score (arithmetic). */
static const struct {
    const char *a, *b;
    double ari, nmi;
} agreements[] = {
    {"0011", "0011", 1, 1},
    {"0012", "0011", 0.5714285714285714, 0.7999999999999999},
    {"0011", "0101", -0.5, 0},
    {"0123", "0000", 0, 0},
    {"012", "210", 1, 1},
    {"0", "0", 1, 1},
    {"0001140342004444330022132412234143113044403304004341224412110444204204414040014324314134100442044423"
     "3410123101340012222431144142402413042304232202023234242243404401424240342113010313243130304212322414",
     "1011100111001000001100010001011001111111011101000000011100001000111000001011001010100000000101110010"
     "1000110011011001110110010011001110001011101111110000100111000110100100000001111100001000100000000011",
     0.004004764379411094, 0.014966152432989453},
    {"2201213303023031101330033313213232133", "3201302032201221111302212122203321002", 0.018229870206143185,
     0.11490117430842466},
};

TEST(agreement_is_scikit_learns) {
    for (size_t c = 0; c < sizeof agreements / sizeof *agreements; c++) {
        int32_t a[256], b[256];
        const int n = digits(agreements[c].a, a);
        CHECK_INT(digits(agreements[c].b, b), n);
        km_agreement forth, back;
        CHECK(km_agree(a, 10, b, n, &forth) && km_agree(b, 10, a, n, &back));
        CHECK(fabs(forth.ari - agreements[c].ari) < 1e-14);
        CHECK(fabs(forth.nmi - agreements[c].nmi) < 1e-14);
        CHECK(fabs(forth.ari - back.ari) < 1e-14 && fabs(forth.nmi - back.nmi) < 1e-14);
    }
}

TEST(purity_by_hand) {
    km_agreement out;
    /* Clusters {x, x, y}, {y, y}, {z}: two, two and one of six agree. */
    static const int32_t labels[] = {0, 0, 0, 1, 1, 2}, truth[] = {7, 7, 8, 8, 8, 9};
    CHECK(km_agree(labels, 3, truth, 6, &out));
    CHECK_NEAR(out.purity, 5.0 / 6, 1e-15);
    static const int32_t apart[] = {0, 1, 2, 3}, same[] = {4, 4, 4, 4};
    CHECK(km_agree(apart, 4, same, 4, &out));
    CHECK(out.purity == 1);
    CHECK(km_agree(same, 5, apart, 4, &out));
    CHECK(out.purity == 0.25);
}

TEST(true_labels_may_be_any_integers) {
    static const int32_t labels[] = {0, 1, 0}, odd[] = {5, -3, 5},
                         extreme[] = {INT32_MIN, INT32_MAX, INT32_MIN};
    static const int32_t wide[] = {0x01000000, 0x02000000, 0x01000001};
    km_agreement out;
    CHECK(km_agree(labels, 2, odd, 3, &out));
    CHECK(out.ari == 1 && fabs(out.nmi - 1) < 1e-15 && out.purity == 1);
    CHECK(km_agree(labels, 2, extreme, 3, &out));
    CHECK(out.ari == 1 && fabs(out.nmi - 1) < 1e-15 && out.purity == 1);
    CHECK(km_agree(labels, 2, wide, 3, &out)); /* three classes */
    CHECK(out.ari == 0 && out.purity == 2.0 / 3);
}

TEST(agreement_does_not_change_with_the_names) {
    enum { N = 5000 };
    static int32_t labels[N], truth[N], renamed[N], renamed_truth[N];
    km_rng r;
    km_rng_seed(&r, 3);
    for (int i = 0; i < N; i++) {
        labels[i] = (int32_t)km_rng_below(&r, 40);
        truth[i] = km_rng_below(&r, 3) ? labels[i] / 3 : (int32_t)km_rng_below(&r, 300);
        renamed[i] = 60 - labels[i];
        renamed_truth[i] = -7919 * truth[i] + 12;
    }
    km_agreement a, b;
    CHECK(km_agree(labels, 40, truth, N, &a) && km_agree(renamed, 61, renamed_truth, N, &b));
    CHECK(a.ari > 0.1 && a.ari < 0.9);
    CHECK_NEAR(b.ari, a.ari, 1e-12);
    CHECK_NEAR(b.nmi, a.nmi, 1e-12);
    CHECK_NEAR(b.purity, a.purity, 1e-15);
}

TEST(agreement_of_many_points_does_not_overflow) {
    enum { N = 1 << 20 }; /* 2^40 pairs, products of 2^80 */
    int32_t *labels = malloc(N * sizeof *labels), *truth = malloc(N * sizeof *truth);
    km_rng r;
    km_rng_seed(&r, 4);
    for (int i = 0; i < N; i++) {
        labels[i] = i & 1;
        truth[i] = (i >> 1) & 1;
    }
    km_agreement out;
    CHECK(km_agree(labels, 2, truth, N, &out));
    CHECK(fabs(out.ari) < 1e-5 && out.nmi == 0 && out.purity == 0.5);
    CHECK(km_agree(labels, 2, labels, N, &out));
    CHECK(out.ari == 1 && fabs(out.nmi - 1) < 1e-14);
    free(labels);
    free(truth);
}

/* metric_cases.json: twelve points, in columns. */
static const double twelve[] = {0.001,  -1.116, -0.378, -1.517, -0.241, 0.636,  0.297,  1.823,
                                1.543,  -0.137, 0.675,  0.918,  -0.29,  -0.013, -0.481, -0.491,
                                -0.648, 1.74,   0.708,  0.431,  -0.901, 1.298,  0.032,  0.381};

static void check_internal(const double *columns, int n, int d, const int32_t *labels, int k,
                           double silhouette, double davies_bouldin, double calinski_harabasz) {
    double s, db, ch;
    int points;
    CHECK(km_silhouette(columns, n, d, labels, k, &s, &points));
    CHECK(km_spread_indices(columns, n, d, labels, k, &db, &ch));
    CHECK_INT(points, n);
    CHECK_NEAR(s, silhouette, 1e-13);
    CHECK_NEAR(db, davies_bouldin, 1e-13);
    CHECK_NEAR(ch, calinski_harabasz, 1e-13);
}

TEST(internal_metrics_are_scikit_learns) {
    int32_t labels[12];
    digits("000000111111", labels);
    check_internal(twelve, 12, 2, labels, 2, 0.24740802292225236, 1.297542924574005, 4.307911691966274);
    digits("000000000001", labels); /* a point alone counts 0 */
    check_internal(twelve, 12, 2, labels, 2, -0.17930747819747309, 1.4080770492921697, 0.353705808022031);
    digits("999999999993", labels); /* empty clusters count for nothing */
    check_internal(twelve, 12, 2, labels, 10, -0.17930747819747309, 1.4080770492921697, 0.353705808022031);
}

TEST(internal_metrics_far_from_the_origin_and_at_any_scale) {
    double moved[24], large[24];
    int32_t labels[12];
    digits("000000111111", labels);
    for (int i = 0; i < 24; i++) {
        moved[i] = ldexp(round(ldexp(twelve[i], 20)), -20);
        large[i] = ldexp(twelve[i], 480);
    }
    double s, db, ch;
    int points;
    CHECK(km_silhouette(moved, 12, 2, labels, 2, &s, &points) &&
          km_spread_indices(moved, 12, 2, labels, 2, &db, &ch));
    for (int i = 0; i < 24; i++) moved[i] += 0x1p30;
    check_internal(moved, 12, 2, labels, 2, s, db, ch);
    check_internal(large, 12, 2, labels, 2, 0.24740802292225236, 1.297542924574005, 4.307911691966274);
}

TEST(internal_metrics_in_one_and_three_dimensions) {
    /* 0, 1 | 10, 12: silhouettes by hand from a and b of each point. */
    static const double line[] = {0, 1, 10, 12};
    static const int32_t two[] = {0, 0, 1, 1};
    const double by_hand = ((11 - 1) / 11.0 + (10 - 1) / 10.0 + (9.5 - 2) / 9.5 + (11.5 - 2) / 11.5) / 4;
    /* Means 0.5 and 11, spreads 0.5 and 1; total variance 5.25^2 each way. */
    const double ch = (4 * 5.25 * 5.25) / ((0.5 + 2) / 2);
    check_internal(line, 4, 1, two, 2, by_hand, 1.5 / 10.5, ch);
    static const double space[] = {0, 1, 10, 12, 0, 0, 0, 0, 3, 3, 3, 3};
    check_internal(space, 4, 3, two, 2, by_hand, 1.5 / 10.5, ch);
}

TEST(internal_metrics_are_undefined_without_two_clusters) {
    int32_t labels[12] = {0};
    double s, db, ch;
    int points;
    CHECK(km_silhouette(twelve, 12, 2, labels, 3, &s, &points) &&
          km_spread_indices(twelve, 12, 2, labels, 3, &db, &ch));
    CHECK(isnan(s) && isnan(db) && isnan(ch));
    for (int i = 0; i < 12; i++) labels[i] = i; /* as many as points */
    CHECK(km_silhouette(twelve, 12, 2, labels, 12, &s, &points) &&
          km_spread_indices(twelve, 12, 2, labels, 12, &db, &ch));
    CHECK(isnan(s) && isnan(db) && isnan(ch));
    labels[0] = 0;
    CHECK(km_silhouette(twelve, 1, 2, labels, 1, &s, &points) &&
          km_spread_indices(twelve, 1, 2, labels, 1, &db, &ch));
    CHECK(isnan(s) && isnan(db) && isnan(ch));
}

TEST(metrics_of_duplicated_points) {
    static const double same[] = {1, 1, 1, 1}, pairs[] = {1, 1, 5, 5};
    static const int32_t two[] = {0, 0, 1, 1};
    check_internal(same, 4, 1, two, 2, 0, 0, 1); /* nothing apart, nothing spread: scikit-learn's values */
    check_internal(pairs, 4, 1, two, 2, 1, 0, 1);
}

/* The definition, without a trick. */
static double naive_silhouette(const double *columns, int n, int d, const int32_t *labels, int k) {
    double total = 0;
    for (int i = 0; i < n; i++) {
        double sum[16] = {0}, nearest = INFINITY;
        int size[16] = {0};
        for (int j = 0; j < n; j++) {
            double sq = 0;
            for (int t = 0; t < d; t++) sq += pow(columns[t * n + i] - columns[t * n + j], 2);
            sum[labels[j]] += sqrt(sq);
            size[labels[j]]++;
        }
        if (size[labels[i]] == 1) continue;
        const double a = sum[labels[i]] / (size[labels[i]] - 1);
        for (int j = 0; j < k; j++)
            if (j != labels[i] && size[j] && sum[j] / size[j] < nearest) nearest = sum[j] / size[j];
        total += (nearest - a) / fmax(a, nearest);
    }
    return total / n;
}

TEST(silhouette_equals_its_definition) {
    static const int dims[] = {1, 2, 3, 7};
    km_rng r;
    km_rng_seed(&r, 8);
    for (int t = 0; t < 4; t++) {
        static double columns[7 * 333];
        int32_t labels[333];
        const int d = dims[t], n = 333;
        fill_case(CASE_BLOBS, &r, n, d, columns);
        for (int i = 0; i < n; i++) labels[i] = i < 5 ? i : (int32_t)km_rng_below(&r, 9) + (i % 4 == 0);
        double s;
        int points;
        CHECK(km_silhouette(columns, n, d, labels, 12, &s, &points));
        CHECK_NEAR(s, naive_silhouette(columns, n, d, labels, 12), 1e-12);
    }
}

TEST(silhouette_of_many_points_is_sampled) {
    enum { N = 20000 };
    static double columns[2 * N];
    static int32_t labels[N];
    km_rng r;
    km_rng_seed(&r, 9);
    for (int i = 0; i < N; i++) {
        labels[i] = i % 3;
        columns[i] = 4 * labels[i] + km_rng_uniform(&r);
        columns[N + i] = km_rng_uniform(&r);
    }
    double sampled, again, exact;
    int points;
    CHECK(km_silhouette(columns, N, 2, labels, 3, &sampled, &points));
    CHECK_INT(points, KM_MAX_EXACT_SILHOUETTE);
    CHECK(km_silhouette(columns, N, 2, labels, 3, &again, &points));
    CHECK(again == sampled);

    /* At the limit it is exact, and the sample is of the same population. */
    enum { LIMIT = KM_MAX_EXACT_SILHOUETTE };
    static double few[2 * LIMIT];
    for (int i = 0; i < LIMIT; i++) {
        few[i] = columns[i];
        few[LIMIT + i] = columns[N + i];
    }
    CHECK(km_silhouette(few, LIMIT, 2, labels, 3, &exact, &points));
    CHECK_INT(points, LIMIT);
    CHECK_NEAR(exact, naive_silhouette(few, LIMIT, 2, labels, 3), 1e-12);
    CHECK_NEAR(sampled, exact, 0.01);
}

TEST(metrics_of_an_engine) {
    static const int32_t truth[] = {5, 5, 5, 5, 5, 5, -3, -3, -3, -3, -3, -3};
    double out[KM_METRIC_COUNT];
    km_engine *e = km_create();
    CHECK_INT(km_metrics(e, NULL, out), KM_ERR_PHASE);
    CHECK_INT(km_load(e, twelve, NULL, 12, 2), KM_OK);
    CHECK_INT(km_metrics(e, NULL, out), KM_ERR_PHASE);
    km_set(e, KM_PARAM_K, 2);
    km_set(e, KM_PARAM_INIT, KM_INIT_FIRST);
    CHECK_INT(km_init(e, 0), KM_OK);
    out[0] = 42;
    CHECK_INT(km_metrics(e, truth, out), KM_ERR_PHASE);
    CHECK(out[0] == 42);
    run_to_end(e);
    CHECK_INT(km_metrics(e, truth, out), KM_OK);
    CHECK_INT(km_silhouette_points(e), 12);
    CHECK(out[KM_METRIC_INERTIA] == km_inertia(e));
    CHECK_NEAR(out[KM_METRIC_SILHOUETTE], naive_silhouette(twelve, 12, 2, km_labels(e), 2), 1e-13);
    CHECK(out[KM_METRIC_DAVIES_BOULDIN] > 0 && out[KM_METRIC_CALINSKI_HARABASZ] > 0);
    km_agreement a;
    CHECK(km_agree(km_labels(e), 2, truth, 12, &a));
    CHECK(out[KM_METRIC_ARI] == a.ari && out[KM_METRIC_NMI] == a.nmi && out[KM_METRIC_PURITY] == a.purity);

    CHECK_INT(km_metrics(e, NULL, out), KM_OK);
    CHECK(isnan(out[KM_METRIC_ARI]) && isnan(out[KM_METRIC_NMI]) && isnan(out[KM_METRIC_PURITY]));
    CHECK(!isnan(out[KM_METRIC_SILHOUETTE]));
    CHECK_INT(km_load(e, twelve, NULL, 12, 2), KM_OK); /* the labels went with the old data */
    CHECK_INT(km_metrics(e, NULL, out), KM_ERR_PHASE);
    km_destroy(e);
}
