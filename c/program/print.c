/* print.c: a program back as text, from its values and trees. */
#include "../number.h"
#include "../params.h"
#include "../text.h"
#include "internal.h"
#include <string.h>

/* How tightly a printed expression holds together; a looser operand gets parentheses. */
enum { CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM };

/* Deeper than this an expression gets a name of its own: for the eye, and to stay below KM_MAX_NESTING. */
enum { DEEP = 24 };

typedef struct printer {
    km_text *out;
    const km_tree *tree;
    char inputs[KM_TREE_MAX_INPUTS][16];
    int uses[KM_TREE_MAX_NODES];  /* by what the result needs; a square is one use */
    int name[KM_TREE_MAX_NODES];  /* number of its local, from 1; 0 for what is printed in place */
    int depth[KM_TREE_MAX_NODES]; /* nesting of what is printed in place, as the parser counts it */
} printer;

static const struct {
    const char *sign;
    int level, left, right; /* its own, and what its operands need */
} operators[KM_OP_COUNT] = {[KM_OP_ADD] = {" + ", SUM, SUM, PRODUCT},
                            [KM_OP_SUBTRACT] = {" - ", SUM, SUM, PRODUCT},
                            [KM_OP_MULTIPLY] = {" * ", PRODUCT, PRODUCT, SIGN},
                            [KM_OP_DIVIDE] = {" / ", PRODUCT, PRODUCT, SIGN},
                            [KM_OP_POWER] = {"**", POWER, ATOM, SIGN},
                            [KM_OP_LESS] = {" < ", COMPARISON, SUM, SUM},
                            [KM_OP_LESS_EQUAL] = {" <= ", COMPARISON, SUM, SUM},
                            [KM_OP_EQUAL] = {" == ", COMPARISON, SUM, SUM},
                            [KM_OP_NOT_EQUAL] = {" != ", COMPARISON, SUM, SUM},
                            [KM_OP_AND] = {" and ", AND, AND, NOT},
                            [KM_OP_OR] = {" or ", OR, OR, AND}};

static const char *function_name(km_op op) {
    static const struct {
        const char *name;
        km_op op, members_op;
    } builtins[] = {
#define BUILTIN(name, kind, op, members_op, signature, help) {name, KM_OP_##op, KM_OP_##members_op},
#include "../defs/builtins.def"
#undef BUILTIN
    };
    size_t i = 0;
    while (builtins[i].op != op && builtins[i].members_op != op) i++;
    return builtins[i].name;
}

/* x**2 is the product of x with itself. */
static int is_square(const km_node *n) { return n->op == KM_OP_MULTIPLY && n->operand[0] == n->operand[1]; }

/* `a if condition else b`, which Python can do when one value decides; else np.where, which broadcasts. */
static int is_choice(const printer *p, const km_node *n) {
    const km_node *nodes = p->tree->nodes;
    return n->op == KM_OP_SELECT && nodes[n->operand[0]].type == KM_TYPE_SCALAR &&
           nodes[n->operand[1]].type == nodes[n->operand[2]].type;
}

static int is_method(km_op op) {
    return op != KM_OP_COMPONENT && op != KM_OP_MEMBERS_MEDIAN &&
           (km_op_is_reduction(op) || km_op_is_members(op));
}

static int level_of(const printer *p, int node) {
    const km_node *n = &p->tree->nodes[node];
    if (p->name[node]) return ATOM;
    if (is_square(n)) return POWER;
    if (operators[n->op].sign) return operators[n->op].level;
    if (n->op == KM_OP_NEGATE) return SIGN;
    if (n->op == KM_OP_NOT) return NOT;
    return is_choice(p, n) ? CHOICE : ATOM;
}

/* What an operand's level must be to go without parentheses. */
static int needed_level(const printer *p, const km_node *n, int operand) {
    if (is_square(n)) return ATOM;
    if (operators[n->op].sign) return operand ? operators[n->op].right : operators[n->op].left;
    if (n->op == KM_OP_NEGATE) return SIGN;
    if (n->op == KM_OP_NOT) return NOT;
    if (is_choice(p, n)) return operand == 2 ? CHOICE : OR;
    return n->op == KM_OP_COMPONENT || is_method(n->op) ? ATOM : CHOICE;
}

/* The levels of nesting that the parser counts from an operand to its operation. */
static int nesting(const printer *p, const km_node *n, int operand) {
    const int in_brackets = level_of(p, n->operand[operand]) < needed_level(p, n, operand);
    const int counted = n->op == KM_OP_NEGATE || n->op == KM_OP_NOT ||
                        (n->op == KM_OP_POWER && operand == 1) ||
                        (is_choice(p, n) ? operand == 2 : needed_level(p, n, operand) == CHOICE);
    return in_brackets + counted;
}

