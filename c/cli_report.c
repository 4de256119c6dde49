/* cli_report.c: the result for a person to read. Clusters, points and restarts count from 1. */
#include "cli.h"
#include "number.h"
#include <stdio.h>
#include <string.h>

enum { MAX_TABLE_COLUMNS = 8, MAX_LINES = 20, DIGITS = 6, CELL_BYTES = 48 };

/* Right-aligned cells. Names may be UTF-8: a character is one place wide. */
typedef struct table {
    char (*cells)[CELL_BYTES];
    int rows, columns;
} table;

static table new_table(int rows, int columns) {
    return (table){cli_array((size_t)rows * (size_t)columns, CELL_BYTES), rows, columns};
}
static char *cell(const table *t, int row, int column) {
    return t->cells[(ptrdiff_t)row * t->columns + column];
}

static void set_text(const table *t, int row, int column, const char *text) {
    char *const out = cell(t, row, column);
    snprintf(out, CELL_BYTES, "%s", cli_printable(text));
    /* Cut at a character. */
    size_t length = strlen(out);
    if (length == CELL_BYTES - 1)
        while (length > 0 && (out[length] & 0xc0) != 0xc0 && (out[length] & 0x80 || !out[length]))
            out[length--] = '\0';
}
static void set_number(const table *t, int row, int column, double v) {
    km_print_rounded(v, DIGITS, cell(t, row, column));
}

static int width_of(const char *text) {
    int width = 0;
    for (; *text; text++) width += (*text & 0xc0) != 0x80;
    return width;
}

static void print_table(const table *t) {
    for (int row = 0; row < t->rows; row++) {
        for (int column = 0; column < t->columns; column++) {
            int width = 0;
            for (int r = 0; r < t->rows; r++) {
                const int here = width_of(cell(t, r, column));
                width = here > width ? here : width;
            }
            printf("%*s%s", width - width_of(cell(t, row, column)) + (column ? 2 : 0), "",
                   cell(t, row, column));
        }
        putchar('\n');
    }
    putchar('\n');
}

static const char *plural(int count) { return count == 1 ? "" : "s"; }

static void print_data(const cli_data *data) {
    printf("%s: %d point%s, %d column%s (", cli_printable(data->name), data->n, plural(data->n), data->d,
           plural(data->d));
    for (int j = 0; j < data->d && j < MAX_TABLE_COLUMNS; j++)
        printf("%s%s", j ? ", " : "", cli_printable(data->columns[j]));
    printf(data->d > MAX_TABLE_COLUMNS ? ", ...)\n" : ")\n");
    if (data->dropped)
        printf("%d row%s dropped for a missing cell, the first in row %d\n", data->dropped,
               plural(data->dropped), data->first_dropped);
}

static void print_params(const km_engine *e) {
    for (int p = 0; p < KM_PARAM_COUNT; p++) {
        const km_param param = (km_param)p;
        const char *const choice = cli_choice_text(param, km_get(e, param));
        printf("%s%s = ", p ? ", " : "", km_param_table[p].name);
        char number[KM_NUMBER_BYTES];
        km_print_number(km_get(e, param), number);
        if (choice) printf("\"%s\"", choice);
        else fputs(number, stdout);
    }
    fputs("\n\n", stdout);
}

static void print_clusters(const km_engine *e, const cli_data *data, const cli_run *run) {
    const int k = km_k(e), shown = data->d < MAX_TABLE_COLUMNS ? data->d : MAX_TABLE_COLUMNS;
    const table t = new_table(k + 1, shown + 2);
    set_text(&t, 0, 0, "cluster");
    set_text(&t, 0, 1, "size");
    for (int j = 0; j < shown; j++) set_text(&t, 0, j + 2, data->columns[j]);
    for (int i = 0; i < k; i++) {
        set_number(&t, i + 1, 0, i + 1);
        snprintf(cell(&t, i + 1, 1), CELL_BYTES, "%d", km_sizes(e)[i]);
        for (int j = 0; j < shown; j++)
            set_number(&t, i + 1, j + 2, run->centroids[(ptrdiff_t)i * data->d + j]);
    }
    print_table(&t);
    if (shown < data->d) printf("%d more columns: --json has them all\n\n", data->d - shown);
}

static void print_restarts(const cli_run *run) {
    if (run->restart_count == 1) return;
    const int shown = run->restart_count < MAX_LINES ? run->restart_count : MAX_LINES;
    const table t = new_table(shown + 1, 4);
    static const char *const heads[] = {"restart", "seed", "iterations", "inertia"};
    for (int c = 0; c < 4; c++) set_text(&t, 0, c, heads[c]);
    for (int r = 0; r < shown; r++) {
        set_number(&t, r + 1, 0, r + 1);
        km_print_number(run->restarts[r].seed, cell(&t, r + 1, 1));
        snprintf(cell(&t, r + 1, 2), CELL_BYTES, "%d", run->restarts[r].iterations);
        set_number(&t, r + 1, 3, run->restarts[r].inertia);
    }
    print_table(&t);
    if (shown < run->restart_count)
        printf("%d more restarts: --json has them all\n", run->restart_count - shown);
    char number[KM_NUMBER_BYTES];
    km_print_number(run->restarts[run->best].seed, number);
    printf("kept: restart %d (seed %s)\n\n", run->best + 1, number);
}

static void print_metrics(const km_engine *e, const cli_data *data, const cli_run *run) {
    static const struct {
        const char *label;
        int needs_truth;
    } metrics[] = {
#define METRIC(id, name, label, better, truth, help) {label, truth},
#include "defs/metrics.def"
#undef METRIC
    };
    for (int m = 0; m < KM_METRIC_COUNT; m++) {
        if (metrics[m].needs_truth && !data->truth) continue;
        char number[KM_NUMBER_BYTES];
        km_print_rounded(run->metrics[m], DIGITS, number);
        printf("%-30s%s", metrics[m].label, run->metrics[m] == run->metrics[m] ? number : "-");
        if (m == KM_METRIC_SILHOUETTE && km_silhouette_points(e) < data->n)
            printf("  (of a sample of %d points)", km_silhouette_points(e));
        putchar('\n');
    }
    if (data->truth) printf("true labels: %s\n", cli_printable(data->truth_name));
}

/* The sentence of an event, %a and %b being clusters and %r a point. */
static void print_sentence(const char *sentence, const cli_event *event) {
    for (; *sentence; sentence++) {
        if (*sentence != '%') putchar(*sentence);
        else printf("%d", (*++sentence == 'a' ? event->cluster : event->other) + 1);
    }
}

static void print_events(const cli_run *run) {
    static const char *const sentences[] = {
#define EVENT(id, name, sentence) sentence,
#include "defs/events.def"
#undef EVENT
    };
    if (run->event_count) putchar('\n');
    for (int i = 0; i < run->event_count && i < MAX_LINES; i++) {
        printf("iteration %d: ", run->events[i].iteration);
        print_sentence(sentences[run->events[i].type], &run->events[i]);
        putchar('\n');
    }
    if (run->event_count > MAX_LINES)
        printf("%d more events: --json has them all\n", run->event_count - MAX_LINES);
}

void cli_print_report(km_engine *e, const cli_data *data, const cli_run *run) {
    print_data(data);
    print_params(e);
    printf("%s after %d iteration%s\n\n", km_converged(e) ? "Converged" : "Stopped before converging,",
           km_iteration(e), plural(km_iteration(e)));
    print_clusters(e, data, run);
    print_restarts(run);
    print_metrics(e, data, run);
    print_events(run);
    printf("\ndigest %s\n", km_digest(e));
}
