/* blame.c: from a result that is not finite back to the operation that made it so. */
#include "blame.h"
#include "machine.h"

static int is_finite(double v) { return v - v == 0; }

/* Which operands an operation's value comes from, as bits: a choice takes one and leaves the other. */
static int operands_taken(km_op op, double first) {
    switch (op) {
    case KM_OP_SELECT: return first != 0 ? 2 : 4;
    case KM_OP_AND: return first != 0 ? 2 : 1;
    case KM_OP_OR: return first != 0 ? 1 : 2;
    default: return 7;
    }
}

/* Computes every vector in dimension t, so that the walk can look at any. */
static void enter_dimension(km_machine *m, int t) {
    unsigned char vectors[KM_TREE_MAX_NODES];
    for (int i = 0; i < m->tree->count; i++) vectors[i] = m->tree->nodes[i].type == KM_TYPE_VECTOR;
    km_compute_vectors(m, vectors, m->tree->count - 1, t);
}

/* Computes every point set for one member in dimension t. */
static void enter_member(km_machine *m, int member, int t) {
    for (int i = 0; i < m->tree->count; i++)
        if (m->tree->nodes[i].type == KM_TYPE_POINTS) km_compute_members(m, i, t, member, 1);
}

/* The walk goes to a vector's first dimension that is not finite; 1 when there is one. */
static int find_dimension(km_machine *m, const km_node *n, int *t) {
    const int only = n->op == KM_OP_COMPONENT, end = only ? n->index + 1 : m->arguments->d;
    for (int i = only ? n->index : 0; i < end; i++) {
        enter_dimension(m, i);
        if (is_finite(*km_value_of(m, n->operand[0]))) continue;
        *t = i;
        return 1;
    }
    return 0;
}

static int find_member(km_machine *m, const km_node *n, int t) {
    for (int i = 0; i < m->arguments->members; i++) {
        enter_member(m, i, t);
        if (!is_finite(*km_members_of(m, n->operand[0]))) return 1;
    }
    return 0;
}

static double value_of(km_machine *m, int node) {
    return m->tree->nodes[node].type == KM_TYPE_POINTS ? *km_members_of(m, node) : *km_value_of(m, node);
}

int km_blame(const km_tree *tree, const km_arguments *a, void *memory, int dimension, double *value) {
    km_machine m = km_machine_make(tree, a, 1, memory);
    int node = tree->result, t = dimension;
    km_machine_run(&m);
    enter_dimension(&m, t);
    for (int goes_on = 1; goes_on;) {
        const km_node *n = &tree->nodes[node];
        int next = -1;
        *value = value_of(&m, node);
        if (km_op_is_members(n->op)) {
            if (find_member(&m, n, t)) next = n->operand[0];
        } else if (km_op_is_reduction(n->op)) {
            if (find_dimension(&m, n, &t)) next = n->operand[0];
        } else {
            const int count = km_op_operands(n->op);
            const int taken = count ? operands_taken(n->op, value_of(&m, n->operand[0])) : 0;
            for (int o = count - 1; o >= 0; o--)
                if (taken >> o & 1 && !is_finite(value_of(&m, n->operand[o]))) next = n->operand[o];
        }
        goes_on = next >= 0;
        if (goes_on) node = next;
    }
    return node;
}
