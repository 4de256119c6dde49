/* Prints the tables of defs/ as TypeScript, so that the page has each fact from where the engine has it; with
 * --late, those that are not needed at once; with --language, those of functions; with --markdown, the table
 * of parameters that the README holds (a test compares them). */
#include "csv.h"
#include "kmeans.h"
#include "number.h"
#include "params.h"
#include "program/program.h"
#include "shapes.h"
#include <stdio.h>
#include <string.h>

static void text(const char *s) {
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') putchar('\\');
        putchar(*s);
    }
    putchar('"');
}

static void number(const char *name, double value) {
    char digits[KM_NUMBER_BYTES];
    km_print_number(value, digits);
    printf("%s: %s, ", name, digits);
}

static void field(const char *name, const char *value) {
    printf("%s: ", name);
    text(value);
    printf(", ");
}

static void choice(const char *value, const char *label, const char *help) {
    printf("{ ");
    field("value", value);
    field("label", label);
    field("help", help);
    printf("}, ");
}

static void init_choices(void) {
#define CHOICE(id, value, label, help) choice(value, label, help);
#include "defs/init.def"
#undef CHOICE
}
static void distance_choices(void) {
#define CHOICE(id, value, label, help) choice(value, label, help);
#include "defs/distance.def"
#undef CHOICE
}
static void center_choices(void) {
#define CHOICE(id, value, label, help) choice(value, label, help);
#include "defs/center.def"
#undef CHOICE
}
static void empty_choices(void) {
#define CHOICE(id, value, label, help) choice(value, label, help);
#include "defs/empty.def"
#undef CHOICE
}

enum { INT, REAL, INIT, DISTANCE, CENTER, EMPTY };

static void param(const char *name, int type, double def, double min, double max, const char *alias,
                  const char *label, const char *help) {
    static void (*const choices[])(void) = {
        0, 0, init_choices, distance_choices, center_choices, empty_choices};
    printf("  { ");
    field("name", name);
    field("type", type == INT ? "int" : type == REAL ? "real" : "choice");
    number("default", def);
    number("min", min);
    number("max", max);
    field("alias", alias);
    field("label", label);
    field("help", help);
    printf("choices: [");
    if (choices[type]) choices[type]();
    printf("] },\n");
}

static void open_table(const char *name) { printf("export const %s = [\n", name); }
static void close_table(void) { printf("] as const\n\n"); }

static void markdown(void) {
    printf("| name (scikit-learn's) | default | values | |\n| --- | --- | --- | --- |\n");
    for (const km_param_entry *p = km_param_table; p < km_param_table + KM_PARAM_COUNT; p++) {
        printf("| `%s`", p->name);
        if (*p->alias) printf(" (`%s`)", p->alias);
        if (p->choices) printf(" | `\"%s\"` | ", p->choices[(int)p->initial]);
        else printf(" | %.16g | %.16g to %.16g", p->initial, p->min, p->max);
        for (int i = 0; i < p->choice_count; i++) printf("%s`\"%s\"`", i ? ", " : "", p->choices[i]);
        printf(" | %s |\n", p->help);
    }
}

