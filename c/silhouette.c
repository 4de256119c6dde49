/* silhouette.c: silhouettes (Rousseeuw 1987), by all pairs of distances. */
#include "explore.h"
#include "internal.h"
#include "metrics.h"
#include "rng.h"
#include "simd.h"
#include <stdlib.h>

enum { BLOCK = 4 };

/* The points measured, m of them, in blocks of one cluster each: the d coordinates of a block are BLOCK
 * values side by side. Sixteen distances between two blocks are worked at once, so that many columns are read
 * from cache. */
typedef struct sample {
    int m, d, clusters; /* clusters: those with points */
    double *x;          /* blocks x d x BLOCK; a cluster's last block is filled up with zeros */
    int *first;         /* clusters + 1: the first block of each */
    int *size;          /* clusters */
} sample;

/* m of n rows in order, each set of m equally likely (selection sampling, Knuth 3.4.2 S). The seed is fixed:
 * the silhouettes of two runs on the same data differ by the clusterings, not by the samples. */
static void choose_rows(int n, int m, int32_t *rows) {
    km_rng rng;
    km_rng_seed(&rng, 0);
    for (int i = 0, taken = 0; taken < m; i++)
        if (n - i == m - taken || km_rng_below(&rng, (uint64_t)(n - i)) < (uint64_t)(m - taken))
            rows[taken++] = i;
}

/* Counts the clusters of the rows. place: k values, zero; becomes the place of each cluster's next point. */
static void lay_out(sample *s, const int32_t *labels, int k, const int32_t *rows, int *place) {
    for (int i = 0; i < s->m; i++) place[labels[rows[i]]]++;
    int block = 0;
    for (int j = 0; j < k; j++) {
        const int size = place[j];
        if (size == 0) continue;
        place[j] = BLOCK * block;
        s->first[s->clusters] = block;
        s->size[s->clusters++] = size;
        block += (size + BLOCK - 1) / BLOCK;
    }
    s->first[s->clusters] = block;
}

static void gather(sample *s, const double *columns, int n, const int32_t *labels, const int32_t *rows,
                   int *place) {
    for (int i = 0; i < s->m; i++) {
        const int at = place[labels[rows[i]]]++;
        double *out = s->x + (ptrdiff_t)(at / BLOCK) * s->d * BLOCK + at % BLOCK;
        for (int t = 0; t < s->d; t++) out[t * BLOCK] = columns[(ptrdiff_t)t * n + rows[i]];
    }
}

/* Adds to total the distances from each point of a block to each of another. */
static inline __attribute__((always_inline)) void add_distances(const double *a, const double *b, int d,
                                                                f64x2 total[BLOCK][BLOCK / 2]) {
    f64x2 sq[BLOCK][BLOCK / 2] = {0};
    for (int t = 0; t < d; t++)
        for (int i = 0; i < BLOCK; i++)
            for (int v = 0; v < BLOCK / 2; v++) {
                const f64x2 off = f64x2_load(b + t * BLOCK + 2 * v) - f64x2_splat(a[t * BLOCK + i]);
                sq[i][v] += off * off;
            }
    for (int i = 0; i < BLOCK; i++)
        for (int v = 0; v < BLOCK / 2; v++) total[i][v] += f64x2_sqrt(sq[i][v]);
}

/* Sums of the distances from each point of a block to the points of cluster c. */
static inline __attribute__((always_inline)) void sum_distances(const sample *s, int d, const double *points,
                                                                int c, double *sums) {
    const int full = s->size[c] / BLOCK, rest = s->size[c] % BLOCK;
    const double *block = s->x + (ptrdiff_t)s->first[c] * d * BLOCK;
    f64x2 total[BLOCK][BLOCK / 2] = {0};
    for (int b = 0; b < full; b++, block += d * BLOCK) add_distances(points, block, d, total);
    for (int i = 0; i < BLOCK; i++) {
        const f64x2 both = total[i][0] + total[i][1];
        sums[i] = both[0] + both[1];
    }
    if (rest == 0) return;
    f64x2 last[BLOCK][BLOCK / 2] = {0};
    add_distances(points, block, d, last);
    for (int i = 0; i < BLOCK; i++)
        for (int r = 0; r < rest; r++) sums[i] += last[i][r / 2][r % 2];
}

/* Silhouettes of the points of one block of cluster `own`, BLOCK values, 0 where there is no point; returns
 * their sum. */
