/* program_fuzz.c: any bytes give values or diagnostics whose places lie in the text, and an edit of a text
 * does what it says and nothing else. A good program printed is a program that prints as itself and computes
 * the same, and its distance has a module. */
#include "../program/call.h"
#include "fuzz.h"
#include "program/emit.h"
#include "program/program.h"
#include "program/tree.h"
#include "rng.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    double min, max;
} ranges[KM_PARAM_COUNT] = {
#define RANGE_OF_INT(min, max) min, max
#define RANGE_OF_REAL(min, max) min, max
#define RANGE_OF_INIT(min, max) 0, KM_INIT_COUNT - 1
#define RANGE_OF_DISTANCE(min, max) 0, KM_DISTANCE_COUNT - 1
#define RANGE_OF_CENTER(min, max) 0, KM_CENTER_COUNT - 1
#define RANGE_OF_EMPTY(min, max) 0, KM_EMPTY_COUNT - 1
#define PARAM(id, name, type, def, min, max, alias, label, help) {RANGE_OF_##type(min, max)},
#include "defs/params.def"
#undef PARAM
};

static int parse(km_program *p, const void *bytes, size_t size) {
    memcpy(km_program_text(p), bytes, size);
    return km_program_parse(p, (int)size);
}

static void check_text(const char *text) {
    const char *const end = text + strlen(text);
    while (text < end) {
        const int length = km_utf8_length(text, end);
        FUZZ_CHECK(length > 0);
        text += length;
    }
}

static void check_diagnostics(const km_program *p, int errors, int size) {
    const int count = km_program_diagnostics(p);
    int seen = 0, last = 0;
    FUZZ_CHECK(count >= 0 && count <= KM_PROGRAM_MAX_DIAGNOSTICS);
    for (int i = 0; i < count; i++) {
        const int from = km_diagnostic_from(p, i), to = km_diagnostic_to(p, i);
        FUZZ_CHECK(from >= last && from <= to && to <= size);
        last = from;
        FUZZ_CHECK(*km_diagnostic_code(p, i) && *km_diagnostic_message(p, i));
        check_text(km_diagnostic_message(p, i));
        seen += km_diagnostic_severity(p, i) == KM_SEVERITY_ERROR;
        if (!km_diagnostic_fix(p, i)) continue;
        check_text(km_diagnostic_fix(p, i));
        FUZZ_CHECK(km_diagnostic_fix_from(p, i) >= 0 &&
                   km_diagnostic_fix_from(p, i) <= km_diagnostic_fix_to(p, i));
        FUZZ_CHECK(km_diagnostic_fix_to(p, i) <= size);
    }
    FUZZ_CHECK((errors > 0) == (seen > 0) && errors >= seen);
}

static void check_values(const km_program *p, int size) {
    for (int i = 0; i < KM_PARAM_COUNT; i++) {
        const km_param param = (km_param)i;
        const double v = km_program_value(p, param);
        FUZZ_CHECK(v >= ranges[i].min && v <= ranges[i].max);
        const int from = km_program_from(p, param), to = km_program_to(p, param);
        FUZZ_CHECK((from == -1 && to == -1) || (from >= 0 && from < to && to <= size));
    }
}

/* Sets one parameter to one end of its range and compares all values before and after. */
static void check_edit(km_program *p, const uint8_t *data, size_t size, int errors) {
    const km_param param = (km_param)(size % KM_PARAM_COUNT);
    const double wanted = size & 1 ? ranges[param].min : ranges[param].max;
    double before[KM_PARAM_COUNT];
    for (int i = 0; i < KM_PARAM_COUNT; i++) before[i] = km_program_value(p, (km_param)i);
    const char *const insert = km_program_edit(p, param, wanted);
    FUZZ_CHECK(insert || errors || size > KM_PROGRAM_MAX_BYTES - 64);
    if (!insert) return;
    const size_t from = (size_t)km_program_edit_from(p), to = (size_t)km_program_edit_to(p),
                 length = strlen(insert);
    FUZZ_CHECK(from <= to && to <= size);
    if (size - (to - from) + length > KM_PROGRAM_MAX_BYTES) return;

    char *const edited = malloc(KM_PROGRAM_MAX_BYTES);
    memcpy(edited, data, from);
    memcpy(edited + from, insert, length);
    memcpy(edited + from + length, data + to, size - to);
    const int errors_after = parse(p, edited, size - (to - from) + length);
    if (!errors) {
        FUZZ_CHECK(errors_after == 0);
        for (int i = 0; i < KM_PARAM_COUNT; i++)
            FUZZ_CHECK(km_program_value(p, (km_param)i) == (i == (int)param ? wanted : before[i]));
    }
    free(edited);
}

