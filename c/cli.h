/* cli.h: the `kmeans` command, in parts.
 *
 *   cli.c           main                        cli_options.c   the arguments
 *   cli_params.c    --program and --set         cli_data.c      the points: a file or a shape
 *   cli_csv.c       files and their columns     cli_run.c       runs, recorded
 *   cli_json.c      --json                      cli_report.c    what a person reads
 *   cli_help.c      --help
 *
 * Anything wrong ends the command through cli_fail; memory lives until then.
 */
#ifndef KM_CLI_H
#define KM_CLI_H

#include "csv.h"
#include "kmeans.h"
#include "params.h"
#include <stddef.h>

enum { CLI_MAX_LIST = 64 };

typedef struct cli_options {
    const char *program, *init, *label, *weight, *data;
    const char *sets[CLI_MAX_LIST], *columns[CLI_MAX_LIST];
    int set_count, column_count;
    int standardize, json, help, print;
} cli_options;

/* "kmeans: ..." on stderr and exit status 2. */
_Noreturn void cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* malloc for `count` items that does not fail. */
void *cli_array(size_t count, size_t size);
char *cli_copy(const char *text);
/* A copy that is safe on a terminal: valid UTF-8 without control characters. */
char *cli_printable(const char *text);

cli_options cli_read_options(int argc, char **argv);
void cli_print_help(void);

/* --- parameters --- */

typedef struct cli_program {
    const char *path;           /* NULL without --program */
    struct km_program *program; /* NULL likewise */
    int sets_k;                 /* by the program or by --set */
} cli_program;

/* Sets the engine's parameters and functions from the program and the --set options. */
cli_program cli_apply_parameters(km_engine *e, const cli_options *o);
/* Prints the program in its normal form (--print). */
void cli_print_program(const cli_program *program);
/* Ends with km_error(), with its place in the program when it has one there. */
_Noreturn void cli_fail_in_run(const km_engine *e, const cli_program *program);
/* The text of a choice's value; NULL when the parameter is a number. */
const char *cli_choice_text(km_param p, double value);

/* --- data --- */

typedef struct cli_data {
    const char *name;
    double *points; /* d columns of n */
    int n, d;
    const char **columns;   /* d names */
    double *scale, *offset; /* d: original = engine * scale + offset */
    double *weights;        /* n, or NULL */
    int32_t *truth;         /* n true labels, or NULL */
    const char *truth_name; /* or NULL */
    int dropped, first_dropped;
} cli_data;

cli_data cli_load_data(const cli_options *o);
/* Fills what a shape:NAME,... names. */
void cli_make_shape(const char *text, cli_data *data);
/* Fills what a file and the options on columns name. */
void cli_read_file(const cli_options *o, cli_data *data);
/* Centroids of a file, in the engine's units: k x d, row-major. */
double *cli_read_centroids(const char *path, const cli_data *data, int *k);

/* --- runs --- */

typedef struct cli_event {
    int iteration, type, cluster, other;
} cli_event;

typedef struct cli_restart {
    double seed; /* -1: from given centroids */
    double inertia;
    int iterations;
    int32_t *start; /* k rows; NULL from given centroids */
} cli_restart;

typedef struct cli_run {
    const cli_program *program;
    double *history; /* inertia after each half-step of the best run */
    int history_count;
    cli_event *events;
    int event_count;
    cli_restart *restarts;
    int restart_count, best;
    double *centroids; /* k x d, original units */
    double metrics[KM_METRIC_COUNT];
} cli_run;

/* All restarts, and the best once more with its history. centroids: given ones, or NULL. */
cli_run cli_run_all(km_engine *e, const cli_program *program, const cli_data *data, const double *centroids,
                    int k);

void cli_print_json(km_engine *e, const cli_data *data, const cli_run *run);
void cli_print_report(km_engine *e, const cli_data *data, const cli_run *run);

#endif
