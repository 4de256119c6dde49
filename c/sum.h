/* sum.h: sums that do not depend on order.
 *
 * A value x with |x| <= 2^E is split in two integers: hi, a multiple of 2^(E-38), and lo, of 2^(E-76).
 * Integers add exactly in any order, so brute force, tree, SIMD lanes, native and wasm get the same sum to
 * the bit, and a point can be taken out again without a trace. 2^24 points (KM_MAX_POINTS) cannot overflow:
 * 2^38 * 2^24 = 2^62. Any double whose last bit is at or above 2^(E-76) is represented exactly; the rest of a
 * smaller one, below 1.3e-23 of the largest value, is rounded.
 */
#ifndef KM_SUM_H
#define KM_SUM_H

#include <stdint.h>

typedef struct km_sum {
    int64_t hi, lo;
} km_sum;

/* The grid of one column: multiply by these to get hi and lo units. */
typedef struct km_grid {
    double to_hi, from_hi, to_lo;
    int exponent; /* E */
} km_grid;

/* The grid for values up to `largest` in absolute value (finite). */
km_grid km_grid_for(double largest);

/* Nearest integer, ties to even; |v| < 2^51. */
static inline double km_round(double v) { return v + 0x1.8p52 - 0x1.8p52; }

/* x + rest as a sum of one; rest is the error term of a product, 0 else. */
static inline km_sum km_split(km_grid g, double x, double rest) {
    const double hi = km_round(x * g.to_hi), lo = km_round((x - hi * g.from_hi + rest) * g.to_lo);
    return (km_sum){(int64_t)hi, (int64_t)lo};
}

/* a * b - product, exactly (Dekker 1971), for factors below 2^500. */
static inline double km_product_error(double a, double b, double product) {
    const double splitter = 0x1p27 + 1, as = a * splitter, bs = b * splitter;
    const double ah = as - (as - a), al = a - ah, bh = bs - (bs - b), bl = b - bh;
    return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
}

static inline void km_sum_add(km_sum *s, km_sum v, int sign) {
    s->hi += sign * v.hi;
    s->lo += sign * v.lo;
}

/* The sum as a double, rounded. */
static inline double km_sum_value(km_grid g, km_sum s) {
    return (double)s.hi * g.from_hi + (double)s.lo / g.to_lo;
}

/* What a sum of `count` values differs from count * m, for m whose last bit the grid holds, or which is so
 * far outside that nothing cancels. */
static inline double km_sum_rest(km_grid g, km_sum s, int count, double m) {
    if (__builtin_fabs(m) * g.to_hi > 0x1p39) return km_sum_value(g, s) - (double)count * m;
    const km_sum v = km_split(g, m, 0);
    return km_sum_value(g, (km_sum){s.hi - count * v.hi, s.lo - count * v.lo});
}

/* a / b, correctly rounded: the double nearest to the quotient of the two exact sums. b > 0. */
double km_sum_ratio(km_grid ga, km_sum a, km_grid gb, km_sum b);

#endif
