/* bounds.c: assign by bounds (Hamerly 2010) for more than three dimensions.
 *
 * Each point has a budget: how much nearer its own centroid is than any other. A centroid that moves by s
 * changes a distance by at most s, and while the moves of the own centroid and the largest of another have
 * not used the budget up the label stands. What is left is compared with all centroids, four points at a
 * time, through copies of 16 bits (bounds_copies.c); what that cannot decide goes to km_nearest, the
 * arithmetic of the plain step. */
#include "bounds.h"
#include "simd.h"
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1024, TILE = KM_BOUNDS_TILE, SETTLED = 8, MOST_JOINED = 1 << 15 };

/* Below, the plain step's squares could underflow. */
static const double least_unit = 0x1p-400;
/* So much spent, a budget's rounding would matter. */
static const double most_spent = 0x1p24;

static double wider(double v) { return v * (1 + 0x1p-40); }

/* The arrays that depend on k, whose copies are padded to an even number. */
static int prepare(km_bounds *b, int k, int d) {
    const int even = (k + 1) / 2 * 2;
    if (b->run_k < k) {
        void *memory = km_room(((double)k * (d + 3) + 1) * sizeof(double) +
                                   (double)even * (2 + b->padded) * sizeof(int32_t) +
                                   (double)even * b->padded * sizeof(int16_t),
                               1);
        if (!memory) return 0;
        free(b->run_memory);
        b->run_memory = memory;
        b->run_k = k;
    }
    b->last = b->run_memory;
    b->moved = b->last + (ptrdiff_t)k * d;
    b->spent = b->moved + k + 1; /* spent[-1], of no label, is 0 */
    b->own_error = b->spent + k;
    b->c_half_square = (int32_t *)(b->own_error + k);
    b->joined = b->c_half_square + even;
    b->joined_sums = b->joined + even;
    b->c = (int16_t *)(b->joined_sums + (ptrdiff_t)even * b->padded);
    return 1;
}

static void forget_joined(km_bounds *b, int k) {
    memset(b->joined, 0, (size_t)k * sizeof *b->joined);
    memset(b->joined_sums, 0, (size_t)k * (size_t)b->padded * sizeof *b->joined_sums);
}

/* All points will be compared. */
static void forget_budgets(const km_engine *e, km_bounds *b) {
    for (int i = 0; i < e->n; i++) b->budget[i] = -__builtin_inf();
}

static int begin(km_engine *e) {
    if (!e->bounds) e->bounds = km_bounds_create(e);
    km_bounds *b = e->bounds;
    if (!b || b->unit < least_unit || !prepare(b, e->k, e->d)) return 0;
    memset(e->labels, -1, (size_t)e->n * sizeof *e->labels);
    memcpy(b->last, e->c, (size_t)e->k * (size_t)e->d * sizeof *b->last);
    memset(b->spent - 1, 0, (size_t)(e->k + 1) * sizeof *b->spent);
    forget_joined(b, e->k);
    forget_budgets(e, b);
    e->running = (km_running){.error = __builtin_inf()};
    return 1;
}

/* How far each centroid moved since the last assign, upwards. */
static void measure_moves(const km_engine *e, km_bounds *b) {
    const int k = e->k, d = e->d;
    for (int j = 0; j < k; j++) {
        const double *c = e->c + (ptrdiff_t)j * d, *last = b->last + (ptrdiff_t)j * d;
        double sq = 0;
        for (int t = 0; t < d; t++) {
            const double move = (c[t] - last[t]) / b->unit;
            sq += move * move;
        }
        b->moved[j] =
            sq > 0 || memcmp(c, last, (size_t)d * sizeof *c) ? wider(__builtin_sqrt(sq)) + 0x1p-500 : 0;
    }
    memcpy(b->last, e->c, (size_t)k * (size_t)d * sizeof *b->last);
}

/* Takes the moves off the budgets, which is to add to what is spent. */
static void spend(const km_engine *e, km_bounds *b) {
    int most = 0, all = 0;
    double largest = 0, others = 0; /* the largest move, and of all but that centroid */
    for (int j = 0; j < e->k; j++) {
        if (b->moved[j] > largest) {
            others = largest;
            largest = b->moved[j];
            most = j;
        } else if (b->moved[j] > others) {
            others = b->moved[j];
        }
    }
    for (int j = 0; j < e->k; j++) {
        b->spent[j] = wider(b->spent[j] + b->moved[j] + (j == most ? others : largest));
        all |= !(b->spent[j] < most_spent);
    }
    if (!all) return;
    memset(b->spent, 0, (size_t)e->k * sizeof *b->spent);
    forget_budgets(e, b);
}

/* Labels as the plain step does, for points too near to tell. */
static void settle(km_engine *e, const int32_t *rows, int count, int32_t *labels) {
    double tile[KM_MAX_DIMS * SETTLED];
    for (int t = 0; t < e->d; t++)
        for (int i = 0; i < count; i++) tile[t * SETTLED + i] = e->x[(ptrdiff_t)t * e->n + rows[i]];
    km_nearest(e, tile, SETTLED, count, e->c, e->k, labels, NULL);
}

