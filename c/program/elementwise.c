/* elementwise.c: what each element-by-element operation means. */
#include "elementwise.h"
#include "../elementary.h"

#define EACH(value)                                                                                          \
    for (int i = 0; i < n; i++) out[i] = (value);                                                            \
    break

void km_elementwise(km_op op, const double *a, const double *b, const double *c, double *out, int n) {
    switch (op) {
    case KM_OP_ADD: EACH(a[i] + b[i]);
    case KM_OP_SUBTRACT: EACH(a[i] - b[i]);
    case KM_OP_MULTIPLY: EACH(a[i] * b[i]);
    case KM_OP_DIVIDE: EACH(a[i] / b[i]);
    case KM_OP_POWER: EACH(km_pow(a[i], b[i]));
    case KM_OP_LESS: EACH(a[i] < b[i]);
    case KM_OP_LESS_EQUAL: EACH(a[i] <= b[i]);
    case KM_OP_EQUAL: EACH(a[i] == b[i]);
    case KM_OP_NOT_EQUAL: EACH(a[i] != b[i]);
    /* Python's: the value that decided. */
    case KM_OP_AND: EACH(a[i] != 0 ? b[i] : a[i]);
    case KM_OP_OR: EACH(a[i] != 0 ? a[i] : b[i]);
    /* NumPy's: NaN if either is. */
    case KM_OP_MINIMUM: EACH(a[i] < b[i] || a[i] != a[i] ? a[i] : b[i]);
    case KM_OP_MAXIMUM: EACH(a[i] > b[i] || a[i] != a[i] ? a[i] : b[i]);
    case KM_OP_SELECT: EACH(a[i] != 0 ? b[i] : c[i]);
    case KM_OP_NEGATE: EACH(-a[i]);
    case KM_OP_NOT: EACH(a[i] == 0);
    case KM_OP_ABS: EACH(__builtin_fabs(a[i]));
    case KM_OP_SQRT: EACH(__builtin_sqrt(a[i]));
    case KM_OP_EXP: EACH(km_exp(a[i]));
    case KM_OP_LOG: EACH(km_log(a[i]));
    case KM_OP_SIN: EACH(km_sin(a[i]));
    case KM_OP_COS: EACH(km_cos(a[i]));
    case KM_OP_TANH: EACH(km_tanh(a[i]));
    default: __builtin_trap();
    }
}
