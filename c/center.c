/* center.c: the update step's mean, median and medoid. */
#include "custom.h"
#include <string.h>

/* The mean of `count` values of weight one, as km_sum_ratio gives it, but without its division of integers of
 * 128 bits: a quotient of doubles is corrected by the rest it leaves, which is exact, until even a little
 * more than the rest would not change it. NaN where that does not come about. */
static double quick_mean(km_grid g, km_sum s, int count) {
    double mean = km_sum_value(g, s) / count;
    for (int round = 0; round < 3; round++) {
        const km_sum m = km_split(g, mean, 0);
        if (mean - (double)m.hi * g.from_hi != (double)m.lo / g.to_lo) break; /* finer than the grid */
        /* In units of lo, of which 2^38 are one of hi; the parts may overflow, the rest does not. */
        const uint64_t rest = ((uint64_t)(s.hi - count * m.hi) << 38) + (uint64_t)(s.lo - count * m.lo);
        const double missing = (double)(int64_t)rest / g.to_lo / count;
        if (mean + missing * (1 + 0x1p-30) == mean) return mean;
        mean += missing;
    }
    return __builtin_nan("");
}

void km_mean(const km_engine *e, int j, double *mean) {
    for (int t = 0; t < e->d; t++) {
        const km_sum sum = e->sums[(ptrdiff_t)j * e->d + t];
        mean[t] = e->w ? __builtin_nan("") : quick_mean(e->grid[t], sum, e->sizes[j]);
        if (mean[t] != mean[t]) mean[t] = km_sum_ratio(e->grid[t], sum, e->grid_w, e->weight_sums[j]);
    }
}

/* The mean of some rows, by the same exact sums. */
static void move_to_mean(km_engine *e, int j, const int32_t *rows, int count) {
    km_sum weight = {0, 0};
    for (int i = 0; i < count; i++) km_sum_add(&weight, km_weight_sum(e, rows[i]), 1);
    for (int t = 0; t < e->d; t++) {
        const double *column = e->x + (ptrdiff_t)t * e->n;
        km_sum sum = {0, 0};
        for (int i = 0; i < count; i++)
            km_sum_add(&sum, km_coordinate_sum(e, rows[i], t, column[rows[i]]), 1);
        e->c[(ptrdiff_t)j * e->d + t] = km_sum_ratio(e->grid[t], sum, e->grid_w, weight);
    }
}

void km_group_rows(km_engine *e, const int32_t *rows, int count) {
    int32_t *first = e->first;
    memset(first, 0, (size_t)(e->k + 1) * sizeof *first);
    for (int i = 0; i < count; i++) {
        const int row = rows ? rows[i] : i;
        if (km_weight(e, row) > 0) first[e->labels[row] + 1]++;
    }
    for (int j = 0; j < e->k; j++) first[j + 1] += first[j];
    for (int i = 0; i < count; i++) {
        const int row = rows ? rows[i] : i;
        if (km_weight(e, row) > 0) e->order[first[e->labels[row]]++] = row;
    }
    /* Each first[j] has moved to the start of j + 1. */
    for (int j = e->k; j > 0; j--) first[j] = first[j - 1];
    first[0] = 0;
}

/* Puts the value of rank `rank` in its place, smaller ones before it (Hoare 1961, median-of-three pivot). */
static double select_rank(double *v, int n, int rank) {
    int low = 0, high = n - 1;
    while (low < high) {
        const double a = v[low], b = v[low + (high - low) / 2], c = v[high];
        const double pivot = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
        int i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot) i++;
            while (v[j] > pivot) j--;
            if (i <= j) {
                const double swap = v[i];
                v[i++] = v[j];
                v[j--] = swap;
            }
        }
        if (rank <= j) high = j;
        else if (rank >= i) low = i;
        else break;
    }
    return v[rank];
}

static double midpoint(double a, double b) { return a + (b - a) / 2; }

static double median(double *v, int n) {
    const double upper = select_rank(v, n, n / 2);
    if (n % 2) return upper;
    double lower = v[0];
    for (int i = 1; i < n / 2; i++)
        if (v[i] > lower) lower = v[i];
    return midpoint(lower, upper);
}

