/* machine.h: the values of a tree under evaluation, for evaluate.c and for blame.c, which looks at them
 * again. */
#ifndef KM_PROGRAM_MACHINE_H
#define KM_PROGRAM_MACHINE_H

#include "evaluate.h"

typedef struct km_machine {
    const km_tree *tree;
    const km_arguments *arguments;
    int lanes;
    double *values;        /* count x KM_LANES: scalars; vector nodes at the dimension under way */
    double *members;       /* count x KM_LANES: point nodes of the block under way */
    double *member_vector; /* count x d: results of MEMBERS_ nodes */
    unsigned char *needed; /* count x 2 */
} km_machine;

static inline double *km_value_of(km_machine *m, int node) { return m->values + node * KM_LANES; }
static inline double *km_members_of(km_machine *m, int node) { return m->members + node * KM_LANES; }

/* A machine in km_evaluate_bytes() of memory. */
km_machine km_machine_make(const km_tree *t, const km_arguments *a, int lanes, void *memory);
/* Computes all scalars, and the vectors that reduce point sets. */
void km_machine_run(km_machine *m);
/* Computes the vector nodes flagged in `needed`, up to node `last`, in dimension t. */
void km_compute_vectors(km_machine *m, const unsigned char *needed, int last, int t);
/* Members start .. start + n - 1 of one point node in dimension t; its point operands are there already.
 * Scalars and vectors are those of lane 0. */
void km_compute_members(km_machine *m, int node, int t, int start, int n);

#endif
