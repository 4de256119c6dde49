/* view_tones.c: from what a pixel has collected of the points on it to its colour, and how opaque that is.
 *
 * Colours and coverage lie pixel by pixel, as the points add to them; here four pixels at a time change
 * places with their four numbers, so that each step is one operation for all of them.
 */
#include "elementary.h"
#include "simd.h"
#include "view_density.h"
#include "view_internal.h"
#include <stddef.h>
#include <string.h>

void km_make_tones(km_tones *t, double seen) {
    const double crowded = seen > 1 ? seen : 1, full = 3 * crowded > 4 ? 3 * crowded : 4;
    const double lone = 1 / (1 + 0.45 * km_log(crowded)), log_full = km_log(full);
    t->thin = (float)km_weight256(lone);
    t->dense = (float)((KM_TONES_DENSE - 1) / full);
    for (int i = 0; i < KM_TONES_THIN + KM_TONES_DENSE; i++) {
        const double coverage = (i - KM_TONES_THIN) / (double)t->dense;
        const double opacity = i < KM_TONES_THIN ? i / 256.0
                               : coverage <= 1   ? lone
                                                 : lone + (1 - lone) * km_log(coverage) / log_full;
        t->opacity[i] = (uint8_t)km_weight_byte(km_weight256(opacity));
    }
}

/* Numbers 0 to 2^22 to the nearest integer. A conversion would have to ask which of them can be converted. */
static inline i32x4 nearest(f32x4 v) { return (i32x4)(v + f32x4_splat(0x1p23f)) & 0x3fffff; }

/* Sums of thousands are rounded: a mean may come out above the largest. */
static inline i32x4 mean(f32x4 sum, f32x4 inverse) {
    return nearest(f32x4_min(sum * inverse, f32x4_splat(255)));
}

/* The colours of four pixels, from their sums. */
static inline i32x4 four_tones(const km_tones *t, const f32x4 s[4]) {
    const f32x4 rg01 = __builtin_shufflevector(s[0], s[1], 0, 4, 1, 5),
                rg23 = __builtin_shufflevector(s[2], s[3], 0, 4, 1, 5),
                bc01 = __builtin_shufflevector(s[0], s[1], 2, 6, 3, 7),
                bc23 = __builtin_shufflevector(s[2], s[3], 2, 6, 3, 7);
    const f32x4 coverage = __builtin_shufflevector(bc01, bc23, 2, 3, 6, 7);
    /* Of a pixel without any the mean is 0. */
    const f32x4 inverse = f32x4_splat(1) / f32x4_max(coverage, f32x4_splat(0x1p-100f));
    const i32x4 red = mean(__builtin_shufflevector(rg01, rg23, 0, 1, 4, 5), inverse),
                green = mean(__builtin_shufflevector(rg01, rg23, 2, 3, 6, 7), inverse),
                blue = mean(__builtin_shufflevector(bc01, bc23, 0, 1, 4, 5), inverse);
    const f32x4 place = f32x4_min(coverage * f32x4_splat(t->dense), f32x4_splat(KM_TONES_DENSE - 1));
    const i32x4 tone = nearest(f32x4_select(coverage < f32x4_splat(1), coverage * f32x4_splat(t->thin),
                                            place + f32x4_splat(KM_TONES_THIN)));
    const i32x4 opacity = {t->opacity[tone[0]], t->opacity[tone[1]], t->opacity[tone[2]],
                           t->opacity[tone[3]]};
    return red | green << 8 | blue << 16 | opacity << 24;
}

void km_tone_row(const km_tones *t, f32x4 *sums, int width, uint32_t *pixels) {
    for (int x = 0; x < width; x += 4) {
        const i32x4 any = (i32x4)sums[x] | (i32x4)sums[x + 1] | (i32x4)sums[x + 2] | (i32x4)sums[x + 3];
        i32x4 four = {0, 0, 0, 0};
        if (i32x4_any(any)) {
            four = four_tones(t, sums + x);
            memset(sums + x, 0, 4 * sizeof *sums);
        }
        if (x + 4 <= width) memcpy(pixels + x, &four, sizeof four);
        else memcpy(pixels + x, &four, (size_t)(width - x) * sizeof *pixels);
    }
}

void km_lay_density(km_view *v) {
    const uint32_t *layer = v->crowd.layer;
    const ptrdiff_t count = (ptrdiff_t)v->width * v->height;
    ptrdiff_t i = 0;
    for (; i + 4 <= count; i += 4) {
        i32x4 over, under;
        memcpy(&over, layer + i, sizeof over);
        if (!i32x4_any(over)) continue;
        memcpy(&under, v->pixels + i, sizeof under);
        const i32x4 byte = over >> 24 & 255, weight = byte + (byte >> 7);
        under = km_blend_four(under, over | i32x4_splat(~0xffffff), weight);
        memcpy(v->pixels + i, &under, sizeof under);
    }
    for (; i < count; i++)
        v->pixels[i] = km_blend(v->pixels[i], layer[i] | 0xff000000u, km_byte_weight(layer[i] >> 24));
}
