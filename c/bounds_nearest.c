/* bounds_nearest.c: four points against all centroids, by their copies.
 *
 * Why it is exact. Lengths are in units. The products of copies add up exactly: they are whole numbers, no
 * more than KM_REACH squared. Half a squared distance of two copies is within 1 of h = X - (x.c - C), where X
 * and C are the halves of the squares, rounded down: it lies in [2 h, 2 h + 2]. A point is at most `error`
 * from its copy, the nearest centroid own_error from its own, and none is nearer than its copy by more than
 * other_error. So the difference of the distances to the nearest centroid and to any other is at least
 *     sqrt(2 h2) - sqrt(2 h1 + 2) - own_error - other_error - 2 error
 * with the least h and the second. Its own rounding in float32 is below 2^-4, for no root is over 2^16; what
 * the doubles of the copies' errors lose, and the plain step's own squares, off by less than (d + 2) 2^-53 of
 * themselves, is far below that. `blur` stands for all of it. A point with some of its budget left is thus
 * strictly nearest to its own centroid in the plain step too; ties never are.
 */
#include "bounds.h"
#include "simd.h"

static const double blur = 0x1p-3;

/* Four lanes added up each. */
static inline i32x4 add_lanes(const i32x4 *v) {
    const i32x4 a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5) +
                    __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7),
                b = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5) +
                    __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
    return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}

void km_bounds_nearest(const km_bounds *b, const int32_t *rows, int k, int32_t *labels, double *budgets) {
    const ptrdiff_t p = b->padded;
    const int16_t *x[KM_BOUNDS_TILE];
    i32x4 half, label = {0}, most = i32x4_splat(-KM_FAR), second = most; /* of x.c - C: the most is nearest */
    for (int i = 0; i < KM_BOUNDS_TILE; i++) {
        x[i] = b->x + rows[i] * p;
        half[i] = b->half_square[rows[i]];
    }
    for (int j = 0; j < k; j += 2) {
        const int16_t *c = b->c + j * p;
        i32x4 sum[2][KM_BOUNDS_TILE] = {{{0}}};
        for (ptrdiff_t t = 0; t < p; t += KM_COPY_LANES) {
            const i16x8 c0 = i16x8_load(c + t), c1 = i16x8_load(c + p + t);
            for (int i = 0; i < KM_BOUNDS_TILE; i++) {
                const i16x8 v = i16x8_load(x[i] + t);
                sum[0][i] += i16x8_dot(v, c0);
                sum[1][i] += i16x8_dot(v, c1);
            }
        }
        for (int a = 0; a < 2; a++) {
            const i32x4 near = add_lanes(sum[a]) - b->c_half_square[j + a], nearer = near > most;
            second = i32x4_max(second, i32x4_min(most, near));
            most = i32x4_max(most, near);
            label = i32x4_select(nearer, i32x4_splat(j + a), label);
        }
    }
    const f32x4 own = f32x4_sqrt(__builtin_convertvector(half - most, f32x4) * 2 + 2),
                other = f32x4_sqrt(__builtin_convertvector(half - second, f32x4) * 2), lead = other - own;
    for (int i = 0; i < KM_BOUNDS_TILE; i++) {
        labels[i] = label[i];
        budgets[i] = (double)lead[i] - b->own_error[label[i]] - b->other_error - 2 * b->error - blur;
    }
}
