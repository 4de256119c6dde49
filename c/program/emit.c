/* emit.c: from a distance's tree to a WebAssembly module.
 *
 * Every node becomes local variables, one for each of the four vectors of a block; nodes that depend on the
 * centroid alone, or on neither, need one. Up to UNROLLED dimensions a vector node has locals for each
 * dimension and all is straight code, with what depends on the point alone moved out of the loop over
 * centroids. Above, each reduction is a loop over the dimensions that computes the vector nodes it needs.
 */
#include "emit.h"
#include "bytes.h"
#include "opcodes.h"

enum { UNROLLED = 4, VECTORS = KM_EMIT_BLOCK / 2 };

/* Parameters of the function and its i32 locals, by number. */
enum {
    COLUMNS,
    STRIDE,
    N,
    CENTROIDS,
    K,
    LABELS,
    DISTANCES,
    CONSTANTS,
    I,
    J,
    T,
    POINT,
    CENTROID,
    LITERALS,
    I32_END
};
enum { I32_LOCALS = I32_END - I };

/* What a node's value varies with inside the loops. */
enum { WITH_NOTHING = 0, WITH_POINT = 1, WITH_CENTROID = 2 };

typedef struct emitter {
    km_bytes out;
    const km_tree *tree;
    int d, unrolled;
    int varies[KM_TREE_MAX_NODES];
    int first_local[KM_TREE_MAX_NODES]; /* of its locals: [dimension if unrolled][vector if it varies with the
                                           point] */
    int best, index, bad, locals;       /* numbers of the v128 locals that are no node's */
} emitter;

static const struct {
    km_op op;
    const char *name;
} helpers[] = {{KM_OP_EXP, "km_lane_exp"}, {KM_OP_LOG, "km_lane_log"},   {KM_OP_SIN, "km_lane_sin"},
               {KM_OP_COS, "km_lane_cos"}, {KM_OP_TANH, "km_lane_tanh"}, {KM_OP_POWER, "km_lane_pow"}};
enum { HELPERS = sizeof helpers / sizeof *helpers };

static void op(emitter *e, int code) { km_byte(&e->out, code); }
static void op_number(emitter *e, int code, int number) {
    km_byte(&e->out, code);
    if (code == I32_CONST) km_signed(&e->out, number);
    else km_unsigned(&e->out, (uint32_t)number);
}
static void simd(emitter *e, int code) {
    km_byte(&e->out, 0xfd);
    km_unsigned(&e->out, (uint32_t)code);
}
static void simd_memory(emitter *e, int code, int offset) {
    simd(e, code);
    km_unsigned(&e->out, 3); /* aligned to 8 bytes */
    km_unsigned(&e->out, (uint32_t)offset);
}
static void get(emitter *e, int local) { op_number(e, LOCAL_GET, local); }
static void set(emitter *e, int local) { op_number(e, LOCAL_SET, local); }
static void splat(emitter *e, double value) {
    simd(e, V_CONST);
    km_raw(&e->out, &value, 8);
    km_raw(&e->out, &value, 8);
}
/* local += by, where by is a constant or another local. */
static void advance(emitter *e, int local, int constant) {
    get(e, local);
    op_number(e, I32_CONST, constant);
    op(e, I32_ADD);
    set(e, local);
}
static void advance_by_local(emitter *e, int local, int by) {
    get(e, local);
    get(e, by);
    op(e, I32_ADD);
    set(e, local);
}

/* --- nodes --- */

static int copies(const emitter *e, int node) { return e->varies[node] & WITH_POINT ? VECTORS : 1; }

static int local_of(const emitter *e, int node, int t, int v) {
    const int dimension = e->unrolled && e->tree->nodes[node].type == KM_TYPE_VECTOR ? t : 0;
    return e->first_local[node] + dimension * copies(e, node) + (copies(e, node) > 1 ? v : 0);
}

static void plan(emitter *e) {
    e->locals = I32_END;
    for (int i = 0; i < e->tree->count; i++) {
        const km_node *n = &e->tree->nodes[i];
        e->varies[i] =
            n->op == KM_OP_INPUT ? (n->operand[0] == 0 ? WITH_POINT : WITH_CENTROID) : WITH_NOTHING;
        for (int o = 0; o < km_op_operands(n->op); o++) e->varies[i] |= e->varies[n->operand[o]];
        e->first_local[i] = e->locals;
        e->locals += copies(e, i) * (e->unrolled && n->type == KM_TYPE_VECTOR ? e->d : 1);
    }
    e->best = e->locals;
    e->index = e->best + VECTORS;
    e->bad = e->index + VECTORS;
    e->locals = e->bad + 1;
}

