/* boxes_split.c: cutting up a box of the tree: a counting sort of its points by cell. */
#include "boxes_cuts.h"
#include <stdlib.h>

/* One block of memory, in which the points are sorted before they go back. */
typedef struct sorted {
    float *x; /* as those of the tree, `count` apart */
    int32_t *row;
    uint16_t *label, *cell;
} sorted;

static void *make_room(sorted *s, const km_boxes *t, int count) {
    const ptrdiff_t floats = t->x ? (ptrdiff_t)count * t->d : 0;
    s->x =
        km_room((double)floats * sizeof *s->x + (double)count * (sizeof *s->row + 2 * sizeof *s->label), 1);
    if (!s->x) return NULL;
    s->row = (int32_t *)(s->x + floats);
    s->label = (uint16_t *)(s->row + count);
    s->cell = s->label + count;
    return s->x;
}

static inline __attribute__((always_inline)) void count_cells(const km_engine *e, const km_boxes *t,
                                                              const km_box *v, const km_cuts *g, const int d,
                                                              uint16_t *cell, int32_t *count) {
    for (int i = 0; i < v->count; i++) {
        unsigned code = 0;
        for (int a = 0; a < d; a++) {
            code |= km_cuts_of(g, a, km_boxes_coordinate(e, t, d, v->first + i, a));
        }
        cell[i] = (uint16_t)code;
        count[code]++;
    }
}

static inline __attribute__((always_inline)) void place(const km_boxes *t, const km_box *v, const sorted *s,
                                                        const int d, int32_t *next) {
    const int32_t *row = t->row + v->first;
    const uint16_t *label = t->label + v->first;
    for (int i = 0; i < v->count; i++) {
        const int to = next[s->cell[i]]++;
        s->row[to] = row[i];
        s->label[to] = label[i];
        for (int a = 0; t->x && a < d; a++)
            s->x[km_place_of(d, v->count, to, a)] = t->x[km_place_of(d, t->stride, v->first + i, a)];
    }
}

static inline __attribute__((always_inline)) void sort(const km_engine *e, const km_boxes *t, const km_box *v,
                                                       const km_cuts *g, const sorted *s, const int d,
                                                       int32_t *count, int32_t *next) {
    count_cells(e, t, v, g, d, s->cell, count);
    for (int c = 0, first = 0; c < 1 << g->bits; first += count[c++]) next[c] = first;
    place(t, v, s, d, next);
    const size_t n = (size_t)v->count;
    memcpy(t->row + v->first, s->row, n * sizeof *s->row);
    memcpy(t->label + v->first, s->label, n * sizeof *s->label);
    const int columns = d == 2 ? 1 : d; /* in the plane, of pairs */
    for (int a = 0; t->x && a < columns; a++)
        memcpy(t->x + km_place_of(d, t->stride, v->first, a), s->x + km_place_of(d, v->count, 0, a),
               n * (size_t)(d / columns) * sizeof *s->x);
}

int km_boxes_split(const km_engine *e, km_boxes *t, int node) {
    km_cuts g;
    int32_t count[1 << KM_BOX_MAX_BITS], next[1 << KM_BOX_MAX_BITS];
    sorted s;
    const km_box *v = &t->node[node];
    if (v->depth >= KM_BOX_DEPTH || !make_room(&s, t, v->count)) return 0;
    km_cuts_plan(&g, t, v);
    memset(count, 0, sizeof *count << g.bits);
    switch (t->d) {
    case 1: sort(e, t, v, &g, &s, 1, count, next); break;
    case 2: sort(e, t, v, &g, &s, 2, count, next); break;
    case 3: sort(e, t, v, &g, &s, 3, count, next); break;
    default: __builtin_trap();
    }
    free(s.x);
    if (km_boxes_grow(e, t, node, &g, count)) return 1;
    t->node[node].depth = KM_BOX_DEPTH; /* not to be tried again */
    return 0;
}
