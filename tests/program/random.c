/* random.c: writes random programs without errors, with all four functions, to be run elsewhere.
 *
 *   program-random COUNT PROGRAMS.jsonl MODULES.bin
 *
 * A line of the first file is a program, what its functions are called with, and what the evaluator gives:
 * {"text", "d", "module": bytes, "distance": {"x": points, "c": centroids, "gives": rows of distances},
 * "center" | "seed_weight" | "stop": {"calls": [arguments], "gives": [results]}}; values that are not finite
 * are texts. The second file has the modules of the distances, one after the other.
 *
 * The texts are Python, too, and mean the same there: both operands of an operation are never numbers written
 * out (1 / 0 is an exception in Python), conditions are never added to conditions (NumPy takes that as `or`),
 * and a literal vector is never one of whole numbers alone (NumPy refuses [1, 2]**-1). */
#include "call.h"
#include "number.h"
#include "program/emit.h"
#include "program/tree.h"
#include "rng.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 8, CENTROIDS = 2, CALLS = 3, MOST_MEMBERS = 9, MOST_DIMS = 6, MOST_LOCALS = 3 };

static km_rng rng;
static int below(int n) { return (int)(km_rng_next(&rng) % (uint64_t)n); }

/* --- texts --- */

typedef struct writer {
    km_text text;
    km_hook hook;
    int d;
    km_type locals[MOST_LOCALS]; /* named e, f, g */
    int local_count;
} writer;