static void typescript(void) {
    printf("// Made by c/tables.c from c/defs; edit those.\n\n");

    open_table("params");
#define PARAM(id, name, type, def, min, max, alias, label, help)                                             \
    param(name, type, def, min, max, alias, label, help);
#include "defs/params.def"
#undef PARAM
    close_table();

    open_table("shapes");
#define SHAPE(id, name_, label_, k_, n_, noise_, noise_max_, dial_, def, lo, hi, step, dial_label, story_)   \
    printf("  { ");                                                                                          \
    field("name", name_);                                                                                    \
    field("label", label_);                                                                                  \
    number("k", k_);                                                                                         \
    number("n", n_);                                                                                         \
    number("noise", noise_);                                                                                 \
    number("noiseMax", noise_max_);                                                                          \
    printf("dial: { ");                                                                                      \
    field("name", dial_);                                                                                    \
    field("label", dial_label);                                                                              \
    number("default", def);                                                                                  \
    number("min", lo);                                                                                       \
    number("max", hi);                                                                                       \
    number("step", step);                                                                                    \
    printf("}, ");                                                                                           \
    printf("},\n");
#include "defs/shapes.def"
#undef SHAPE
    close_table();

    open_table("marks");
#define MARK(id, name)                                                                                       \
    printf("  ");                                                                                            \
    text(name);                                                                                              \
    printf(",\n");
#include "defs/marks.def"
#undef MARK
    close_table();

    printf(
        "export const limits = { maxPoints: %d, exactSilhouette: %d, csvBytes: %d, programBytes: %d } as const\n",
        KM_MAX_POINTS, KM_MAX_EXACT_SILHOUETTE, KM_CSV_MAX_BYTES, KM_PROGRAM_MAX_BYTES);
}

/* Apart from the rest, for what is shown after the first picture. */
static void late(void) {
    printf("// Made by c/tables.c from c/defs; edit those.\n\n");

    printf("/** What to know of each shape, by its name. */\n");
    printf("export const stories: Record<string, string> = {\n");
#define SHAPE(id, name_, label_, k_, n_, noise_, noise_max_, dial_, def, lo, hi, step, dial_label, story_)   \
    printf("  ");                                                                                            \
    field(name_, story_);                                                                                    \
    printf("\n");
#include "defs/shapes.def"
#undef SHAPE
    printf("}\n\n");

    open_table("metrics");
#define METRIC(id, name_, label_, better_, truth_, help_)                                                    \
    printf("  { ");                                                                                          \
    field("name", name_);                                                                                    \
    field("label", label_);                                                                                  \
    printf("better: %d, needsTruth: %s, ", better_, truth_ ? "true" : "false");                              \
    field("help", help_);                                                                                    \
    printf("},\n");
#include "defs/metrics.def"
#undef METRIC
    close_table();

    open_table("events");
#define EVENT(id, name_, sentence_)                                                                          \
    printf("  { ");                                                                                          \
    field("name", name_);                                                                                    \
    field("sentence", sentence_);                                                                            \
    printf("},\n");
#include "defs/events.def"
#undef EVENT
    close_table();

    open_table("statuses");
#define STATUS(id, text_)                                                                                    \
    printf("  { ");                                                                                          \
    field("id", #id);                                                                                        \
    field("text", text_);                                                                                    \
    printf("},\n");
#include "defs/status.def"
#undef STATUS
    close_table();
}

/* Apart from the rest: only the compiler's service and the editor need these, and they load later. */
static void language(void) {
    printf("// Made by c/tables.c from c/defs; edit those.\n\n");

    open_table("hooks");
#define HOOK(id, name_, parameters_, result_, formula_, help_)                                               \
    printf("  { ");                                                                                          \
    field("name", name_);                                                                                    \
    field("parameters", parameters_);                                                                        \
    field("formula", formula_);                                                                              \
    field("help", help_);                                                                                    \
    printf("},\n");
#include "defs/hooks.def"
#undef HOOK
    close_table();

    open_table("builtins");
#define BUILTIN(name_, kind, op, members_op, signature_, help_)                                              \
    printf("  { ");                                                                                          \
    field("name", name_);                                                                                    \
    field("signature", signature_);                                                                          \
    field("help", help_);                                                                                    \
    printf("},\n");
#include "defs/builtins.def"
#undef BUILTIN
    close_table();
}

int main(int argc, char **argv) {
    const char *which = argc > 1 ? argv[1] : "";
    if (strcmp(which, "--markdown") == 0) markdown();
    else if (strcmp(which, "--language") == 0) language();
    else if (strcmp(which, "--late") == 0) late();
    else typescript();
    return 0;
}