/* Finds the labels of `count` points, and sets their budgets. */
static void find_labels(km_engine *e, km_bounds *b, const int32_t *rows, int count, int32_t *labels) {
    double budgets[TILE];
    int32_t unsure[CHUNK], settled[SETTLED], some[TILE], found[TILE];
    int left = 0;
    for (int i = 0; i < count; i += TILE) {
        for (int a = 0; a < TILE; a++) some[a] = rows[i + a < count ? i + a : i];
        km_bounds_nearest(b, some, e->k, found, budgets);
        for (int a = 0; a < TILE && i + a < count; a++) {
            labels[i + a] = found[a];
            b->budget[some[a]] = budgets[a] + b->spent[found[a]];
            if (!(budgets[a] > 0) || b->half_square[some[a]] < 0) unsure[left++] = i + a;
        }
    }
    e->computed += (double)count * e->k + (double)left * e->k;
    for (int i = 0; i < left; i += SETTLED) {
        int32_t row[SETTLED];
        const int some_left = left - i < SETTLED ? left - i : SETTLED;
        for (int a = 0; a < some_left; a++) row[a] = rows[unsure[i + a]];
        settle(e, row, some_left, settled);
        for (int a = 0; a < some_left; a++) {
            labels[unsure[i + a]] = settled[a];
            b->budget[row[a]] = -__builtin_inf();
        }
    }
}

/* Takes what joined and left into the sums of the clusters. */
static void add_joined(km_engine *e, km_bounds *b) {
    for (int j = 0; j < e->k; j++) {
        for (int t = 0; t < e->d; t++) {
            const double to_hi = e->grid[t].to_hi;
            e->sums[(ptrdiff_t)j * e->d + t].hi +=
                (int64_t)(b->joined_sums[(ptrdiff_t)j * b->padded + t] * b->unit * to_hi) +
                b->joined[j] * (int64_t)(b->origin[t] * to_hi);
        }
    }
    forget_joined(b, e->k);
}

/* What it does to the inertia that a point moves. */
static void follow_point(km_engine *e, int i, int from, int to) {
    double before = 0, after = 0;
    for (int t = 0; t < e->d; t++) {
        const double x = e->x[(ptrdiff_t)t * e->n + i], old = x - e->c[(ptrdiff_t)from * e->d + t],
                     new = x - e->c[(ptrdiff_t)to * e->d + t];
        before += old * old;
        after += new *new;
    }
    km_running_add(&e->running, after - before, after + before, 0);
}

static void join(km_bounds *b, int i, int j, int sign) {
    const int16_t *x = b->x + (ptrdiff_t)i * b->padded;
    int32_t *sums = b->joined_sums + (ptrdiff_t)j * b->padded;
    for (int t = 0; t < b->padded; t += 4) {
        const i32x4 sum = i32x4_load(sums + t) + sign * i32x4_from(x + t);
        memcpy(sums + t, &sum, sizeof sum);
    }
    b->joined[j] += sign;
}

/* Moves a point to cluster j. */
static void move_point(km_engine *e, km_bounds *b, int i, int j) {
    const int from = e->labels[i];
    if (km_running_holds(&e->running)) follow_point(e, i, from, j);
    e->changed++;
    if (!b->exact) {
        km_relabel(e, i, j);
        return;
    }
    const km_sum weight = km_weight_sum(e, i);
    if (from >= 0) {
        e->sizes[from]--;
        km_sum_add(&e->weight_sums[from], weight, -1);
        join(b, i, from, -1);
    }
    e->sizes[j]++;
    km_sum_add(&e->weight_sums[j], weight, 1);
    join(b, i, j, 1);
    e->labels[i] = j;
    if (e->changed % MOST_JOINED == 0) add_joined(e, b);
}

/* The inertia is kept by differences while somebody asks for it after every half-step; else it is added up
 * when somebody does. */
static void resume_inertia(km_engine *e) {
    if (!e->inertia_due && !km_running_holds(&e->running) && e->inertia >= 0)
        e->running = (km_running){.total = e->inertia, .error = e->inertia * 0x1p-48};
}

static void assign(km_engine *e) {
    km_bounds *b = e->bounds;
    int32_t rows[CHUNK], labels[CHUNK];
    resume_inertia(e);
    measure_moves(e, b);
    spend(e, b);
    km_bounds_copy_centroids(b, e);
    e->changed = 0;
    e->touched = e->computed = 0;
    for (int start = 0; start < e->n; start += CHUNK) {
        const int end = e->n - start < CHUNK ? e->n : start + CHUNK;
        int count = 0;
        for (int i = start; i < end; i++) {
            rows[count] = i;
            count += !(b->budget[i] > b->spent[e->labels[i]]);
        }
        find_labels(e, b, rows, count, labels);
        e->touched += count;
        for (int i = 0; i < count; i++)
            if (labels[i] != e->labels[rows[i]]) move_point(e, b, rows[i], labels[i]);
    }
    if (b->exact) add_joined(e, b);
    km_running_finish(e);
}

static void follow(km_engine *e) {
    resume_inertia(e);
    if (km_running_holds(&e->running)) km_running_follow(e, &e->running);
    km_running_finish(e);
}

/* e->labels are always those of the last half-step. */
static void write(km_engine *e, int distances) {
    if (distances) km_distances_to(e, e->x, e->n, e->n, e->c, e->labels, e->distances);
}

static void read(km_engine *e) {
    forget_budgets(e, e->bounds);
    e->running.error = __builtin_inf();
    e->inertia_due = KM_DUE_DISTANCES;
}

const km_assigner km_by_bounds = {KM_METHOD_BOUNDS, begin, assign, follow, write, read};