static void put(writer *w, const char *s) { km_text_put(&w->text, s); }
static const char *one_of(const char *const *list, int count) { return list[below(count)]; }
#define ONE_OF(...)                                                                                          \
    one_of((const char *const[]){__VA_ARGS__},                                                               \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

static void write_value(writer *w, km_type type, int depth);

static void write_number(writer *w) { put(w, ONE_OF("0", "1", "2", "3", "0.5", "3.25", "1e-3", "10")); }

static int write_local(writer *w, km_type type) {
    for (int i = w->local_count - 1; i >= 0; i--)
        if (w->locals[i] == type && below(2)) {
            put(w, (const char *const[]){"e", "f", "g"}[i]);
            return 1;
        }
    return 0;
}

static void write_input(writer *w, km_type type) {
    if (type == KM_TYPE_POINTS) {
        put(w, "points");
    } else if (w->hook == KM_HOOK_SEED_WEIGHT) {
        put(w, "d");
    } else if (w->hook == KM_HOOK_STOP) {
        put(w, ONE_OF("inertia", "previous", "shift", "iteration"));
    } else if (type == KM_TYPE_SCALAR) {
        km_text_print(&w->text, "%s[%d]", w->hook == KM_HOOK_CENTER ? "c" : ONE_OF("x", "c"), below(w->d));
    } else if (below(8) == 0) {
        put(w, "np.array([0.5");
        for (int i = 1; i < w->d; i++) {
            put(w, ", ");
            write_number(w);
        }
        put(w, "])");
    } else {
        put(w, w->hook == KM_HOOK_CENTER ? "c" : ONE_OF("x", "c", "(x - c)"));
    }
}

static void write_leaf(writer *w, km_type type) {
    if (!write_local(w, type)) write_input(w, type);
}

/* A type that broadcasts into another. */
static km_type narrower(const writer *w, km_type type) {
    const int vectors = w->hook == KM_HOOK_DISTANCE || w->hook == KM_HOOK_CENTER;
    if (type == KM_TYPE_SCALAR || !vectors) return KM_TYPE_SCALAR;
    return below(3) ? type : (km_type)below((int)type + 1);
}

/* What goes with a value of this type. */
static void write_other(writer *w, km_type type, int depth) {
    if (below(3) == 0) write_number(w);
    else write_value(w, narrower(w, type), depth);
}

static void write_condition(writer *w, km_type type, int depth) {
    if (type == KM_TYPE_SCALAR && depth > 0 && below(4) == 0) {
        put(w, "(");
        if (below(3) == 0) {
            put(w, "not ");
            write_condition(w, type, depth - 1);
        } else {
            write_condition(w, type, depth - 1);
            put(w, ONE_OF(" and ", " or "));
            write_condition(w, type, depth - 1);
        }
        put(w, ")");
        return;
    }
    put(w, "(");
    if (below(4) == 0) { /* exp(log(d)) == d is anyone's guess: only inputs are compared for equality */
        write_input(w, type);
        put(w, ONE_OF(" == ", " != "));
        if (below(3) == 0) write_number(w);
        else write_input(w, type);
        put(w, ")");
        return;
    }
    write_value(w, type, depth - 1);
    put(w, ONE_OF(" < ", " <= ", " > ", " >= "));
    write_other(w, type, depth - 1);
    put(w, ")");
}

/* A run of operators without brackets: what binds tighter is the language's business. */
static void write_chain(writer *w, km_type type, int depth) {
    put(w, "(");
    for (int i = 2 + below(2); i > 0; i--) {
        put(w, ONE_OF("", "", "", "-"));
        write_value(w, i == 1 ? type : narrower(w, type), depth - 1);
        if (i > 1) put(w, ONE_OF(" + ", " - ", " * ", " / ", "**"));
    }
    put(w, ")");
}

static void write_call(writer *w, const char *name, const char *bare, km_type type, int depth) {
    km_text_print(&w->text, "%s(", below(2) ? name : bare);
    write_value(w, type, depth - 1);
    put(w, ")");
}

/* The last two arguments of a call. */
static void write_two(writer *w, km_type type, int depth) {
    write_value(w, type, depth);
    put(w, ", ");
    write_other(w, type, depth);
    put(w, ")");
}

static void write_reduction(writer *w, km_type type, int depth) {
    const int members = type == KM_TYPE_VECTOR;
    const char *const name =
        members ? ONE_OF("sum", "mean", "median", "min", "max") : ONE_OF("sum", "mean", "min", "max");
    const char *const axis = members ? ONE_OF("0", "axis=0") : ONE_OF("-1", "0", "axis=-1", "");
    const km_type of = members ? KM_TYPE_POINTS : KM_TYPE_VECTOR;
    const int method = strcmp(name, "median") != 0 && below(2);
    if (!method) km_text_print(&w->text, "%s%s", ONE_OF("np.", ""), name);
    put(w, "(");
    write_value(w, of, depth - 1);
    if (method) km_text_print(&w->text, ").%s(%s)", name, axis);
    else km_text_print(&w->text, "%s%s)", *axis ? ", " : "", axis);
}

static void write_value(writer *w, km_type type, int depth) {
    const int reducible = (type == KM_TYPE_SCALAR && w->hook <= KM_HOOK_CENTER) ||
                          (type == KM_TYPE_VECTOR && w->hook == KM_HOOK_CENTER);
    if (depth <= 0) {
        write_leaf(w, type);
        return;
    }
    switch (below(reducible ? 14 : 10)) {
    case 0:
    case 1: write_chain(w, type, depth); return;
    case 2: /* with a number written out, on either side */
        put(w, "(");
        if (below(2)) {
            write_value(w, type, depth - 1);
            put(w, ONE_OF(" + ", " - ", " * ", " / ", "**"));
            write_number(w);
        } else {
            write_number(w);
            put(w, ONE_OF(" + ", " - ", " * ", " / "));
            write_value(w, type, depth - 1);
        }
        put(w, ")");
        return;
    case 3: write_call(w, "np.abs", "abs", type, depth); return;
    case 4: {
        const char *const name = ONE_OF("np.sqrt", "np.exp", "np.log", "np.sin", "np.cos", "np.tanh");
        write_call(w, name, name + 3, type, depth);
        return;
    }
    case 5:
        km_text_print(&w->text, "%s%s(", ONE_OF("np.", ""), ONE_OF("minimum", "maximum"));
        write_two(w, type, depth - 1);
        return;
    case 6:
        km_text_print(&w->text, "%swhere(", ONE_OF("np.", ""));
        write_condition(w, narrower(w, type), depth - 1);
        put(w, ", ");
        write_two(w, type, depth - 1);
        return;
    case 7:
        put(w, "(");
        write_value(w, type, depth - 1);
        put(w, " * ");
        write_condition(w, narrower(w, type), depth - 1);
        put(w, ")");
        return;
    case 8:
    case 9:
        put(w, "(");
        write_value(w, type, depth - 1);
        if (type == KM_TYPE_SCALAR && below(3) == 0) {
            put(w, ONE_OF(" and ", " or "));
        } else {
            put(w, " if ");
            write_condition(w, KM_TYPE_SCALAR, depth - 1);
            put(w, " else ");
        }
        write_value(w, type, depth - 1);
        put(w, ")");
        return;
    default: write_reduction(w, type, depth);
    }
}

static void write_hook(writer *w, km_hook hook, const char *first_line) {
    w->hook = hook;
    w->local_count = 0;
    put(w, first_line);
    const int locals = below(MOST_LOCALS + 1);
    for (int i = 0; i < locals; i++) {
        const km_type most = hook == KM_HOOK_CENTER     ? KM_TYPE_POINTS
                             : hook == KM_HOOK_DISTANCE ? KM_TYPE_VECTOR
                                                        : KM_TYPE_SCALAR;
        const km_type type = (km_type)below((int)most + 1);
        km_text_print(&w->text, "    %s = ", (const char *const[]){"e", "f", "g"}[i]);
        write_value(w, type, 2);
        put(w, "\n");
        w->locals[w->local_count++] = type;
    }
    put(w, "    return ");
    write_value(w, hook == KM_HOOK_CENTER ? KM_TYPE_VECTOR : KM_TYPE_SCALAR, 3);
    put(w, "\n");
}

static void write_program(writer *w) {
    write_hook(w, KM_HOOK_DISTANCE, "def distance(x, c):\n");
    write_hook(w, KM_HOOK_CENTER, "def center(points, c):\n");
    write_hook(w, KM_HOOK_SEED_WEIGHT, "def seed_weight(d):\n");
    write_hook(w, KM_HOOK_STOP, "def stop(inertia, previous, shift, iteration):\n");
}

/* --- values --- */

/* From -4 to 4, now and then a small whole number, so that things are equal. */
static double coordinate(void) {
    return below(6) == 0 ? below(5) - 2 : below(1 << 30) / (double)(1 << 27) - 4;
}

static void print_values(FILE *out, const double *values, int count) {
    for (int i = 0; i < count; i++) {
        char number[KM_NUMBER_BYTES];
        const int finite = values[i] - values[i] == 0;
        km_print_number(values[i], number);
        fprintf(out, finite ? "%s%s" : "%s\"%s\"", i ? "," : "", number);
    }
}

static void print_rows(FILE *out, const double *values, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
        fputs(i ? ",[" : "[", out);
        print_values(out, values + i * columns, columns);
        fputs("]", out);
    }
}

