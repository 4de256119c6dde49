/* blame.h: which operation a result that is not finite comes from. */
#ifndef KM_PROGRAM_BLAME_H
#define KM_PROGRAM_BLAME_H

#include "evaluate.h"

/* The node whose own value was not finite while those of the operands it took were: `1 / s` where s is 0, not
 * what was computed from it. The tree is that of a result for these arguments (one lane) which is not finite
 * in `dimension` (0 for a scalar). Of several the leftmost operand's. *value: what it gave, inf or NaN.
 * memory: as for evaluating. */
int km_blame(const km_tree *tree, const km_arguments *a, void *memory, int dimension, double *value);

#endif
