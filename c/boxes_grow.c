/* boxes_grow.c: the nodes of the tree: those of a box that was cut into cells. */
#include "boxes_cuts.h"
#include <stdlib.h>

enum { PER_CELL = 64 };

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

void km_cuts_plan(km_cuts *g, const km_boxes *t, const km_box *v) {
    double width[KM_BOX_MAX_DIMS], cell[KM_BOX_MAX_DIMS];
    int axis[KM_BOX_MAX_BITS], cuts[KM_BOX_MAX_DIMS] = {0}, made[KM_BOX_MAX_DIMS] = {0};
    for (int a = 0; a < t->d; a++) cell[a] = width[a] = 2 * (double)v->half[a] * t->unit[a];
    g->bits = 1;
    while (g->bits < KM_BOX_MAX_BITS && PER_CELL << (g->bits + 1) <= v->count) g->bits++;
    for (int b = 0; b < g->bits; b++) {
        int widest = 0;
        for (int a = 1; a < t->d; a++)
            if (cell[a] > cell[widest]) widest = a;
        axis[b] = widest;
        cell[widest] /= 2;
        cuts[widest]++;
    }
    for (int a = 0; a < t->d; a++) {
        g->slices[a] = 1 << cuts[a];
        g->low[a] = v->center[a] - width[a] / 2 + cell[a] / 2;
        /* A little less, so that the far end does not round up into a slice that is not there. */
        g->scale[a] = cell[a] > 0 ? (1 - 0x1p-20) / cell[a] : 0;
        memset(g->spread[a], 0, (size_t)g->slices[a] * sizeof **g->spread);
    }
    for (int b = 0; b < g->bits; b++) {
        const int a = axis[b], bit = cuts[a] - ++made[a];
        for (int i = 0; i < g->slices[a]; i++)
            g->spread[a][i] |= (uint16_t)((i >> bit & 1) << (g->bits - 1 - b));
    }
}

static int common_label(const km_boxes *t, const km_box *v) {
    const uint16_t *labels = t->label + v->first;
    unsigned differs = 0;
    for (int i = 1; i < v->count; i++) differs |= labels[i] ^ labels[0];
    return differs ? KM_BOX_MIXED : labels[0];
}

/* Bottom up: a node for each cell that has points, then for those that share all but the last d bits of their
 * numbers one above them, until few enough are left to be the node's children. */
int km_boxes_grow(const km_engine *e, km_boxes *t, int node, const km_cuts *g, const int32_t *count) {
    uint16_t code[1 << KM_BOX_MAX_BITS];
    const int mixed = t->node[node].label == KM_BOX_MIXED, levels = (g->bits + t->d - 1) / t->d;
    int size = 0, first = t->node[node].first, depth = t->node[node].depth + levels;
    for (int c = 0; c < 1 << g->bits; c++)
        if (count[c] > 0) code[size++] = (uint16_t)c;
    if (size < 2 || depth >= KM_BOX_DEPTH || !km_boxes_reserve(t, size)) return 0;
    int start = t->nodes;
    for (int i = 0; i < size; i++) {
        km_box *v = &t->node[t->nodes];
        *v = (km_box){.first = first,
                      .count = count[code[i]],
                      .child = -1,
                      .depth = (unsigned)depth & 127u,
                      .label = KM_BOX_MIXED};
        if (mixed) v->label = (uint16_t)common_label(t, v);
        first += v->count;
        km_boxes_bound(e, t, v);
        t->nodes++;
    }
    for (int bits = g->bits; bits > t->d; bits -= t->d) {
        const int above = t->nodes;
        int parents = 0;
        depth--;
        if (!km_boxes_reserve(t, size)) return 0;
        for (int i = 0; i < size;) {
            const int parent = code[i] >> t->d, child = start + i;
            km_box *v = &t->node[t->nodes];
            *v = (km_box){.first = t->node[child].first,
                          .child = child,
                          .depth = (unsigned)depth & 127u,
                          .label = t->node[child].label};
            for (; i < size && code[i] >> t->d == parent; i++) {
                const km_box *part = &t->node[start + i];
                v->count += part->count;
                v->children++;
                if (part->label != v->label) v->label = KM_BOX_MIXED;
            }
            km_boxes_bound_children(t, v);
            t->nodes++;
            code[parents++] = (uint16_t)parent;
        }
        start = above;
        size = parents;
    }
    t->node[node].child = start;
    t->node[node].children = (unsigned)size & 15u;
    return 1;
}
