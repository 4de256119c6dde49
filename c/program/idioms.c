/* idioms.c: the functions that are a named choice written out. They run by the engine's own kernels. */
#include "internal.h"
#include <string.h>

/* A tree with the parts that its result does not need left out, so that names and unused lines make no
 * difference. */
static km_tree only_needed(const km_tree *t) {
    km_tree out = {.count = 0};
    int place[KM_TREE_MAX_NODES];
    unsigned char needed[KM_TREE_MAX_NODES] = {0};
    needed[t->result] = 1;
    for (int i = t->count - 1; i >= 0; i--)
        for (int o = 0; needed[i] && o < km_op_operands(t->nodes[i].op); o++)
            needed[t->nodes[i].operand[o]] = 1;
    for (int i = 0; i < t->count; i++) {
        if (!needed[i]) continue;
        km_node n = t->nodes[i];
        for (int o = 0; o < km_op_operands(n.op); o++) n.operand[o] = (int16_t)place[n.operand[o]];
        place[i] = out.count;
        out.nodes[out.count++] = n;
    }
    memcpy(out.constants, t->constants, sizeof out.constants);
    out.constant_count = t->constant_count;
    out.result = place[t->result];
    return out;
}

/* |x - c|, or |c - x|, over which each distance is built; a square of the difference when `squared`. */
static int is_difference(const km_tree *t, int node, int squared) {
    const km_node *n = &t->nodes[node];
    if (squared) {
        if (n->op != KM_OP_MULTIPLY || n->operand[0] != n->operand[1]) return 0;
    } else if (n->op != KM_OP_ABS) {
        return 0;
    }
    const km_node *inner = &t->nodes[n->operand[0]];
    if (squared && inner->op == KM_OP_ABS) inner = &t->nodes[inner->operand[0]];
    if (inner->op != KM_OP_SUBTRACT) return 0;
    const km_node *a = &t->nodes[inner->operand[0]], *b = &t->nodes[inner->operand[1]];
    return a->op == KM_OP_INPUT && b->op == KM_OP_INPUT && a->operand[0] != b->operand[0];
}

const char *km_idiom_text(km_param param, int choice) {
    static const char *const distances[KM_DISTANCE_COUNT] = {
        [KM_DISTANCE_EUCLIDEAN] = "((x - c)**2).sum(-1)",
        [KM_DISTANCE_MANHATTAN] = "np.abs(x - c).sum(-1)",
        [KM_DISTANCE_CHEBYSHEV] = "np.abs(x - c).max(-1)"};
    static const char *const centers[KM_CENTER_COUNT] = {
        [KM_CENTER_MEAN] = "points.mean(0)", [KM_CENTER_MEDIAN] = "np.median(points, axis=0)"};
    return param == KM_PARAM_DISTANCE ? distances[choice] : centers[choice];
}

int km_distance_idiom(const km_tree *whole) {
    const km_tree t = only_needed(whole);
    const km_node *n = &t.nodes[t.result];
    if (n->op == KM_OP_REDUCE_SUM && is_difference(&t, n->operand[0], 1)) return KM_DISTANCE_EUCLIDEAN;
    if (n->op == KM_OP_REDUCE_SUM && is_difference(&t, n->operand[0], 0)) return KM_DISTANCE_MANHATTAN;
    if (n->op == KM_OP_REDUCE_MAX && is_difference(&t, n->operand[0], 0)) return KM_DISTANCE_CHEBYSHEV;
    return -1;
}

int km_center_idiom(const km_tree *whole) {
    const km_tree t = only_needed(whole);
    const km_node *n = &t.nodes[t.result];
    if (t.nodes[n->operand[0]].op != KM_OP_INPUT) return -1;
    if (n->op == KM_OP_MEMBERS_MEAN) return KM_CENTER_MEAN;
    if (n->op == KM_OP_MEMBERS_MEDIAN) return KM_CENTER_MEDIAN;
    return -1;
}

int km_is_default_hook(km_hook hook, const km_tree *whole) {
    const km_tree t = only_needed(whole);
    const km_node *n = &t.nodes[t.result];
    if (hook == KM_HOOK_SEED_WEIGHT) return n->op == KM_OP_INPUT;
    if (hook != KM_HOOK_STOP || n->op != KM_OP_EQUAL) return 0;
    const km_node *a = &t.nodes[n->operand[0]], *b = &t.nodes[n->operand[1]];
    enum { SHIFT = 2 };
    return a->op == KM_OP_INPUT && a->operand[0] == SHIFT && b->op == KM_OP_NUMBER && b->value == 0;
}
