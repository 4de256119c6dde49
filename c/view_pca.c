/* view_pca.c: the two directions of largest variance.
 *
 * Up to FULL columns the whole covariance matrix is diagonalised by Jacobi rotations. Above, where their cost
 * (about 30 d^3) would be seen, subspace iteration with Rayleigh-Ritz steps finds the largest few (Golub, Van
 * Loan, Matrix Computations, 8.2 and 8.5).
 */
#include "internal.h"
#include "rng.h"
#include "simd.h"
#include "view_internal.h"
#include <stdlib.h>

enum { FULL = 64, SUBSPACE = 16, MAX_SWEEPS = 30, MAX_ITERATIONS = 300, ROWS = 128 };

static double dot(const double *a, const double *b, int n) {
    f64x2 sum[2] = {{0, 0}, {0, 0}};
    int i = 0;
    for (; i + 4 <= n; i += 4)
        for (int v = 0; v < 2; v++) sum[v] += f64x2_load(a + i + 2 * v) * f64x2_load(b + i + 2 * v);
    const f64x2 both = sum[0] + sum[1];
    double total = both[0] + both[1];
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}

/* Covariance times n in units of the largest deviation squared: d x d. tile: ROWS x d of scratch, which keeps
 * a block of rows in cache for all pairs of columns. */
static void covariance(const km_engine *e, const double *mean, double *tile, double *cov) {
    const int n = km_n(e), d = km_d(e);
    const double largest = km_largest_deviation(e, mean);
    if (largest == 0) return;
    for (int start = 0; start < n; start += ROWS) {
        const int count = n - start < ROWS ? n - start : ROWS;
        for (int t = 0; t < d; t++)
            for (int i = 0; i < count; i++)
                tile[t * ROWS + i] = (km_column(e, t)[start + i] - mean[t]) / largest;
        for (int s = 0; s < d; s++)
            for (int t = s; t < d; t++)
                cov[(ptrdiff_t)s * d + t] += dot(tile + s * ROWS, tile + t * ROWS, count);
    }
    for (int s = 0; s < d; s++)
        for (int t = 0; t < s; t++) cov[(ptrdiff_t)s * d + t] = cov[(ptrdiff_t)t * d + s];
}

/* Rotates rows p and q of m (`n` columns, `step` apart): (p, q) becomes (c p - s q, s p + c q). */
static void rotate(double *p, double *q, int n, int step, double c, double s) {
    for (int i = 0; i < n; i++, p += step, q += step) {
        const double x = *p, y = *q;
        *p = c * x - s * y;
        *q = s * x + c * y;
    }
}

/* Diagonalises the symmetric m (n x n) by cyclic Jacobi rotations: eigenvalues on its diagonal, eigenvectors
 * in the rows of v. */
static void jacobi(double *m, int n, double *v) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) v[i * n + j] = i == j;
    for (int sweep = 0, rotated = 1; rotated && sweep < MAX_SWEEPS; sweep++) {
        rotated = 0;
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++) {
                const double apq = m[p * n + q], app = m[p * n + p], aqq = m[q * n + q];
                if (__builtin_fabs(apq) <=
                        0x1p-56 * __builtin_sqrt(__builtin_fabs(app) * __builtin_fabs(aqq)) ||
                    __builtin_fabs(apq) < __DBL_MIN__)
                    continue;
                const double theta = (aqq - app) / (2 * apq), root = __builtin_sqrt(theta * theta + 1);
                const double t = theta < 0 ? -1 / (root - theta) : 1 / (root + theta);
                const double c = 1 / __builtin_sqrt(t * t + 1), s = t * c;
                rotate(m + p * n, m + q * n, n, 1, c, s);
                rotate(m + p, m + q, n, n, c, s);
                rotate(v + p * n, v + q * n, n, 1, c, s);
                rotated = 1;
            }
    }
}

/* Index of the largest diagonal element of m (n x n) other than `except`; the lowest on ties. */
static int largest_diagonal(const double *m, int n, int except) {
    int best = -1;
    for (int i = 0; i < n; i++)
        if (i != except && (best < 0 || m[i * n + i] > m[best * n + best])) best = i;
    return best;
}

static void scale_row(double *row, int d, double factor) {
    for (int t = 0; t < d; t++) row[t] *= factor;
}

static void add_scaled(double *row, const double *other, int d, double factor) {
    for (int t = 0; t < d; t++) row[t] += factor * other[t];
}

/* Makes the rows orthonormal (Gram-Schmidt, twice); a row that depends on those before becomes a random one.
 */
static void orthonormalize(double *rows, int count, int d, km_rng *rng) {
    for (int r = 0; r < count; r++) {
        double *row = rows + (ptrdiff_t)r * d;
        for (;;) {
            const double before = dot(row, row, d);
            for (int pass = 0; pass < 2; pass++)
                for (int o = 0; o < r; o++) {
                    const double *other = rows + (ptrdiff_t)o * d;
                    add_scaled(row, other, d, -dot(row, other, d));
                }
            const double left = dot(row, row, d);
            if (left > 0x1p-80 * before && left > __DBL_MIN__) {
                scale_row(row, d, 1 / __builtin_sqrt(left));
                break;
            }
            for (int t = 0; t < d; t++) row[t] = km_rng_uniform(rng) - 0.5;
        }
    }
}

