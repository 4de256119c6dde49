/* program_fuzz.c: any bytes give values or diagnostics whose places lie in the text, and an edit of a text
 * does what it says and nothing else. */
#include "fuzz.h"
#include "program/program.h"
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > KM_PROGRAM_MAX_BYTES) size = KM_PROGRAM_MAX_BYTES;
    km_program *const p = km_program_create();
    FUZZ_CHECK(p != NULL);
    const int errors = parse(p, data, size);
    check_diagnostics(p, errors, (int)size);
    FUZZ_CHECK(memcmp(km_program_text(p), data, size) == 0);
    if (!errors) check_values(p, (int)size);
    FUZZ_CHECK(km_program_edit(p, KM_PARAM_K, 0) == NULL && km_program_edit(p, KM_PARAM_K, 1.5) == NULL);
    check_edit(p, data, size, errors);
    km_program_destroy(p);
    return 0;
}
