/* boxes.c: a run on the tree: its beginning, its inertia, its labels when they are asked for. */
#include "boxes.h"
#include "assign.h"
#include <stdlib.h>
#include <string.h>

enum { TILE = KM_BOX_TILE };

/* The arrays that depend on k. */
static int prepare(km_boxes *t, int k) {
    const int places = (KM_BOX_DEPTH + 2) * ((k > t->run_k ? k : t->run_k) + 1);
    if (t->run_k < k) {
        void *memory =
            km_room((2.0 * k * t->d + k + 1) * sizeof(double) + km_candidates_bytes(t->d, places), 1);
        if (!memory) return 0;
        free(t->run_memory);
        t->run_memory = memory;
        t->run_k = k;
    }
    const ptrdiff_t kd = (ptrdiff_t)t->run_k * t->d;
    t->last = t->run_memory;
    t->candidates = t->last + kd;
    t->near_sq = t->candidates + kd;
    t->lists = km_candidates_in(t->near_sq + t->run_k + 1, t->d, places);
    return 1;
}

static int begin(km_engine *e) {
    if (e->k > KM_BOX_MAX_K) return 0;
    if (!e->boxes) e->boxes = km_boxes_build(e);
    km_boxes *t = e->boxes;
    if (!t || !prepare(t, e->k)) return 0;
    if (t->tick > INT32_MAX / 2) {
        for (int i = 0; i < t->nodes; i++) t->node[i].right = 0;
        t->tick = 0;
    }
    t->node[t->root].label = KM_BOX_NONE;
    t->tick += KM_BOX_HISTORY; /* what was right in an earlier run is long ago */
    memcpy(t->last, e->c, (size_t)e->k * (size_t)e->d * sizeof *t->last);
    t->behind = 1;
    e->running = (km_running){0};
    return 1;
}

/* --- inertia --- */

static void add_inertia(const km_engine *e, km_boxes *t, int node, km_running *r) {
    const km_box *v = &t->node[node];
    const int d = t->d;
    if (v->label != KM_BOX_MIXED) {
        km_boxes_measure(e, t, node);
        km_box_add_inertia(e, t, node, d, e->c + (ptrdiff_t)v->label * d, r);
        return;
    }
    if (v->child >= 0) {
        for (int i = 0; i < v->children; i++) add_inertia(e, t, v->child + i, r);
        return;
    }
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t labels[TILE];
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        double total = 0;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        for (int i = 0; i < count; i++) labels[i] = t->label[v->first + start + i];
        km_distances_to(e, tile, TILE, count, e->c, labels, distances);
        for (int i = 0; i < count; i++) total += distances[i];
        km_running_add(r, total, total, 0);
    }
}

static void finish(km_engine *e) {
    km_boxes *t = e->boxes;
    if (!km_running_holds(&e->running)) {
        e->running = (km_running){0};
        add_inertia(e, t, t->root, &e->running);
    }
    km_running_finish(e);
}

static void assign(km_engine *e) {
    km_boxes *t = e->boxes;
    const size_t row = (size_t)e->d * sizeof *e->c;
    km_box_set moved = 0;
    for (int j = 0; j < e->k; j++) {
        const double *c = e->c + (ptrdiff_t)j * e->d;
        double *last = t->last + (ptrdiff_t)j * e->d;
        if (memcmp(last, c, row) == 0) continue;
        memcpy(last, c, row);
        moved |= km_box_one(j);
    }
    t->moved[t->tick++ % KM_BOX_HISTORY] = 0;
    for (int i = 0; i < KM_BOX_HISTORY; i++) t->moved[i] |= moved;
    e->changed = 0;
    e->touched = 0;
    e->computed = 0;
    const int first = t->node[t->root].label == KM_BOX_NONE;
    km_boxes_assign(e, t);
    if (first) e->changed = e->n; /* some moved on at once */
    if (e->changed) t->behind = 1;
    finish(e);
}

static void follow(km_engine *e) {
    km_running_follow(e, &e->running);
    finish(e);
}

/* --- labels --- */

