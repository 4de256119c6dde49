/* boxes_measure.c: what is known of a box when it is asked for: the exact sum of its points, their moments.
 */
#include "adder.h"
#include "boxes.h"
#include <string.h>

enum { TILE = KM_BOX_TILE };

/* --- the points of a box --- */

/* Values of one coordinate: their sum, and their squared distances from a place. */
typedef struct column {
    km_adder sum;
    f64x2 place, squares;
    int pairs;
} column;

static inline column column_for(km_grid g, double place) {
    return (column){km_adder_for(g), f64x2_splat(place), f64x2_splat(0), 0};
}
static inline __attribute__((always_inline)) void add_pair(column *c, f64x2 x, int squared) {
    const f64x2 away = x - c->place;
    km_adder_add(&c->sum, x);
    if (squared) c->squares += away * away;
    c->pairs++;
}
/* One value, as a pair with zero. */
static inline __attribute__((always_inline)) void add_last(column *c, double x, int squared) {
    const double away = x - c->place[0];
    km_adder_add(&c->sum, (f64x2){x, 0});
    if (squared) c->squares[0] += away * away;
    c->pairs++;
}

static inline __attribute__((always_inline)) void add_points(const km_engine *e, const km_boxes *t,
                                                             const km_box *v, column *columns, int squared) {
    for (int a = 0; t->x && a < t->d; a++) {
        const float *x = t->x + a * t->stride + v->first;
        column c = columns[a]; /* kept in registers */
        int i = 0;
        for (; i + 2 <= v->count; i += 2) add_pair(&c, f64x2_from(x + i), squared);
        if (i < v->count) add_last(&c, (double)x[i], squared);
        columns[a] = c;
    }
    double tile[KM_BOX_MAX_DIMS * TILE];
    for (int start = 0; !t->x && start < v->count; start += TILE) {
        const int count = v->count - start < TILE ? v->count - start : TILE;
        km_boxes_tile(e, t, t->d, v->first + start, count, tile);
        for (int a = 0; a < t->d; a++) {
            const double *x = tile + a * TILE;
            int i = 0;
            for (; i + 2 <= count; i += 2) add_pair(&columns[a], f64x2_load(x + i), squared);
            if (i < count) add_last(&columns[a], x[i], squared);
        }
    }
}

/* Of a node's points: the sum, and where `squares` is asked for, the summed squared distance from a place. */
static void look(const km_engine *e, const km_boxes *t, const km_box *v, const double *place, km_sum *sum,
                 double *squares) {
    column columns[KM_BOX_MAX_DIMS];
    for (int a = 0; a < t->d; a++) columns[a] = column_for(e->grid[a], place[a]);
    if (squares) add_points(e, t, v, columns, 1);
    else add_points(e, t, v, columns, 0);
    if (squares) *squares = 0;
    for (int a = 0; a < t->d; a++) {
        sum[a] = (km_sum){0, 0};
        km_adder_take(&columns[a].sum, columns[a].pairs, &sum[a]);
        if (squares) *squares += columns[a].squares[0] + columns[a].squares[1];
    }
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
    else look(e, t, v, v->center, sum, NULL);
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
    double about_center, moved = 0;
    look(e, t, v, v->center, sum, &about_center);
    v->summed = 1;
    find_mean(e, t, v, sum, mean, rest);
    for (int a = 0; a < d; a++) {
        const double away = mean[a] - v->center[a];
        moved += away * (v->count * away + 2 * rest[a]);
    }
    *squares = about_center - moved;
    if (about_center > MOST_LOST * *squares) look(e, t, v, mean, sum, squares);
}
