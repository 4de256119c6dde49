/* cases.h: inputs the engine's tests share. */
#ifndef KM_CASES_H
#define KM_CASES_H

#include "check.h"
#include "kmeans.h"
#include "rng.h"

/* The kinds of input on which k-means code breaks. */
typedef enum case_kind {
    CASE_UNIFORM,
    CASE_BLOBS,
    CASE_TIED,
    CASE_DUPLICATED,
    CASE_COLLINEAR,
    CASE_OFFSET,
    CASE_KINDS
} case_kind;

static inline void fill_case(case_kind kind, km_rng *r, int n, int d, double *columns) {
    for (int t = 0; t < d; t++)
        for (int i = 0; i < n; i++) {
            const double u = km_rng_uniform(r) * 10 - 5;
            double v = u;
            switch (kind) {
            case CASE_BLOBS: v = (i % 4) * 6 + u / 5; break;
            case CASE_TIED: v = (double)km_rng_below(r, 5); break;
            case CASE_DUPLICATED: v = i % 7 + t; break;
            case CASE_COLLINEAR: v = t ? columns[i] * 2 : (double)(i % 11); break;
            case CASE_OFFSET: v = 1e8 + u; break;
            default: break;
            }
            columns[(size_t)t * (size_t)n + (size_t)i] = v;
        }
}

static inline km_engine *engine_with(const double *columns, const double *weights, int n, int d) {
    km_engine *e = km_create();
    CHECK_INT(km_load(e, columns, weights, n, d), KM_OK);
    return e;
}

static inline void run_to_end(km_engine *e) {
    for (int i = 0; i < 100000 && km_phase_next(e) != KM_PHASE_DONE; i++) CHECK_INT(km_half_step(e), KM_OK);
    CHECK_INT(km_phase_next(e), KM_PHASE_DONE);
}

#endif
