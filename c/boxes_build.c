/* boxes_build.c: the first boxes of the tree: a counting sort of the points into a grid of up to 32768 cells,
 * and over those that hold points the quadtree (octree, in 3-D) that the cells' Morton order (Morton 1966)
 * makes of them. */
#include "boxes.h"
#include "boxes_sieve.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_BITS = 15, PER_CELL = 24 };

typedef struct grid {
    int d, levels, side, cells;     /* side = 2^levels cells each way */
    uint16_t spread[1 << MAX_BITS]; /* the bits of a coordinate, d apart */
} grid;

static void plan_grid(grid *g, int n, int d) {
    g->d = d;
    g->levels = 0;
    while ((g->levels + 1) * d <= MAX_BITS && (PER_CELL << (g->levels + 1) * d) <= n) g->levels++;
    g->side = 1 << g->levels;
    g->cells = 1 << g->levels * d;
    for (int i = 0; i < g->side; i++) {
        int bits = 0;
        for (int b = 0; b < g->levels; b++) bits |= (i >> b & 1) << b * d;
        g->spread[i] = (uint16_t)bits;
    }
}

/* The cell of each row, and how many rows each has. Returns whether every coordinate is a float32. */
static inline __attribute__((always_inline)) int cells_of(const km_engine *e, const grid *g, const int d,
                                                          uint16_t *cell, int32_t *count) {
    const double *x[KM_BOX_MAX_DIMS] = {0};
    double low[KM_BOX_MAX_DIMS], scale[KM_BOX_MAX_DIMS];
    for (int a = 0; a < d; a++) {
        const double width = e->high[a] - e->low[a];
        x[a] = e->x + (ptrdiff_t)a * e->n;
        low[a] = e->low[a];
        scale[a] = width > 0 ? (g->side - 1) / width : 0;
    }
    int wide = 0;
    for (int i = 0; i < e->n; i++) {
        unsigned code = 0;
        for (int a = 0; a < d; a++) {
            /* Adding 2^52 rounds to an integer and leaves it in the lowest bits. */
            const double v = (x[a][i] - low[a]) * scale[a] + 0x1p52;
            uint64_t bits;
            memcpy(&bits, &v, sizeof bits);
            code |= (unsigned)g->spread[bits & ((1 << MAX_BITS) - 1)] << a;
            wide |= (double)(float)x[a][i] != x[a][i];
        }
        cell[i] = (uint16_t)code;
        count[code]++;
    }
    return !wide;
}

static int find_cells(const km_engine *e, const grid *g, uint16_t *cell, int32_t *count) {
    switch (g->d) {
    case 1: return cells_of(e, g, 1, cell, count);
    case 2: return cells_of(e, g, 2, cell, count);
    case 3: return cells_of(e, g, 3, cell, count);
    default: __builtin_trap();
    }
}

/* Two streams of writes a cell, not d + 1: fewer than the lines of a cache. */
static inline __attribute__((always_inline)) void place_rows(const km_engine *e, km_boxes *t, const int d,
                                                             const uint16_t *cell, int32_t *next) {
    for (int i = 0; i < e->n; i++) {
        const int place = next[cell[i]]++;
        t->row[place] = i;
        for (int a = 0; t->x && a < d; a++)
            t->x[(ptrdiff_t)place * d + a] = (float)e->x[(ptrdiff_t)a * e->n + i];
    }
}

static void sort_places(const km_engine *e, km_boxes *t, const uint16_t *cell, int32_t *next) {
    switch (t->d) {
    case 1: place_rows(e, t, 1, cell, next); break;
    case 2: place_rows(e, t, 2, cell, next); break;
    case 3: place_rows(e, t, 3, cell, next); break;
    default: __builtin_trap();
    }
}

/* One node for each cell that has points, then level by level their parents, up to the root. code holds the
 * Morton number of each node of the level under way. */
static int make_nodes(const km_engine *e, km_boxes *t, const grid *g, const int32_t *count, int32_t *code) {
    int first = 0, level_size = 0;
    for (int c = 0; c < g->cells; c++) {
        if (count[c] == 0) continue;
        if (!km_boxes_reserve(t, 1)) return 0;
        t->node[t->nodes] = (km_box){.first = first,
                                     .count = count[c],
                                     .child = -1,
                                     .depth = (uint8_t)g->levels,
                                     .label = KM_BOX_NONE};
        km_boxes_measure(e, t, t->nodes++);
        first += count[c];
        code[level_size++] = c;
    }
    int level_start = 0;
    for (int level = g->levels - 1; level >= 0; level--) {
        const int next_start = t->nodes;
        int next_size = 0;
        for (int i = 0; i < level_size;) {
            const int parent = code[i] >> g->d, child = level_start + i;
            if (!km_boxes_reserve(t, 1)) return 0;
            km_box *v = &t->node[t->nodes];
            *v = (km_box){
                .first = t->node[child].first, .child = child, .depth = (uint8_t)level, .label = KM_BOX_NONE};
            for (; i < level_size && code[i] >> g->d == parent; i++) {
                v->count += t->node[level_start + i].count;
                v->children++;
            }
            km_boxes_merge(e, t, t->nodes++);
            code[next_size++] = parent;
        }
        level_start = next_start;
        level_size = next_size;
    }
    t->root = t->nodes - 1;
    return 1;
}

void km_boxes_free(km_boxes *t) {
    if (!t) return;
    free(t->row);
    free(t->x);
    free(t->label);
    free(t->node);
    free(t->moments);
    free(t->sum);
    free(t->run_memory);
    free(t);
}

km_boxes *km_boxes_build(const km_engine *e) {
    km_boxes *t = km_array(1, sizeof *t);
    grid *g = km_array(1, sizeof *g);
    int32_t *count = km_array(2 << MAX_BITS, sizeof *count);
    int built = 0;
    if (t && g && count) {
        t->n = e->n;
        t->d = e->d;
        plan_grid(g, e->n, e->d);
        for (int a = 0; a < e->d; a++) t->unit[a] = km_grid_for(e->high[a] - e->low[a]).from_hi;
        t->row = km_room(e->n, sizeof *t->row);
        t->label = km_room((double)e->n + KM_SIEVE_PADDING, sizeof *t->label);
        if (t->row && t->label) {
            int32_t *next = count + (1 << MAX_BITS);
            /* The labels of the places are not in use yet: room for the cells of the rows. */
            const int narrow = find_cells(e, g, t->label, count);
            for (int c = 0, place = 0; c < g->cells; place += count[c++]) next[c] = place;
            if (narrow) t->x = km_room(((double)e->n + KM_SIEVE_PADDING) * e->d, sizeof *t->x);
            if (!narrow || t->x) {
                sort_places(e, t, t->label, next);
                for (int i = 0; t->x && i < KM_SIEVE_PADDING * e->d; i++)
                    t->x[(ptrdiff_t)e->n * e->d + i] = 0;
                built = km_boxes_reserve(t, 64) && make_nodes(e, t, g, count, next);
            }
        }
    }
    free(g);
    free(count);
    if (built) return t;
    km_boxes_free(t);
    return NULL;
}
