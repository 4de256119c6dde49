/* cli_json.c: the result as one JSON object. Numbers are the shortest that read back to the same double; what
 * is not finite or not defined is null. */
#include "cli.h"
#include "number.h"
#include "text.h"
#include <stdio.h>
#include <string.h>

static void put_number(double v) {
    char text[KM_NUMBER_BYTES];
    const int finite = v - v == 0;
    if (finite) km_print_number(v, text);
    fputs(finite ? text : "null", stdout);
}

static void put_text(const char *text) {
    if (!text) {
        fputs("null", stdout);
        return;
    }
    const char *const end = text + strlen(text);
    putchar('"');
    while (text < end) {
        const int length = km_utf8_length(text, end);
        if (length == 0) fputs("\\ufffd", stdout);
        else if (*text == '"' || *text == '\\') printf("\\%c", *text);
        else if ((unsigned char)*text < ' ') printf("\\u%04x", (unsigned)*text);
        else printf("%.*s", length, text);
        text += length ? length : 1;
    }
    putchar('"');
}

/* A key of the object; all but the first follow a comma. */
static void key(const char *name) { printf(",\n\"%s\": ", name); }
static void number(const char *name, double v) {
    key(name);
    put_number(v);
}
static void truth_value(const char *name, int v) {
    key(name);
    fputs(v ? "true" : "false", stdout);
}
static void text(const char *name, const char *v) {
    key(name);
    put_text(v);
}

static void put_numbers(const double *values, int count) {
    putchar('[');
    for (int i = 0; i < count; i++) {
        if (i) putchar(',');
        put_number(values[i]);
    }
    putchar(']');
}

static void put_integers(const int32_t *values, int count) {
    putchar('[');
    for (int i = 0; i < count; i++) printf(i ? ",%d" : "%d", values[i]);
    putchar(']');
}

static void put_index(const char *name, int index) {
    if (index < 0) printf(",\"%s\":null", name);
    else printf(",\"%s\":%d", name, index);
}

static void put_params(const km_engine *e) {
    key("params");
    for (int p = 0; p < KM_PARAM_COUNT; p++) {
        const km_param param = (km_param)p;
        const char *const choice = cli_choice_text(param, km_get(e, param));
        printf("%s\"%s\":", p ? "," : "{", km_param_table[p].name);
        if (choice) put_text(choice);
        else put_number(km_get(e, param));
    }
    putchar('}');
}

static void put_restarts(const cli_run *run, int k) {
    key("restarts");
    putchar('[');
    for (int r = 0; r < run->restart_count; r++) {
        const cli_restart *const restart = &run->restarts[r];
        fputs(r ? ",\n {\"seed\":" : "\n {\"seed\":", stdout);
        put_number(restart->seed < 0 ? __builtin_nan("") : restart->seed);
        fputs(",\"start\":", stdout);
        if (restart->start) put_integers(restart->start, k);
        else fputs("null", stdout);
        fputs(",\"inertia\":", stdout);
        put_number(restart->inertia);
        printf(",\"iterations\":%d}", restart->iterations);
    }
    putchar(']');
}

static void put_metrics(const km_engine *e, const cli_run *run) {
    static const char *const names[] = {
#define METRIC(id, name, label, better, truth, help) name,
#include "defs/metrics.def"
#undef METRIC
    };
    key("metrics");
    for (int m = 0; m < KM_METRIC_COUNT; m++) {
        printf("%s\"%s\":", m ? "," : "{", names[m]);
        put_number(run->metrics[m]);
    }
    putchar('}');
    number("silhouette_points", km_silhouette_points(e));
}

static void put_events(const cli_run *run) {
    static const char *const names[] = {
#define EVENT(id, name, sentence) name,
#include "defs/events.def"
#undef EVENT
    };
    key("events");
    putchar('[');
    for (int i = 0; i < run->event_count; i++) {
        const cli_event *const event = &run->events[i];
        printf("%s\n {\"iteration\":%d,\"type\":\"%s\"", i ? "," : "", event->iteration, names[event->type]);
        put_index("cluster", event->cluster);
        put_index("other", event->other);
        putchar('}');
    }
    putchar(']');
}

void cli_print_json(km_engine *e, const cli_data *data, const cli_run *run) {
    const int k = km_k(e), d = data->d;
    fputs("{\n\"data\": ", stdout);
    put_text(data->name);
    number("n", data->n);
    number("d", d);
    number("k", k);
    key("columns");
    for (int j = 0; j < d; j++) {
        putchar(j ? ',' : '[');
        put_text(data->columns[j]);
    }
    putchar(']');
    text("truth", data->truth_name);
    number("dropped", data->dropped);
    put_params(e);
    number("iterations", km_iteration(e));
    truth_value("converged", km_converged(e));
    number("inertia", km_inertia(e));
    key("inertia_history");
    put_numbers(run->history, run->history_count);
    key("sizes");
    put_integers(km_sizes(e), k);
    key("centroids");
    for (int j = 0; j < k; j++) {
        putchar(j ? ',' : '[');
        put_numbers(run->centroids + (ptrdiff_t)j * d, d);
    }
    putchar(']');
    key("labels");
    put_integers(km_labels(e), data->n);
    put_restarts(run, k);
    number("best", run->best);
    put_metrics(e, run);
    put_events(run);
    text("digest", km_digest(e));
    fputs("\n}\n", stdout);
}
