/* engine.c: an engine's life, its parameters, and the half-steps of a run (Lloyd 1982). */
#include "assign.h"
#include "boxes.h"
#include "custom.h"
#include "params.h"
#include "text.h"
#include "trails.h"
#include <stdlib.h>
#include <string.h>

km_engine *km_create(void) {
    km_engine *e = km_array(1, sizeof *e);
    if (!e) return NULL;
    for (int p = 0; p < KM_PARAM_COUNT; p++) e->params[p] = e->active[p] = km_param_table[p].initial;
    e->inertia = __builtin_nan("");
    e->assigner = &km_by_brute_force;
    e->only = KM_METHOD_COUNT;
    e->leaf = KM_BOX_LEAF;
    return e;
}

void km_end_run(km_engine *e) {
    free(e->run_memory);
    e->run_memory = NULL;
    e->assigner = &km_by_brute_force;
    e->k = e->iteration = e->changed = e->converged = e->event_count = 0;
    e->shift = e->touched = e->computed = 0;
    e->inertia = __builtin_nan("");
    e->inertia_due = 0;
    e->phase = KM_PHASE_NONE;
}

void km_destroy(km_engine *e) {
    if (!e) return;
    km_custom_free(e);
    km_forget_points(e);
    free(e->restarts);
    free(e->restart_rows);
    km_trails_free(e->trails);
    free(e);
}

static int can_exist(double bytes) { return bytes >= 0 && bytes < 0x1p40 && bytes <= (double)(SIZE_MAX / 2); }

void *km_array(double count, size_t size) {
    const double bytes = count * (double)size;
    return can_exist(bytes) ? calloc(bytes > 0 ? (size_t)count : 1, size) : NULL;
}

void *km_room(double count, size_t size) {
    const double bytes = count * (double)size;
    return can_exist(bytes) ? malloc(bytes > 0 ? (size_t)bytes : 1) : NULL;
}

void *km_alloc(double bytes) { return km_array((double)bytes, 1); }
void km_free(void *p) { free(p); }

const char *km_status_text(km_status s) {
    static const char *const texts[] = {
#define STATUS(id, text) text,
#include "defs/status.def"
#undef STATUS
    };
    return (unsigned)s < KM_STATUS_COUNT ? texts[s] : "unknown status";
}

const char *km_error(const km_engine *e) { return e->error; }

km_status km_fail(km_engine *e, km_status s, const char *detail, ...) {
    km_text t = km_text_in(e->error, sizeof e->error);
    va_list arguments;
    km_text_print(&t, "%s: ", km_status_text(s));
    va_start(arguments, detail);
    km_text_print_list(&t, detail, arguments);
    va_end(arguments);
    return s;
}

km_status km_set(km_engine *e, km_param p, double value) {
    if ((unsigned)p >= KM_PARAM_COUNT) return km_fail(e, KM_ERR_PARAM, "there is no parameter %d", (int)p);
    const km_param_entry *entry = &km_param_table[p];
    if (!(value >= entry->min && value <= entry->max))
        return km_fail(e, KM_ERR_PARAM, "%s must be from %g to %g", entry->name, entry->min, entry->max);
    if (!km_param_fits(p, value)) return km_fail(e, KM_ERR_PARAM, "%s must be a whole number", entry->name);
    e->params[p] = value;
    return KM_OK;
}

double km_get(const km_engine *e, km_param p) { return (unsigned)p < KM_PARAM_COUNT ? e->params[p] : 0; }

/* --- beginning a run --- */

/* Cuts an array off a block that is measured first (at = NULL) and carved then. */
static void *carve(char **at, uint64_t *bytes, int64_t count, size_t size) {
    const uint64_t padded = ((uint64_t)count * size + 15) / 16 * 16;
    void *here = *at;
    *bytes += padded;
    if (*at) *at += padded;
    return here;
}

static void carve_run(km_engine *e, char *at, int k, uint64_t *bytes) {
    const int64_t kd = (int64_t)k * e->d;
    const int center = (int)e->params[KM_PARAM_CENTER];
    e->sums = carve(&at, bytes, kd, sizeof *e->sums);
    e->weight_sums = carve(&at, bytes, k, sizeof *e->weight_sums);
    e->c = carve(&at, bytes, kd, sizeof *e->c);
    e->previous = carve(&at, bytes, kd, sizeof *e->previous);
    e->cost = carve(&at, bytes, k, sizeof *e->cost);
    e->members = carve(&at, bytes, center == KM_CENTER_MEDOID ? (int64_t)e->n * e->d : 0, sizeof *e->members);
    const int groups = center != KM_CENTER_MEAN || km_has(e, KM_HOOK_CENTER);
    e->chances = carve(&at, bytes, km_has(e, KM_HOOK_SEED_WEIGHT) ? e->n : 0, sizeof *e->chances);
    const int batch = (int)e->params[KM_PARAM_BATCH] < e->n ? (int)e->params[KM_PARAM_BATCH] : 0;
    e->order = carve(&at, bytes, groups ? e->n : batch, sizeof *e->order);
    e->drawn = carve(&at, bytes, batch, sizeof *e->drawn);
    e->seen = carve(&at, bytes, batch ? k : 0, sizeof *e->seen);
    e->sizes = carve(&at, bytes, k, sizeof *e->sizes);
    e->first = carve(&at, bytes, k + 1, sizeof *e->first);
    e->start_rows = carve(&at, bytes, k, sizeof *e->start_rows);
    e->events = carve(&at, bytes, 3 * (2 * k + 1), sizeof *e->events);
}