/* Rows become combinations of themselves: out = v rows (count x count times count x d). */
static void combine(const double *v, const double *rows, int count, int d, double *out) {
    for (int r = 0; r < count; r++) {
        double *row = out + (ptrdiff_t)r * d;
        scale_row(row, d, 0);
        for (int o = 0; o < count; o++) add_scaled(row, rows + (ptrdiff_t)o * d, d, v[r * count + o]);
    }
}

/* The two largest eigenvectors of cov into axes, their eigenvalues into values. memory: 4 SUBSPACE d. */
static void iterate_subspace(const double *cov, int d, double *memory, double *axes, double *values) {
    double *rows = memory, *image = rows + SUBSPACE * d, *ritz = image + SUBSPACE * d,
           *next = ritz + SUBSPACE * d;
    double small[SUBSPACE * SUBSPACE], vectors[SUBSPACE * SUBSPACE];
    km_rng rng;
    km_rng_seed(&rng, 0);
    scale_row(rows, SUBSPACE * d, 0); /* so that every row becomes a random one */
    orthonormalize(rows, SUBSPACE, d, &rng);
    for (int iteration = 0, settled = 0; !settled && iteration < MAX_ITERATIONS; iteration++) {
        for (int t = 0; t < d; t++)
            for (int r = 0; r < SUBSPACE; r++)
                image[r * d + t] = dot(cov + (ptrdiff_t)t * d, rows + r * d, d);
        for (int r = 0; r < SUBSPACE; r++)
            for (int o = 0; o < SUBSPACE; o++) small[r * SUBSPACE + o] = dot(rows + r * d, image + o * d, d);
        jacobi(small, SUBSPACE, vectors);
        combine(vectors, rows, SUBSPACE, d, ritz);
        combine(vectors, image, SUBSPACE, d, next);

        const int first = largest_diagonal(small, SUBSPACE, -1),
                  best[2] = {first, largest_diagonal(small, SUBSPACE, first)};
        settled = 1;
        for (int a = 0; a < 2; a++) {
            const double *vector = ritz + best[a] * d;
            values[a] = small[best[a] * SUBSPACE + best[a]];
            double off_sq = 0;
            for (int t = 0; t < d; t++) {
                const double off = next[best[a] * d + t] - values[a] * vector[t];
                off_sq += off * off;
                axes[a * d + t] = vector[t];
            }
            if (__builtin_sqrt(off_sq) > 1e-13 * values[0]) settled = 0;
        }
        for (int i = 0; i < SUBSPACE * d; i++) rows[i] = next[i];
        orthonormalize(rows, SUBSPACE, d, &rng);
    }
}

/* An eigenvector's sign is arbitrary: the largest loading (the first of equals) is made positive. */
static void fix_sign(double *axis, int d) {
    int largest = 0;
    for (int t = 1; t < d; t++)
        if (__builtin_fabs(axis[t]) > __builtin_fabs(axis[largest])) largest = t;
    if (axis[largest] < 0) scale_row(axis, d, -1);
}

static void two_largest(double *cov, int d, double *memory, double *axes, double *values) {
    if (d > FULL) {
        iterate_subspace(cov, d, memory, axes, values);
        return;
    }
    jacobi(cov, d, memory);
    const int first = largest_diagonal(cov, d, -1), best[2] = {first, largest_diagonal(cov, d, first)};
    for (int a = 0; a < 2; a++) {
        values[a] = cov[best[a] * d + best[a]];
        for (int t = 0; t < d; t++) axes[a * d + t] = memory[best[a] * d + t];
    }
}

int km_principal_axes(const km_engine *e, const double *mean, double *axes, double *shares) {
    const int d = km_d(e);
    double *cov = km_array((double)d * d, sizeof *cov);
    double *memory =
        km_array((double)d * (FULL > ROWS ? FULL : ROWS), sizeof *memory); /* of every step below */
    const int enough = cov && memory;
    if (enough) {
        double values[2], total = 0;
        covariance(e, mean, memory, cov);
        for (int t = 0; t < d; t++) total += cov[(ptrdiff_t)t * d + t];
        for (int t = 0; t < 2 * d; t++) axes[t] = t == 0 || t == d + 1; /* points without variance */
        shares[0] = shares[1] = 0;
        if (total > 0) {
            two_largest(cov, d, memory, axes, values);
            for (int a = 0; a < 2; a++) {
                fix_sign(axes + a * d, d);
                shares[a] = values[a] > 0 ? values[a] / total : 0;
            }
        }
    }
    free(cov);
    free(memory);
    return enough;
}
