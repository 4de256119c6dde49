/* boxes_split.c: the boxes of the tree: what is known of each, and cutting one in two. */
#include "boxes.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

enum { TILE = KM_BOX_TILE };

static int resize(void **array, int capacity, size_t size) {
    void *larger = realloc(*array, (size_t)capacity * size);
    if (larger) *array = larger;
    return larger != NULL;
}

int km_boxes_reserve(km_boxes *t, int more) {
    if (t->nodes + more <= t->capacity) return 1;
    const int capacity = t->nodes + more + t->capacity / 2;
    if (!resize((void **)&t->node, capacity, sizeof *t->node) ||
        !resize((void **)&t->moments, capacity, (size_t)(2 * t->d + 1) * sizeof *t->moments) ||
        !resize((void **)&t->sum, capacity, (size_t)t->d * sizeof *t->sum))
        return 0;
    t->capacity = capacity;
    return 1;
}

/* Adds the values to an exact sum. Within a tile the integers are small enough to be added as doubles. */
static void add_exactly(km_grid g, const double *x, int count, km_sum *sum) {
    const f64x2 to_hi = f64x2_splat(g.to_hi), from_hi = f64x2_splat(g.from_hi), to_lo = f64x2_splat(g.to_lo),
                round = f64x2_splat(0x1.8p52);
    f64x2 his = f64x2_splat(0), los = his;
    for (int i = 0; i < count; i += 2) {
        const f64x2 v = i + 1 < count ? f64x2_load(x + i) : (f64x2){x[i], 0};
        const f64x2 hi = v * to_hi + round - round;
        his += hi;
        los += (v - hi * from_hi) * to_lo + round - round;
    }
    sum->hi += (int64_t)(his[0] + his[1]);
    sum->lo += (int64_t)(los[0] + los[1]);
}

static f64x2 min2(f64x2 a, f64x2 b) { return f64x2_select(b < a, b, a); }

/* The box from low to high in coordinate a, a little larger: every point lies in it for certain. */
static void set_box(const km_boxes *t, km_box *v, int a, double low, double high) {
    const double center = low + (high - low) / 2, below = center - low, above = high - center;
    /* The differences are rounded to 2^-53 of themselves, and the float to 2^-24 of itself or 2^-150. */
    const double half = (below > above ? below : above) / t->unit[a] * (1 + 0x1p-22);
    v->center[a] = center;
    v->half[a] = half > 0 ? (float)(half + 0x1p-148) : 0;
}

/* A mean the sums' grid holds exactly, and the sum less count times it. */
static void set_mean(km_grid g, km_sum sum, int count, double *mean, double *rest) {
    const double whole = (double)sum.hi * g.from_hi + (double)sum.lo / g.to_lo;
    *mean = whole / count;
    *rest = km_sum_rest(g, sum, count, *mean);
}

static inline __attribute__((always_inline)) void measure(const km_engine *e, km_boxes *t, int node,
                                                          const int d) {
    km_box *v = &t->node[node];
    double tile[KM_BOX_MAX_DIMS * TILE], *mean = km_moments_of(t, node);
    double low[KM_BOX_MAX_DIMS] = {0}, high[KM_BOX_MAX_DIMS] = {0};
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        for (int a = 0; a < d; a++) {
            double *x = tile + a * TILE;
            f64x2 least = f64x2_load(x), most = least;
            for (int i = 2; i < count; i += 2) {
                const f64x2 p = f64x2_load(x + i);
                least = min2(least, p);
                most = f64x2_max(most, p);
            }
            const double tile_low = least[0] < least[1] ? least[0] : least[1],
                         tile_high = most[0] > most[1] ? most[0] : most[1];
            if (start == 0 || tile_low < low[a]) low[a] = tile_low;
            if (start == 0 || tile_high > high[a]) high[a] = tile_high;
            add_exactly(e->grid[a], x, count, &sum[a]);
        }
    }
    double *rest = mean + d, total = 0;
    for (int a = 0; a < d; a++) {
        set_box(t, v, a, low[a], high[a]);
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
    }
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        if (v->count > TILE) km_boxes_tile(e, t, d, v->first + start, count, tile);
        f64x2 squares = f64x2_splat(0);
        for (int a = 0; a < d; a++) {
            double *x = tile + a * TILE;
            if (count % 2) x[count] = mean[a];
            const f64x2 m = f64x2_splat(mean[a]);
            for (int i = 0; i < count; i += 2) {
                const f64x2 difference = f64x2_load(x + i) - m;
                squares += difference * difference;
            }
        }
        total += squares[0] + squares[1];
    }
    mean[2 * d] = total;
}

