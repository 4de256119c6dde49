/* elementary.c: logarithm, exponential and what they make.
 *
 * Each is a range reduction followed by a Taylor series long enough for double precision; where that would
 * not do, numbers are carried as an unevaluated sum high + low (Dekker 1971).
 */
#include "elementary.h"
#include "sum.h"
#include <string.h>

/* ln 2 in two parts; the first has zeros enough for its product with an exponent to be exact. */
static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

typedef struct twofold {
    double high, low;
} twofold;

/* a + b exactly, for |a| >= |b| or a = 0. */
static twofold sum_of(double a, double b) {
    const double high = a + b;
    return (twofold){high, b - (high - a)};
}

static twofold product_of(double a, double b) {
    const double high = a * b;
    return (twofold){high, km_product_error(a, b, high)};
}

/* x = 2^exponent * m, m in [sqrt(1/2), sqrt(2)). x is positive and finite. */
static double split_exponent(double x, int *exponent) {
    *exponent = 0;
    if (x < __DBL_MIN__) {
        x *= 0x1p54;
        *exponent = -54;
    }
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    /* Above sqrt(2) the addition carries into the exponent. */
    const uint64_t root_half = 0x3fe6a09e667f3bcdu, shifted = bits - root_half + 0x3ff0000000000000u;
    *exponent += (int)(shifted >> 52) - 1023;
    bits = (shifted & 0x000fffffffffffffu) + root_half;
    double m;
    memcpy(&m, &bits, sizeof m);
    return m;
}

/* 2 (z / first + z^2 / (first + 2) + ...): the tail of 2 atanh(s) / s with z = s^2 <= 0.0295. */
static double atanh_tail(double z, int first) {
    double r = 0;
    for (int n = 23; n >= first; n -= 2) r = z * (2.0 / n + r);
    return r;
}

double km_log(double x) {
    if (!(x > 0)) return x == 0 ? -__builtin_inf() : __builtin_nan("");
    if (x > __DBL_MAX__) return x;
    int e;
    /* log(1 + f) = 2 atanh(s), s = f / (2 + f). Written as f - (h - s (h + r)) with h = f^2 / 2, so that the
     * leading term is exact (as in fdlibm). */
    const double f = split_exponent(x, &e) - 1, s = f / (2 + f), h = 0.5 * f * f, r = atanh_tail(s * s, 3);
    return e * ln2_high - ((h - (s * (h + r) + e * ln2_low)) - f);
}

/* log x to about 2^-66: what km_pow multiplies by up to 745. */
static twofold log_twofold(double x) {
    int e;
    const double f = split_exponent(x, &e) - 1;
    const twofold below = sum_of(2, f);
    const double s = f / below.high;
    const twofold back = product_of(s, below.high);
    const double s_low = (f - back.high - back.low - s * below.low) / below.high;

    /* 2 s + 2/3 s^3 in two parts each, the rest in one. */
    const twofold square = product_of(s, s), cube = product_of(square.high, s);
    const double cube_low = cube.low + (square.low + 2 * s * s_low) * s + square.high * s_low;
    const twofold third = product_of(cube.high, 0x1.5555555555555p-1);
    const double third_low = third.low + cube.high * 0x1.5555555555555p-55 + cube_low * 0x1.5555555555555p-1;
    const double tail = cube.high * atanh_tail(square.high, 5);

    const twofold a = sum_of(e * ln2_high, 2 * s), b = sum_of(a.high, third.high);
    return sum_of(b.high, b.low + a.low + (third_low + 2 * s_low + e * ln2_low + tail));
}

static double power_of_two(int n) {
    const uint64_t bits = (uint64_t)(n + 1023) << 52;
    double p;
    memcpy(&p, &bits, sizeof p);
    return p;
}

/* e^(x + low), |low| far below |x|. */
static double exp_twofold(double x, double low) {
    if (x > 709.8) return __builtin_inf();
    if (x < -745.2) return 0;
    const double n = km_round(x * 0x1.71547652b82fep+0); /* 1 / ln 2 */
    const double high = x - n * ln2_high;
    low -= n * ln2_low;
    const double r = high + low;
    double p = 1.0 / 14;
    for (int i = 13; i >= 3; i--) p = (1 + r * p) * (1.0 / i);
    p = (1 + r * p) * 0.5 * r * r; /* e^r - 1 - r */
    const double e = 1 + (high + (low + p));
    const int half = (int)n / 2; /* in two steps, as 2^n may be outside the range where the result is not */
    return e * power_of_two(half) * power_of_two((int)n - half);
}

double km_exp(double x) { return x == x ? exp_twofold(x, 0) : x; }

static int is_whole(double x) { return __builtin_fabs(x) >= 0x1p52 || km_round(x) == x; }
static int is_odd(double x) { return __builtin_fabs(x) < 0x1p53 && is_whole(x) && ((int64_t)x & 1); }

/* x^y for x > 0, x not 1 and both finite. */
static double positive_power(double x, double y) {
    /* log x is 2^-53 at least, so a larger y overflows or underflows anyway. */
    if (__builtin_fabs(y) > 0x1p65) y = y > 0 ? 0x1p65 : -0x1p65;
    const twofold l = log_twofold(x), p = product_of(y, l.high);
    return exp_twofold(p.high, p.low + y * l.low);
}

double km_pow(double x, double y) {
    if (y == 0 || x == 1) return 1;
    if (x != x || y != y) return x + y;
    if (y == 2) return x * x;
    const double size = __builtin_fabs(x);
    double result;
    if (size == 1) result = 1;
    else if (size == 0 || size > __DBL_MAX__ || __builtin_fabs(y) > __DBL_MAX__)
        result = (size > 1) == (y > 0) ? __builtin_inf() : 0;
    else result = positive_power(size, y);
    if (!__builtin_signbit(x) || is_whole(y)) return __builtin_signbit(x) && is_odd(y) ? -result : result;
    return size == 0 || size > __DBL_MAX__ ? result
                                           : __builtin_nan(""); /* a negative number to a broken power */
}

double km_tanh(double x) {
    if (x != x) return x;
    const double size = __builtin_fabs(x), t = 2 * size;
    double result;
    if (size < 0.55) { /* by e^t - 1, so that small values keep their digits */
        double p = 0;
        for (int i = 21; i >= 2; i--) p = t * (1.0 / i) * (1 + p);
        result = (t + t * p) / (t + t * p + 2);
    } else {
        result = 1 - 2 / (km_exp(t) + 1);
    }
    return __builtin_copysign(result, x);
}
