/* boxes_assign.c: assign by boxes instead of points (Pelleg, Moore 1999; Kanungo et al. 2002, "filtering").
 *
 * From the root down, a box keeps of its parent's candidates those that may be nearest to a place in it. One
 * left: all the points are its own, and the box moves as one, with the exact sum it carries. Points are
 * looked at one by one only in small boxes across a border, by km_nearest, the arithmetic of the plain step.
 *
 * Why it is exact. Let m be the center of a box and h its half widths, so that every point x of it has
 * |x_t - m_t| <= h_t, and let a be the candidate nearest to m. For another candidate j,
 *     |x - c_j|^2 - |x - c_a|^2 = |m - c_j|^2 - |m - c_a|^2 + 2 (x - m).(c_a - c_j)
 *                              >= |m - c_j|^2 - |m - c_a|^2 - 2 sum_t h_t |c_a,t - c_j,t|,
 * and j is dropped when the right-hand side exceeds a margin for rounding. With u = 2^-53 each computed
 * squared distance is off by at most (d + 2) u of itself (subtraction, square and d - 1 additions), so the
 * two of the plain step by at most 5 u (|x - c_j|^2 + |x - c_a|^2) <= 10 u (|m - c_j|^2 + |m - c_a|^2 + 2
 * r^2), where r^2 = sum_t h_t^2; those of m by 5 u (|m - c_j|^2 + |m - c_a|^2); and the last sum, at most 2 r
 * (|m - c_j| + |m - c_a|) <= 2 r^2 + |m - c_j|^2 + |m - c_a|^2, by 6 u of itself. All together that is below
 * 32 u (|m - c_j|^2 + |m - c_a|^2 + r^2): the margin, 128 u of it, is four times that, and 2^-1040 covers
 * what underflow can take. So a dropped candidate is strictly farther in the plain step's own arithmetic, and
 * ties are never decided here.
 */
#include "assign.h"
#include "boxes.h"
#include "boxes_sieve.h"
#include "simd.h"
#include <string.h>

enum { TILE = KM_BOX_TILE, LEAF = 32, PATIENCE = 1, STACK = 8 * KM_BOX_DEPTH };

static const double margin = 0x1p-46, underflow = 0x1p-1040;

/* Moves `count` points with this sum from a cluster (or none) to another. */
static inline __attribute__((always_inline)) void move_sum(km_engine *e, int d, int from, int to, int count,
                                                           const km_sum *sum) {
    const int64_t unit = (int64_t)e->grid_w.to_hi * count; /* the weight 1, count times */
    e->changed += count;
    if (from != KM_BOX_NONE) {
        e->sizes[from] -= count;
        e->weight_sums[from].hi -= unit;
        for (int a = 0; a < d; a++) km_sum_add(&e->sums[(ptrdiff_t)from * d + a], sum[a], -1);
    }
    e->sizes[to] += count;
    e->weight_sums[to].hi += unit;
    for (int a = 0; a < d; a++) km_sum_add(&e->sums[(ptrdiff_t)to * d + a], sum[a], 1);
}

/* Moves the points of a tile whose label differs from the new one. distances: to the new one. */
static inline __attribute__((always_inline)) void move_points(km_engine *e, int d, const double *tile,
                                                              int count, uint16_t *labels,
                                                              const uint16_t *news, const double *distances) {
    double before = 0, after = 0;
    for (int i = 0; i < count; i++) {
        const int from = labels[i], to = news[i];
        if (from == to) continue;
        const double *c = e->c + (ptrdiff_t)from * d;
        km_sum sum[KM_BOX_MAX_DIMS];
        for (int a = 0; a < d; a++) {
            const double x = tile[a * TILE + i], away = x - c[a];
            before += away * away;
            sum[a] = km_split(e->grid[a], x, 0);
        }
        after += distances[i];
        move_sum(e, d, from, to, 1, sum);
        labels[i] = (uint16_t)to;
    }
    if (before > 0 || after > 0) km_running_add(&e->running, after - before, after + before);
}

