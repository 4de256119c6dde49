/* cli_run.c: all restarts, then the best one recorded half-step by half-step. */
#include "cli.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(const cli_run *run, const km_engine *e, km_status s) {
    if (s == KM_ERR_NO_CENTROIDS) cli_fail("%s; give them with --init FILE.csv", km_status_text(s));
    if (s && s != KM_MORE) cli_fail_in_run(e, run->program);
}

static void *grown(void *array, int count, size_t size) {
    /* A power of two was full. */
    if (count & (count - 1)) return array;
    void *const bigger = realloc(array, 2 * (size_t)(count ? count : 1) * size);
    if (!bigger) cli_fail("not enough memory");
    return bigger;
}

static void record_half_step(km_engine *e, cli_run *run) {
    check(run, e, km_half_step(e));
    run->history = grown(run->history, run->history_count, sizeof *run->history);
    run->history[run->history_count++] = km_inertia(e);
    const int32_t *event = km_events(e);
    for (int i = 0; i < km_event_count(e); i++, event += 3) {
        run->events = grown(run->events, run->event_count, sizeof *run->events);
        run->events[run->event_count++] = (cli_event){km_iteration(e), event[0], event[1], event[2]};
    }
}

static int32_t *copy_rows(const int32_t *rows, int k) {
    int32_t *const copy = cli_array((size_t)k, sizeof *copy);
    return memcpy(copy, rows, (size_t)k * sizeof *copy);
}

/* Runs the restarts and begins the best again; a single one is only begun. */
static void begin_best(km_engine *e, cli_run *run) {
    const int count = (int)km_get(e, KM_PARAM_RESTARTS);
    run->restart_count = count;
    run->restarts = cli_array((size_t)count, sizeof *run->restarts);
    if (count == 1) {
        run->restarts[0].seed = km_get(e, KM_PARAM_SEED);
        check(run, e, km_init(e, run->restarts[0].seed));
        return;
    }
    check(run, e, km_restarts_begin(e));
    for (km_status s = KM_MORE; s == KM_MORE;) check(run, e, s = km_restarts_advance(e, 1 << 20));
    for (int r = 0; r < count; r++)
        run->restarts[r] =
            (cli_restart){.seed = km_restart_seed(e, r),
                          .inertia = km_restart_inertia(e, r),
                          .iterations = km_restart_iterations(e, r),
                          .start = copy_rows(km_restart_rows(e, r), (int)km_get(e, KM_PARAM_K))};
    run->best = km_best_restart(e);
    check(run, e, km_init(e, run->restarts[run->best].seed));
}

static void begin_given(km_engine *e, const double *centroids, int k, cli_run *run) {
    if (km_get(e, KM_PARAM_RESTARTS) > 1)
        fputs("kmeans: note: --init gives the start, so one run is made, not several\n", stderr);
    check(run, e, km_set(e, KM_PARAM_INIT, KM_INIT_MANUAL));
    check(run, e, km_set(e, KM_PARAM_RESTARTS, 1));
    check(run, e, km_init_at(e, centroids, k));
    run->restart_count = 1;
    run->restarts = cli_array(1, sizeof *run->restarts);
    run->restarts[0].seed = -1;
}

cli_run cli_run_all(km_engine *e, const cli_program *program, const cli_data *data, const double *centroids,
                    int k) {
    cli_run run = {.program = program};
    if (centroids) begin_given(e, centroids, k, &run);
    else begin_best(e, &run);
    if (!centroids && run.restart_count == 1) run.restarts[0].start = copy_rows(km_start_rows(e), km_k(e));
    while (km_phase_next(e) != KM_PHASE_DONE) record_half_step(e, &run);
    run.restarts[run.best].inertia = km_inertia(e);
    run.restarts[run.best].iterations = km_iteration(e);

    const int d = data->d;
    run.centroids = cli_array((size_t)km_k(e) * (size_t)d, sizeof *run.centroids);
    for (int i = 0; i < km_k(e) * d; i++)
        run.centroids[i] = km_centroids(e)[i] * data->scale[i % d] + data->offset[i % d];
    check(&run, e, km_metrics(e, data->truth, run.metrics));
    return run;
}