/* Memory for a run by the parameters as set. When it cannot be had, the run that was stays. */
static km_status prepare_run(km_engine *e, int k) {
    km_engine sizes = *e;
    uint64_t bytes = 0;
    carve_run(&sizes, NULL, k, &bytes);
    char *memory = km_array((double)bytes, 1);
    if (!memory) return km_fail(e, KM_ERR_MEMORY, "for %d centroids of %d coordinates", k, e->d);
    free(e->run_memory);
    e->run_memory = memory;
    carve_run(e, memory, k, &bytes);
    e->k = k;
    memcpy(e->active, e->params, sizeof e->active);
    return KM_OK;
}

/* A function of the program whose result was not finite ends the run. */
static km_status stop_on_failure(km_engine *e) {
    const km_status s = km_custom_failed(e);
    if (s) e->phase = KM_PHASE_NONE;
    return s;
}

static void begin_run(km_engine *e) {
    memcpy(e->previous, e->c, (size_t)e->k * (size_t)e->d * sizeof *e->c);
    km_begin_assigner(e);
    e->iteration = e->changed = e->moves = e->settled = e->converged = e->event_count = 0;
    e->shift = e->touched = e->computed = 0;
    e->inertia = __builtin_nan("");
    e->inertia_due = 0;
    e->phase = KM_PHASE_ASSIGN;
}

static km_status check_k(km_engine *e, double k, km_center_choice center) {
    if (e->n == 0) return km_fail(e, KM_ERR_EMPTY_DATA, "load points first");
    if (!(k >= 1 && k <= e->n)) return km_fail(e, KM_ERR_K, "k is %g and there are %d points", k, e->n);
    if (center == KM_CENTER_MEDOID && e->n > KM_MAX_MEDOID_POINTS)
        return km_fail(e, KM_ERR_MEDOID_SIZE, "there are %d", e->n);
    return KM_OK;
}

km_status km_init(km_engine *e, double seed) {
    const double k = e->params[KM_PARAM_K];
    km_status s = check_k(e, k, (km_center_choice)e->params[KM_PARAM_CENTER]);
    if (s) return s;
    if ((s = km_custom_prepare(e))) return s;
    if (!(seed >= 0 && seed <= 0x1p53 - 1))
        return km_fail(e, KM_ERR_PARAM, "seed must be from 0 to 2^53 - 1");
    const int manual = (int)e->params[KM_PARAM_INIT] == KM_INIT_MANUAL;
    if (manual && e->given_k != (int)k)
        return km_fail(e, KM_ERR_NO_CENTROIDS, "%d are given and k is %g", e->given_k, k);
    if ((s = prepare_run(e, (int)k))) return s;
    km_rng_seed(&e->rng, seed);
    if (manual) {
        memcpy(e->c, e->given, (size_t)e->k * (size_t)e->d * sizeof *e->c);
        memset(e->start_rows, -1, (size_t)e->k * sizeof *e->start_rows);
    } else {
        km_choose_start(e);
    }
    begin_run(e);
    return stop_on_failure(e);
}

km_status km_init_at(km_engine *e, const double *centroids, int k) {
    km_status s = check_k(e, k, (km_center_choice)e->params[KM_PARAM_CENTER]);
    if (!s) s = km_custom_prepare(e);
    if (s) return s;
    for (int i = 0; i < k * e->d; i++)
        if (!(centroids[i] >= -KM_LARGEST && centroids[i] <= KM_LARGEST))
            return km_fail(e, KM_ERR_CENTROIDS, "centroid %d, coordinate %d is not finite or too large",
                           i / e->d + 1, i % e->d + 1);
    double *given = km_array((double)k * e->d, sizeof *given);
    if (!given) return km_fail(e, KM_ERR_MEMORY, "for %d centroids", k);
    const double k_before = e->params[KM_PARAM_K];
    memcpy(given, centroids, (size_t)k * (size_t)e->d * sizeof *given);
    e->params[KM_PARAM_K] = k;
    if ((s = prepare_run(e, k))) {
        e->params[KM_PARAM_K] = k_before;
        free(given);
        return s;
    }
    free(e->given);
    e->given = given;
    e->given_k = k;
    km_rng_seed(&e->rng, e->active[KM_PARAM_SEED]);
    memcpy(e->c, given, (size_t)k * (size_t)e->d * sizeof *e->c);
    memset(e->start_rows, -1, (size_t)k * sizeof *e->start_rows);
    begin_run(e);
    return KM_OK;
}

