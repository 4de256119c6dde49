/* elementwise.h: one operation on a run of doubles. Booleans are 1 and 0; NaN counts as true, as in Python.
 */
#ifndef KM_PROGRAM_ELEMENTWISE_H
#define KM_PROGRAM_ELEMENTWISE_H

#include "tree.h"

/* out[i] = op(a[i], b[i], c[i]) for n values; operands beyond those of op are not read. out may be an
 * operand. */
void km_elementwise(km_op op, const double *a, const double *b, const double *c, double *out, int n);

#endif
