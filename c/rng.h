/* rng.h: xoshiro256** 1.0 (Blackman, Vigna 2018), seeded by splitmix64. Integer operations only, so every
 * build draws the same numbers. */
#ifndef KM_RNG_H
#define KM_RNG_H

#include <stdint.h>

typedef struct km_rng {
    uint64_t s[4];
} km_rng;

/* seed: an integer, 0 to 2^53 - 1. */
static inline void km_rng_seed(km_rng *r, double seed) {
    uint64_t x = (uint64_t)seed;
    for (int i = 0; i < 4; i++) {
        uint64_t z = x += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        r->s[i] = z ^ z >> 31;
    }
}

static inline uint64_t km_rng_rotl(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

static inline uint64_t km_rng_next(km_rng *r) {
    uint64_t *s = r->s, result = km_rng_rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = km_rng_rotl(s[3], 45);
    return result;
}

/* Uniform in [0, 1): a multiple of 2^-53. */
static inline double km_rng_uniform(km_rng *r) { return (double)(km_rng_next(r) >> 11) * 0x1p-53; }

/* Uniform in 0 .. n - 1, without bias (Lemire 2019, with 32-bit operands). n: 1 to 2^32 - 1. */
static inline uint64_t km_rng_below(km_rng *r, uint64_t n) {
    uint64_t m = (km_rng_next(r) >> 32) * n;
    if ((uint32_t)m < n) {
        const uint64_t threshold = (0x100000000u - n) % n;
        while ((uint32_t)m < threshold) m = (km_rng_next(r) >> 32) * n;
    }
    return m >> 32;
}

#endif