/* --- printed, called, emitted --- */

/* The number of dimensions that a tree fits, or 0: as many as its literals have, and its components need. */
static int dimension_of(const km_tree *t) {
    int d = 0, least = 1;
    for (int i = 0; i < t->count; i++) {
        if (t->nodes[i].op == KM_OP_LITERAL) d = t->nodes[i].operand[1];
        if (t->nodes[i].op == KM_OP_COMPONENT && t->nodes[i].index >= least) least = t->nodes[i].index + 1;
    }
    if (d == 0) d = least < 3 ? 3 : least;
    return km_tree_misfit(t, d) ? 0 : d;
}

static int same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

/* A hook of two programs, called with the same random arguments. */
static void check_same_values(const km_program *p, const km_program *q, km_hook hook, int d) {
    enum { MEMBERS = 3 };
    static double arguments[(MEMBERS + 1) * KM_MAX_DIMS], a[KM_MAX_DIMS], b[KM_MAX_DIMS];
    km_rng rng;
    km_rng_seed(&rng, 5);
    for (int i = 0; i < call_arguments(hook, d, MEMBERS); i++)
        arguments[i] = (double)(int64_t)(km_rng_next(&rng) >> 40) / (1 << 20) - 8;
    const int count = call_hook(p, hook, arguments, d, MEMBERS, a);
    FUZZ_CHECK(count > 0 && call_hook(q, hook, arguments, d, MEMBERS, b) == count);
    for (int i = 0; i < count; i++) FUZZ_CHECK(same_bits(a[i], b[i]));
}

static void check_printed(const km_program *p, size_t size) {
    enum { ROOM = KM_PROGRAM_MAX_BYTES + 2 };
    static char printed[ROOM], again[ROOM];
    const int length = km_program_print(p, printed, ROOM);
    /* Only numbers such as 1e15, written out, can make a text four times as long. */
    FUZZ_CHECK(length >= 0 || size > KM_PROGRAM_MAX_BYTES / 4);
    if (length < 0) return;
    FUZZ_CHECK(strlen(printed) == (size_t)length);
    km_program *const q = km_program_create();
    FUZZ_CHECK(q != NULL && parse(q, printed, (size_t)length) == 0);
    FUZZ_CHECK(km_program_print(q, again, ROOM) == length && strcmp(again, printed) == 0);
    for (int i = 0; i < KM_PARAM_COUNT; i++)
        FUZZ_CHECK(km_program_value(p, (km_param)i) == km_program_value(q, (km_param)i));
    for (int h = 0; h < KM_HOOK_COUNT; h++) {
        const km_hook hook = (km_hook)h;
        const km_tree *const t = km_program_tree(p, hook);
        FUZZ_CHECK(!t == !km_program_tree(q, hook) &&
                   km_program_is_custom(p, hook) == km_program_is_custom(q, hook));
        if (t && dimension_of(t)) check_same_values(p, q, hook, dimension_of(t));
    }
    km_program_destroy(q);
}

static void check_module(const km_program *p) {
    static unsigned char module[KM_EMIT_MAX_BYTES];
    const km_tree *const t = km_program_tree(p, KM_HOOK_DISTANCE);
    const int d = t ? dimension_of(t) : 0;
    if (d == 0) return;
    const int bytes = km_emit(t, d, module, KM_EMIT_MAX_BYTES);
    FUZZ_CHECK(bytes > 8 && memcmp(module, "\0asm\1\0\0\0", 8) == 0);
    /* The same again in just the room it takes, and not in less. */
    FUZZ_CHECK(km_emit(t, d, module, bytes) == bytes && km_emit(t, d, module, bytes - 1) == -1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > KM_PROGRAM_MAX_BYTES) size = KM_PROGRAM_MAX_BYTES;
    km_program *const p = km_program_create();
    FUZZ_CHECK(p != NULL);
    const int errors = parse(p, data, size);
    check_diagnostics(p, errors, (int)size);
    FUZZ_CHECK(memcmp(km_program_text(p), data, size) == 0);
    if (!errors) {
        check_values(p, (int)size);
        check_printed(p, size);
        check_module(p);
    }
    FUZZ_CHECK(km_program_edit(p, KM_PARAM_K, 0) == NULL && km_program_edit(p, KM_PARAM_K, 1.5) == NULL);
    check_edit(p, data, size, errors);
    km_program_destroy(p);
    return 0;
}
