/* boxes_measure.c: what is known of a box when it is asked for: the exact sum of its points, their moments.
 */
#include "adder.h"
#include "boxes.h"
#include <string.h>

enum { TILE = KM_BOX_TILE };

/* --- the points of a box --- */

/* Adds pairs of values of coordinates a and b, one after the other, to the sums, and returns what there is to
 * the squared distance from a place. They are the floats at x, or else doubles. */
static inline __attribute__((always_inline)) double add_pairs(const km_engine *e, const float *x,
                                                              const double *doubles, int pairs, int a, int b,
                                                              const double *place, km_sum *sum) {
    const f64x2 from = {place[a], place[b]};
    f64x2 squares = {0, 0};
    km_adder adder = km_adder_for(e->grid[a], e->grid[b]);
    for (int i = 0; i < pairs; i++) {
        const f64x2 v = x ? f64x2_from(x + 2 * i) : f64x2_load(doubles + 2 * i), away = v - from;
        km_adder_add(&adder, v);
        squares += away * away;
    }
    km_adder_take(&adder, 0, pairs, &sum[a]);
    km_adder_take(&adder, 1, pairs, &sum[b]);
    return squares[0] + squares[1];
}

/* An even number of points: in the plane each is a pair, else two are one in each column. */
static double add_floats(const km_engine *e, const km_boxes *t, int first, int count, const double *place,
                         km_sum *sum) {
    const int d = t->d, plane = d == 2;
    double total = 0;
    for (int a = 0; a < (plane ? 1 : d); a++)
        total += add_pairs(e, t->x + km_place_of(d, t->stride, first, a), NULL, plane ? count : count / 2, a,
                           plane ? 1 : a, place, sum);
    return total;
}

static double add_doubles(const km_engine *e, const km_boxes *t, int first, int count, const double *place,
                          km_sum *sum) {
    double tile[KM_BOX_MAX_DIMS * TILE], total = 0;
    for (int start = 0; start < count; start += TILE) {
        const int size = count - start < TILE ? count - start : TILE;
        km_boxes_tile(e, t, t->d, first + start, size, tile);
        for (int a = 0; a < t->d; a++)
            total += add_pairs(e, NULL, tile + a * TILE, size / 2, a, a, place, sum);
    }
    return total;
}

/* Of a node's points: the sum, and the summed squared distance from a place. */
static double look(const km_engine *e, const km_boxes *t, const km_box *v, const double *place, km_sum *sum) {
    const int odd = v->count % 2, even = v->count - odd;
    memset(sum, 0, (size_t)t->d * sizeof *sum);
    double total =
        t->x ? add_floats(e, t, v->first, even, place, sum) : add_doubles(e, t, v->first, even, place, sum);
    for (int a = 0; odd && a < t->d; a++) {
        const double x = km_boxes_coordinate(e, t, t->d, v->first + even, a), away = x - place[a];
        km_sum_add(&sum[a], km_split(e->grid[a], x, 0), 1);
        total += away * away;
    }
    return total;
}

/* --- sum --- */

static int is_known(const km_boxes *t, const km_box *v, int measured) {
    if (v->child < 0) return 0;
    for (int i = 0; i < v->children; i++) {
        const km_box *part = &t->node[v->child + i];
        if (!(measured ? part->measured : part->summed)) return 0;
    }
    return 1;
}

static void add_children(const km_boxes *t, const km_box *v, km_sum *sum) {
    memset(sum, 0, (size_t)t->d * sizeof *sum);
    for (int i = 0; i < v->children; i++)
        for (int a = 0; a < t->d; a++) km_sum_add(&sum[a], t->sum[(ptrdiff_t)(v->child + i) * t->d + a], 1);
}

void km_boxes_sum(const km_engine *e, km_boxes *t, int node) {
    km_box *v = &t->node[node];
    km_sum *sum = t->sum + (ptrdiff_t)node * t->d;
    if (v->summed) return;
    v->summed = 1;
    if (is_known(t, v, 0)) add_children(t, v, sum);
    else look(e, t, v, v->center, sum);
}

/* --- moments --- */

/* Summed squared distance from `mean`, of children from theirs. */
static double squares_of_children(const km_boxes *t, const km_box *v, const double *mean) {
    const int d = t->d;
    double total = 0;
    for (int i = 0; i < v->children; i++) {
        const double *part = km_moments_of(t, v->child + i);
        total += part[2 * d];
        for (int a = 0; a < d; a++) {
            const double away = part[a] - mean[a];
            total += away * (t->node[v->child + i].count * away + 2 * part[d + a]);
        }
    }
    return total;
}

static void find_mean(const km_engine *e, const km_boxes *t, const km_box *v, const km_sum *sum, double *mean,
                      double *rest) {
    for (int a = 0; a < t->d; a++) {
        const km_grid g = e->grid[a];
        /* The quotient of equal values is rounded, and would leave them an inertia. */
        const int all_equal = v->half[a] == 0;
        mean[a] = all_equal ? v->center[a] : km_sum_value(g, sum[a]) / v->count;
        rest[a] = all_equal ? 0 : km_sum_rest(g, sum[a], v->count, mean[a]);
    }
}

void km_boxes_measure(const km_engine *e, km_boxes *t, int node) {
    enum { MOST_LOST = 16 };
    km_box *v = &t->node[node];
    const int d = t->d;
    if (v->measured) return;
    v->measured = 1;
    km_sum *sum = t->sum + (ptrdiff_t)node * d;
    double *mean = km_moments_of(t, node), *rest = mean + d, *squares = mean + 2 * d;
    if (is_known(t, v, 1)) {
        km_boxes_sum(e, t, node);
        find_mean(e, t, v, sum, mean, rest);
        *squares = squares_of_children(t, v, mean);
        return;
    }
    /* Sum and squares in one look, about the center of the box in place of the mean, which is not known yet:
     * taken over to the mean by the difference, unless that leaves little of them. */
    double moved = 0;
    const double about_center = look(e, t, v, v->center, sum);
    v->summed = 1;
    find_mean(e, t, v, sum, mean, rest);
    for (int a = 0; a < d; a++) {
        const double away = mean[a] - v->center[a];
        moved += away * (v->count * away + 2 * rest[a]);
    }
    *squares = about_center - moved;
    if (about_center > MOST_LOST * *squares) *squares = look(e, t, v, mean, sum);
}
