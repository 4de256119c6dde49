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
        !resize((void **)&t->shape, capacity, (size_t)km_shape_size(t->d) * sizeof *t->shape) ||
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

static void set_box(double *center, double *half, double low, double high) {
    *center = low + (high - low) / 2;
    const double below = *center - low, above = high - *center;
    /* The differences are rounded: a little more holds every point for certain. */
    *half = (below > above ? below : above) * (1 + 0x1p-50);
}

/* A mean the sums' grid holds exactly, and the sum less count times it. */
static void set_mean(km_grid g, km_sum sum, int count, double *mean, double *rest) {
    const double whole = (double)sum.hi * g.from_hi + (double)sum.lo / g.to_lo;
    *mean = whole / count;
    *rest = km_sum_rest(g, sum, count, *mean);
}

void km_boxes_measure(const km_engine *e, km_boxes *t, int node) {
    const km_box *v = &t->node[node];
    const int d = t->d;
    double tile[KM_BOX_MAX_DIMS * TILE], *shape = km_shape_of(t, node), low[KM_BOX_MAX_DIMS],
                                         high[KM_BOX_MAX_DIMS];
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        for (int a = 0; a < d; a++) {
            double *x = tile + a * TILE;
            if (count % 2) x[count] = x[count - 1];
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
    double *mean = shape + 2 * d, *rest = shape + 3 * d, total = 0;
    for (int a = 0; a < d; a++) {
        set_box(&shape[a], &shape[d + a], low[a], high[a]);
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
    shape[4 * d] = total;
}

void km_boxes_merge(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    const int d = t->d;
    double *shape = km_shape_of(t, node), *mean = shape + 2 * d, *rest = shape + 3 * d, total = 0;
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    memset(sum, 0, (size_t)d * sizeof *sum);
    for (int a = 0; a < d; a++) {
        double low = 0, high = 0;
        for (int i = 0; i < v->children; i++) {
            const double *part = km_shape_of(t, v->child + i);
            const double part_low = part[a] - part[d + a], part_high = part[a] + part[d + a];
            if (i == 0 || part_low < low) low = part_low;
            if (i == 0 || part_high > high) high = part_high;
            km_sum_add(&sum[a], t->sum[(ptrdiff_t)(v->child + i) * d + a], 1);
        }
        set_box(&shape[a], &shape[d + a], low, high);
        /* low and high were rounded too. */
        shape[d + a] += (__builtin_fabs(low) + __builtin_fabs(high)) * 0x1p-52;
        set_mean(e->grid[a], sum[a], v->count, &mean[a], &rest[a]);
    }
    for (int i = 0; i < v->children; i++) {
        const double *part = km_shape_of(t, v->child + i);
        total += part[4 * d];
        for (int a = 0; a < d; a++) {
            const double away = part[2 * d + a] - mean[a];
            total += away * (t->node[v->child + i].count * away + 2 * part[3 * d + a]);
        }
    }
    shape[4 * d] = total;
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
        float *x = t->x + (ptrdiff_t)a * t->n;
        const float value = x[i];
        x[i] = x[j];
        x[j] = value;
    }
}

/* Puts the points up to `cut` in coordinate a before the others; returns how many. Swapping always and
 * counting leaves nothing to mispredict (Lomuto's partition). */
static int partition(const km_engine *e, km_boxes *t, const km_box *v, int a, double cut) {
    int end = v->first;
    for (int i = v->first; i < v->first + v->count; i++) {
        const double x = t->x ? (double)t->x[(ptrdiff_t)a * t->n + i] : e->x[(ptrdiff_t)a * e->n + t->row[i]];
        exchange(t, i, end);
        end += x <= cut;
    }
    return end - v->first;
}

int km_boxes_split(const km_engine *e, km_boxes *t, int node) {
    if (t->node[node].depth + 1 >= KM_BOX_DEPTH || !km_boxes_reserve(t, 2)) return 0;
    const int d = t->d;
    const double *shape = km_shape_of(t, node);
    int widest = 0;
    for (int a = 1; a < d; a++)
        if (shape[d + a] > shape[d + widest]) widest = a;
    km_box *v = &t->node[node];
    const int below = partition(e, t, v, widest, shape[widest]);
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