/* Decides what gets a name: what is used more than once, so that it stays one node, and what is deep. */
static void plan(printer *p) {
    const km_tree *t = p->tree;
    int names = 0;
    p->uses[t->result] = 1;
    for (int i = t->count - 1; i >= 0; i--)
        for (int o = 0; p->uses[i] && o < km_op_operands(t->nodes[i].op); o++)
            if (o == 0 || !is_square(&t->nodes[i])) p->uses[t->nodes[i].operand[o]]++;
    for (int i = 0; i < t->count; i++) {
        const km_node *n = &t->nodes[i];
        for (int o = 0; p->uses[i] && o < km_op_operands(n->op); o++) {
            const int deep = p->depth[n->operand[o]] + nesting(p, n, o);
            if (deep > p->depth[i]) p->depth[i] = deep;
        }
        if (i == t->result || n->op == KM_OP_INPUT || (p->uses[i] < 2 && p->depth[i] < DEEP)) continue;
        if (p->uses[i]) p->name[i] = ++names;
        p->depth[i] = 0;
    }
}

static void put(printer *p, int node, int level);

/* Recursion goes over what is printed in place: no deeper than a tree has nodes, KM_TREE_MAX_NODES. */
static void put_operand(printer *p, const km_node *n, int operand) {
    put(p, n->operand[operand], needed_level(p, n, operand));
}

static void put_number(printer *p, double value) {
    char number[KM_NUMBER_BYTES];
    km_print_number(value, number);
    km_text_put(p->out, number);
}

static void put_call(printer *p, const km_node *n) {
    km_text_print(p->out, "np.%s(", function_name(n->op));
    if (n->op == KM_OP_LITERAL) {
        km_text_put(p->out, "[");
        for (int i = 0; i < n->operand[1]; i++) {
            if (i) km_text_put(p->out, ", ");
            put_number(p, p->tree->constants[n->operand[0] + i]);
        }
        km_text_put(p->out, "]");
    }
    for (int o = 0; o < km_op_operands(n->op); o++) {
        if (o) km_text_put(p->out, ", ");
        put_operand(p, n, o);
    }
    km_text_put(p->out, n->op == KM_OP_MEMBERS_MEDIAN ? ", axis=0)" : ")");
}

static void put_node(printer *p, const km_node *n) {
    if (n->op == KM_OP_NUMBER) {
        put_number(p, n->value);
    } else if (n->op == KM_OP_INPUT) {
        km_text_put(p->out, p->inputs[n->operand[0]]);
    } else if (is_square(n)) {
        put_operand(p, n, 0);
        km_text_put(p->out, "**2");
    } else if (operators[n->op].sign) {
        put_operand(p, n, 0);
        km_text_put(p->out, operators[n->op].sign);
        put_operand(p, n, 1);
    } else if (n->op == KM_OP_NEGATE || n->op == KM_OP_NOT) {
        km_text_put(p->out, n->op == KM_OP_NOT ? "not " : "-");
        put_operand(p, n, 0);
    } else if (is_choice(p, n)) {
        put_operand(p, n, 1);
        km_text_put(p->out, " if ");
        put_operand(p, n, 0);
        km_text_put(p->out, " else ");
        put_operand(p, n, 2);
    } else if (n->op == KM_OP_COMPONENT) {
        put_operand(p, n, 0);
        km_text_print(p->out, "[%d]", n->index);
    } else if (is_method(n->op)) {
        put_operand(p, n, 0);
        km_text_print(p->out, ".%s(%d)", function_name(n->op), km_op_is_members(n->op) ? 0 : -1);
    } else {
        put_call(p, n);
    }
}

static void put(printer *p, int node, int level) {
    const int brackets = level_of(p, node) < level;
    if (brackets) km_text_put(p->out, "(");
    if (p->name[node]) km_text_print(p->out, "v%d", p->name[node]);
    else put_node(p, &p->tree->nodes[node]);
    if (brackets) km_text_put(p->out, ")");
}

static void put_hook(km_text *out, const km_tree *tree, const char *name, const char *parameters) {
    printer p = {.out = out, .tree = tree};
    const char *at = parameters;
    for (int i = 0; *at; i++) { /* "x, c" */
        const size_t length = strcspn(at, ",");
        memcpy(p.inputs[i], at, length);
        at += length + (at[length] ? 2 : 0);
    }
    km_text_print(out, "%sdef %s(%s):\n", out->length ? "\n" : "", name, parameters);
    plan(&p);
    for (int i = 0; i < tree->count; i++) {
        if (!p.name[i]) continue;
        km_text_print(out, "    v%d = ", p.name[i]);
        put_node(&p, &tree->nodes[i]);
        km_text_put(out, "\n");
    }
    km_text_put(out, "    return ");
    put(&p, tree->result, CHOICE);
    km_text_put(out, "\n");
}

int km_program_print(const km_program *p, char *out, int room) {
    static const struct {
        const char *name, *parameters;
    } hooks[] = {
#define HOOK(id, name, parameters, result, formula, help) {name, parameters},
#include "../defs/hooks.def"
#undef HOOK
    };
    km_text text = km_text_in(out, (size_t)room);
    for (int i = 0; i < KM_PARAM_COUNT; i++) {
        if (p->from[i] < 0) continue;
        km_text_print(&text, "%s = ", km_param_table[i].name);
        km_put_value(&text, (km_param)i, p->values[i]);
        km_text_put(&text, "\n");
    }
    for (int h = 0; h < KM_HOOK_COUNT; h++)
        if (p->has_hook[h]) put_hook(&text, &p->hooks[h], hooks[h].name, hooks[h].parameters);
    /* A text that fills the buffer was cut. */
    return text.length < room - 1 ? text.length : -1;
}
