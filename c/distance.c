/* distance.c: nearest centroid by each named distance, brute force, in SIMD lanes of points.
 *
 * This is the oracle every faster path is compared with. Coordinates are accumulated in order 0 .. d - 1, and
 * a later centroid wins only when strictly nearer, so ties go to the lowest index.
 */
#include "custom.h"
#include "simd.h"

enum { BLOCK = 8 }; /* points a block: four vectors hide the latency of compare and select */

/* One distance under way: a is the sum or maximum; cosine also needs both squared norms. */
typedef struct partial {
    f64x2 a, xx, cc;
} partial;

static inline __attribute__((always_inline)) void accumulate(km_distance_choice kind, partial *p, f64x2 x,
                                                             f64x2 c) {
    const f64x2 difference = x - c;
    switch (kind) {
    case KM_DISTANCE_EUCLIDEAN: p->a += difference * difference; break;
    case KM_DISTANCE_MANHATTAN: p->a += f64x2_abs(difference); break;
    case KM_DISTANCE_CHEBYSHEV: p->a = f64x2_max(p->a, f64x2_abs(difference)); break;
    case KM_DISTANCE_COSINE:
        p->a += x * c;
        p->xx += x * x;
        p->cc += c * c;
        break;
    default: __builtin_trap();
    }
}

static inline __attribute__((always_inline)) f64x2 finish(km_distance_choice kind, partial p) {
    if (kind != KM_DISTANCE_COSINE) return p.a;
    const f64x2 zero = f64x2_splat(0), one = f64x2_splat(1);
    const f64x2 norms = f64x2_sqrt(p.xx) * f64x2_sqrt(p.cc);
    const i64x2 has_angle = zero < norms;
    const f64x2 cosine = f64x2_select(has_angle, p.a / f64x2_select(has_angle, norms, one), zero);
    return f64x2_max(one - cosine, zero);
}

/* Nearest centroids of BLOCK points. */
static inline __attribute__((always_inline)) void nearest_block(km_distance_choice kind, const double *x,
                                                                ptrdiff_t stride, int d,
                                                                const double *centroids, int k,
                                                                int64_t *labels, double *distances) {
    f64x2 best[BLOCK / 2];
    i64x2 index[BLOCK / 2];
    for (int v = 0; v < BLOCK / 2; v++) {
        best[v] = f64x2_splat(__builtin_inf());
        index[v] = i64x2_splat(0);
    }
    for (int j = 0; j < k; j++) {
        const double *c = centroids + (ptrdiff_t)j * d;
        partial p[BLOCK / 2] = {0};
        for (int t = 0; t < d; t++) {
            const f64x2 ct = f64x2_splat(c[t]);
            for (int v = 0; v < BLOCK / 2; v++)
                accumulate(kind, &p[v], f64x2_load(x + t * stride + 2 * v), ct);
        }
        const i64x2 jv = i64x2_splat(j);
        for (int v = 0; v < BLOCK / 2; v++) {
            const f64x2 q = finish(kind, p[v]);
            const i64x2 nearer = q < best[v];
            best[v] = f64x2_select(nearer, q, best[v]);
            index[v] = i64x2_select(nearer, jv, index[v]);
        }
    }
    for (int v = 0; v < BLOCK / 2; v++) {
        f64x2_store(distances + 2 * v, best[v]);
        memcpy(labels + 2 * v, &index[v], sizeof index[v]);
    }
}

/* Copies `count` points (1 to BLOCK) of d columns to a tile of stride BLOCK, repeating the last to fill it.
 */
static void gather_tile(double *tile, const double *x, ptrdiff_t stride, int d, int count) {
    for (int t = 0; t < d; t++)
        for (int i = 0; i < BLOCK; i++) tile[t * BLOCK + i] = x[t * stride + (i < count ? i : count - 1)];
}

static inline __attribute__((always_inline)) void nearest_all(km_distance_choice kind, int d, const double *x,
                                                              ptrdiff_t stride, int n,
                                                              const double *centroids, int k, int32_t *labels,
                                                              double *distances) {
    /* Up to three columns are read in place; more would be as many streams, so a block is gathered first. */
    double tile[KM_MAX_DIMS * BLOCK];
    for (int i = 0; i < n; i += BLOCK) {
        const int count = n - i < BLOCK ? n - i : BLOCK;
        const int gathered = d > 3 || count < BLOCK;
        if (gathered) gather_tile(tile, x + i, stride, d, count);
        int64_t block_labels[BLOCK];
        double block_distances[BLOCK];
        nearest_block(kind, gathered ? tile : x + i, gathered ? BLOCK : stride, d, centroids, k, block_labels,
                      block_distances);
        for (int v = 0; v < count; v++) labels[i + v] = (int32_t)block_labels[v];
        if (distances) memcpy(distances + i, block_distances, (size_t)count * sizeof *distances);
    }
}

