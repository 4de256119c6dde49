/* tree.h: a hook's expression, typed.
 *
 * A tree is a list of nodes in which operands stand before the node that uses them, so that checking,
 * evaluating and emitting are loops: no program, however deep, can overflow a stack. A local variable is only
 * a name for a node.
 *
 * Types: a scalar; a vector, one value per dimension; a point set, one vector per member. Operators broadcast
 * as NumPy's do: scalar with vector, vector with every member.
 */
#ifndef KM_PROGRAM_TREE_H
#define KM_PROGRAM_TREE_H

#include <stdint.h>

enum { KM_TREE_MAX_NODES = 256, KM_TREE_MAX_CONSTANTS = 256, KM_TREE_MAX_INPUTS = 4 };

typedef enum km_type { KM_TYPE_SCALAR, KM_TYPE_VECTOR, KM_TYPE_POINTS } km_type;

typedef enum km_op {
#define OP(id, operands) KM_OP_##id,
#include "../defs/ops.def"
#undef OP
    KM_OP_COUNT
} km_op;

typedef struct km_node {
    km_op op;
    km_type type;
    int16_t operand[3]; /* node numbers; of LITERAL: first constant and how many; of INPUT: which; -1 else */
    int16_t index;      /* of COMPONENT */
    int32_t from, to;   /* bytes of the text it came from */
    double value;       /* of NUMBER */
} km_node;

typedef struct km_tree {
    km_node nodes[KM_TREE_MAX_NODES];
    double constants[KM_TREE_MAX_CONSTANTS];
    int count, constant_count, result; /* result: the node returned */
    int32_t from, to;                  /* bytes of the returned expression in the text */
} km_tree;

/* How many operands an operation has. */
int km_op_operands(km_op op);
static inline int km_op_is_reduction(km_op op) { return op >= KM_OP_COMPONENT && op <= KM_OP_REDUCE_MAX; }
static inline int km_op_is_members(km_op op) { return op >= KM_OP_MEMBERS_SUM; }

/* Adds a node and returns its number; -1 when the tree is full. The operands' types must fit (km_tree_type
 * says). */
int km_tree_add(km_tree *t, km_op op, int a, int b, int c);
int km_tree_number(km_tree *t, double value);
int km_tree_input(km_tree *t, int which, km_type type);
/* A vector literal of `count` values; -1 when there are too many. */
int km_tree_literal(km_tree *t, const double *values, int count);
int km_tree_component(km_tree *t, int vector, int index);

/* Type of an operation on operands of these types, or -1 when they do not fit. Unused operands:
 * KM_TYPE_SCALAR. */
int km_tree_type(km_op op, km_type a, km_type b, km_type c);

/* The first node that does not fit points of d coordinates (a literal of another length, a component beyond
 * them), or NULL. */
const km_node *km_tree_misfit(const km_tree *t, int d);

/* Marks in `needed` (one flag a node) the vector nodes on which vector node `root` depends element by
 * element, itself included: those to compute anew for each dimension. */
void km_tree_mark(const km_tree *t, int root, unsigned char *needed);

#endif
