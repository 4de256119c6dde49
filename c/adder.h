/* adder.h: exact sums (sum.h) of values two at a time, each lane's by itself.
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

static inline km_adder km_adder_for(km_grid a, km_grid b) {
    return (km_adder){{0x1.8p52 * a.from_hi, 0x1.8p52 * b.from_hi},
                      {0x1.8p52 / a.to_lo, 0x1.8p52 / b.to_lo},
                      {0, 0},
                      {0, 0}};
}
static inline void km_adder_add(km_adder *a, f64x2 x) {
    const f64x2 hi = x + a->round_hi, lo = x - (hi - a->round_hi) + a->round_lo;
    a->hi += (u64x2)hi;
    a->lo += (u64x2)lo;
}
/* Adds what `calls` of km_adder_add have come to in a lane. */
static inline void km_adder_take(const km_adder *a, int lane, int calls, km_sum *sum) {
    const u64x2 hi = a->hi - (uint64_t)calls * (u64x2)a->round_hi,
                lo = a->lo - (uint64_t)calls * (u64x2)a->round_lo;
    km_sum_add(sum, (km_sum){(int64_t)hi[lane], (int64_t)lo[lane]}, 1);
}

#endif
