/* repair.c: what happens between assign and update to clusters that are empty or too small.
 *
 * "farthest" and "split" lower the inertia and "keep" leaves it, so with Euclidean and mean no empty cluster
 * can make it rise. A min_size move can: it changes the objective (Bradley, Bennett, Demiriz 2000).
 */
#include "assign.h"

/* Summed weighted distance of each cluster into e->cost; -1 where no two members differ, which cannot be
 * split. */
static void measure_costs(km_engine *e) {
    for (int j = 0; j < e->k; j++) {
        e->cost[j] = 0;
        e->first[j] = -1; /* the first member; n + row once another differs from it */
    }
    for (int i = 0; i < e->n; i++) {
        const int j = e->labels[i];
        if (!(km_weight(e, i) > 0)) continue;
        e->cost[j] += km_weight(e, i) * e->distances[i];
        if (e->first[j] < 0) e->first[j] = i;
        for (int t = 0; e->first[j] < e->n && t < e->d; t++) {
            const double *column = e->x + (ptrdiff_t)t * e->n;
            if (column[i] != column[e->first[j]]) e->first[j] += e->n;
        }
    }
    for (int j = 0; j < e->k; j++)
        if (e->first[j] < e->n) e->cost[j] = -1;
}

/* The cluster with the largest inertia that can be split, other than `except`; -1 if there is none. */
static int find_worst(km_engine *e, int except) {
    measure_costs(e);
    int worst = -1;
    for (int j = 0; j < e->k; j++)
        if (j != except && e->cost[j] >= 0 && (worst < 0 || e->cost[j] > e->cost[worst])) worst = j;
    return worst;
}

static void move_point(km_engine *e, int i, int j, double distance) {
    km_relabel(e, i, j);
    e->distances[i] = distance;
    e->repaired++;
}

/* The coordinate in which cluster j varies most, about its mean. */
static int widest_coordinate(const km_engine *e, int j, const double *mean) {
    int widest = 0;
    double most = -1;
    for (int t = 0; t < e->d; t++) {
        const double *column = e->x + (ptrdiff_t)t * e->n;
        double squares = 0;
        for (int i = 0; i < e->n; i++)
            if (e->labels[i] == j) squares += km_weight(e, i) * (column[i] - mean[t]) * (column[i] - mean[t]);
        if (squares > most) {
            most = squares;
            widest = t;
        }
    }
    return widest;
}

/* Cuts cluster `from` at its mean: what lies above in the widest coordinate goes to the empty cluster `to`.
 */
static void split(km_engine *e, int from, int to) {
    double mean[KM_MAX_DIMS];
    km_mean(e, from, mean);
    const int t = widest_coordinate(e, from, mean);
    const double *column = e->x + (ptrdiff_t)t * e->n;
    for (int i = 0; i < e->n; i++)
        if (e->labels[i] == from && column[i] > mean[t]) move_point(e, i, to, 0);
    /* A coordinate so narrow that its mean rounds to its top: move the top itself. */
    for (int i = 0; km_is_empty(e, to) && i < e->n; i++)
        if (e->labels[i] == from && column[i] >= mean[t]) move_point(e, i, to, 0);
    /* The costs of both halves, so that a next split sees them. */
    for (int half = 0; half < 2; half++) {
        const int j = half ? to : from;
        if (km_is_empty(e, j)) continue;
        km_mean(e, j, mean);
        for (int i = 0; i < e->n; i++)
            if (e->labels[i] == j) km_distances_to(e, e->x + i, e->n, 1, mean, NULL, &e->distances[i]);
    }
}

/* The row farthest from its centroid, lowest row on ties, that leaves company behind; -1 when every point
 * lies on its centroid. */
static int farthest_row(const km_engine *e) {
    int row = -1;
    for (int i = 0; i < e->n; i++)
        if (km_weight(e, i) > 0 && e->sizes[e->labels[i]] > 1 &&
            e->distances[i] > (row < 0 ? 0 : e->distances[row]))
            row = i;
    return row;
}

static void fill_empty(km_engine *e, int j) {
    const int policy = km_int(e, KM_PARAM_EMPTY);
    if (policy == KM_EMPTY_KEEP) {
        km_add_event(e, KM_EVENT_EMPTY_KEPT, j, -1);
        return;
    }
    const int source = policy == KM_EMPTY_FARTHEST ? farthest_row(e) : find_worst(e, j);
    if (source < 0) {
        km_add_event(e, KM_EVENT_FEW_DISTINCT, j, -1);
    } else if (policy == KM_EMPTY_FARTHEST) {
        move_point(e, source, j, 0);
        km_add_event(e, KM_EVENT_EMPTY_FARTHEST, j, source);
    } else {
        split(e, source, j);
        km_add_event(e, KM_EVENT_EMPTY_SPLIT, j, source);
    }
}

/* The members of cluster j join their nearest other centroids. */
static void dissolve(km_engine *e, int j) {
    for (int i = 0; i < e->n; i++) {
        if (e->labels[i] != j) continue;
        double least = __builtin_inf();
        int nearest = -1;
        for (int other = 0; other < e->k; other++) {
            double distance;
            if (other == j) continue;
            km_distances_to(e, e->x + i, e->n, 1, e->c + (ptrdiff_t)other * e->d, NULL, &distance);
            if (distance < least) {
                least = distance;
                nearest = other;
            }
        }
        if (nearest >= 0) move_point(e, i, nearest, least);
    }
}

static int too_small(const km_engine *e, int j) { return e->sizes[j] < km_int(e, KM_PARAM_MIN_SIZE); }

/* Dissolving small clusters and filling empty ones, unless they are kept, looks at the points. */
static int needs_points(const km_engine *e) {
    if (km_repair_pending(e)) return 1;
    for (int j = 0; j < e->k && km_int(e, KM_PARAM_EMPTY) != KM_EMPTY_KEEP; j++)
        if (km_is_empty(e, j)) return 1;
    return 0;
}

void km_repair(km_engine *e) {
    e->repaired = 0;
    if (needs_points(e)) e->assigner->write(e, 1);
    for (int j = 0; j < e->k && e->k > 1; j++) {
        if (!too_small(e, j) || e->moves >= km_int(e, KM_PARAM_N_MOVES)) continue;
        if (find_worst(e, j) < 0) continue;
        dissolve(e, j);
        const int worst = find_worst(e, j);
        split(e, worst, j);
        e->moves++;
        km_add_event(e, KM_EVENT_MIN_SIZE_SPLIT, j, worst);
    }
    for (int j = 0; j < e->k; j++)
        if (km_is_empty(e, j)) fill_empty(e, j);
    if (e->repaired) e->assigner->read(e);
}

int km_repair_pending(const km_engine *e) {
    if (e->moves >= km_int(e, KM_PARAM_N_MOVES) || e->k < 2) return 0;
    for (int j = 0; j < e->k; j++)
        if (too_small(e, j)) return 1;
    return 0;
}
