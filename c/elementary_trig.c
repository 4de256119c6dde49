/* elementary_trig.c: sine and cosine. */
#include "elementary.h"
#include "sum.h"
#include <string.h>

static const double half_pi_high = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;

/* The bits of 2 / pi after 64 zeros: word 1 begins at weight 1/2. */
static const uint64_t two_over_pi[] = {
    0,
    0xa2f9836e4e441529u,
    0xfc2757d1f534ddc0u,
    0xdb6295993c439041u,
    0xfe5163abdebbc561u,
    0xb7246e3a424dd2e0u,
    0x06492eea09d1921cu,
    0xfe1deb1cb129a73eu,
    0xe88235f52ebb4484u,
    0xe99c7026b45f7e41u,
    0x3991d639835339f4u,
    0x9c845f8bbdf9283bu,
    0x1ff897ffde05980fu,
    0xef2f118b5a0a6d1fu,
    0x6d367ecf27cb09b7u,
    0x4f463f669e5fea2du,
    0x7527bac7ebe5f17bu,
    0x3d0739f78a5292eau,
    0x6bfb5fb11f8d5d08u,
    0x56033046fc7b6babu,
    0xf0cfbc209af4361du,
};

/* An angle as quarter turns and the rest, high + low radians, at most pi / 4 either way. */
typedef struct angle {
    int quarter;
    double high, low;
} angle;

static uint64_t bits_at(int offset) {
    const int word = offset / 64, shift = offset % 64;
    return shift ? two_over_pi[word] << shift | two_over_pi[word + 1] >> (64 - shift) : two_over_pi[word];
}

/* Reduces a finite x >= pi / 4 with as many digits of 2 / pi as it takes (Payne, Hanek 1983). x = m 2^e with
 * m an integer of 53 bits; bits of 2 / pi above weight 2^(2-e) give whole turns and are left out, and of the
 * rest 192 leave an error below 2^-137, where no double comes nearer to a multiple of pi / 2 than 2^-62. */
static angle reduce(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t m = (bits & 0x000fffffffffffffu) | 0x0010000000000000u;
    const int e = (int)(bits >> 52) - 1075, offset = e - 2 + 64;

    typedef unsigned __int128 wide;
    const wide low = (wide)m * bits_at(offset + 128),
               middle = (wide)m * bits_at(offset + 64) + (uint64_t)(low >> 64);
    const uint64_t top = m * bits_at(offset) + (uint64_t)(middle >> 64);
    const uint64_t next = (uint64_t)middle;

    /* top:next is x / (pi / 2) modulo 4 with 62 + 64 bits after the point. To the nearest quarter: */
    const uint64_t half = (uint64_t)1 << 61;
    const int quarter = (int)((top + half) >> 62);
    const int64_t rest = (int64_t)(top << 2 | next >> 62); /* the fraction in units of 2^-64, signed */
    const double a = (double)(rest >> 32) * 0x1p-32, b = (double)(rest & 0xffffffff) * 0x1p-64;
    const double c = (double)(next << 2) * 0x1p-128, high = a + b, rest_low = (a - high + b) + c;
    const double r = high * half_pi_high;
    return (angle){quarter & 3, r,
                   km_product_error(high, half_pi_high, r) + high * half_pi_low + rest_low * half_pi_high};
}

static angle to_angle(double x) {
    const double size = __builtin_fabs(x);
    if (size <= half_pi_high / 2) return (angle){0, x, 0};
    const angle a = reduce(size);
    return x > 0 ? a : (angle){-a.quarter & 3, -a.high, -a.low};
}

/* Taylor series; `low` enters by the derivative. */
static double sine_of(angle a) {
    const double z = a.high * a.high;
    double s = 0;
    for (int n = 18; n >= 2; n -= 2) s = z * (-1.0 / (n * (n + 1))) * (1 + s);
    return a.high + (a.high * s + a.low * (1 - z / 2));
}

static double cosine_of(angle a) {
    const double z = a.high * a.high, h = 0.5 * z, high = 1 - h;
    double c = 0;
    for (int n = 18; n >= 4; n -= 2) c = z * (-1.0 / (n * (n - 1))) * (1 + c);
    return high + ((1 - high - h) + (-h * c - a.high * a.low)); /* as in fdlibm: 1 - h keeps its rounding */
}

static double sine_in_quarter(angle a, int quarter) {
    const double value = quarter & 1 ? cosine_of(a) : sine_of(a);
    return quarter & 2 ? -value : value;
}

static int is_finite(double x) { return __builtin_fabs(x) <= __DBL_MAX__; }

double km_sin(double x) {
    if (x == 0) return x; /* keeps the sign of zero */
    if (!is_finite(x)) return __builtin_nan("");
    const angle a = to_angle(x);
    return sine_in_quarter(a, a.quarter);
}

double km_cos(double x) {
    if (!is_finite(x)) return __builtin_nan("");
    const angle a = to_angle(x);
    return sine_in_quarter(a, a.quarter + 1);
}

void km_sin_cos_turn(double turn, double *sine, double *cosine) {
    const int quarter = (int)(4 * turn + 0.5);
    const angle a = {quarter, (turn - 0.25 * quarter) * (4 * half_pi_high), 0}; /* in turns this is exact */
    *sine = sine_in_quarter(a, quarter);
    *cosine = sine_in_quarter(a, quarter + 1);
}
