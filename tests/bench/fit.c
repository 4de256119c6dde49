/* fit.c: times the native engine on points from standard input: ./fit N D K ITERATIONS ROUNDS. Reads N * D
 * doubles (column-major) and K * D (row-major); prints milliseconds of each round and the inertia. */
#define _POSIX_C_SOURCE 199309L
#include "kmeans.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 6) return 2;
    const int n = atoi(argv[1]), d = atoi(argv[2]), k = atoi(argv[3]), iterations = atoi(argv[4]),
              rounds = atoi(argv[5]);
    double *columns = malloc((size_t)n * (size_t)d * sizeof *columns);
    double *start = malloc((size_t)k * (size_t)d * sizeof *start);
    if (!columns || !start) return 1;
    if (fread(columns, sizeof *columns * (size_t)d, (size_t)n, stdin) != (size_t)n) return 1;
    if (fread(start, sizeof *start * (size_t)d, (size_t)k, stdin) != (size_t)k) return 1;
    km_engine *e = km_create();
    if (!e || km_load(e, columns, NULL, n, d) != KM_OK) return 1;
    km_set(e, KM_PARAM_MAX_ITER, iterations);
    km_set(e, KM_PARAM_EMPTY, KM_EMPTY_KEEP);
    for (int r = 0; r < rounds; r++) {
        const double before = milliseconds();
        km_init_at(e, start, k);
        while (km_run(e, 1000) == KM_MORE) continue;
        printf("%.6f\n", milliseconds() - before);
    }
    printf("%.17g\n", km_inertia(e));
    return 0;
}