/* Gives every point below a node the label `to`. */
static void move_node(km_engine *e, km_boxes *t, int node, int to) {
    km_box *v = &t->node[node];
    const int d = t->d, from = v->label;
    if (from == to) return;
    const double *c = e->c + (ptrdiff_t)to * d;
    if (from != KM_BOX_MIXED) {
        const double after = km_box_inertia(t, node, d, c);
        const double before =
            from == KM_BOX_NONE ? 0 : km_box_inertia(t, node, d, e->c + (ptrdiff_t)from * d);
        move_sum(e, d, from, to, v->count, t->sum + (ptrdiff_t)node * d);
        km_running_add(&e->running, after - before, after + before);
    } else if (v->child >= 0) {
        for (int i = 0; i < v->children; i++) move_node(e, t, v->child + i, to);
    } else {
        double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
        uint16_t news[TILE];
        for (int i = 0; i < TILE; i++) news[i] = (uint16_t)to;
        for (int start = 0; start < v->count; start += TILE) {
            const int count = v->count - start < TILE ? v->count - start : TILE;
            km_boxes_tile(e, t, d, v->first + start, count, tile);
            km_distances_to(e, tile, TILE, count, c, NULL, distances);
            move_points(e, d, tile, count, t->label + v->first + start, news, distances);
        }
    }
    v->label = (uint16_t)to;
}

/* Hands a node's label down to what is in it. */
static void open_node(km_boxes *t, km_box *v) {
    if (v->label == KM_BOX_MIXED) return;
    if (v->child >= 0)
        for (int i = 0; i < v->children; i++) t->node[v->child + i].label = v->label;
    else
        for (int i = 0; i < v->count; i++) t->label[v->first + i] = v->label;
    v->label = KM_BOX_MIXED;
}

/* Moves one point of the float32 places. */
static inline __attribute__((always_inline)) void move_place(km_engine *e, km_boxes *t, int d, int place,
                                                             int to) {
    const float *x = t->x + (ptrdiff_t)place * d;
    const int from = t->label[place];
    const double *old = e->c + (ptrdiff_t)from * d, *new = e->c + (ptrdiff_t)to *d;
    double before = 0, after = 0;
    km_sum sum[KM_BOX_MAX_DIMS];
    for (int a = 0; a < d; a++) {
        const double p = (double)x[a];
        before += (p - old[a]) * (p - old[a]);
        after += (p - new[a]) * (p - new[a]);
        sum[a] = km_split(e->grid[a], p, 0);
    }
    move_sum(e, d, from, to, 1, sum);
    km_running_add(&e->running, after - before, after + before);
    t->label[place] = (uint16_t)to;
}

/* The points of a node one by one, against the candidates. */
static inline __attribute__((always_inline)) void scan(km_engine *e, km_boxes *t, const int d, int node,
                                                       const uint16_t *list, int candidates, int nearest) {
    km_box *v = &t->node[node];
    double tile[KM_BOX_MAX_DIMS * TILE], distances[TILE];
    int32_t places[TILE];
    uint16_t news[TILE + 4];
    /* At first all go to one of them, with the sum that is there, and then the others move on. */
    if (v->label == KM_BOX_NONE) move_node(e, t, node, nearest);
    open_node(t, v);
    km_sieve sieve;
    const int sieved = km_sieve_prepare(&sieve, e, t, v, list, candidates);
    for (int j = 0; j < candidates; j++)
        for (int a = 0; a < d; a++) t->candidates[j * d + a] = e->c[(ptrdiff_t)list[j] * d + a];
    for (int start = 0; start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        uint8_t at[TILE + 4];
        const int changes = sieved ? km_sieve_tile(&sieve, t, v->first + start, count, at, news) : -1;
        for (int i = 0; i < changes; i++) move_place(e, t, d, v->first + start + at[i], news[i]);
        if (changes >= 0) continue;
        km_boxes_tile(e, t, d, v->first + start, count, tile);
        km_nearest(e, tile, TILE, (count + 7) / 8 * 8, t->candidates, candidates, places, distances);
        for (int i = 0; i < count; i++) news[i] = list[places[i]];
        move_points(e, d, tile, count, t->label + v->first + start, news, distances);
    }
    e->touched += v->count;
    e->computed += (double)v->count * candidates;
}

/* No candidate, of now or of then, has moved since the node was last looked into: its labels are still right.
 */
