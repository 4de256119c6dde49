/* sum.c: from exact integer sums back to doubles, and plain weighted totals. */
#include "sum.h"
#include "internal.h"

typedef unsigned __int128 wide;

enum { HI_BITS = 38, LO_BITS = 2 * HI_BITS, BLOCK = 256 };

static double power_of_two(int exponent) {
    union {
        uint64_t bits;
        double value;
    } u;
    KM_CHECK(exponent >= -1022 && exponent <= 1023);
    u.bits = (uint64_t)(exponent + 1023) << 52;
    return u.value;
}

km_grid km_grid_for(double largest) {
    union {
        double value;
        uint64_t bits;
    } u = {largest < 0 ? -largest : largest};
    /* Smallest E with |x| <= 2^E; kept where both scale factors are normal numbers. */
    int exponent = (int)(u.bits >> 52) - 1023 + ((u.bits & 0xfffffffffffffu) != 0);
    if (exponent < -900) exponent = -900;
    return (km_grid){power_of_two(HI_BITS - exponent), power_of_two(exponent - HI_BITS),
                     power_of_two(LO_BITS - exponent), exponent};
}

static wide magnitude(km_sum s, int *negative) {
    const __int128 v = (__int128)s.hi * ((int64_t)1 << HI_BITS) + s.lo;
    *negative = v < 0;
    return v < 0 ? (wide)-v : (wide)v;
}

static int bit_length(wide v) {
    const uint64_t high = (uint64_t)(v >> 64), low = (uint64_t)v;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

/* v * 2^exponent rounded once; `sticky` says that v stands for slightly more than it shows. */
static double rounded(wide v, int sticky, int exponent) {
    const int excess = bit_length(v) - 64;
    if (excess > 0) {
        sticky |= (v & (((wide)1 << excess) - 1)) != 0;
        v >>= excess;
        exponent += excess;
    }
    /* 64 bits are 11 more than a double holds, so the lowest can carry the sticky bit: uint64 to double is
     * the one rounding. */
    double result = (double)((uint64_t)v | (uint64_t)sticky);
    for (; exponent < -1000; exponent += 1000) result *= 0x1p-1000;
    return result * power_of_two(exponent);
}

double km_sum_ratio(km_grid ga, km_sum a, km_grid gb, km_sum b) {
    int negative, b_negative;
    wide num = magnitude(a, &negative), den = magnitude(b, &b_negative);
    KM_CHECK(den > 0 && !b_negative);
    if (num == 0) return 0;
    int exponent = ga.exponent - gb.exponent;
    /* An integer quotient of at least 56 bits, so that its lowest bits and the remainder settle the rounding.
     */
    const int den_zeros = den & (~den + 1) ? bit_length(den & (~den + 1)) - 1 : 0;
    den >>= den_zeros; /* counts are multiples of 2^76 here: keep them small */
    exponent -= den_zeros;
    const int lift = 127 - bit_length(num);
    num <<= lift;
    exponent -= lift;
    wide quotient = num / den, rest = num % den;
    while (bit_length(quotient) < 56) {
        quotient <<= 1;
        rest <<= 1;
        exponent--;
        if (rest >= den) {
            rest -= den;
            quotient |= 1;
        }
    }
    const double value = rounded(quotient, rest != 0, exponent);
    return negative ? -value : value;
}

/* Blocks of plain sums in four lanes, the blocks added with Neumaier's correction (1974): the error stays
 * near that of one block whatever n is. */
typedef struct total {
    double sum, correction;
} total;

static void add_block(total *t, const double *values, const double *w, int count) {
    double lane[4] = {0, 0, 0, 0};
    for (int i = 0; i < count; i++) lane[i & 3] += w ? w[i] * values[i] : values[i];
    const double block = (lane[0] + lane[1]) + (lane[2] + lane[3]), next = t->sum + block;
    const double big = t->sum > block ? t->sum : block, small = t->sum > block ? block : t->sum;
    t->correction += big - next + small;
    t->sum = next;
}

double km_weighted_total(const double *values, const double *w, int n) {
    total t = {0, 0};
    for (int start = 0; start < n; start += BLOCK)
        add_block(&t, values + start, w ? w + start : NULL, n - start < BLOCK ? n - start : BLOCK);
    return t.sum + t.correction;
}

double km_total_distance(const km_engine *e) {
    double distances[BLOCK];
    total t = {0, 0};
    for (int start = 0; start < e->n; start += BLOCK) {
        const int count = e->n - start < BLOCK ? e->n - start : BLOCK;
        km_distances_to(e, e->x + start, e->n, count, e->c, e->labels + start, distances);
        add_block(&t, distances, e->w ? e->w + start : NULL, count);
    }
    return t.sum + t.correction;
}