/* --- half-steps --- */

void km_relabel(km_engine *e, int i, int j) {
    const int from = e->labels[i], d = e->d;
    const km_sum weight = km_weight_sum(e, i);
    if (from >= 0) {
        e->sizes[from]--;
        km_sum_add(&e->weight_sums[from], weight, -1);
    }
    if (j >= 0) {
        e->sizes[j]++;
        km_sum_add(&e->weight_sums[j], weight, 1);
    }
    const double *x = e->x + i;
    const km_sum *parts = e->parts ? e->parts + (ptrdiff_t)i * d : NULL;
    for (int t = 0; t < d; t++) {
        const km_sum v = parts ? parts[t] : km_coordinate_sum(e, i, t, x[(ptrdiff_t)t * e->n]);
        if (from >= 0) km_sum_add(&e->sums[(ptrdiff_t)from * d + t], v, -1);
        if (j >= 0) km_sum_add(&e->sums[(ptrdiff_t)j * d + t], v, 1);
    }
    e->labels[i] = j;
}

/* The faster ways keep the inertia by differences, whose last bits depend on what earlier runs left in their
 * boxes. The final one is added up point by point: a result is the same to the bit whatever ran before. */
static void finish_run(km_engine *e) {
    if (e->assigner->method != KM_METHOD_BRUTE_FORCE) {
        e->assigner->write(e, 0);
        e->inertia = km_total_distance(e);
        e->inertia_due = 0;
    }
    e->phase = KM_PHASE_DONE;
}

km_status km_assign(km_engine *e) {
    if (e->phase != KM_PHASE_ASSIGN && e->phase != KM_PHASE_SETTLE)
        return km_fail(e, KM_ERR_PHASE, "assign is not next");
    const int settling = e->phase == KM_PHASE_SETTLE;
    e->event_count = 0;
    if (!settling) e->iteration++;
    e->assigner->assign(e);
    const km_status failed = stop_on_failure(e);
    if (failed) return failed;

    if (settling) {
        finish_run(e);
        if (!e->converged) km_add_event(e, KM_EVENT_MAX_ITER, -1, -1);
        return KM_OK;
    }
    e->phase = KM_PHASE_UPDATE;
    e->assigned_before = e->assigned;
    if (e->custom) km_settle_inertia(e);
    e->assigned = e->inertia; /* for stop() */
    e->settled = e->changed == 0 ? e->settled + 1 : 0;
    if (e->settled >= (km_batch(e) ? KM_BATCH_PATIENCE : 1) && !km_repair_pending(e)) {
        e->converged = 1;
        finish_run(e);
    }
    return KM_OK;
}

/* Largest and summed squared move of the centroids in the last update. */
static double measure_shift(km_engine *e) {
    double largest_sq = 0, sum_sq = 0;
    for (int j = 0; j < e->k; j++) {
        double sq = 0;
        for (int t = 0; t < e->d; t++) {
            const double move = e->c[(ptrdiff_t)j * e->d + t] - e->previous[(ptrdiff_t)j * e->d + t];
            sq += move * move;
        }
        if (sq > largest_sq) largest_sq = sq;
        sum_sq += sq;
    }
    e->shift = __builtin_sqrt(largest_sq);
    return sum_sq;
}

km_status km_update(km_engine *e) {
    if (e->phase != KM_PHASE_UPDATE) return km_fail(e, KM_ERR_PHASE, "update is not next");
    const size_t bytes = (size_t)e->k * (size_t)e->d * sizeof *e->c;
    e->event_count = 0;
    memcpy(e->previous, e->c, bytes);
    km_repair(e);
    /* What was repaired may not be among the points drawn: then all points count. */
    const int by_batch = km_batch(e) > 0 && e->repaired == 0;
    if (by_batch) km_move_by_batch(e);
    else km_move_centroids(e);
    const double shift_sq = measure_shift(e);
    e->assigner->follow(e);
    const int asked_to_stop = km_has(e, KM_HOOK_STOP) && e->iteration > 1 && km_custom_stop(e);
    const km_status failed = stop_on_failure(e);
    if (failed) return failed;

    /* Labels are those nearest to the centroids before the update: exact for the new ones only if none moved.
     * A first batch moves nothing when it draws only points on their centroids, as those chosen at the start
     * are. */
    if (memcmp(e->previous, e->c, bytes) == 0 && e->repaired == 0 && !(by_batch && e->iteration == 1)) {
        e->converged = 1;
        finish_run(e);
    } else if (asked_to_stop ||
               (e->active[KM_PARAM_TOL] > 0 && shift_sq <= e->active[KM_PARAM_TOL] * km_mean_variance(e))) {
        e->converged = 1;
        e->phase = KM_PHASE_SETTLE;
    } else if (e->iteration >= km_int(e, KM_PARAM_MAX_ITER)) {
        e->phase = KM_PHASE_SETTLE;
    } else {
        e->phase = KM_PHASE_ASSIGN;
    }
    return KM_OK;
}

