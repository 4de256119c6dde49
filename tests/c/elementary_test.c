#include "check.h"
#include "elementary.h"
#include "rng.h"

/* Error of a value in units of the last place of the truth. */
static double error_ulp(double value, long double truth) {
    const double size = fabs((double)truth);
    if (!isfinite(size) || size < 0x1p-1022) return value == (double)truth ? 0 : INFINITY;
    const double ulp = nextafter(size, INFINITY) - size;
    return fabs((double)((long double)value - truth)) / ulp;
}

typedef struct worst {
    double error, x, y;
} worst;

static void note(worst *w, double error, double x, double y) {
    if (error > w->error || isnan(error)) *w = (worst){error, x, y};
}

static void check_worst(const char *name, worst w, double limit) {
    if (!(w.error < limit))
        check_fail(__FILE__, __LINE__, "km_%s is off by %g ulp at %.17g %.17g", name, w.error, w.x, w.y);
}

TEST(elementary_functions_are_right_to_the_last_place) {
    km_rng r;
    km_rng_seed(&r, 1);
    worst log = {0}, exp = {0}, pow = {0}, tanh = {0}, sin = {0}, cos = {0};
    for (int i = 0; i < 100000; i++) {
        const double u = km_rng_uniform(&r), v = km_rng_uniform(&r), w = km_rng_uniform(&r);
        double x = i & 1 ? ldexp(1 + u, (int)(2000 * v) - 1000) : 0.5 + u, y = 0;
        note(&log, error_ulp(km_log(x), logl((long double)x)), x, y);
        x = i & 1 ? 1400 * (u - 0.5) : 3 * (u - 0.5);
        note(&exp, error_ulp(km_exp(x), expl((long double)x)), x, y);
        x = i & 1 ? 4 * (u - 0.5) : ldexp(u, (int)(40 * v) - 38);
        note(&tanh, error_ulp(km_tanh(x), tanhl((long double)x)), x, y);
        x = i % 3 == 0 ? 20 * (u - 0.5) : i % 3 == 1 ? 1e6 * (u - 0.5) : (u + 0.5) * ldexp(1, (int)(60 * v));
        note(&sin, error_ulp(km_sin(x), sinl((long double)x)), x, y);
        note(&cos, error_ulp(km_cos(x), cosl((long double)x)), x, y);
        switch (i % 4) {
        case 0: x = 10 * u, y = 20 * v - 10; break;
        case 1: x = 1 + 1e-3 * (u - 0.5), y = 1e5 * (v - 0.5); break;
        case 2: x = ldexp(1 + u, (int)(600 * v) - 300), y = 4 * (w - 0.5); break;
        default: x = 100 * u, y = floor(9 * v) - 4;
        }
        note(&pow, error_ulp(km_pow(x, y), powl((long double)x, (long double)y)), x, y);
    }
    check_worst("log", log, 1);
    check_worst("exp", exp, 1);
    check_worst("pow", pow, 1);
    check_worst("tanh", tanh, 3);
    check_worst("sin", sin, 1);
    check_worst("cos", cos, 1);
}

TEST(sines_of_hard_and_huge_angles) {
    /* 6381956970095103 * 2^797 is the double nearest to a multiple of pi / 2 (Muller). */
    static const double angles[] = {
        0x1.921fb54442d18p+0, 0x1.921fb54442d18p+1, 6381956970095103.0 * 0x1p797, 1e22, 1e300, __DBL_MAX__};
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        CHECK(error_ulp(km_sin(angles[i]), sinl((long double)angles[i])) < 1);
        CHECK(error_ulp(km_cos(angles[i]), cosl((long double)angles[i])) < 1);
        CHECK(km_sin(-angles[i]) == -km_sin(angles[i]) && km_cos(-angles[i]) == km_cos(angles[i]));
    }
}

/* The same value (to an ulp or so), the same kind of NaN, the same sign of zero. */
static void check_same(const char *name, double x, double y, double actual, double expected) {
    const int same = isnan(expected)
                         ? isnan(actual)
                         : (actual == expected || fabs(actual - expected) <= 5e-16 * fabs(expected)) &&
                               signbit(actual) == signbit(expected);
    if (!same)
        check_fail(__FILE__, __LINE__, "km_%s(%g, %g) is %.17g, expected %.17g", name, x, y, actual,
                   expected);
}

TEST(elementary_functions_at_the_edges_are_as_in_c99) {
    static const double values[] = {0.0,     -0.0,  1,        -1,        2,          -2,    0.5,       -0.5,
                                    3,       -3,    INFINITY, -INFINITY, NAN,        1e308, -1e308,    5e-324,
                                    -5e-324, 1e17,  -1e17,    0x1p53,    0x1p53 - 1, 2.5,   -2.5,      -745.1,
                                    -740,    709.7, 710,      -746,      1.5,        -1.5,  0x1p-1022, 7};
    const int n = (int)(sizeof values / sizeof *values);
    for (int i = 0; i < n; i++) {
        const double x = values[i];
        check_same("log", x, 0, km_log(x), x < 0 ? NAN : log(x));
        check_same("exp", x, 0, km_exp(x), exp(x));
        check_same("tanh", x, 0, km_tanh(x), tanh(x));
        check_same("sin", x, 0, km_sin(x), sin(x));
        check_same("cos", x, 0, km_cos(x), cos(x));
        for (int j = 0; j < n; j++) check_same("pow", x, values[j], km_pow(x, values[j]), pow(x, values[j]));
        CHECK(isnan(x) || km_pow(x, 2) == x * x);
    }
}

TEST(sine_and_cosine_of_turns) {
    const long double tau = 6.283185307179586476925286766559005768L;
    km_rng r;
    km_rng_seed(&r, 2);
    double largest = 0, s, c;
    for (int i = 0; i < 100000; i++) {
        const double turn = i < 1000 ? i / 1000.0 : km_rng_uniform(&r);
        km_sin_cos_turn(turn, &s, &c);
        const double es = fabs((double)((long double)s - sinl(tau * turn)));
        const double ec = fabs((double)((long double)c - cosl(tau * turn)));
        largest = fmax(largest, fmax(es, ec));
    }
    if (largest > 0x1p-52) check_fail(__FILE__, __LINE__, "km_sin_cos_turn is off by %g", largest);

    static const double exact[][3] = {{0, 0, 1}, {0.25, 1, 0}, {0.5, 0, -1}, {0.75, -1, 0}, {1, 0, 1}};
    for (int i = 0; i < 5; i++) {
        km_sin_cos_turn(exact[i][0], &s, &c);
        CHECK(s == exact[i][1] && c == exact[i][2]);
    }
}