static void write_node(const km_boxes *t, int node, int32_t *labels) {
    const km_box *v = &t->node[node];
    const int32_t *row = t->row + v->first;
    if (v->label != KM_BOX_MIXED) {
        const int label = v->label == KM_BOX_NONE ? -1 : v->label;
        for (int i = 0; i < v->count; i++) labels[row[i]] = label;
    } else if (v->child >= 0) {
        for (int i = 0; i < v->children; i++) write_node(t, v->child + i, labels);
    } else {
        for (int i = 0; i < v->count; i++) labels[row[i]] = t->label[v->first + i];
    }
}

/* The label of each cell below a node, whose own one, unless it is MIXED, is that of them all. */
static void list_labels(const km_boxes *t, int node, int label, int32_t *of_cell) {
    const km_box *v = &t->node[node];
    if (label == KM_BOX_MIXED) label = v->label;
    if (node >= 1 && node <= t->cells) of_cell[t->number[node - 1]] = label;
    else
        for (int i = 0; i < v->children; i++) list_labels(t, v->child + i, label, of_cell);
}

/* By rows, one after the other, as far as whole cells have a label; then the places of the other cells, whose
 * rows are far apart. */
static void write_labels(const km_boxes *t, int32_t *labels) {
    int32_t of_cell[1 << KM_BOX_MAX_BITS];
    if (t->cells == 0 || t->node[t->root].label == KM_BOX_NONE) {
        write_node(t, t->root, labels);
        return;
    }
    list_labels(t, t->root, KM_BOX_MIXED, of_cell);
    for (int i = 0; i < t->n; i++) labels[i] = of_cell[t->cell[i]];
    for (int i = 0; i < t->cells; i++)
        if (of_cell[t->number[i]] == KM_BOX_MIXED) write_node(t, 1 + i, labels);
}

static void write(km_engine *e, int distances) {
    km_boxes *t = e->boxes;
    if (t->behind) write_labels(t, e->labels);
    t->behind = 0;
    if (distances) km_distances_to(e, e->x, e->n, e->n, e->c, e->labels, e->distances);
}

static void read_node(km_boxes *t, int node) {
    km_box *v = &t->node[node];
    v->right = 0;
    int label = KM_BOX_MIXED;
    if (v->child >= 0) {
        for (int i = 0; i < v->children; i++) {
            read_node(t, v->child + i);
            const int part = t->node[v->child + i].label;
            label = i == 0 || part == label ? part : KM_BOX_MIXED;
        }
    } else {
        const uint16_t *labels = t->label + v->first;
        label = labels[0];
        for (int i = 1; i < v->count; i++)
            if (labels[i] != label) label = KM_BOX_MIXED;
    }
    v->label = (uint16_t)label;
}

static void read(km_engine *e) {
    km_boxes *t = e->boxes;
    for (int i = 0; i < t->n; i++) t->label[i] = (uint16_t)e->labels[t->row[i]];
    read_node(t, t->root);
    e->running = (km_running){.error = __builtin_inf()};
}

/* --- cells --- */

typedef struct cells {
    double *boxes;
    int32_t *labels;
    int capacity, count;
} cells;

static void list_cells(const km_boxes *t, int node, cells *out) {
    const km_box *v = &t->node[node];
    if (v->label == KM_BOX_MIXED && v->child >= 0) {
        for (int i = 0; i < v->children; i++) list_cells(t, v->child + i, out);
        return;
    }
    const int at = out->count++, d = t->d;
    if (at >= out->capacity) return;
    for (int a = 0; out->boxes && a < d; a++) {
        const double half = (double)v->half[a] * t->unit[a];
        out->boxes[(ptrdiff_t)at * 2 * d + a] = v->center[a] - half;
        out->boxes[(ptrdiff_t)at * 2 * d + d + a] = v->center[a] + half;
    }
    if (out->labels) out->labels[at] = v->label == KM_BOX_MIXED ? -1 : v->label;
}

int km_cells(const km_engine *e, double *boxes, int32_t *labels, int capacity) {
    if (e->assigner != &km_by_boxes || e->iteration == 0) return 0;
    cells out = {boxes, labels, capacity, 0};
    list_cells(e->boxes, e->boxes->root, &out);
    return out.count;
}

const km_assigner km_by_boxes = {KM_METHOD_BOXES, begin, assign, follow, write, read};
