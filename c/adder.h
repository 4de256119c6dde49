/* adder.h: exact sums (sum.h) of values two at a time.
 *
 * Adding 1.5 * 2^52 units of a grid to a value of it rounds the value to whole units, and leaves how many in
 * the lowest bits of the sum. Those bits are added up as integers; what the first summand adds to them each
 * time comes off at the end. Overflow is of no account: in the end it has come and gone.
 */
#ifndef KM_ADDER_H
#define KM_ADDER_H

#include "simd.h"
#include "sum.h"

typedef struct km_adder {
    f64x2 round_hi, round_lo;
    u64x2 hi, lo;
} km_adder;

static inline km_adder km_adder_for(km_grid g) {
    return (km_adder){f64x2_splat(0x1.8p52 * g.from_hi), f64x2_splat(0x1.8p52 / g.to_lo), {0, 0}, {0, 0}};
}
static inline void km_adder_add(km_adder *a, f64x2 x) {
    const f64x2 hi = x + a->round_hi, lo = x - (hi - a->round_hi) + a->round_lo;
    a->hi += (u64x2)hi;
    a->lo += (u64x2)lo;
}
/* Adds what `pairs` calls of km_adder_add have come to. */
static inline void km_adder_take(const km_adder *a, int pairs, km_sum *sum) {
    const u64x2 hi = a->hi - (uint64_t)pairs * (u64x2)a->round_hi,
                lo = a->lo - (uint64_t)pairs * (u64x2)a->round_lo;
    km_sum_add(sum, (km_sum){(int64_t)(hi[0] + hi[1]), (int64_t)(lo[0] + lo[1])}, 1);
}

#endif
