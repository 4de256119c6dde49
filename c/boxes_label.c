/* boxes_label.c: labels for any centroids by the boxes that are there, cut up no further. */
#include "boxes_prune.h"

enum { TILE = KM_BOX_TILE };

typedef struct labelling {
    const km_engine *e;
    const km_boxes *t;
    const double *c;
    int32_t *labels;
} labelling;

static inline __attribute__((always_inline)) void look(const labelling *l, const int d, const km_box *v,
                                                       const uint16_t *list, int candidates) {
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t nearest[TILE];
    km_boxes_gather(l->t, l->c, d, list, candidates);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(l->e, l->t, d, v->first + start, count, tile);
        km_nearest(l->e, tile, TILE, (count + 7) / 8 * 8, l->t->candidates, candidates, nearest, distances);
        for (int i = 0; i < count; i++) l->labels[l->t->row[v->first + start + i]] = list[nearest[i]];
    }
}

static inline __attribute__((always_inline)) void
label_node(const labelling *l, const int d, int node, const uint16_t *all, int candidates,
           void (*down)(const labelling *, int, const uint16_t *, int)) {
    const km_boxes *t = l->t;
    const km_box *v = &t->node[node];
    uint16_t *kept = t->lists + (all - t->lists) + candidates;
    const km_pruned near = km_prune(t, l->c, d, v, all, candidates, kept);
    if (near.count == 1)
        for (int i = 0; i < v->count; i++) l->labels[t->row[v->first + i]] = kept[0];
    else if (v->child < 0) look(l, d, v, kept, near.count);
    else
        for (int i = 0; i < v->children; i++) down(l, v->child + i, kept, near.count);
}

static void label_1(const labelling *l, int node, const uint16_t *all, int candidates) {
    label_node(l, 1, node, all, candidates, label_1);
}
static void label_2(const labelling *l, int node, const uint16_t *all, int candidates) {
    label_node(l, 2, node, all, candidates, label_2);
}
static void label_3(const labelling *l, int node, const uint16_t *all, int candidates) {
    label_node(l, 3, node, all, candidates, label_3);
}

void km_boxes_label(const km_engine *e, const km_boxes *t, const double *c, int k, int32_t *labels) {
    const labelling l = {e, t, c, labels};
    for (int j = 0; j < k; j++) t->lists[j] = (uint16_t)j;
    switch (t->d) {
    case 1: label_1(&l, t->root, t->lists, k); break;
    case 2: label_2(&l, t->root, t->lists, k); break;
    case 3: label_3(&l, t->root, t->lists, k); break;
    default: __builtin_trap();
    }
}
