/* evaluate.c: values of a tree, in the order of its nodes.
 *
 * Scalars are computed once. A vector is never stored whole: each reduction walks the dimensions and
 * computes, for one dimension at a time, the vector nodes it needs. A point set likewise is walked for one
 * dimension at a time, in blocks of members. So memory is a few blocks a node, whatever d and the number of
 * members are.
 */
#include "elementwise.h"
#include "machine.h"
#include <string.h>

size_t km_evaluate_bytes(const km_tree *t, int d) {
    return (size_t)t->count * (2 * KM_LANES * sizeof(double) + (size_t)d * sizeof(double) + 2);
}

km_machine km_machine_make(const km_tree *t, const km_arguments *a, int lanes, void *memory) {
    double *values = memory, *members = values + t->count * KM_LANES, *vector = members + t->count * KM_LANES;
    return (km_machine){
        t, a, lanes, values, members, vector, (unsigned char *)(vector + (ptrdiff_t)t->count * a->d)};
}

static void fill(double *out, double value, int n) {
    for (int i = 0; i < n; i++) out[i] = value;
}

/* The lanes of one vector node in dimension t; its vector operands are there already. */
static void compute_vector(km_machine *m, int node, int t) {
    const km_node *n = &m->tree->nodes[node];
    const km_arguments *a = m->arguments;
    double *out = km_value_of(m, node);
    if (n->op == KM_OP_INPUT) {
        if (a->vectors[n->operand[0]]) fill(out, a->vectors[n->operand[0]][t], m->lanes);
        else memcpy(out, a->columns + t * a->stride, (size_t)m->lanes * sizeof *out);
    } else if (n->op == KM_OP_LITERAL) {
        fill(out, m->tree->constants[n->operand[0] + t], m->lanes);
    } else if (km_op_is_members(n->op)) {
        fill(out, m->member_vector[(ptrdiff_t)node * a->d + t], m->lanes);
    } else {
        const int16_t *o = n->operand;
        const int count = km_op_operands(n->op);
        km_elementwise(n->op, km_value_of(m, o[0]), count > 1 ? km_value_of(m, o[1]) : NULL,
                       count > 2 ? km_value_of(m, o[2]) : NULL, out, m->lanes);
    }
}

void km_compute_vectors(km_machine *m, const unsigned char *needed, int last, int t) {
    for (int i = 0; i <= last; i++)
        if (needed[i]) compute_vector(m, i, t);
}

static void combine(km_op op, double *total, const double *values, int n, int first) {
    const int is_min = op == KM_OP_REDUCE_MIN, is_max = op == KM_OP_REDUCE_MAX;
    if (first) memcpy(total, values, (size_t)n * sizeof *total);
    else
        km_elementwise(is_min   ? KM_OP_MINIMUM
                       : is_max ? KM_OP_MAXIMUM
                                : KM_OP_ADD,
                       total, values, NULL, total, n);
}

static void reduce(km_machine *m, int node) {
    const km_node *n = &m->tree->nodes[node];
    const int source = n->operand[0], d = m->arguments->d;
    unsigned char *needed = m->needed;
    double *out = km_value_of(m, node);
    km_tree_mark(m->tree, source, needed);
    if (n->op == KM_OP_COMPONENT) {
        km_compute_vectors(m, needed, source, n->index);
        memcpy(out, km_value_of(m, source), (size_t)m->lanes * sizeof *out);
        return;
    }
    for (int t = 0; t < d; t++) {
        km_compute_vectors(m, needed, source, t);
        combine(n->op, out, km_value_of(m, source), m->lanes, t == 0);
    }
    if (n->op == KM_OP_REDUCE_MEAN)
        for (int i = 0; i < m->lanes; i++) out[i] /= d;
}

/* --- point sets --- */

void km_compute_members(km_machine *m, int node, int t, int start, int n) {
    const km_node *at = &m->tree->nodes[node];
    const km_arguments *a = m->arguments;
    double *out = km_members_of(m, node);
    if (at->op == KM_OP_INPUT) {
        for (int i = 0; i < n; i++) out[i] = a->columns[t * a->stride + a->rows[start + i]];
        return;
    }
    const double *operands[3] = {NULL, NULL, NULL};
    for (int o = 0; o < km_op_operands(at->op); o++) {
        const int operand = at->operand[o];
        if (m->tree->nodes[operand].type != KM_TYPE_POINTS)
            fill(km_members_of(m, operand), *km_value_of(m, operand), n);
        operands[o] = km_members_of(m, operand);
    }
    km_elementwise(at->op, operands[0], operands[1], operands[2], out, n);
}

static int before(double a, double b) { return a < b || (b != b && a == a); }

/* Sorts values increasing, NaN last (Shell 1959, Ciura's gaps continued by 2.25). */
static void sort(double *v, int n) {
    int gap = 1;
    while (gap < n / 3) gap = gap * 9 / 4 + 1;
    for (; gap > 0; gap = gap == 1 ? 0 : gap * 4 / 9 > 0 ? gap * 4 / 9 : 1)
        for (int i = gap; i < n; i++) {
            const double x = v[i];
            int j = i;
            for (; j >= gap && before(x, v[j - gap]); j -= gap) v[j] = v[j - gap];
            v[j] = x;
        }
}