static inline __attribute__((always_inline)) double block_silhouette(const sample *s, int d, int block,
                                                                     int own, double *out) {
    for (int i = 0; i < BLOCK; i++) out[i] = 0;
    if (s->size[own] == 1) return 0;
    const double *points = s->x + (ptrdiff_t)block * d * BLOCK;
    double inside[BLOCK], nearest[BLOCK];
    for (int i = 0; i < BLOCK; i++) nearest[i] = __builtin_inf();
    for (int c = 0; c < s->clusters; c++) {
        double sums[BLOCK];
        sum_distances(s, d, points, c, sums);
        for (int i = 0; i < BLOCK; i++) {
            if (c == own) inside[i] = sums[i] / (s->size[c] - 1);
            else if (sums[i] / s->size[c] < nearest[i]) nearest[i] = sums[i] / s->size[c];
        }
    }
    const int count = s->size[own] - BLOCK * (block - s->first[own]);
    double silhouettes = 0;
    for (int i = 0; i < BLOCK && i < count; i++) {
        const double larger = inside[i] > nearest[i] ? inside[i] : nearest[i];
        if (larger > 0) out[i] = (nearest[i] - inside[i]) / larger;
        silhouettes += out[i];
    }
    return silhouettes;
}

/* Each point's silhouette in the order of the blocks, if `out` is not NULL; returns the mean. */
static double measure(const sample *s, double *out) {
    double total = 0, of_block[BLOCK];
    for (int c = 0; c < s->clusters; c++)
        for (int b = s->first[c]; b < s->first[c + 1]; b++) {
            total += s->d == 2 ? block_silhouette(s, 2, b, c, of_block)
                               : block_silhouette(s, s->d, b, c, of_block);
            for (int i = 0; out && i < BLOCK && BLOCK * (b - s->first[c]) + i < s->size[c]; i++)
                *out++ = of_block[i];
        }
    return total / s->m;
}

/* Chooses and lays out the points to be measured; their rows out, m values in order. 0 when memory is out. */
static int open_sample(sample *s, const double *columns, int n, int d, const int32_t *labels, int k,
                       int32_t *rows) {
    const int m = n < KM_MAX_EXACT_SILHOUETTE ? n : KM_MAX_EXACT_SILHOUETTE, most = k < m ? k : m;
    *s = (sample){.m = m, .d = d};
    s->x = km_array(((double)m + (BLOCK - 1.0) * most) * d, sizeof *s->x);
    s->first = km_array(most + 1.0, sizeof *s->first);
    s->size = km_array(most, sizeof *s->size);
    int *place = km_array(k, sizeof *place);
    const int enough = s->x && s->first && s->size && place;
    if (enough) {
        choose_rows(n, m, rows);
        lay_out(s, labels, k, rows, place);
        gather(s, columns, n, labels, rows, place);
    }
    free(place);
    return enough;
}

static void close_sample(sample *s) {
    free(s->x);
    free(s->first);
    free(s->size);
}

static int is_defined(const sample *s) { return s->clusters >= 2 && s->clusters < s->m; }

int km_silhouette(const double *columns, int n, int d, const int32_t *labels, int k, double *silhouette,
                  int *points) {
    int32_t *rows = km_array(n < KM_MAX_EXACT_SILHOUETTE ? n : KM_MAX_EXACT_SILHOUETTE, sizeof *rows);
    if (!rows) return 0;
    sample s;
    const int enough = open_sample(&s, columns, n, d, labels, k, rows);
    if (enough) {
        *silhouette = is_defined(&s) ? measure(&s, NULL) : __builtin_nan("");
        *points = s.m;
    }
    close_sample(&s);
    free(rows);
    return enough;
}

/* Sorts rows, which are ascending, by cluster. at, k + 1 values of scratch, zero. */
static void group(const int32_t *labels, int k, const int32_t *rows, int m, int *at, int32_t *out) {
    for (int i = 0; i < m; i++) at[labels[rows[i]] + 1]++;
    for (int j = 0; j < k; j++) at[j + 1] += at[j];
    for (int i = 0; i < m; i++) out[at[labels[rows[i]]]++] = rows[i];
}

int km_point_silhouettes(const km_engine *e, const int32_t *labels, int k, int32_t *rows,
                         double *silhouettes) {
    const int n = km_n(e);
    sample s = {0};
    int32_t *chosen = km_array(n < KM_MAX_EXACT_SILHOUETTE ? n : KM_MAX_EXACT_SILHOUETTE, sizeof *chosen);
    int *at = km_array(k + 1.0, sizeof *at);
    const int enough = chosen && at && open_sample(&s, km_column(e, 0), n, km_d(e), labels, k, chosen);
    if (enough) {
        group(labels, k, chosen, s.m, at, rows);
        if (is_defined(&s)) measure(&s, silhouettes);
        else
            for (int i = 0; i < s.m; i++) silhouettes[i] = __builtin_nan("");
    }
    close_sample(&s);
    free(chosen);
    free(at);
    return enough ? s.m : -1;
}
