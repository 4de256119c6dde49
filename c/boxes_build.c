/* boxes_build.c: the tree of a data set: a counting sort of all rows into the cells of the first cuts. They
 * are few, so that the streams of writes stay in the cache; boxes that lie across a border are cut up later.
 */
#include "boxes_cuts.h"
#include <stdlib.h>

/* The cell of each row, and how many rows each has. Returns the bits that any coordinate has. */
static inline __attribute__((always_inline)) uint64_t
count_cells(const km_engine *e, const km_cuts *g, const int d, uint16_t *cell, int32_t *count) {
    u64x2 bits = {0, 0};
    for (int i = 0; i < e->n; i += 2) {
        const int two = i + 1 < e->n;
        unsigned first = 0, second = 0;
        for (int a = 0; a < d; a++) {
            const double *x = e->x + (ptrdiff_t)a * e->n + i;
            const f64x2 v = {x[0], x[two]};
            const u64x2 slice = km_cuts_slices(g, a, v);
            bits |= (u64x2)v;
            first |= g->spread[a][slice[0]];
            second |= g->spread[a][slice[1]];
        }
        cell[i] = (uint16_t)first;
        count[first]++;
        cell[i + two] = (uint16_t)second;
        count[second] += two;
    }
    return bits[0] | bits[1];
}

/* Returns whether every coordinate is a float32, where there is room for such. */
static inline __attribute__((always_inline)) int place_rows(const km_engine *e, km_boxes *t, const int d,
                                                            const uint16_t *cell, int32_t *next) {
    int wide = 0;
    for (int i = 0; i < e->n; i++) {
        const int place = next[cell[i]]++;
        t->row[place] = i;
        for (int a = 0; t->x && a < d; a++) {
            const double x = e->x[(ptrdiff_t)a * e->n + i];
            const float narrow = (float)x;
            wide |= (double)narrow != x;
            t->x[km_place_of(d, t->stride, place, a)] = narrow;
        }
    }
    return !wide;
}

static inline __attribute__((always_inline)) int sort_rows(const km_engine *e, km_boxes *t, const km_cuts *g,
                                                           const int d, int32_t *count) {
    const uint64_t not_of_floats = ((uint64_t)1 << 29) - 1; /* a float32 has 29 bits less */
    int32_t next[1 << KM_BOX_MAX_BITS];
    if ((count_cells(e, g, d, t->cell, count) & not_of_floats) == 0) {
        t->stride = (ptrdiff_t)e->n + KM_BOX_PADDING;
        t->x = km_room((double)t->stride * d, sizeof *t->x);
        if (!t->x) return 0;
        for (int i = e->n; i < t->stride; i++)
            for (int a = 0; a < d; a++) t->x[km_place_of(d, t->stride, i, a)] = 0;
    }
    for (int c = 0, place = 0; c < 1 << g->bits; place += count[c++]) next[c] = place;
    if (!place_rows(e, t, d, t->cell, next)) {
        free(t->x); /* too large or too small for one */
        t->x = NULL;
    }
    return 1;
}

/* Those that have points became the first nodes, in order. */
static int number_cells(km_boxes *t, const km_cuts *g, const int32_t *count) {
    t->number = km_room(1 << g->bits, sizeof *t->number);
    for (int c = 0; t->number && c < 1 << g->bits; c++)
        if (count[c] > 0) t->number[t->cells++] = (uint16_t)c;
    return t->number != NULL;
}

static int build(const km_engine *e, km_boxes *t) {
    km_cuts g;
    int32_t count[1 << KM_BOX_MAX_BITS] = {0};
    km_box *root = &t->node[0];
    *root = (km_box){.count = e->n, .child = -1, .label = KM_BOX_NONE};
    t->nodes = 1;
    for (int a = 0; a < e->d; a++) {
        t->unit[a] = km_grid_for(e->high[a] - e->low[a]).from_hi;
        t->per_unit[a] = 1 / t->unit[a];
        km_boxes_set_side(t, root, a, e->low[a], e->high[a]);
    }
    km_cuts_plan(&g, t, root);
    int sorted = 0;
    switch (t->d) {
    case 1: sorted = sort_rows(e, t, &g, 1, count); break;
    case 2: sorted = sort_rows(e, t, &g, 2, count); break;
    case 3: sorted = sort_rows(e, t, &g, 3, count); break;
    default: __builtin_trap();
    }
    if (!sorted) return 0;
    return !km_boxes_grow(e, t, 0, &g, count) || number_cells(t, &g, count);
}

void km_boxes_free(km_boxes *t) {
    if (!t) return;
    free(t->row);
    free(t->x);
    free(t->label);
    free(t->cell);
    free(t->number);
    free(t->node);
    free(t->moments);
    free(t->sum);
    free(t->run_memory);
    free(t);
}

km_boxes *km_boxes_build(const km_engine *e) {
    km_boxes *t = km_array(1, sizeof *t);
    if (!t) return NULL;
    t->n = e->n;
    t->d = e->d;
    t->row = km_room(e->n, sizeof *t->row);
    t->label = km_room((double)e->n + KM_BOX_PADDING, sizeof *t->label);
    t->cell = km_room(e->n, sizeof *t->cell);
    if (t->row && t->label && t->cell && km_boxes_reserve(t, 64) && build(e, t)) return t;
    km_boxes_free(t);
    return NULL;
}
