/* boxes_assign.c: assign by boxes instead of points (Pelleg, Moore 1999; Kanungo et al. 2002, "filtering").
 *
 * From the root down, a box keeps of its parent's candidates those that may be nearest to a place in it. One
 * left: all the points are its own, and the box moves as one, with the exact sum it carries. Points are
 * looked at one by one only in small boxes across a border, by km_nearest, the arithmetic of the plain step.
 */
#include "assign.h"
#include "boxes_moves.h"
#include "boxes_prune.h"
#include "boxes_sieve.h"
#include <string.h>

enum { TILE = KM_BOX_TILE, STACK = 8 * KM_BOX_DEPTH };

typedef struct walk {
    km_engine *e;
    km_boxes *t;
    km_moves moves;
} walk;

/* Gives all points of a node without labels their first. */
static void enter_node(walk *w, int d, int node, int to) {
    km_engine *e = w->e;
    km_boxes_measure(e, w->t, node);
    const km_sum *sum = w->t->sum + (ptrdiff_t)node * d;
    const int count = w->t->node[node].count;
    e->sizes[to] += count;
    e->weight_sums[to].hi += (int64_t)e->grid_w.to_hi * count; /* the weight 1, count times */
    for (int a = 0; a < d; a++) km_sum_add(&e->sums[(ptrdiff_t)to * d + a], sum[a], 1);
    km_box_add_inertia(e, w->t, node, d, e->c + (ptrdiff_t)to * d, &e->running);
}

/* Gives every point below a node the label `to`. */
static void move_node(walk *w, int d, int node, int to) {
    km_boxes *t = w->t;
    km_box *v = &t->node[node];
    const int from = v->label;
    v->right = 0;
    if (from == to) return;
    v->label = (uint16_t)to;
    if (from == KM_BOX_NONE) {
        enter_node(w, d, node, to);
    } else if (from != KM_BOX_MIXED) {
        km_boxes_sum(w->e, t, node);
        km_moves_apply(w->e, d, from, to, v->count, t->sum + (ptrdiff_t)node * d);
        w->e->changed += v->count;
    } else if (v->child >= 0) {
        for (int i = 0; i < v->children; i++) move_node(w, d, v->child + i, to);
    } else {
        for (int i = v->first; i < v->first + v->count; i++)
            if (t->label[i] != to) km_moves_add(w->e, t, d, &w->moves, i, t->label[i], to);
    }
}

/* Hands a node's label down to what is in it. */
static void open_node(km_boxes *t, km_box *v) {
    if (v->label == KM_BOX_MIXED) return;
    if (v->child >= 0)
        for (int i = 0; i < v->children; i++) {
            t->node[v->child + i].label = v->label;
            t->node[v->child + i].right = 0;
        }
    else
        for (int i = 0; i < v->count; i++) t->label[v->first + i] = v->label;
    v->label = KM_BOX_MIXED;
}

/* The points of a node one by one, against the candidates. */
static inline __attribute__((always_inline)) void scan(walk *w, const int d, int node, int list,
                                                       int candidates, int nearest) {
    km_engine *e = w->e;
    km_boxes *t = w->t;
    km_box *v = &t->node[node];
    const uint16_t *labels = t->lists.label + list;
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t places[TILE];
    uint8_t at[TILE + 4];
    uint16_t news[TILE + 4];
    /* At first all go to one of them, with the sum that is there, and then the others move on. */
    if (v->label == KM_BOX_NONE) move_node(w, d, node, nearest);
    open_node(t, v);
    km_sieve sieve;
    const int sieved = km_sieve_prepare(&sieve, e, t, v, labels, candidates);
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE, first = v->first + start;
        if (sieved && candidates == 2 && km_sieve_border(&sieve, e, t, &w->moves, first, count)) continue;
        int changes = sieved ? km_sieve_tile(&sieve, t, first, count, at, news) : -1;
        if (changes < 0) {
            km_boxes_gather(t, d, list, candidates);
            km_boxes_tile(e, t, d, first, count, tile);
            km_nearest(e, tile, TILE, (count + 7) / 8 * 8, t->candidates, candidates, places, distances);
            changes = 0;
            for (int i = 0; i < count; i++) {
                at[changes] = (uint8_t)i;
                news[changes] = labels[places[i]];
                changes += t->label[first + i] != labels[places[i]];
            }
        }
        for (int i = 0; i < changes; i++) {
            uint16_t *label = &t->label[first + at[i]];
            km_moves_add(e, t, d, &w->moves, first + at[i], *label, news[i]);
            *label = news[i];
        }
    }
    e->touched += v->count;
    e->computed += (double)v->count * candidates;
}

/* The labels of a node stand when none of its candidates, of then or of now, has moved since they were right.
 */
static inline int stands(const km_boxes *t, const km_box *v, km_box_set rivals) {
    const int age = t->tick - v->right;
    return age < KM_BOX_HISTORY && ((v->rivals | rivals) & t->moved[v->right % KM_BOX_HISTORY]) == 0;
}

/* A node whose points are all one point goes where that point goes. */
static void settle(walk *w, int d, int node, int list, int candidates) {
    double distance;
    int32_t nearest;
    km_boxes_gather(w->t, d, list, candidates);
    km_nearest(w->e, w->t->node[node].center, 1, 1, w->t->candidates, candidates, &nearest, &distance);
    w->e->computed += candidates;
    move_node(w, d, node, w->t->lists.label[list + nearest]);
}

typedef struct waiting {
    int node, candidates, list; /* list: where in t->lists the candidates of its parent are */
} waiting;

static inline __attribute__((always_inline)) void assign_boxes(km_engine *e, km_boxes *t, const int d) {
    waiting stack[STACK];
    walk moving = {e, t, {0}};
    int depth = 0;
    km_candidates_put_all(&t->lists, d, e->c, e->k);
    stack[depth++] = (waiting){t->root, e->k, 0};
    while (depth > 0) {
        const waiting w = stack[--depth];
        const int kept = w.list + w.candidates + 1;
        km_box *v = &t->node[w.node];
        const km_pruned near = km_prune(t, &t->lists, d, v, w.list, w.candidates, kept);
        const int candidates = near.count, is_point = near.is_point;
        e->computed += w.candidates;

        const int standing = stands(t, v, near.rivals);
        if (candidates == 1) move_node(&moving, d, w.node, near.nearest);
        else if (is_point) settle(&moving, d, w.node, kept, candidates);
        v->rivals = near.rivals;
        v->right = t->tick;
        if (candidates == 1 || is_point || standing) continue;
        if (v->child < 0 && (v->count <= e->leaf || !km_boxes_split(e, t, w.node))) {
            scan(&moving, d, w.node, kept, candidates, near.nearest);
            continue;
        }
        v = &t->node[w.node]; /* splitting may have moved it */
        open_node(t, v);
        for (int i = 0; i < v->children; i++) {
            km_box *part = &t->node[v->child + i];
            if (stands(t, part, near.rivals)) part->right = t->tick;
            else stack[depth++] = (waiting){v->child + i, candidates, kept};
        }
    }
    km_moves_flush(e, d, &moving.moves);
}

void km_boxes_assign(km_engine *e, km_boxes *t) {
    /* What is drawn gets its own loop; for the others one is small, and 2 % slower in three dimensions. */
    if (t->d == 2) assign_boxes(e, t, 2);
    else assign_boxes(e, t, t->d);
}
