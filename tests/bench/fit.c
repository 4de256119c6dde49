/* fit.c: times the native engine: fit N D K ITERATIONS RESTARTS METHOD. Standard input has N * D doubles
 * (column-major) and K * D (row-major), which is where the run starts unless there are RESTARTS. METHOD 1
 * gives every point the weight 1, which leaves the engine brute force alone. Prints, a line each:
 * the digest of the result; milliseconds of the fit, points in memory to final labels and inertia; the
 * inertia; how many iterations; milliseconds of one reading of all coordinates; of one iteration when the run
 * is at its end. */
#define _POSIX_C_SOURCE 199309L
#include "kmeans.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LANES = 16 };

static double milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void run(km_engine *e, const double *start, int k, int restarts) {
    if (restarts > 0) {
        km_restarts_begin(e);
        while (km_restarts_advance(e, 1000000) == KM_MORE) continue;
    } else {
        km_init_at(e, start, k);
        while (km_run(e, 1000000) == KM_MORE) continue;
    }
}

/* The fastest of several; the sum goes out, so that nothing is left away. */
static double time_reading(const double *x, int count, double *sum) {
    double least = __builtin_inf();
    for (int round = 0; round < 7; round++) {
        double lane[LANES] = {0};
        const double before = milliseconds();
        for (int i = 0; i + LANES <= count; i += LANES)
            for (int l = 0; l < LANES; l++) lane[l] += x[i + l];
        for (int l = 0; l < LANES; l++) *sum += lane[l];
        const double took = milliseconds() - before;
        if (took < least) least = took;
    }
    return least;
}

/* Assign and update among the last of a run; the least of five. */
static double time_iteration(km_engine *e, const double *start, int k, int iterations) {
    double least = __builtin_inf();
    km_init_at(e, start, k);
    for (int i = 0; i < iterations && km_phase_next(e) != KM_PHASE_DONE; i++) {
        const double before = milliseconds();
        km_step(e);
        const double took = milliseconds() - before;
        if (i >= iterations - 5 && took < least) least = took;
    }
    return least;
}

int main(int argc, char **argv) {
    if (argc != 7) return 2;
    const int n = atoi(argv[1]), d = atoi(argv[2]), k = atoi(argv[3]), iterations = atoi(argv[4]),
              restarts = atoi(argv[5]), plain = atoi(argv[6]);
    double *columns = km_alloc((double)n * d * sizeof *columns), *ones = malloc((size_t)n * sizeof *ones);
    double *start = malloc((size_t)k * (size_t)d * sizeof *start), sum = 0;
    if (!columns || !start || !ones) return 1;
    if (fread(columns, sizeof *columns * (size_t)d, (size_t)n, stdin) != (size_t)n) return 1;
    if (fread(start, sizeof *start * (size_t)d, (size_t)k, stdin) != (size_t)k) return 1;
    for (int i = 0; i < n; i++) ones[i] = 1;
    const double reading = time_reading(columns, n * d, &sum);
    km_engine *e = km_create();
    if (!e) return 1;
    km_set(e, KM_PARAM_K, k);
    km_set(e, KM_PARAM_MAX_ITER, iterations);
    km_set(e, KM_PARAM_EMPTY, KM_EMPTY_KEEP);
    km_set(e, KM_PARAM_RESTARTS, restarts > 0 ? restarts : 1);
    const double before = milliseconds();
    if (km_adopt(e, columns, plain ? ones : NULL, n, d) != KM_OK) return 1;
    run(e, start, k, restarts);
    km_labels(e);
    const double inertia = km_inertia(e), fit = milliseconds() - before;
    const int count = km_iteration(e);
    printf("%s\n%.6f\n%.17g\n%d\n", km_digest(e), fit, inertia, count);
    printf("%.6f\n%.6f\n", reading, time_iteration(e, start, k, count));
    return sum == 0.5; /* never, as good as */
}