static inline __attribute__((always_inline)) void to_own(km_distance_choice kind, int d, const double *x,
                                                         ptrdiff_t stride, int n, const double *centroids,
                                                         const int32_t *labels, double *distances) {
    for (int i = 0; i < n; i += 2) {
        const int other = i + 1 < n ? i + 1 : i;
        const double *c0 = centroids + (labels ? (ptrdiff_t)labels[i] * d : 0);
        const double *c1 = centroids + (labels ? (ptrdiff_t)labels[other] * d : 0);
        partial p = {0};
        for (int t = 0; t < d; t++)
            accumulate(kind, &p, (f64x2){x[t * stride + i], x[t * stride + other]}, (f64x2){c0[t], c1[t]});
        const f64x2 q = finish(kind, p);
        distances[i] = q[0];
        distances[other] = q[1];
    }
}

/* All to one centroid: no labels to look up, so that columns are read two at a time. */
static inline __attribute__((always_inline)) void to_one(km_distance_choice kind, int d, const double *x,
                                                         ptrdiff_t stride, int n, const double *c,
                                                         double *distances) {
    int i = 0;
    for (; i + 2 <= n; i += 2) {
        partial p = {0};
        for (int t = 0; t < d; t++) accumulate(kind, &p, f64x2_load(x + t * stride + i), f64x2_splat(c[t]));
        f64x2_store(distances + i, finish(kind, p));
    }
    if (i < n) to_own(kind, d, x + i, stride, 1, c, NULL, distances + i);
}

static km_distance_choice kind_of(const km_engine *e) {
    return (km_distance_choice)km_int(e, KM_PARAM_DISTANCE);
}

/* Calls FUNCTION with the kind as a constant, so that each distance gets its own loop. */
#define BY_KIND(kind, FUNCTION, ...)                                                                         \
    switch (kind) {                                                                                          \
    case KM_DISTANCE_EUCLIDEAN: FUNCTION(KM_DISTANCE_EUCLIDEAN, __VA_ARGS__); break;                         \
    case KM_DISTANCE_MANHATTAN: FUNCTION(KM_DISTANCE_MANHATTAN, __VA_ARGS__); break;                         \
    case KM_DISTANCE_CHEBYSHEV: FUNCTION(KM_DISTANCE_CHEBYSHEV, __VA_ARGS__); break;                         \
    case KM_DISTANCE_COSINE: FUNCTION(KM_DISTANCE_COSINE, __VA_ARGS__); break;                               \
    default: __builtin_trap();                                                                               \
    }

void km_nearest(const km_engine *e, const double *columns, ptrdiff_t stride, int n, const double *centroids,
                int k, int32_t *labels, double *distances) {
    if (km_has(e, KM_HOOK_DISTANCE)) {
        km_custom_nearest(e, columns, stride, n, centroids, k, labels, distances);
        return;
    }
    if (kind_of(e) == KM_DISTANCE_EUCLIDEAN &&
        e->d == 2) /* what is drawn and raced: its two columns unrolled */
        nearest_all(KM_DISTANCE_EUCLIDEAN, 2, columns, stride, n, centroids, k, labels, distances);
    else BY_KIND(kind_of(e), nearest_all, e->d, columns, stride, n, centroids, k, labels, distances)
}

void km_distances_to(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                     const double *centroids, const int32_t *labels, double *distances) {
    if (km_has(e, KM_HOOK_DISTANCE)) {
        km_custom_distances_to(e, columns, stride, n, centroids, labels, distances);
        return;
    }
    if (labels && kind_of(e) == KM_DISTANCE_EUCLIDEAN && e->d == 2) /* as above */
        to_own(KM_DISTANCE_EUCLIDEAN, 2, columns, stride, n, centroids, labels, distances);
    else if (labels) {
        BY_KIND(kind_of(e), to_own, e->d, columns, stride, n, centroids, labels, distances)
    } else if (kind_of(e) == KM_DISTANCE_EUCLIDEAN && e->d == 2) /* as above */
        to_one(KM_DISTANCE_EUCLIDEAN, 2, columns, stride, n, centroids, distances);
    else BY_KIND(kind_of(e), to_one, e->d, columns, stride, n, centroids, distances)
}
