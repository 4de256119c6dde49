/* boxes_split.c: cutting a box of the tree in two. */
#include "boxes.h"
#include <stdlib.h>

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