static void call_helper(emitter *e, km_op operation) {
    for (int h = 0; h < HELPERS; h++)
        if (helpers[h].op == operation) op_number(e, CALL, h);
}

/* Leaves op(a, b, c) on the stack; the operands are locals. */
static void operation(emitter *e, km_op code, int a, int b, int c) {
    static const int plain[KM_OP_COUNT] = {
        [KM_OP_ADD] = F64X2_ADD,    [KM_OP_SUBTRACT] = F64X2_SUB, [KM_OP_MULTIPLY] = F64X2_MUL,
        [KM_OP_DIVIDE] = F64X2_DIV, [KM_OP_NEGATE] = F64X2_NEG,   [KM_OP_ABS] = F64X2_ABS,
        [KM_OP_SQRT] = F64X2_SQRT,  [KM_OP_LESS] = F64X2_LT,      [KM_OP_LESS_EQUAL] = F64X2_LE,
        [KM_OP_EQUAL] = F64X2_EQ,   [KM_OP_NOT_EQUAL] = F64X2_NE};
    switch (code) {
    case KM_OP_AND: /* a != 0 ? b : a */
    case KM_OP_OR:
        get(e, code == KM_OP_AND ? b : a);
        get(e, code == KM_OP_AND ? a : b);
        get(e, a);
        splat(e, 0);
        simd(e, F64X2_NE);
        simd(e, V_SELECT);
        return;
    case KM_OP_SELECT:
        get(e, b);
        get(e, c);
        get(e, a);
        splat(e, 0);
        simd(e, F64X2_NE);
        simd(e, V_SELECT);
        return;
    case KM_OP_MINIMUM: /* a < b or a is NaN ? a : b, as the evaluator: f64x2.min treats signed zeros
                           otherwise */
    case KM_OP_MAXIMUM:
        get(e, a);
        get(e, b);
        get(e, a);
        get(e, b);
        simd(e, code == KM_OP_MINIMUM ? F64X2_LT : F64X2_GT);
        get(e, a);
        get(e, a);
        simd(e, F64X2_NE);
        simd(e, V_OR);
        simd(e, V_SELECT);
        return;
    case KM_OP_NOT:
        get(e, a);
        splat(e, 0);
        simd(e, F64X2_EQ);
        splat(e, 1);
        simd(e, V_AND);
        return;
    default: break;
    }
    get(e, a);
    if (km_op_operands(code) > 1) get(e, b);
    if (!plain[code]) {
        call_helper(e, code);
        return;
    }
    simd(e, plain[code]);
    if (code >= KM_OP_LESS && code <= KM_OP_NOT_EQUAL) {
        splat(e, 1);
        simd(e, V_AND);
    }
}

/* Computes a node that is no reduction into its locals, in dimension t (unrolled) or the one T stands at. */
static void compute(emitter *e, int node, int t) {
    const km_node *n = &e->tree->nodes[node];
    const int offset = e->unrolled ? 8 * t : 0;
    for (int v = 0; v < copies(e, node); v++) {
        if (n->op == KM_OP_NUMBER) {
            splat(e, n->value);
        } else if (n->op == KM_OP_LITERAL && e->unrolled) {
            splat(e, e->tree->constants[n->operand[0] + t]);
        } else if (n->op == KM_OP_LITERAL) {
            get(e, LITERALS);
            simd_memory(e, V_LOAD_SPLAT, 8 * n->operand[0]);
        } else if (n->op == KM_OP_INPUT && n->operand[0] == 0) {
            get(e, POINT);
            if (e->unrolled && t) {
                get(e, STRIDE);
                op_number(e, I32_CONST, t);
                op(e, I32_MUL);
                op(e, I32_ADD);
            }
            simd_memory(e, V_LOAD, 16 * v);
        } else if (n->op == KM_OP_INPUT) {
            get(e, CENTROID);
            simd_memory(e, V_LOAD_SPLAT, offset);
        } else {
            int locals[3] = {0, 0, 0};
            for (int o = 0; o < km_op_operands(n->op); o++) locals[o] = local_of(e, n->operand[o], t, v);
            operation(e, n->op, locals[0], locals[1], locals[2]);
        }
        set(e, local_of(e, node, t, v));
    }
}

static void combine(emitter *e, int node, int source, int t) {
    const km_op code = e->tree->nodes[node].op;
    const km_op with = code == KM_OP_REDUCE_MIN   ? KM_OP_MINIMUM
                       : code == KM_OP_REDUCE_MAX ? KM_OP_MAXIMUM
                                                  : KM_OP_ADD;
    for (int v = 0; v < copies(e, node); v++) {
        operation(e, with, local_of(e, node, 0, v), local_of(e, source, t, v), 0);
        set(e, local_of(e, node, 0, v));
    }
}

