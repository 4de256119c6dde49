/* Runs every registered test, or those whose name contains the first argument. */
#include "check.h"
#include <stdarg.h>

static check_test *tests;
static int failures_here;

void check_register(check_test *t) {
    check_test **at = &tests;
    while (*at) at = &(*at)->next;
    *at = t;
}

void check_fail(const char *file, int line, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    failures_here++;
}

int main(int argc, char **argv) {
    int passed = 0, failed = 0;
    for (check_test *t = tests; t; t = t->next) {
        if (argc > 1 && !strstr(t->name, argv[1])) continue;
        failures_here = 0;
        t->run();
        if (failures_here) fprintf(stderr, "FAILED %s (%s)\n", t->name, t->file);
        failures_here ? failed++ : passed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