static inline int stands(const km_boxes *t, const km_box *v, const uint16_t *list, int candidates) {
    if (v->memo_count == 0 || candidates > KM_BOX_MEMO) return 0;
    for (int i = 0; i < v->memo_count; i++)
        if (t->moved[v->memo[i]] > v->seen) return 0;
    for (int i = 0; i < candidates; i++)
        if (t->moved[list[i]] > v->seen) return 0;
    return 1;
}

/* A node whose points are all one point goes where that point goes. */
static void settle(km_engine *e, km_boxes *t, int node, const uint16_t *list, int candidates) {
    double distance;
    int32_t nearest;
    for (int j = 0; j < candidates; j++)
        memcpy(t->candidates + j * t->d, e->c + (ptrdiff_t)list[j] * t->d, (size_t)t->d * sizeof(double));
    km_nearest(e, t->node[node].center, 1, 1, t->candidates, candidates, &nearest, &distance);
    e->computed += candidates;
    move_node(e, t, node, list[nearest]);
}

typedef struct waiting {
    int node, candidates, list; /* list: where in t->lists the candidates of its parent are */
} waiting;

static inline __attribute__((always_inline)) void assign_boxes(km_engine *e, km_boxes *t, const int d) {
    waiting stack[STACK];
    int depth = 0;
    double *near_sq = t->near_sq;
    for (int j = 0; j < e->k; j++) t->lists[j] = (uint16_t)j;
    stack[depth++] = (waiting){t->root, e->k, 0};
    while (depth > 0) {
        const waiting w = stack[--depth];
        const uint16_t *all = t->lists + w.list;
        uint16_t *kept = t->lists + w.list + w.candidates;
        km_box *v = &t->node[w.node];
        double half[KM_BOX_MAX_DIMS], least = __builtin_inf(), radius_sq = 0;
        int nearest = 0, is_point = 1;
        for (int a = 0; a < d; a++) {
            half[a] = (double)v->half[a] * t->unit[a];
            radius_sq += half[a] * half[a];
            is_point &= v->half[a] == 0;
        }
        for (int i = 0; i < w.candidates; i++) {
            const double *c = e->c + (ptrdiff_t)all[i] * d;
            double sq = 0;
            for (int a = 0; a < d; a++) sq += (v->center[a] - c[a]) * (v->center[a] - c[a]);
            near_sq[i] = sq;
            if (sq < least) {
                least = sq;
                nearest = all[i];
            }
        }
        const double *own = e->c + (ptrdiff_t)nearest * d;
        int candidates = 0;
        for (int i = 0; i < w.candidates; i++) {
            const double *c = e->c + (ptrdiff_t)all[i] * d;
            double reach = 0;
            for (int a = 0; a < d; a++) reach += half[a] * __builtin_fabs(own[a] - c[a]);
            const double slack = (near_sq[i] + least + radius_sq) * margin + underflow;
            kept[candidates] = all[i];
            candidates += !(near_sq[i] - least > 2 * reach + slack);
        }
        e->computed += w.candidates;

        if (candidates == 1) {
            move_node(e, t, w.node, kept[0]);
            continue;
        }
        if (is_point) {
            settle(e, t, w.node, kept, candidates);
            continue;
        }
        if (stands(t, v, kept, candidates)) continue;
        v->seen = t->tick;
        v->memo_count = (uint8_t)(candidates <= KM_BOX_MEMO ? candidates : 0);
        for (int i = 0; i < v->memo_count; i++) v->memo[i] = kept[i];
        if (v->child < 0 && (v->count <= LEAF || v->scans < PATIENCE || !km_boxes_split(e, t, w.node))) {
            if (t->node[w.node].scans < PATIENCE) t->node[w.node].scans++;
            scan(e, t, d, w.node, kept, candidates, nearest);
            continue;
        }
        v = &t->node[w.node]; /* splitting may have moved it */
        open_node(t, v);
        for (int i = 0; i < v->children; i++)
            stack[depth++] = (waiting){v->child + i, candidates, w.list + w.candidates};
    }
}

void km_boxes_assign(km_engine *e, km_boxes *t) {
    switch (t->d) {
    case 1: assign_boxes(e, t, 1); break;
    case 2: assign_boxes(e, t, 2); break;
    case 3: assign_boxes(e, t, 3); break;
    default: __builtin_trap();
    }
}
