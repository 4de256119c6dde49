/* boxes_label.c: labels for any centroids by the boxes that are there, cut up no further. */
#include "boxes_prune.h"
#include <stdlib.h>
#include <string.h>

enum { TILE = KM_BOX_TILE };

/* How many centroids may have moved for it to be worth knowing who stays: most are one, that is dragged. */
enum { MOST_MOVED = 4 };

typedef struct labelling {
    const km_engine *e;
    km_boxes *t;
    const double *c, *from; /* from: NULL when all labels are to be written */
    int k;
    uint16_t *moved; /* those that differ, and room for one more */
    int moved_count;
    uint16_t *kept; /* k: scratch */
    int32_t *labels, *sizes;
    km_running inertia;
} labelling;

/* Built once, not for each dimension: next to what is looked at the choice costs nothing. */
static __attribute__((noinline)) km_pruned prune(const km_boxes *t, const double *c, const km_box *v,
                                                 const uint16_t *all, int candidates, uint16_t *kept) {
    return km_prune(t, c, t->d, v, all, candidates, kept);
}

/* Whether all points of a box, now nearest to centroid j, were nearest to it before. As nothing else has
 * changed, only what has moved could have been nearer then; or, where j itself has, any. */
static int had(const labelling *l, const km_box *v, uint16_t j) {
    if (!l->from) return 0;
    const uint16_t *rivals = l->moved;
    int count = l->moved_count;
    l->moved[count++] = j;
    for (int i = 0; i < l->moved_count; i++)
        if (l->moved[i] == j) {
            rivals = l->t->lists;
            count = l->k;
        }
    return prune(l->t, l->from, v, rivals, count, l->kept).count == 1 && l->kept[0] == j;
}

/* The points of a box one by one, against the candidates. */
static void look(labelling *l, const km_box *v, const uint16_t *list, int candidates) {
    const km_boxes *t = l->t;
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t nearest[TILE];
    km_boxes_gather(t, l->c, t->d, list, candidates);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        double total = 0;
        km_boxes_tile(l->e, t, t->d, v->first + start, count, tile);
        km_nearest(l->e, tile, TILE, (count + 7) / 8 * 8, t->candidates, candidates, nearest, distances);
        for (int i = 0; i < count; i++) {
            total += distances[i];
            if (l->sizes) l->sizes[list[nearest[i]]]++;
            l->labels[t->row[v->first + start + i]] = list[nearest[i]];
        }
        km_running_add(&l->inertia, total, total);
    }
}

static void label_node(labelling *l, int node, const uint16_t *all, int candidates) {
    km_boxes *t = l->t;
    const km_box *v = &t->node[node];
    uint16_t *kept = t->lists + (all - t->lists) + candidates;
    const km_pruned near = prune(t, l->c, v, all, candidates, kept);
    if (near.count == 1) {
        if (!had(l, v, kept[0]))
            for (int i = 0; i < v->count; i++) l->labels[t->row[v->first + i]] = kept[0];
        km_boxes_measure(l->e, l->t, node);
        const double total = km_box_inertia(l->t, node, l->t->d, l->c + (ptrdiff_t)kept[0] * l->t->d);
        km_running_add(&l->inertia, total, total);
        if (l->sizes) l->sizes[kept[0]] += v->count;
    } else if (v->child < 0) look(l, v, kept, near.count);
    else
        for (int i = 0; i < v->children; i++) label_node(l, v->child + i, kept, near.count);
}

/* Lists who has moved since `from`; forgets that where they are too many. */
static void compare(labelling *l) {
    for (int j = 0; l->from && j < l->k; j++) {
        const ptrdiff_t at = (ptrdiff_t)j * l->t->d;
        if (memcmp(l->c + at, l->from + at, (size_t)l->t->d * sizeof *l->c) == 0) continue;
        if (l->moved_count == MOST_MOVED) l->from = NULL;
        else l->moved[l->moved_count++] = (uint16_t)j;
    }
}

double km_boxes_label(const km_engine *e, km_boxes *t, const double *c, int k, const double *from,
                      int32_t *labels, int32_t *sizes) {
    uint16_t moved[MOST_MOVED + 1];
    labelling l = {
        .e = e, .t = t, .c = c, .from = from, .k = k, .moved = moved, .labels = labels, .sizes = sizes};
    l.kept = km_room(k + 1.0, sizeof *l.kept);
    if (!l.kept) l.from = NULL; /* no memory to be faster */
    compare(&l);
    if (sizes) memset(sizes, 0, (size_t)k * sizeof *sizes);
    for (int j = 0; j < k; j++) t->lists[j] = (uint16_t)j;
    label_node(&l, t->root, t->lists, k);
    free(l.kept);
    return km_running_value(&l.inertia);
}
