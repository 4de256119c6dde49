/* values.c: see values.h. */
#include "values.h"
#include "call.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_VALUES = 256 };

static const char *const hooks[] = {
#define HOOK(id, name, parameters, result, formula, help) name,
#include "defs/hooks.def"
#undef HOOK
};

/* The numbers of a text, whatever stands between them, up to `end`. */
static int read_numbers(const char *at, const char *end, double *out) {
    int count = 0;
    while (at < end && count < MAX_VALUES) {
        char *after;
        const double value = strtod(at, &after);
        if (after == at) {
            at++;
            continue;
        }
        out[count++] = value;
        at = after;
    }
    return count;
}

static int same(double a, double b, int exactly) {
    if (a != a || b != b) return a != a && b != b;
    return a == b || (!exactly && fabs(a - b) <= 1e-14 * fabs(b));
}

int check_call(const km_program *p, const char *line) {
    int hook = 0;
    while (hook < KM_HOOK_COUNT &&
           (strncmp(line, hooks[hook], strlen(hooks[hook])) != 0 || line[strlen(hooks[hook])] != '('))
        hook++;
    const char *close = strrchr(line, ')');
    if (hook == KM_HOOK_COUNT || !close || (strncmp(close, ") = ", 4) != 0 && strncmp(close, ") ~ ", 4) != 0))
        return -1;
    double arguments[MAX_VALUES], expected[MAX_VALUES], found[MAX_VALUES];
    const char *const end = line + strlen(line);
    const int count = read_numbers(line + strlen(hooks[hook]), close, arguments);
    const int results = read_numbers(close + 4, end, expected);
    /* The dimension is the length of c, the last list. */
    int d = 1, members = 0;
    if (hook == KM_HOOK_DISTANCE) d = count / 2;
    if (hook == KM_HOOK_CENTER) {
        d = results;
        members = count / d - 1;
    }
    int good = count == call_arguments((km_hook)hook, d, members) &&
               call_hook(p, (km_hook)hook, arguments, d, members, found) == results;
    for (int i = 0; good && i < results; i++) good = same(found[i], expected[i], close[2] == '=');
    if (good) return 1;
    printf("  %s\n  gives", line);
    for (int i = 0; i < results; i++) printf(" %.17g", found[i]);
    printf("\n");
    return 0;
}