static void copy(emitter *e, int node, int source, int t) {
    for (int v = 0; v < copies(e, node); v++) {
        get(e, local_of(e, source, t, v));
        set(e, local_of(e, node, 0, v));
    }
}

static void divide_by_d(emitter *e, int node) {
    for (int v = 0; v < copies(e, node); v++) {
        get(e, local_of(e, node, 0, v));
        splat(e, e->d);
        simd(e, F64X2_DIV);
        set(e, local_of(e, node, 0, v));
    }
}

/* Points POINT, CENTROID and LITERALS at dimension t of the block and centroid under way; looped code moves
 * them. */
static void compute_needed(emitter *e, const unsigned char *needed, int last) {
    for (int i = 0; i <= last; i++)
        if (needed[i]) compute(e, i, 0);
}

static void move_pointers(emitter *e, int direction_bytes, int times) {
    for (int p = 0; p < 2; p++) advance(e, p ? LITERALS : CENTROID, direction_bytes * times);
    get(e, POINT);
    get(e, STRIDE);
    op_number(e, I32_CONST, direction_bytes < 0 ? -times : times);
    op(e, I32_MUL);
    op(e, I32_ADD);
    set(e, POINT);
}

static void looped_reduction(emitter *e, int node) {
    const km_node *n = &e->tree->nodes[node];
    const int source = n->operand[0];
    unsigned char needed[KM_TREE_MAX_NODES];
    km_tree_mark(e->tree, source, needed);
    if (n->op == KM_OP_COMPONENT) {
        move_pointers(e, 8, n->index);
        compute_needed(e, needed, source);
        copy(e, node, source, 0);
        move_pointers(e, -8, n->index);
        return;
    }
    compute_needed(e, needed, source);
    copy(e, node, source, 0);
    move_pointers(e, 8, 1);
    op_number(e, I32_CONST, 1);
    set(e, T);
    op(e, LOOP);
    op(e, NO_RESULT);
    compute_needed(e, needed, source);
    combine(e, node, source, 0);
    advance(e, CENTROID, 8);
    advance(e, LITERALS, 8);
    advance_by_local(e, POINT, STRIDE);
    advance(e, T, 1);
    get(e, T);
    op_number(e, I32_CONST, e->d);
    op(e, I32_LT_S);
    op_number(e, BR_IF, 0);
    op(e, END);
    move_pointers(e, -8, e->d);
    if (n->op == KM_OP_REDUCE_MEAN) divide_by_d(e, node);
}

static void unrolled_reduction(emitter *e, int node) {
    const km_node *n = &e->tree->nodes[node];
    copy(e, node, n->operand[0], n->op == KM_OP_COMPONENT ? n->index : 0);
    for (int t = 1; t < e->d && n->op != KM_OP_COMPONENT; t++) combine(e, node, n->operand[0], t);
    if (n->op == KM_OP_REDUCE_MEAN) divide_by_d(e, node);
}

/* The nodes computed inside or outside the loop over centroids, in order. */
static void compute_nodes(emitter *e, int inside_loop) {
    for (int i = 0; i < e->tree->count; i++) {
        const km_node *n = &e->tree->nodes[i];
        const int inside = !e->unrolled || (e->varies[i] & WITH_CENTROID) != 0;
        if (inside != inside_loop) continue;
        if (km_op_is_reduction(n->op)) {
            if (e->unrolled) unrolled_reduction(e, i);
            else looped_reduction(e, i);
        } else if (n->type == KM_TYPE_SCALAR) {
            compute(e, i, 0);
        } else if (e->unrolled) {
            for (int t = 0; t < e->d; t++) compute(e, i, t);
        }
    }
}

/* --- the loops around --- */

static void keep_nearest(emitter *e) {
    for (int v = 0; v < VECTORS; v++) {
        const int q = local_of(e, e->tree->result, 0, v), best = e->best + v, index = e->index + v;
        /* q - q is 0, or NaN where q is not finite: it stays in the sum. */
        get(e, e->bad);
        get(e, q);
        get(e, q);
        simd(e, F64X2_SUB);
        simd(e, F64X2_ADD);
        set(e, e->bad);
        get(e, J);
        op(e, I64_EXTEND);
        simd(e, I64X2_SPLAT);
        get(e, index);
        get(e, q);
        get(e, best);
        simd(e, F64X2_LT);
        simd(e, V_SELECT);
        set(e, index);
        get(e, q);
        get(e, best);
        get(e, q);
        get(e, best);
        simd(e, F64X2_LT);
        simd(e, V_SELECT);
        set(e, best);
    }
}

