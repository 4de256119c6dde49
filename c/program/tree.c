/* tree.c: building typed expressions. */
#include "tree.h"
#include <string.h>

int km_op_operands(km_op op) {
    static const unsigned char operands[] = {
#define OP(id, count) count,
#include "../defs/ops.def"
#undef OP
    };
    return operands[op];
}

int km_tree_type(km_op op, km_type a, km_type b, km_type c) {
    if (km_op_is_members(op)) return a == KM_TYPE_POINTS ? (int)KM_TYPE_VECTOR : -1;
    if (km_op_is_reduction(op)) return a == KM_TYPE_VECTOR ? (int)KM_TYPE_SCALAR : -1;
    /* Element by element: the types are ordered by how far they reach. */
    const km_type most = a > b ? a : b;
    return most > c ? (int)most : (int)c;
}

static int append(km_tree *t, km_node node) {
    if (t->count == KM_TREE_MAX_NODES) return -1;
    t->nodes[t->count] = node;
    return t->count++;
}

int km_tree_add(km_tree *t, km_op op, int a, int b, int c) {
    const int operands[3] = {a, b, c};
    km_type types[3] = {KM_TYPE_SCALAR, KM_TYPE_SCALAR, KM_TYPE_SCALAR};
    for (int i = 0; i < km_op_operands(op); i++) {
        if (operands[i] < 0) return -1;
        types[i] = t->nodes[operands[i]].type;
    }
    const int type = km_tree_type(op, types[0], types[1], types[2]);
    if (type < 0) return -1;
    return append(
        t, (km_node){.op = op, .type = (km_type)type, .operand = {(int16_t)a, (int16_t)b, (int16_t)c}});
}

int km_tree_number(km_tree *t, double value) {
    return append(t, (km_node){.op = KM_OP_NUMBER, .type = KM_TYPE_SCALAR, .value = value});
}

int km_tree_input(km_tree *t, int which, km_type type) {
    return append(t, (km_node){.op = KM_OP_INPUT, .type = type, .operand = {(int16_t)which}});
}

int km_tree_literal(km_tree *t, const double *values, int count) {
    if (count > KM_TREE_MAX_CONSTANTS - t->constant_count) return -1;
    const int first = t->constant_count;
    memcpy(t->constants + first, values, (size_t)count * sizeof *values);
    t->constant_count += count;
    return append(
        t,
        (km_node){.op = KM_OP_LITERAL, .type = KM_TYPE_VECTOR, .operand = {(int16_t)first, (int16_t)count}});
}

int km_tree_component(km_tree *t, int vector, int index) {
    const int at = km_tree_add(t, KM_OP_COMPONENT, vector, -1, -1);
    if (at >= 0) t->nodes[at].index = (int16_t)index;
    return at;
}

const km_node *km_tree_misfit(const km_tree *t, int d) {
    for (int i = 0; i < t->count; i++) {
        const km_node *n = &t->nodes[i];
        if ((n->op == KM_OP_LITERAL && n->operand[1] != d) || (n->op == KM_OP_COMPONENT && n->index >= d))
            return n;
    }
    return NULL;
}

void km_tree_mark(const km_tree *t, int root, unsigned char *needed) {
    memset(needed, 0, (size_t)t->count);
    needed[root] = 1;
    for (int i = root; i >= 0; i--) {
        const km_node *node = &t->nodes[i];
        if (!needed[i] || km_op_is_members(node->op)) continue;
        for (int o = 0; o < km_op_operands(node->op); o++)
            if (t->nodes[node->operand[o]].type == t->nodes[root].type) needed[node->operand[o]] = 1;
    }
}
