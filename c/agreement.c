/* agreement.c: how far a clustering and the true labels say the same. */
#include "elementary.h"
#include "internal.h"
#include "metrics.h"
#include <stdlib.h>

/* Rows in an order in which equal values are neighbours: least significant byte first radix sort. order and
 * spare: n each; the result is in order. */
static void group_equal(const int32_t *values, int n, int32_t *order, int32_t *spare) {
    for (int i = 0; i < n; i++) order[i] = i;
    for (int shift = 0; shift < 32; shift += 8) {
        int start[257] = {0};
        for (int i = 0; i < n; i++) start[(((uint32_t)values[i] >> shift) & 255) + 1]++;
        for (int b = 0; b < 256; b++) start[b + 1] += start[b];
        for (int i = 0; i < n; i++) {
            const int row = order[i];
            spare[start[((uint32_t)values[row] >> shift) & 255]++] = row;
        }
        /* Four passes: the result ends where it began. */
        int32_t *const swap = order;
        order = spare;
        spare = swap;
    }
}

/* -p ln p for the share count / n. */
static double entropy_term(double count, double n) {
    return count > 0 ? -(count / n) * km_log(count / n) : 0;
}

/* Ordered pairs; exact below 2^26.5 points. */
static double pairs_of(double count) { return count * (count - 1); }

/* The contingency table, one true class (a run of equal labels in `order`) at a time, and what the indices
 * need of it. Every count and sum of pairs is an integer below 2^53, so exact. */
typedef struct tally {
    int *cell, *size, *most;        /* per cluster: in this class, in all, the largest cell so far */
    double both, classes, clusters; /* ordered pairs together in both, in the truth, in the clustering */
    double information, class_entropy, cluster_entropy;
    int class_count, cluster_count;
} tally;

static void count_class(tally *t, const int32_t *labels, const int32_t *rows, int count, int n) {
    for (int i = 0; i < count; i++) t->cell[labels[rows[i]]]++;
    for (int i = 0; i < count; i++) {
        const int j = labels[rows[i]], c = t->cell[j];
        if (c == 0) continue; /* done at an earlier row */
        t->cell[j] = 0;
        if (c > t->most[j]) t->most[j] = c;
        t->both += pairs_of(c);
        t->information += (double)c / n * km_log((double)c * n / ((double)count * t->size[j]));
    }
    t->classes += pairs_of(count);
    t->class_entropy += entropy_term(count, n);
    t->class_count++;
}

static void finish(const tally *t, int k, int n, km_agreement *out) {
    /* Ordered pairs: together in both, in one only, in neither (scikit-learn's pair_confusion_matrix). */
    const double only_class = t->classes - t->both, only_cluster = t->clusters - t->both;
    const double neither = pairs_of(n) - t->both - only_class - only_cluster;
    out->ari = only_class == 0 && only_cluster == 0
                   ? 1
                   : 2 * (t->both * neither - only_class * only_cluster) /
                         (t->classes * (only_class + neither) + t->clusters * (only_cluster + neither));

    /* Both with one group agree fully; else no information is no agreement. */
    const double noise = __DBL_EPSILON__, mean_entropy = (t->class_entropy + t->cluster_entropy) / 2;
    if (t->class_count == 1 && t->cluster_count == 1) out->nmi = 1;
    else if (t->information <= noise) out->nmi = 0;
    else out->nmi = t->information / mean_entropy;

    double agreeing = 0;
    for (int j = 0; j < k; j++) agreeing += t->most[j];
    out->purity = agreeing / n;
}

int km_agree(const int32_t *labels, int k, const int32_t *truth, int n, km_agreement *out) {
    int32_t *order = km_array(2.0 * n, sizeof *order);
    int *counts = km_array(3.0 * k, sizeof *counts);
    const int enough = order && counts;
    if (enough) {
        tally t = {.cell = counts, .size = counts + k, .most = counts + 2 * (ptrdiff_t)k};
        for (int i = 0; i < n; i++) t.size[labels[i]]++;
        for (int j = 0; j < k; j++) {
            t.clusters += pairs_of(t.size[j]);
            t.cluster_entropy += entropy_term(t.size[j], n);
            t.cluster_count += t.size[j] > 0;
        }
        group_equal(truth, n, order, order + n);
        for (int start = 0, end; start < n; start = end) {
            for (end = start + 1; end < n && truth[order[end]] == truth[order[start]];) end++;
            count_class(&t, labels, order + start, end - start, n);
        }
        finish(&t, k, n, out);
    }
    free(order);
    free(counts);
    return enough;
}