static double median(double *v, int n) {
    sort(v, n);
    if (v[n - 1] != v[n - 1]) return v[n - 1];
    if (n % 2) return v[n / 2];
    const double a = v[n / 2 - 1], b = v[n / 2], half = (b - a) / 2;
    return half - half == 0 ? a + half : (a + b) / 2; /* as in center.c, and for infinite ones as NumPy */
}

static double over_members(km_machine *m, int node, int t, const unsigned char *points,
                           const unsigned char *vectors) {
    const km_node *at = &m->tree->nodes[node];
    const km_arguments *a = m->arguments;
    const int source = at->operand[0];
    for (int i = 0; i <= source; i++)
        if (vectors[i]) compute_vector(m, i, t);
    double total = 0;
    for (int start = 0; start < a->members; start += KM_LANES) {
        const int n = a->members - start < KM_LANES ? a->members - start : KM_LANES;
        for (int i = 0; i <= source; i++)
            if (points[i]) km_compute_members(m, i, t, start, n);
        const double *v = km_members_of(m, source);
        if (at->op == KM_OP_MEMBERS_MEDIAN) {
            memcpy(a->scratch + start, v, (size_t)n * sizeof *v);
            continue;
        }
        const km_op op = at->op == KM_OP_MEMBERS_MIN   ? KM_OP_MINIMUM
                         : at->op == KM_OP_MEMBERS_MAX ? KM_OP_MAXIMUM
                                                       : KM_OP_ADD;
        for (int i = 0; i < n; i++) {
            if (start + i == 0) total = v[0];
            else km_elementwise(op, &total, &v[i], NULL, &total, 1);
        }
    }
    if (at->op == KM_OP_MEMBERS_MEDIAN) return median(a->scratch, a->members);
    return at->op == KM_OP_MEMBERS_MEAN ? total / a->members : total;
}

static void reduce_members(km_machine *m, int node) {
    const km_tree *tree = m->tree;
    unsigned char *points = m->needed, *vectors = m->needed + tree->count;
    km_tree_mark(tree, tree->nodes[node].operand[0], points);
    /* The vectors that the needed point nodes use, and those that these use. */
    memset(vectors, 0, (size_t)tree->count);
    for (int i = node - 1; i >= 0; i--) {
        const km_node *at = &tree->nodes[i];
        const int follow = points[i] || (vectors[i] && !km_op_is_members(at->op));
        for (int o = 0; follow && o < km_op_operands(at->op); o++)
            if (tree->nodes[at->operand[o]].type == KM_TYPE_VECTOR) vectors[at->operand[o]] = 1;
    }
    for (int t = 0; t < m->arguments->d; t++)
        m->member_vector[(ptrdiff_t)node * m->arguments->d + t] = over_members(m, node, t, points, vectors);
}

/* --- all nodes in order --- */

void km_machine_run(km_machine *m) {
    for (int i = 0; i < m->tree->count; i++) {
        const km_node *n = &m->tree->nodes[i];
        if (km_op_is_members(n->op)) {
            reduce_members(m, i);
        } else if (km_op_is_reduction(n->op)) {
            reduce(m, i);
        } else if (n->type == KM_TYPE_SCALAR) {
            double *out = km_value_of(m, i);
            const int16_t *o = n->operand;
            const int count = km_op_operands(n->op);
            if (n->op == KM_OP_NUMBER) fill(out, n->value, m->lanes);
            else if (n->op == KM_OP_INPUT && o[0] == 0 && m->arguments->lane_scalars)
                memcpy(out, m->arguments->lane_scalars, (size_t)m->lanes * sizeof *out);
            else if (n->op == KM_OP_INPUT) fill(out, m->arguments->scalars[o[0]], m->lanes);
            else
                km_elementwise(n->op, km_value_of(m, o[0]), count > 1 ? km_value_of(m, o[1]) : NULL,
                               count > 2 ? km_value_of(m, o[2]) : NULL, out, m->lanes);
        }
    }
}

void km_evaluate_scalars(const km_tree *t, const km_arguments *a, int lanes, void *memory, double *out) {
    km_machine m = km_machine_make(t, a, lanes, memory);
    km_machine_run(&m);
    memcpy(out, km_value_of(&m, t->result), (size_t)lanes * sizeof *out);
}

void km_evaluate_vector(const km_tree *t, const km_arguments *a, void *memory, double *out) {
    km_machine m = km_machine_make(t, a, 1, memory);
    km_machine_run(&m);
    if (t->nodes[t->result].type == KM_TYPE_SCALAR) {
        fill(out, *km_value_of(&m, t->result), a->d);
        return;
    }
    km_tree_mark(t, t->result, m.needed);
    for (int j = 0; j < a->d; j++) {
        km_compute_vectors(&m, m.needed, t->result, j);
        out[j] = *km_value_of(&m, t->result);
    }
}
