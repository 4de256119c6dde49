/* z-scores: by hand, against long double, and where a careless formula fails. */
#include "check.h"
#include "rng.h"
#include "standardize.h"

TEST(standardize_by_hand) {
    double x[] = {1, 2, 3, 4, /**/ 10, 10, 10, 10, /**/ -1, 1, -1, 1}, scale[3], offset[3];
    CHECK_INT(km_standardize(x, 4, 3, scale, offset), KM_OK);
    CHECK(offset[0] == 2.5 && offset[1] == 10 && offset[2] == 0);
    CHECK_NEAR(scale[0], sqrt(1.25), 1e-15);
    CHECK(scale[1] == 1 && scale[2] == 1);
    CHECK_NEAR(x[0], -1.5 / sqrt(1.25), 1e-15);
    CHECK(x[4] == 0 && x[7] == 0 && x[8] == -1 && x[11] == 1);
}

TEST(standardize_far_from_the_origin) {
    enum { N = 10000 };
    static double x[N];
    km_rng rng;
    km_rng_seed(&rng, 5);
    long double mean = 0, squares = 0;
    for (int i = 0; i < N; i++) mean += x[i] = 1e9 + km_rng_uniform(&rng);
    mean /= N;
    for (int i = 0; i < N; i++) squares += (x[i] - mean) * (x[i] - mean);
    const double sd = (double)sqrtl(squares / N), first = x[0];
    double scale, offset;
    CHECK_INT(km_standardize(x, N, 1, &scale, &offset), KM_OK);
    CHECK_NEAR(offset, (double)mean, 2.3e-16);
    CHECK_NEAR(scale, sd, 1e-15);
    CHECK_NEAR(x[0] * scale + offset, first, 2.3e-16);
}

/* Values that differ from their mean by rounding only are constant, not noise blown up to sd 1. */
TEST(standardize_constant_up_to_rounding) {
    double x[1000], scale, offset;
    for (int i = 0; i < 1000; i++) x[i] = 0.1;
    CHECK_INT(km_standardize(x, 1000, 1, &scale, &offset), KM_OK);
    CHECK(scale == 1);
    CHECK(fabs(x[0]) < 1e-16);
    double one = 7;
    CHECK_INT(km_standardize(&one, 1, 1, &scale, &offset), KM_OK);
    CHECK(one == 0 && scale == 1 && offset == 7);
}

TEST(standardize_refuses) {
    double x[] = {1, 2, NAN, 4}, scale[2] = {8, 8}, offset[2] = {9, 9};
    CHECK_INT(km_standardize(x, 2, 2, scale, offset), KM_ERR_NOT_FINITE);
    x[2] = 1e200;
    CHECK_INT(km_standardize(x, 2, 2, scale, offset), KM_ERR_RANGE);
    CHECK(x[0] == 1 && scale[0] == 8 && offset[0] == 9);
    CHECK_INT(km_standardize(x, 0, 2, scale, offset), KM_ERR_EMPTY_DATA);
    x[2] = 1e150;
    CHECK_INT(km_standardize(x, 2, 2, scale, offset), KM_OK);
    CHECK(x[2] == 1 && x[3] == -1);
}