/* Sorts rows by their value in a column (heapsort: in place, no bad case). */
static void sort_rows(int32_t *rows, int n, const double *column) {
    for (int end = n, build = n / 2; end > 1;) {
        if (build > 0) build--;
        else {
            end--;
            const int32_t swap = rows[0];
            rows[0] = rows[end];
            rows[end] = swap;
        }
        for (int parent = build, child; (child = 2 * parent + 1) < end; parent = child) {
            if (child + 1 < end && column[rows[child + 1]] > column[rows[child]]) child++;
            if (column[rows[child]] <= column[rows[parent]]) break;
            const int32_t swap = rows[parent];
            rows[parent] = rows[child];
            rows[child] = swap;
        }
    }
}

/* The value below and above which at most half the weight lies; the mid-point where two values share that. */
static double weighted_median(const km_engine *e, int32_t *rows, int n, const double *column) {
    sort_rows(rows, n, column);
    double total = 0, below = 0;
    for (int i = 0; i < n; i++) total += e->w[rows[i]];
    for (int i = 0; i < n; i++) {
        below += e->w[rows[i]];
        if (below * 2 > total || i == n - 1) return column[rows[i]];
        if (below * 2 == total) return midpoint(column[rows[i]], column[rows[i + 1]]);
    }
    __builtin_trap();
}

static void move_to_median(km_engine *e, int j, int32_t *rows, int count) {
    for (int t = 0; t < e->d; t++) {
        const double *column = e->x + (ptrdiff_t)t * e->n;
        double *center = &e->c[(ptrdiff_t)j * e->d + t];
        if (e->w) {
            *center = weighted_median(e, rows, count, column);
            continue;
        }
        for (int i = 0; i < count; i++) e->distances[i] = column[rows[i]];
        *center = median(e->distances, count);
    }
}

/* Weighted sum of the distances of the gathered members to a point; gives up above `limit`. */
static double total_distance(km_engine *e, const int32_t *rows, int count, const double *point,
                             double limit) {
    enum { BLOCK = 256 };
    double distances[BLOCK], total = 0;
    for (int start = 0; start < count && total <= limit; start += BLOCK) {
        const int size = count - start < BLOCK ? count - start : BLOCK;
        km_distances_to(e, e->members + start, count, size, point, NULL, distances);
        for (int i = 0; i < size; i++) total += km_weight(e, rows[start + i]) * distances[i];
    }
    return total;
}

static void move_to_medoid(km_engine *e, int j, const int32_t *rows, int count) {
    const int d = e->d;
    double *center = e->c + (ptrdiff_t)j * d, point[KM_MAX_DIMS], least = __builtin_inf();
    int is_member = 0;
    for (int i = 0; i < count; i++) {
        int equal = 1;
        for (int t = 0; t < d; t++) {
            e->members[(ptrdiff_t)t * count + i] = e->x[(ptrdiff_t)t * e->n + rows[i]];
            equal &= e->members[(ptrdiff_t)t * count + i] == center[t];
        }
        is_member |= equal;
    }
    if (is_member) least = total_distance(e, rows, count, center, least);
    int best = -1;
    for (int i = 0; i < count; i++) {
        for (int t = 0; t < d; t++) point[t] = e->members[(ptrdiff_t)t * count + i];
        const double total = total_distance(e, rows, count, point, least);
        if (total < least) {
            least = total;
            best = i;
        }
    }
    for (int t = 0; best >= 0 && t < d; t++) center[t] = e->members[(ptrdiff_t)t * count + best];
}

void km_move_to_center(km_engine *e, int j, int32_t *rows, int count) {
    if (km_has(e, KM_HOOK_CENTER)) {
        km_custom_center(e, j, rows, count);
        return;
    }
    switch (km_int(e, KM_PARAM_CENTER)) {
    case KM_CENTER_MEAN: move_to_mean(e, j, rows, count); break;
    case KM_CENTER_MEDIAN: move_to_median(e, j, rows, count); break;
    case KM_CENTER_MEDOID: move_to_medoid(e, j, rows, count); break;
    default: __builtin_trap();
    }
}

void km_move_centroids(km_engine *e) {
    /* The sums of the labels are at hand: a mean of all members needs no list of them. */
    const int listed = km_int(e, KM_PARAM_CENTER) != KM_CENTER_MEAN || km_has(e, KM_HOOK_CENTER);
    if (listed) km_group_rows(e, NULL, e->n);
    for (int j = 0; j < e->k; j++) {
        if (km_is_empty(e, j)) continue;
        if (listed) km_move_to_center(e, j, e->order + e->first[j], e->first[j + 1] - e->first[j]);
        else km_mean(e, j, e->c + (ptrdiff_t)j * e->d);
    }
}
