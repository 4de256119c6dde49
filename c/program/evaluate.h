/* evaluate.h: the oracle: walks a tree node by node, in blocks of lanes. The emitted kernel does the same
 * operations on each lane, so the two agree to the bit. */
#ifndef KM_PROGRAM_EVALUATE_H
#define KM_PROGRAM_EVALUATE_H

#include "tree.h"
#include <stddef.h>

enum { KM_LANES = 32 };

/* What the inputs of a tree stand for. Vectors of the lanes: column t of lane i is columns[t * stride + i].
 */
typedef struct km_arguments {
    int d;
    const double *columns; /* input 0 of a distance: one point a lane */
    ptrdiff_t stride;
    /* Inputs that are the same in every lane: vectors, d values or NULL, and scalars. */
    const double *vectors[KM_TREE_MAX_INPUTS];
    double scalars[KM_TREE_MAX_INPUTS];
    const double *lane_scalars; /* input 0, one value a lane, where it is not NULL */
    /* The point set of a center: members' rows (increasing) of the columns, all coordinates. */
    const int32_t *rows;
    int members;
    double *scratch; /* `members` values, for a median */
} km_arguments;

/* Bytes of memory that evaluating a tree needs. */
size_t km_evaluate_bytes(const km_tree *t, int d);
/* A tree of scalar type for `lanes` lanes (1 to KM_LANES), into out. */
void km_evaluate_scalars(const km_tree *t, const km_arguments *a, int lanes, void *memory, double *out);
/* A tree of vector type (d values out), or of scalar type, which every coordinate then gets. */
void km_evaluate_vector(const km_tree *t, const km_arguments *a, void *memory, double *out);

#endif
