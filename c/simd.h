/* simd.h: two doubles at a time, or more of less, by the vector extensions that gcc, clang and emcc share.
 * Lanes do the same IEEE operations in the same order in every build. Selects are written as masks: left to
 * the compiler they become branches, which measured 12 times slower in wasm. */
#ifndef KM_SIMD_H
#define KM_SIMD_H

#include <stdint.h>
#include <string.h>

typedef double f64x2 __attribute__((vector_size(16)));
typedef float f32x2 __attribute__((vector_size(8)));
typedef float f32x4 __attribute__((vector_size(16)));
typedef int64_t i64x2 __attribute__((vector_size(16)));
typedef uint64_t u64x2 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef int16_t i16x4 __attribute__((vector_size(8)));
typedef int16_t i16x8 __attribute__((vector_size(16)));
typedef uint16_t u16x8 __attribute__((vector_size(16)));

static inline f64x2 f64x2_load(const double *p) {
    f64x2 v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline f32x4 f32x4_load(const float *p) {
    f32x4 v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline i16x8 i16x8_load(const int16_t *p) {
    i16x8 v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline i32x4 i32x4_load(const int32_t *p) {
    i32x4 v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline i32x4 i32x4_from(const int16_t *p) {
    i16x4 v;
    memcpy(&v, p, sizeof v);
    return __builtin_convertvector(v, i32x4);
}
/* Two floats. */
static inline f64x2 f64x2_from(const float *p) {
    f32x2 v;
    memcpy(&v, p, sizeof v);
    return __builtin_convertvector(v, f64x2);
}
static inline void f64x2_store(double *p, f64x2 v) { memcpy(p, &v, sizeof v); }
static inline f64x2 f64x2_splat(double x) { return (f64x2){x, x}; }
static inline i64x2 i64x2_splat(int64_t x) { return (i64x2){x, x}; }

/* Lanes of a where mask is all ones, of b where it is zero. */
static inline i64x2 i64x2_select(i64x2 mask, i64x2 a, i64x2 b) { return (a & mask) | (b & ~mask); }
static inline f64x2 f64x2_select(i64x2 mask, f64x2 a, f64x2 b) {
    return (f64x2)i64x2_select(mask, (i64x2)a, (i64x2)b);
}
static inline f32x4 f32x4_splat(float v) { return (f32x4){v, v, v, v}; }
static inline i32x4 i32x4_splat(int32_t v) { return (i32x4){v, v, v, v}; }
static inline i32x4 i32x4_select(i32x4 mask, i32x4 a, i32x4 b) { return (a & mask) | (b & ~mask); }
/* Of two vectors after each other the lanes 0, 2, 4, 6 and the others. */
static inline f32x4 f32x4_even(f32x4 a, f32x4 b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6); }
static inline f32x4 f32x4_odd(f32x4 a, f32x4 b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7); }
/* Whether a bit is set. */
static inline int i32x4_any(i32x4 v) { return (((i64x2)v)[0] | ((i64x2)v)[1]) != 0; }
static inline f32x4 f32x4_select(i32x4 mask, f32x4 a, f32x4 b) {
    return (f32x4)i32x4_select(mask, (i32x4)a, (i32x4)b);
}
/* Of numbers. The compiler does not see one instruction in the comparison and the select. */
#ifdef __wasm_simd128__
static inline f32x4 f32x4_min(f32x4 a, f32x4 b) { return __builtin_wasm_pmin_f32x4(a, b); }
static inline f32x4 f32x4_max(f32x4 a, f32x4 b) { return __builtin_wasm_pmax_f32x4(a, b); }
/* A bit for each lane whose mask is all ones. */
static inline int i32x4_bits(i32x4 mask) { return (int)__builtin_wasm_bitmask_i32x4(mask); }
static inline int i64x2_bits(i64x2 mask) { return (int)__builtin_wasm_bitmask_i64x2(mask); }
static inline f64x2 f64x2_min(f64x2 a, f64x2 b) { return __builtin_wasm_pmin_f64x2(a, b); }
static inline i32x4 i32x4_min(i32x4 a, i32x4 b) { return __builtin_wasm_min_s_i32x4(a, b); }
static inline i32x4 i32x4_max(i32x4 a, i32x4 b) { return __builtin_wasm_max_s_i32x4(a, b); }
/* Products of lanes, the two of each pair added. */
static inline i32x4 i16x8_dot(i16x8 a, i16x8 b) { return __builtin_wasm_dot_s_i32x4_i16x8(a, b); }
#else
static inline f32x4 f32x4_min(f32x4 a, f32x4 b) { return f32x4_select(b < a, b, a); }
static inline f32x4 f32x4_max(f32x4 a, f32x4 b) { return f32x4_select(a < b, b, a); }
static inline int i32x4_bits(i32x4 mask) {
    const i32x4 bit = mask & (i32x4){1, 2, 4, 8};
    return bit[0] | bit[1] | bit[2] | bit[3];
}
static inline int i64x2_bits(i64x2 mask) { return (int)((mask[0] & 1) | (mask[1] & 2)); }
static inline f64x2 f64x2_min(f64x2 a, f64x2 b) { return f64x2_select(b < a, b, a); }
static inline i32x4 i32x4_min(i32x4 a, i32x4 b) { return i32x4_select(b < a, b, a); }
static inline i32x4 i32x4_max(i32x4 a, i32x4 b) { return i32x4_select(a < b, b, a); }
#    ifdef __SSE2__
static inline i32x4 i16x8_dot(i16x8 a, i16x8 b) { return (i32x4)__builtin_ia32_pmaddwd128(a, b); }
#    else
static inline i32x4 i16x8_dot(i16x8 a, i16x8 b) {
    const i32x4 p = (i32x4)a, q = (i32x4)b;
    return (p << 16 >> 16) * (q << 16 >> 16) + (p >> 16) * (q >> 16);
}
#    endif
#endif
static inline f64x2 f64x2_abs(f64x2 v) { return (f64x2)((i64x2)v & i64x2_splat(INT64_MAX)); }
static inline f64x2 f64x2_max(f64x2 a, f64x2 b) { return f64x2_select(a < b, b, a); }
static inline f32x4 f32x4_sqrt(f32x4 v) {
    return (f32x4){__builtin_sqrtf(v[0]), __builtin_sqrtf(v[1]), __builtin_sqrtf(v[2]),
                   __builtin_sqrtf(v[3])};
}
static inline f64x2 f64x2_sqrt(f64x2 v) { return (f64x2){__builtin_sqrt(v[0]), __builtin_sqrt(v[1])}; }

#endif