static void store_block(emitter *e) {
    static const unsigned char low_words[16] = {0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27};
    for (int v = 0; v < VECTORS; v++) {
        get(e, DISTANCES);
        get(e, e->best + v);
        simd_memory(e, V_STORE, 16 * v);
    }
    for (int v = 0; v < VECTORS; v += 2) {
        get(e, LABELS);
        get(e, e->index + v);
        get(e, e->index + v + 1);
        simd(e, V_SHUFFLE);
        km_raw(&e->out, low_words, 16);
        simd(e, V_STORE);
        km_unsigned(&e->out, 2);
        km_unsigned(&e->out, (uint32_t)(8 * v));
    }
}

static void body(emitter *e) {
    get(e, CONSTANTS);
    set(e, LITERALS);
    op(e, BLOCK);
    op(e, NO_RESULT);
    op(e, LOOP);
    op(e, NO_RESULT);
    get(e, I);
    get(e, N);
    op(e, I32_GE_S);
    op_number(e, BR_IF, 1);
    get(e, COLUMNS);
    set(e, POINT);
    get(e, CENTROIDS);
    set(e, CENTROID);
    op_number(e, I32_CONST, 0);
    set(e, J);
    for (int v = 0; v < VECTORS; v++) {
        splat(e, __builtin_inf());
        set(e, e->best + v);
        splat(e, 0);
        set(e, e->index + v);
    }
    compute_nodes(e, 0);
    op(e, LOOP);
    op(e, NO_RESULT);
    compute_nodes(e, 1);
    keep_nearest(e);
    advance(e, CENTROID, 8 * e->d);
    advance(e, J, 1);
    get(e, J);
    get(e, K);
    op(e, I32_LT_S);
    op_number(e, BR_IF, 0);
    op(e, END);
    store_block(e);
    advance(e, COLUMNS, 8 * KM_EMIT_BLOCK);
    advance(e, DISTANCES, 8 * KM_EMIT_BLOCK);
    advance(e, LABELS, 4 * KM_EMIT_BLOCK);
    advance(e, I, KM_EMIT_BLOCK);
    op_number(e, BR, 0);
    op(e, END);
    op(e, END);
    get(e, e->bad);
    get(e, e->bad);
    simd(e, F64X2_NE);
    simd(e, V_ANY);
    op(e, END);
}

static void function_type(km_bytes *b, int parameter, int parameters, int result) {
    km_byte(b, TYPE_FUNC);
    km_unsigned(b, (uint32_t)parameters);
    for (int i = 0; i < parameters; i++) km_byte(b, parameter);
    km_unsigned(b, 1);
    km_byte(b, result);
}

static int section(km_bytes *b, int id) {
    km_byte(b, id);
    return km_open(b);
}

int km_emit(const km_tree *t, int d, unsigned char *bytes, int room) {
    emitter e = {.out = {bytes, 0, room, 0}, .tree = t, .d = d, .unrolled = d <= UNROLLED};
    km_bytes *b = &e.out;
    plan(&e);
    km_raw(b, "\0asm\1\0\0\0", 8);
    int start = section(b, 1); /* types: one operand, two operands, the kernel */
    km_unsigned(b, 3);
    function_type(b, TYPE_V128, 1, TYPE_V128);
    function_type(b, TYPE_V128, 2, TYPE_V128);
    function_type(b, TYPE_I32, 8, TYPE_I32);
    km_close(b, start);
    start = section(b, 2); /* imports */
    km_unsigned(b, HELPERS + 1);
    for (int h = 0; h < HELPERS; h++) {
        km_name(b, "e");
        km_name(b, helpers[h].name);
        km_byte(b, 0);
        km_unsigned(b, km_op_operands(helpers[h].op) == 2);
    }
    km_name(b, "e");
    km_name(b, "memory");
    km_raw(b, "\2\0\0", 3); /* a memory of any size */
    km_close(b, start);
    start = section(b, 3); /* functions: one, of the kernel's type */
    km_raw(b, "\1\2", 2);
    km_close(b, start);
    start = section(b, 7); /* exports */
    km_unsigned(b, 1);
    km_name(b, "nearest");
    km_byte(b, 0);
    km_unsigned(b, HELPERS);
    km_close(b, start);
    start = section(b, 10); /* code */
    km_unsigned(b, 1);
    const int function = km_open(b);
    km_unsigned(b, 2);
    km_unsigned(b, I32_LOCALS);
    km_byte(b, TYPE_I32);
    km_unsigned(b, (uint32_t)(e.locals - I32_END));
    km_byte(b, TYPE_V128);
    body(&e);
    km_close(b, function);
    km_close(b, start);
    return b->overflow ? -1 : b->size;
}