km_status km_half_step(km_engine *e) {
    switch (e->phase) {
    case KM_PHASE_ASSIGN:
    case KM_PHASE_SETTLE: return km_assign(e);
    case KM_PHASE_UPDATE: return km_update(e);
    case KM_PHASE_DONE: return KM_OK;
    default: return km_fail(e, KM_ERR_PHASE, "there are no centroids yet");
    }
}

km_status km_step(km_engine *e) {
    const km_status s = km_half_step(e);
    return s || e->phase != KM_PHASE_UPDATE ? s : km_half_step(e);
}

km_status km_run(km_engine *e, int max_half_steps) {
    for (int i = 0; i < max_half_steps; i++) {
        if (e->phase == KM_PHASE_DONE) return KM_OK;
        const km_status s = km_half_step(e);
        if (s) return s;
    }
    return e->phase == KM_PHASE_DONE ? KM_OK : KM_MORE;
}

void km_add_event(km_engine *e, km_event_type type, int cluster, int other) {
    KM_CHECK(e->event_count < 2 * e->k + 1);
    int32_t *at = e->events + 3 * e->event_count++;
    at[0] = (int32_t)type;
    at[1] = cluster;
    at[2] = other;
}

double km_label_points(km_engine *e, const double *centroids, int k, int32_t *labels) {
    return km_relabel_points(e, NULL, centroids, k, labels, NULL);
}

double km_relabel_points(km_engine *e, const double *from, const double *centroids, int k, int32_t *labels,
                         int32_t *sizes) {
    enum { BLOCK = 1024 };
    double distances[BLOCK], total = 0;
    if (e->assigner == &km_by_boxes && k <= e->boxes->run_k) {
        const double inertia = km_boxes_label(e, e->boxes, centroids, k, from, labels, sizes);
        if (inertia >= 0) return inertia;
    }
    if (sizes) memset(sizes, 0, (size_t)k * sizeof *sizes);
    for (int start = 0; start < e->n; start += BLOCK) {
        const int count = e->n - start < BLOCK ? e->n - start : BLOCK;
        km_nearest(e, e->x + start, e->n, count, centroids, k, labels + start, distances);
        for (int i = 0; sizes && i < count; i++) sizes[labels[start + i]]++;
        total += km_weighted_total(distances, e->w ? e->w + start : NULL, count);
    }
    return total;
}

/* --- getters --- */

km_phase km_phase_next(const km_engine *e) { return e->phase; }
int km_k(const km_engine *e) { return e->k; }
int km_n(const km_engine *e) { return e->n; }
int km_d(const km_engine *e) { return e->d; }
const double *km_column(const km_engine *e, int j) { return e->x + (ptrdiff_t)j * e->n; }
int km_iteration(const km_engine *e) { return e->iteration; }
int km_converged(const km_engine *e) { return e->converged; }
int km_changed(const km_engine *e) { return e->changed; }
double km_shift(const km_engine *e) { return e->shift; }
double km_inertia(const km_engine *e) {
    km_settle_inertia((km_engine *)(uintptr_t)e); /* its own memory catches up, as for the labels below */
    return e->inertia;
}
const double *km_centroids(const km_engine *e) { return e->c; }
const int32_t *km_labels(const km_engine *e) {
    /* The engine's own memory catches up with the state it stands for. */
    if (e->run_memory) e->assigner->write((km_engine *)(uintptr_t)e, 0);
    else if (e->n > 0) memset(e->labels, -1, (size_t)e->n * sizeof *e->labels); /* no run has begun */
    return e->labels;
}
const int32_t *km_sizes(const km_engine *e) { return e->sizes; }
const int32_t *km_start_rows(const km_engine *e) { return e->start_rows; }
int km_event_count(const km_engine *e) { return e->event_count; }
const int32_t *km_events(const km_engine *e) { return e->events; }
int km_silhouette_points(const km_engine *e) { return e->silhouette_points; }
int km_method_used(const km_engine *e) { return (int)e->assigner->method; }
double km_points_touched(const km_engine *e) { return e->touched; }
double km_distances_computed(const km_engine *e) { return e->computed; }
