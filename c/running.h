/* running.h: an inertia kept up to date by differences, with a bound on its error, so that it is computed
 * anew only when the bound has come near what is promised (kmeans.h: 1e-12 relative). */
#ifndef KM_RUNNING_H
#define KM_RUNNING_H

typedef struct km_running {
    double total, lost; /* Neumaier (1974): what rounding has cut off the total */
    double error;       /* bound on the error of total + lost */
} km_running;

/* Each term is right to a few units in the last place of `magnitude`, the sum of the parts it is made of, and
 * to `more`. */
static inline void km_running_add(km_running *r, double term, double magnitude, double more) {
    const double next = r->total + term;
    const double big = __builtin_fabs(r->total) > __builtin_fabs(term) ? r->total : term,
                 small = __builtin_fabs(r->total) > __builtin_fabs(term) ? term : r->total;
    r->lost += big - next + small;
    r->total = next;
    r->error += magnitude * 0x1p-49 + more;
}
static inline double km_running_value(const km_running *r) { return r->total + r->lost; }
static inline int km_running_holds(const km_running *r) { return r->error <= 1e-13 * km_running_value(r); }

#endif
