#include "check.h"
#include "rng.h"
#include "sum.h"

static km_sum sum_of(km_grid g, const double *v, int n) {
    km_sum s = {0, 0};
    for (int i = 0; i < n; i++) km_sum_add(&s, km_split(g, v[i], 0), 1);
    return s;
}

static km_sum count_of(km_grid ones, int n) {
    km_sum s = {0, 0};
    for (int i = 0; i < n; i++) km_sum_add(&s, km_split(ones, 1, 0), 1);
    return s;
}

/* The sum as the nearest double. */
static double value_of(km_grid g, km_sum s) {
    const km_grid ones = km_grid_for(1);
    return km_sum_ratio(g, s, ones, count_of(ones, 1));
}

/* Values whose last bits lie far apart. */
static double uneven(km_rng *r) {
    static const double scale[] = {1, 1e-3, 1e-6, 100};
    return (km_rng_uniform(r) - 0.5) * scale[km_rng_below(r, 4)];
}

TEST(sum_is_the_same_in_any_order) {
    enum { N = 1000 };
    double v[N];
    km_rng r;
    km_rng_seed(&r, 1);
    for (int i = 0; i < N; i++) v[i] = uneven(&r);
    const km_grid g = km_grid_for(100);
    const km_sum forward = sum_of(g, v, N);
    for (int round = 0; round < 20; round++) {
        for (int i = N - 1; i > 0; i--) {
            const int j = (int)km_rng_below(&r, (uint64_t)i + 1);
            const double swap = v[i];
            v[i] = v[j];
            v[j] = swap;
        }
        const km_sum shuffled = sum_of(g, v, N);
        CHECK(shuffled.hi == forward.hi && shuffled.lo == forward.lo);
    }
}

TEST(sum_takes_a_point_out_without_a_trace) {
    const km_grid g = km_grid_for(7);
    km_sum s = sum_of(g, (double[]){5.1, -3.3, 0.7}, 3);
    const km_sum before = s;
    km_sum_add(&s, km_split(g, 1.23456789, 0), 1);
    km_sum_add(&s, km_split(g, 1.23456789, 0), -1);
    CHECK(s.hi == before.hi && s.lo == before.lo);
}

TEST(mean_of_equal_values_is_the_value) {
    km_rng r;
    km_rng_seed(&r, 2);
    const km_grid ones = km_grid_for(1);
    for (int round = 0; round < 20000; round++) {
        const double x = (km_rng_uniform(&r) - 0.5) * 20;
        const int n = 1 + (int)km_rng_below(&r, 50);
        km_sum s = {0, 0};
        const km_grid g = km_grid_for(x);
        for (int i = 0; i < n; i++) km_sum_add(&s, km_split(g, x, 0), 1);
        CHECK(km_sum_ratio(g, s, ones, count_of(ones, n)) == x);
    }
}

TEST(mean_is_correctly_rounded) {
    /* long double has 64 bits: exact for these sums, and its quotient rounds like the exact one unless it
     * falls on a half-way case of the double, which the test steps over. */
    km_rng r;
    km_rng_seed(&r, 3);
    const km_grid g = km_grid_for(1), ones = km_grid_for(1);
    int compared = 0;
    for (int round = 0; round < 20000; round++) {
        const int n = 3 + (int)km_rng_below(&r, 100);
        km_sum s = {0, 0};
        long double exact = 0;
        for (int i = 0; i < n; i++) {
            const double x = (double)((int64_t)(km_rng_next(&r) >> 11) - ((int64_t)1 << 52)) * 0x1p-52;
            km_sum_add(&s, km_split(g, x, 0), 1);
            exact += (long double)x;
        }
        const long double quotient = exact / n;
        const double low = (double)quotient;
        if ((double)(quotient * (1 + 0x1p-62L)) != low || (double)(quotient * (1 - 0x1p-62L)) != low)
            continue;
        compared++;
        CHECK(km_sum_ratio(g, s, ones, count_of(ones, n)) == low);
    }
    CHECK(compared > 19000);
}

TEST(sum_value_holds_extremes) {
    static const double values[] = {
        0, 1, -1, 5.1, 1e-300, -1e-300, 1e150, 0x1p500, 3.0000000000000004, 1e8 + 1e-8};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const km_grid g = km_grid_for(values[i]);
        CHECK(value_of(g, km_split(g, values[i], 0)) == values[i] || fabs(values[i]) < 1e-270);
    }
}

TEST(sum_of_cancelling_values_is_exact) {
    const km_grid g = km_grid_for(1e8);
    CHECK(value_of(g, sum_of(g, (double[]){1e8, 0x1.8p-20, -1e8}, 3)) == 0x1.8p-20);
}

TEST(product_error_is_exact) {
    km_rng r;
    km_rng_seed(&r, 4);
    for (int i = 0; i < 10000; i++) {
        const double a = uneven(&r), b = uneven(&r), product = a * b;
        CHECK(km_product_error(a, b, product) == fma(a, b, -product));
    }
}
