/* cases.c: runs files of `source ==> result` cases through the compiler (after the tests of lezer-parser).
 *
 *   source lines
 *   ==>
 *   k = 4                                   a value the program must give (choices as their number)
 *   error 1:5-1:8 out-of-range k must be from 1 to 10000.
 *   fix 1:5-1:8 10000                       of the diagnostic above; a line break is shown as \n
 *   ---
 *
 * Every diagnostic must be there, in order, with code, place and message; the values listed must hold. With
 * --print the runner writes what it found instead, for a person to check.
 */
#include "number.h"
#include "program/program.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CASE = 200000 };

static const char *const names[] = {
#define PARAM(id, name, type, def, min, max, alias, label, help) name,
#include "defs/params.def"
#undef PARAM
};

static void place(const char *text, int offset, char *out) {
    int line = 1, column = 1;
    for (int i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
    }
    sprintf(out, "%d:%d", line, column);
}

static void describe(const km_program *p, const char *source, int i, char *out) {
    static const char *const severities[] = {"error", "warning", "info"};
    char from[32], to[32];
    place(source, km_diagnostic_from(p, i), from);
    place(source, km_diagnostic_to(p, i), to);
    out += sprintf(out, "%s %s-%s %s %s\n", severities[km_diagnostic_severity(p, i)], from, to,
                   km_diagnostic_code(p, i), km_diagnostic_message(p, i));
    if (!km_diagnostic_fix(p, i)) return;
    place(source, km_diagnostic_fix_from(p, i), from);
    place(source, km_diagnostic_fix_to(p, i), to);
    out += sprintf(out, "fix %s-%s ", from, to);
    for (const char *c = km_diagnostic_fix(p, i); *c; c++) out += sprintf(out, *c == '\n' ? "\\n" : "%c", *c);
    sprintf(out, "\n");
}

/* The lines of `expected` that set values, checked; the rest is appended to `diagnostics`. */
static int check_values(const km_program *p, const char *expected, char *diagnostics) {
    int good = 1;
    *diagnostics = '\0';
    while (*expected) {
        const char *end = strchr(expected, '\n');
        const int length = (int)(end - expected);
        char line[1024];
        snprintf(line, sizeof line, "%.*s", length, expected);
        expected = end + 1;
        char *equals = strstr(line, " = ");
        int param = -1;
        for (int i = 0; equals && i < KM_PARAM_COUNT; i++)
            if ((int)strlen(names[i]) == equals - line &&
                strncmp(line, names[i], (size_t)(equals - line)) == 0)
                param = i;
        if (param < 0) {
            strcat(strcat(diagnostics, line), "\n");
            continue;
        }
        char actual[KM_NUMBER_BYTES];
        km_print_number(km_program_value(p, (km_param)param), actual);
        if (strcmp(actual, equals + 3) != 0) {
            printf("  %s is %s, expected %s\n", names[param], actual, equals + 3);
            good = 0;
        }
    }
    return good;
}

static int run_case(km_program *p, const char *file, int line, const char *source, const char *expected,
                    int print) {
    static char actual[40000], diagnostics[40000];
    memcpy(km_program_text(p), source, strlen(source));
    km_program_parse(p, (int)strlen(source));
    *actual = '\0';
    for (int i = 0; i < km_program_diagnostics(p); i++) describe(p, source, i, actual + strlen(actual));
    if (print) {
        printf("%s==>\n%s---\n", source, actual);
        return 1;
    }
    int good = check_values(p, expected, diagnostics);
    if (strcmp(actual, diagnostics) != 0) {
        printf("  found:\n%s  expected:\n%s", actual, diagnostics);
        good = 0;
    }
    if (!good) printf("FAILED %s:%d\n%s\n", file, line, source);
    return good;
}

int main(int argc, char **argv) {
    static char source[MAX_CASE], expected[MAX_CASE], text[MAX_CASE];
    int passed = 0, failed = 0, print = 0;
    km_program *p = km_program_create();
    for (int a = 1; a < argc; a++) {
        if (strcmp(argv[a], "--print") == 0) {
            print = 1;
            continue;
        }
        FILE *f = fopen(argv[a], "rb");
        if (!f) return 2;
        int line = 0, start = 1;
        char *part = source;
        *source = *expected = '\0';
        while (fgets(text, sizeof text, f)) {
            line++;
            if (strcmp(text, "==>\n") == 0) {
                part = expected;
            } else if (strcmp(text, "---\n") == 0) {
                run_case(p, argv[a], start, source, expected, print) ? passed++ : failed++;
                *source = *expected = '\0';
                part = source;
                start = line + 1;
            } else {
                strcat(part, text);
            }
        }
        fclose(f);
    }
    km_program_destroy(p);
    if (!print) printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
