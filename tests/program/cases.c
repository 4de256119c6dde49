/* cases.c: runs files of `source ==> result` cases through the compiler (after the tests of lezer-parser).
 *
 *   source lines
 *   ==>
 *   k = 4                                   a value the program must give (choices as their number)
 *   distance([1, 2], [3, 4]) = 8            what a function must give (values.h)
 *   error 1:5-1:8 out-of-range k must be from 1 to 10000.
 *   fix 1:5-1:8 10000                       of the diagnostic above; a line break is shown as \n
 *   ---
 *
 * A source line `!repeat 300 a = x\n` stands for its text so many times, with \n and \xff as in C; there is
 * no line break after it but what it says.
 *
 * Every diagnostic must be there, in order, with code, place and message; the values listed must hold. With
 * --print the runner writes what it found instead, for a person to check; with --complete each diagnostic of
 * defs/diagnostics.def must have a case.
 */
#include "number.h"
#include "program/program.h"
#include "values.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CASE = 500000 };

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

/* --- which diagnostics have a case --- */

static struct {
    const char *code, *message;
    int seen;
} diagnostics_table[] = {
#define DIAGNOSTIC(id, code, severity, message) {code, message, 0},
#include "defs/diagnostics.def"
#undef DIAGNOSTIC
};
enum { DIAGNOSTICS = sizeof diagnostics_table / sizeof *diagnostics_table };

/* Whether a message can come from a format, each blank standing for any text. */
static int could_be(const char *format, const char *message) {
    for (; *format; format++, message++) {
        if (*format == '%') {
            for (format += 2;; message++) {
                if (could_be(format, message)) return 1;
                if (!*message) return 0;
            }
        }
        if (*format != *message) return 0;
    }
    return !*message;
}

static void note_diagnostics(const km_program *p) {
    for (int i = 0; i < km_program_diagnostics(p); i++)
        for (int j = 0; j < DIAGNOSTICS; j++)
            diagnostics_table[j].seen |= strcmp(diagnostics_table[j].code, km_diagnostic_code(p, i)) == 0 &&
                                         could_be(diagnostics_table[j].message, km_diagnostic_message(p, i));
}

static int count_unseen(void) {
    int unseen = 0;
    for (int i = 0; i < DIAGNOSTICS; i++) {
        if (diagnostics_table[i].seen) continue;
        printf("FAILED no case has: %s %s\n", diagnostics_table[i].code, diagnostics_table[i].message);
        unseen++;
    }
    return unseen;
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
        const int called = check_call(p, line);
        if (called >= 0) {
            good &= called;
            continue;
        }
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
    const size_t bytes = strlen(source);
    memcpy(km_program_text(p), source, bytes < KM_PROGRAM_MAX_BYTES ? bytes : KM_PROGRAM_MAX_BYTES);
    km_program_parse(p, (int)bytes);
    *actual = '\0';
    note_diagnostics(p);
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

/* The text of a `!repeat` line, appended. */
static void append_repeated(char *out, const char *line) {
    char *text, piece[1024];
    size_t length = 0;
    const long count = strtol(line + strlen("!repeat "), &text, 10);
    for (text++; *text && *text != '\n'; text++) {
        char c = *text;
        if (c == '\\' && text[1] == 'n') {
            c = '\n';
            text++;
        } else if (c == '\\' && text[1] == 'x') {
            const char digits[3] = {text[2], text[3], 0};
            c = (char)strtol(digits, NULL, 16);
            text += 3;
        }
        piece[length++] = c;
    }
    out += strlen(out);
    for (long i = 0; i < count; i++, out += length) memcpy(out, piece, length);
    *out = '\0';
}

int main(int argc, char **argv) {
    static char source[MAX_CASE], expected[MAX_CASE], text[MAX_CASE];
    int passed = 0, failed = 0, print = 0, complete = 0;
    km_program *p = km_program_create();
    for (int a = 1; a < argc; a++) {
        if (strcmp(argv[a], "--print") == 0) {
            print = 1;
            continue;
        }
        if (strcmp(argv[a], "--complete") == 0) {
            complete = 1;
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
            } else if (strncmp(text, "!repeat ", 8) == 0) {
                append_repeated(part, text);
            } else {
                strcat(part, text);
            }
        }
        fclose(f);
    }
    km_program_destroy(p);
    if (complete) failed += count_unseen();
    if (!print) printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
