/* gap.c: how a curve of inertia over k differs from what points without structure give. */
#include "elementary.h"
#include "explore.h"
#include "internal.h"

/* An elbow must be this many times as sharp as the sharpest bend of any one reference set... */
#define KM_ELBOW_MARGIN 1.5
/* ...and its fall this much larger than the next, as a logarithm: 4/3. Curves of smooth densities bend, too.
 */
#define KM_LEAST_BEND 0.28768207245178096

void km_reference(const km_engine *e, double set, double *columns) {
    km_rng rng;
    km_rng_seed(&rng, set);
    for (int t = 0; t < e->d; t++) {
        const double *x = km_column(e, t);
        double low = x[0], high = x[0];
        for (int i = 1; i < e->n; i++) {
            if (x[i] < low) low = x[i];
            if (x[i] > high) high = x[i];
        }
        for (int i = 0; i < e->n; i++)
            columns[(ptrdiff_t)t * e->n + i] = low + (high - low) * km_rng_uniform(&rng);
    }
}

static double log_of(double inertia) { return inertia > 0 ? km_log(inertia) : __builtin_nan(""); }

void km_gap(const double *inertias, const double *references, int most_k, int sets, double *gaps,
            double *errors) {
    for (int j = 0; j < most_k; j++) {
        double mean = 0, variance = 0;
        for (int b = 0; b < sets; b++) mean += log_of(references[(ptrdiff_t)b * most_k + j]);
        mean /= sets;
        for (int b = 0; b < sets; b++) {
            const double off = log_of(references[(ptrdiff_t)b * most_k + j]) - mean;
            variance += off * off;
        }
        gaps[j] = mean - log_of(inertias[j]);
        errors[j] = gaps[j] == gaps[j] ? __builtin_sqrt(variance / sets) * __builtin_sqrt(1 + 1.0 / sets)
                                       : __builtin_nan("");
    }
}

int km_gap_choice(const double *gaps, const double *errors, int most_k) {
    for (int k = 1; k < most_k; k++)
        if (gaps[k - 1] >= gaps[k] - errors[k]) return k;
    return 0;
}

/* Second difference of the logarithms about k. */
static double bend_at(const double *inertias, int k) {
    return log_of(inertias[k - 2]) - 2 * log_of(inertias[k - 1]) + log_of(inertias[k]);
}

int km_elbow(const double *inertias, const double *references, int most_k, int sets, double *bend) {
    double sharpest = -__builtin_inf(), chance = 0;
    int elbow = 0;
    for (int k = 2; k < most_k; k++) {
        double mean = 0;
        for (int b = 0; b < sets; b++) mean += bend_at(references + (ptrdiff_t)b * most_k, k);
        mean /= sets;
        for (int b = 0; b < sets; b++) {
            const double excess = bend_at(references + (ptrdiff_t)b * most_k, k) - mean;
            if (excess > chance) chance = excess;
        }
        const double excess = bend_at(inertias, k) - mean;
        if (excess > sharpest) {
            sharpest = excess;
            elbow = k;
        }
    }
    if (bend) *bend = elbow ? km_exp(sharpest) : __builtin_nan("");
    return sharpest >= KM_LEAST_BEND && sharpest >= KM_ELBOW_MARGIN * chance ? elbow : 0;
}