static void call_or_fail(const km_program *p, km_hook hook, const double *arguments, int d, int members,
                         double *out) {
    if (call_hook(p, hook, arguments, d, members, out)) return;
    fprintf(stderr, "a function cannot be called:\n%s", km_program_text((km_program *)p));
    exit(1);
}

static void print_distances(FILE *out, const km_program *p, int d) {
    double x[POINTS * MOST_DIMS], c[CENTROIDS * MOST_DIMS], pair[2 * MOST_DIMS], gives[CENTROIDS * POINTS];
    for (int i = 0; i < POINTS * d; i++) x[i] = coordinate();
    for (int i = 0; i < CENTROIDS * d; i++) c[i] = below(8) ? coordinate() : x[i];
    for (int j = 0; j < CENTROIDS; j++)
        for (int i = 0; i < POINTS; i++) {
            memcpy(pair, x + i * d, (size_t)d * sizeof *x);
            memcpy(pair + d, c + j * d, (size_t)d * sizeof *c);
            call_or_fail(p, KM_HOOK_DISTANCE, pair, d, 0, &gives[j * POINTS + i]);
        }
    fputs("\"distance\":{\"x\":[", out);
    print_rows(out, x, POINTS, d);
    fputs("],\"c\":[", out);
    print_rows(out, c, CENTROIDS, d);
    fputs("],\"gives\":[", out);
    print_rows(out, gives, CENTROIDS, POINTS);
    fputs("]}", out);
}

static void print_calls(FILE *out, const km_program *p, km_hook hook, const char *name, int d) {
    double arguments[CALLS][(MOST_MEMBERS + 1) * MOST_DIMS], gives[CALLS][MOST_DIMS];
    const int results = hook == KM_HOOK_CENTER ? d : 1;
    fprintf(out, ",\"%s\":{\"calls\":[", name);
    for (int i = 0; i < CALLS; i++) {
        const int members = 1 + below(MOST_MEMBERS), count = call_arguments(hook, d, members);
        for (int t = 0; t < count; t++) {
            const double value = coordinate();
            arguments[i][t] = hook == KM_HOOK_CENTER || value >= 0 ? value : -value;
        }
        call_or_fail(p, hook, arguments[i], d, members, gives[i]);
        fputs(i ? ",[" : "[", out);
        print_values(out, arguments[i], count);
        fputs("]", out);
    }
    fputs("],\"gives\":[", out);
    for (int i = 0; i < CALLS; i++) {
        fputs(i ? ",[" : "[", out);
        print_values(out, gives[i], results);
        fputs("]", out);
    }
    fputs("]}", out);
}

static void print_text(FILE *out, const char *text) {
    for (; *text; text++) fprintf(out, *text == '\n' ? "\\n" : "%c", *text);
}

int main(int argc, char **argv) {
    static unsigned char module[KM_EMIT_MAX_BYTES];
    if (argc != 4) return 2;
    FILE *const programs = fopen(argv[2], "w"), *const modules = fopen(argv[3], "wb");
    if (!programs || !modules) return 2;
    km_program *const p = km_program_create();
    for (int i = 0; i < atoi(argv[1]); i++) {
        km_rng_seed(&rng, i);
        writer w = {.text = km_text_in(km_program_text(p), KM_PROGRAM_MAX_BYTES), .d = 1 + i % MOST_DIMS};
        write_program(&w);
        if (km_program_parse(p, w.text.length) != 0) {
            fprintf(stderr, "%s at %d in\n%s", km_diagnostic_message(p, 0), km_diagnostic_from(p, 0),
                    km_program_text(p));
            return 1;
        }
        const int bytes = call_emit(p, w.d, module, KM_EMIT_MAX_BYTES);
        if (bytes <= 0 || fwrite(module, 1, (size_t)bytes, modules) != (size_t)bytes) return 1;
        fputs("{\"text\":\"", programs);
        print_text(programs, km_program_text(p));
        fprintf(programs, "\",\"d\":%d,\"module\":%d,", w.d, bytes);
        print_distances(programs, p, w.d);
        print_calls(programs, p, KM_HOOK_CENTER, "center", w.d);
        print_calls(programs, p, KM_HOOK_SEED_WEIGHT, "seed_weight", w.d);
        print_calls(programs, p, KM_HOOK_STOP, "stop", w.d);
        fputs("}\n", programs);
    }
    km_program_destroy(p);
    return fclose(programs) || fclose(modules);
}
