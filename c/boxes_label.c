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
    /* Of `from`: all of them, where those kept go, and those that differ from c, with room for one more. */
    km_candidates before;
    int kept, moved, moved_count;
    int32_t *labels, *sizes;
    km_running inertia;
} labelling;

/* Built once, not for each dimension: next to what is looked at the choice costs nothing. */
static __attribute__((noinline)) km_pruned prune(const km_boxes *t, const km_candidates *l, const km_box *v,
                                                 int all, int candidates, int kept) {
    return km_prune(t, l, t->d, v, all, candidates, kept);
}

/* Whether all points of a box, now nearest to centroid j, were nearest to it before. As nothing else has
 * changed, only what has moved could have been nearer then; or, where j itself has, any. */
static int had(const labelling *l, const km_box *v, int j) {
    if (!l->from) return 0;
    const int d = l->t->d, end = l->moved + l->moved_count;
    int rivals = l->moved, count = l->moved_count + 1;
    km_candidates_put(&l->before, d, end, l->from, j);
    km_candidates_put(&l->before, d, end + 1, l->from, j);
    for (int i = l->moved; i < end; i++)
        if (l->before.label[i] == j) {
            rivals = 0;
            count = l->k;
        }
    return prune(l->t, &l->before, v, rivals, count, l->kept).count == 1 && l->before.label[l->kept] == j;
}

/* The points of a box one by one, against the candidates. */
static void look(labelling *l, const km_box *v, int list, int candidates) {
    const km_boxes *t = l->t;
    const uint16_t *numbers = t->lists.label + list;
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t nearest[TILE];
    km_boxes_gather(t, t->d, list, candidates);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        double total = 0;
        km_boxes_tile(l->e, t, t->d, v->first + start, count, tile);
        km_nearest(l->e, tile, TILE, (count + 7) / 8 * 8, t->candidates, candidates, nearest, distances);
        for (int i = 0; i < count; i++) {
            const int label = numbers[nearest[i]];
            total += distances[i];
            if (l->sizes) l->sizes[label]++;
            l->labels[t->row[v->first + start + i]] = label;
        }
        km_running_add(&l->inertia, total, total, 0);
    }
}

static void label_node(labelling *l, int node, int all, int candidates) {
    km_boxes *t = l->t;
    const km_box *v = &t->node[node];
    const int kept = all + candidates + 1;
    const km_pruned near = prune(t, &t->lists, v, all, candidates, kept);
    if (near.count == 1) {
        const int j = near.nearest;
        if (!had(l, v, j))
            for (int i = 0; i < v->count; i++) l->labels[t->row[v->first + i]] = j;
        km_boxes_measure(l->e, l->t, node);
        km_box_add_inertia(l->e, t, node, t->d, l->c + (ptrdiff_t)j * t->d, &l->inertia);
        if (l->sizes) l->sizes[j] += v->count;
    } else if (v->child < 0) look(l, v, kept, near.count);
    else
        for (int i = 0; i < v->children; i++) label_node(l, v->child + i, kept, near.count);
}

/* Lists who has moved since `from`; forgets that where they are too many, or without memory to be faster. */
static void compare(labelling *l, void *memory) {
    const int d = l->t->d;
    if (!memory) l->from = NULL;
    if (!l->from) return;
    l->kept = l->k + 1;
    l->moved = 2 * l->kept;
    l->before = km_candidates_in(memory, d, l->moved + MOST_MOVED + 2);
    km_candidates_put_all(&l->before, d, l->from, l->k);
    for (int j = 0; l->from && j < l->k; j++) {
        const ptrdiff_t at = (ptrdiff_t)j * d;
        if (memcmp(l->c + at, l->from + at, (size_t)d * sizeof *l->c) == 0) continue;
        if (l->moved_count == MOST_MOVED) l->from = NULL;
        else km_candidates_put(&l->before, d, l->moved + l->moved_count++, l->from, j);
    }
}

double km_boxes_label(const km_engine *e, km_boxes *t, const double *c, int k, const double *from,
                      int32_t *labels, int32_t *sizes) {
    labelling l = {.e = e, .t = t, .c = c, .from = from, .k = k, .labels = labels, .sizes = sizes};
    void *memory = km_room(km_candidates_bytes(t->d, 2 * (k + 1) + MOST_MOVED + 2), 1);
    compare(&l, memory);
    if (sizes) memset(sizes, 0, (size_t)k * sizeof *sizes);
    km_candidates_put_all(&t->lists, t->d, c, k);
    label_node(&l, t->root, 0, k);
    free(memory);
    return km_running_holds(&l.inertia) ? km_running_value(&l.inertia) : -1;
}
