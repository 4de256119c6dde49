/* params.h: the table of parameters (defs/params.def) as data. */
#ifndef KM_PARAMS_H
#define KM_PARAMS_H

#include "kmeans.h"

typedef struct km_param_entry {
    const char *name, *alias, *help; /* alias: scikit-learn's name, or "" */
    double initial, min, max;
    const char *const *choices; /* texts of the values 0 .. choice_count - 1; NULL for a number */
    int choice_count;
    int whole; /* only whole numbers, as for choices */
} km_param_entry;

extern const km_param_entry km_param_table[KM_PARAM_COUNT];

/* Whether a value is of the parameter's type and in its range. */
int km_param_fits(km_param param, double value);

#endif
