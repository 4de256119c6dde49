/* restarts.c: several runs, of which the best is kept. Only seeds and results are remembered: the winner is
 * run again, which costs one run and needs no second copy of a million labels. A run that comes to where an
 * earlier one was is not walked to its end, see trails.h: it can be no better. Runs of few points are hurried
 * through, see few.h; what needs care, and the last run, are left to the half-steps of engine.c. */
#include "trails.h"
#include <stdlib.h>
#include <string.h>

static int32_t *start_rows_of(const km_engine *e, int r) { return e->restart_rows + (ptrdiff_t)r * e->k; }

static km_status begin_restart(km_engine *e, int r) {
    const km_status s = km_init(e, e->restarts[r].seed);
    if (!s) memcpy(start_rows_of(e, r), e->start_rows, (size_t)e->k * sizeof *e->start_rows);
    return s;
}

km_status km_restarts_begin(km_engine *e) {
    const int total = (int)e->params[KM_PARAM_RESTARTS];
    const double seed = e->params[KM_PARAM_SEED];
    if (seed + total - 1 > 0x1p53 - 1)
        return km_fail(e, KM_ERR_PARAM, "seed + restarts - 1 must be at most 2^53 - 1");
    km_restart *restarts = km_array(total, sizeof *restarts);
    int32_t *rows = km_array((double)total * e->params[KM_PARAM_K], sizeof *rows);
    if (!restarts || !rows) {
        free(restarts);
        free(rows);
        return km_fail(e, KM_ERR_MEMORY, "for %d restarts", total);
    }
    for (int r = 0; r < total; r++) restarts[r].seed = seed + r;
    free(e->restarts);
    free(e->restart_rows);
    km_trails_free(e->trails);
    e->restarts = restarts;
    e->restart_rows = rows;
    e->trails = NULL;
    e->restart_total = total;
    e->restarts_done = e->restarts_replaying = 0;
    e->best_restart = 0;
    const km_status s = begin_restart(e, 0);
    if (s) e->restart_total = 0;
    else if (total > 1) e->trails = km_trails_create(e);
    return s;
}

/* A later run replaces the best only if it is better by more than rounding (scikit-learn #20200). */
static int better(double inertia, double best) { return inertia < best * (1 - 1e-12); }

static km_restart outcome(km_engine *e, double seed) {
    return (km_restart){.seed = seed,
                        .inertia = km_inertia(e),
                        .iterations = e->iteration,
                        .converged = e->converged,
                        .ordered = e->iteration};
}

/* Whether the end of the run under way is known from an earlier one, which leaves the run where it is. */
static int foresee(km_engine *e) {
    const int r = e->restarts_done;
    return e->trails && e->phase == KM_PHASE_ASSIGN && !e->restarts_replaying && r < e->restart_total &&
           km_trails_meet(e->trails, e, r);
}

/* Takes a run of few points whose start stands from there to its end, as far as that needs no care. 0 when it
 * is left: then it has to begin again. */
static int hurry(km_engine *e, km_few *few) {
    const int r = e->restarts_done;
    km_restart *run = &e->restarts[r];
    run->ordered = 0;
    for (e->iteration = 1; e->iteration <= km_int(e, KM_PARAM_MAX_ITER); e->iteration++) {
        const km_few_next next = km_few_step(few, e, &run->ordered);
        if (next == KM_FEW_LEAVES) return 0;
        if (next == KM_FEW_ENDS) {
            run->inertia = km_few_inertia(few, e);
            run->iterations = e->iteration;
            run->converged = 1;
            return 1;
        }
        if (km_trails_meet_few(e->trails, e, r)) return 1;
    }
    return 0;
}

/* Draws the start of a restart, of the same parameters, and no more: the run is not begun. */
static void draw_start(km_engine *e, km_few *few, int r) {
    e->few = few;
    km_rng_seed(&e->rng, e->restarts[r].seed);
    km_choose_start(e);
    e->few = NULL;
    memcpy(start_rows_of(e, r), e->start_rows, (size_t)e->k * sizeof *e->start_rows);
}

/* Notes that the run under way has ended. */
static void end_restart(km_engine *e) {
    const int r = e->restarts_done++;
    if (r == 0 || better(e->restarts[r].inertia, e->restarts[e->best_restart].inertia)) e->best_restart = r;
}

/* As many restarts of few points as can be had that way, at most `most`; then the next begins. */
static km_status hurry_all(km_engine *e, int most, int *count) {
    km_few *few = e->trails && e->phase == KM_PHASE_ASSIGN && e->iteration == 0 && !e->restarts_replaying &&
                          e->restarts_done < e->restart_total - 1
                      ? km_trails_few(e->trails, e)
                      : NULL;
    *count = 0;
    if (!few ||
        memcmp(e->start_rows, start_rows_of(e, e->restarts_done), (size_t)e->k * sizeof *e->start_rows))
        return KM_OK;
    int ended = 1;
    while (*count < most && e->restarts_done < e->restart_total - 1 && (ended = hurry(e, few))) {
        ++*count;
        end_restart(e);
        draw_start(e, few, e->restarts_done);
    }
    return begin_restart(e, e->restarts_done);
}

km_status km_restarts_advance(km_engine *e, int max_half_steps) {
    if (e->restart_total == 0) return km_fail(e, KM_ERR_PHASE, "no restarts have begun");
    for (int i = 0; i < max_half_steps; i++) {
        int hurried;
        km_status s = hurry_all(e, max_half_steps - i, &hurried);
        if (s) return s;
        if ((i += hurried) == max_half_steps) break;
        const int foreseen = foresee(e);
        if (!foreseen && e->phase != KM_PHASE_DONE && (s = km_half_step(e))) return s;
        if (!foreseen && e->phase != KM_PHASE_DONE) continue;
        if (e->restarts_replaying || e->restarts_done == e->restart_total) return KM_OK;

        if (!foreseen) e->restarts[e->restarts_done] = outcome(e, e->restarts[e->restarts_done].seed);
        end_restart(e);
        const int all = e->restarts_done == e->restart_total;
        if (all && e->best_restart == e->restart_total - 1) return KM_OK;
        e->restarts_replaying = all;
        if ((s = begin_restart(e, all ? e->best_restart : e->restarts_done))) return s;
    }
    return KM_MORE;
}

int km_restarts_done(const km_engine *e) { return e->restarts_done; }
int km_best_restart(const km_engine *e) { return e->best_restart; }

static int known(const km_engine *e, int r) { return r >= 0 && r < e->restarts_done; }

double km_restart_seed(const km_engine *e, int r) { return known(e, r) ? e->restarts[r].seed : -1; }
double km_restart_inertia(const km_engine *e, int r) {
    return known(e, r) ? e->restarts[r].inertia : __builtin_nan("");
}
int km_restart_iterations(const km_engine *e, int r) { return known(e, r) ? e->restarts[r].iterations : 0; }
const int32_t *km_restart_rows(const km_engine *e, int r) { return known(e, r) ? start_rows_of(e, r) : NULL; }