void km_boxes_measure(const km_engine *e, km_boxes *t, int node) {
    switch (t->d) {
    case 1: measure(e, t, node, 1); break;
    case 2: measure(e, t, node, 2); break;
    case 3: measure(e, t, node, 3); break;
    default: __builtin_trap();
    }
}

void km_boxes_merge(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    const int d = t->d;
    double *mean = km_moments_of(t, node), *rest = mean + d, total = 0;
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int a = 0; a < d; a++) {
        double low = 0, high = 0;
        for (int i = 0; i < v->children; i++) {
            const km_box *part = &t->node[v->child + i];
            const double half = (double)part->half[a] * t->unit[a];
            /* Rounded outwards. */
            const double part_low = part->center[a] - half - __builtin_fabs(part->center[a]) * 0x1p-52,
                         part_high = part->center[a] + half + __builtin_fabs(part->center[a]) * 0x1p-52;
            if (i == 0 || part_low < low) low = part_low;
            if (i == 0 || part_high > high) high = part_high;
            km_sum_add(&sum[a], t->sum[(ptrdiff_t)(v->child + i) * d + a], 1);
        }
        set_box(t, v, a, low, high);
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
    }
    for (int i = 0; i < v->children; i++) {
        const double *part = km_moments_of(t, v->child + i);
        total += part[2 * d];
        for (int a = 0; a < d; a++) {
            const double away = part[a] - mean[a];
            total += away * (t->node[v->child + i].count * away + 2 * part[d + a]);
        }
    }
    mean[2 * d] = total;
}

/* Swaps two places. */
static void exchange(km_boxes *t, int i, int j) {
    const int32_t row = t->row[i];
    t->row[i] = t->row[j];
    t->row[j] = row;
    const uint16_t label = t->label[i];
    t->label[i] = t->label[j];
    t->label[j] = label;
    for (int a = 0; t->x && a < t->d; a++) {
        float *x = t->x + a;
        const float value = x[(ptrdiff_t)i * t->d];
        x[(ptrdiff_t)i * t->d] = x[(ptrdiff_t)j * t->d];
        x[(ptrdiff_t)j * t->d] = value;
    }
}

/* Puts the points up to `cut` in coordinate a before the others; returns how many. Swapping always and
 * counting leaves nothing to mispredict (Lomuto's partition). */
static int partition(const km_engine *e, km_boxes *t, const km_box *v, int a, double cut) {
    int end = v->first;
    for (int i = v->first; i < v->first + v->count; i++) {
        const double x = t->x ? (double)t->x[(ptrdiff_t)i * t->d + a] : e->x[(ptrdiff_t)a * e->n + t->row[i]];
        exchange(t, i, end);
        end += x <= cut;
    }
    return end - v->first;
}

int km_boxes_split(const km_engine *e, km_boxes *t, int node) {
    if (t->node[node].depth + 1 >= KM_BOX_DEPTH || !km_boxes_reserve(t, 2)) return 0;
    km_box *v = &t->node[node];
    int widest = 0;
    for (int a = 1; a < t->d; a++)
        if ((double)v->half[a] * t->unit[a] > (double)v->half[widest] * t->unit[widest]) widest = a;
    const int below = partition(e, t, v, widest, v->center[widest]);
    if (below == 0 || below == v->count) {
        v->depth = KM_BOX_DEPTH; /* not to be tried again */
        return 0;
    }
    v->child = t->nodes;
    v->children = 2;
    t->nodes += 2;
    for (int i = 0; i < 2; i++) {
        t->node[v->child + i] = (km_box){.first = i ? v->first + below : v->first,
                                         .count = i ? v->count - below : below,
                                         .child = -1,
                                         .depth = (uint8_t)(v->depth + 1),
                                         .label = KM_BOX_MIXED};
        km_boxes_measure(e, t, v->child + i);
    }
    return 1;
}
