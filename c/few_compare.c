/* few_compare.c: few points against few centroids, four points at a time.
 *
 * Why it is exact. Half the difference between the squared distances from x to centroids 0 and j is
 * f_j = (c_j - c_0).(x - (c_j + c_0) / 2), computed in float32 four points at a time, about an origin and in
 * units such that coordinates lie in [-1, 1]: centroids are points or their means. Rounding x, c_j - c_0, the
 * products and their sums moves f_j by at most (2 d^2 + 5 d) 2^-24; that the means are of copies, each off by
 * half a grain, by at most 3 d grains; and the difference of two by twice that. The plain step's own rounding
 * is far below. So where each new f_j is further than least_gap from the best before it, the nearest is that
 * of the plain step. Otherwise km_nearest decides, by the exact means. A run ends when labels or means are
 * those before to the bit, and means that differ by more than their copies can be off do differ.
 */
#include "few_maps.h"
#include "simd.h"

static inline __attribute__((always_inline)) float compare(km_few *f, const int d, const int k) {
    f32x4 slope[KM_FEW_K][KM_FEW_D], level[KM_FEW_K], gap = f32x4_splat(__builtin_inff());
    i32x4 sums[KM_FEW_K][KM_FEW_D] = {{{0}}};
    km_bitmap *in = f->in[f->now];
    const int padded = f->padded; /* what is written byte by byte might be it */
    const float *x = f->x;
    const int32_t *grains = f->grains;
    for (int j = 1; j < k; j++) {
        double at_origin = 0;
        for (int t = 0; t < d; t++) {
            const double c = f->c[j][t], c0 = f->c[0][t];
            slope[j][t] = f32x4_splat((float)(c - c0));
            at_origin -= (c - c0) * (c + c0) / 2;
        }
        level[j] = f32x4_splat((float)at_origin);
    }
    for (int i = 0; i < padded; i += 8, x += 8, grains += 8) {
        int bits[KM_FEW_K] = {0};
        for (int v = 0; v < 8; v += 4) {
            f32x4 best = f32x4_splat(0);
            i32x4 leads[KM_FEW_K], later = {0};
            for (int j = 1; j < k; j++) {
                f32x4 value = level[j];
                for (int t = 0; t < d; t++) value += slope[j][t] * f32x4_load(x + t * padded + v);
                const f32x4 lead = value - best;
                gap = f32x4_min(gap, lead * lead);
                leads[j] = f32x4_splat(0) < lead;
                best = f32x4_max(best, value);
            }
            for (int j = k - 1; j > 0; j--) {
                const i32x4 own = leads[j] < later; /* as masks: and not */
                later |= own;
                bits[j] |= i32x4_bits(own) << v;
                for (int t = 0; t < d; t++) sums[j][t] += own & i32x4_load(grains + t * padded + v);
            }
        }
        for (int j = 1; j < k; j++) in[j].bytes[i / 8] = (uint8_t)bits[j];
    }
    for (int j = 1; j < k; j++)
        for (int t = 0; t < d; t++) {
            const i32x4 s = sums[j][t];
            f->sums[j][t] = (s[0] + s[1]) + (s[2] + s[3]);
        }
    const float a = gap[0] < gap[1] ? gap[0] : gap[1], b = gap[2] < gap[3] ? gap[2] : gap[3];
    return __builtin_sqrtf(a < b ? a : b);
}

float km_few_compare(km_few *f, int d, int k) {
    /* What is drawn and raced gets its own loops. */
    if (d == 2 && k == 3) return compare(f, 2, 3);
    return d == 2 ? compare(f, 2, k) : compare(f, d, k);
}
