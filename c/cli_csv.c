/* cli_csv.c: delimited files: the points and their columns, and given centroids. */
#include "cli.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads a whole file. KM_ERR_EMPTY_DATA, when each row misses some cell, is left to the caller. */
static km_csv *read_csv(const char *path, km_status *status) {
    const int standard = strcmp(path, "-") == 0;
    FILE *const file = standard ? stdin : fopen(path, "rb");
    if (!file) cli_fail("cannot open %s: %s", path, strerror(errno));
    km_csv *const csv = km_csv_create();
    if (!csv) cli_fail("not enough memory");
    static char piece[1 << 16];
    km_status s = KM_OK;
    size_t count;
    while (!s && (count = fread(piece, 1, sizeof piece, file)) > 0) s = km_csv_feed(csv, piece, (int)count);
    if (ferror(file)) cli_fail("cannot read %s: %s", path, strerror(errno));
    if (!standard) fclose(file);
    if (!s) s = km_csv_end(csv);
    if (s && !(s == KM_ERR_EMPTY_DATA && km_csv_columns(csv) > 0))
        cli_fail("%s: %s", path, km_csv_error(csv));
    *status = s;
    return csv;
}

static void require(km_csv *csv, const char *path, const int *columns, int count) {
    if (km_csv_require(csv, columns, count)) cli_fail("%s: %s", path, km_csv_error(csv));
}

static int find_column(const km_csv *csv, const char *name, size_t length) {
    for (int j = 0; j < km_csv_columns(csv); j++)
        if (strlen(km_csv_name(csv, j)) == length && memcmp(km_csv_name(csv, j), name, length) == 0) return j;
    return -1;
}

static int column_named(const km_csv *csv, const char *path, const char *name, size_t length) {
    const int j = find_column(csv, name, length);
    if (j >= 0) return j;
    char known[512] = "";
    for (int i = 0; i < km_csv_columns(csv); i++) {
        const size_t used = strlen(known), room = sizeof known - used;
        if ((size_t)snprintf(known + used, room, "%s%s", i ? ", " : "", km_csv_name(csv, i)) < room) continue;
        strcpy(known + used, used < sizeof known - 8 ? ", ..." : "");
        break;
    }
    cli_fail("%s has no column \"%.*s\"; its columns are %s", path, (int)length, name, known);
}

static int numeric_column(const km_csv *csv, const char *path, const char *name, size_t length,
                          const char *option) {
    const int j = column_named(csv, path, name, length);
    if (!km_csv_is_number(csv, j))
        cli_fail("%s: column \"%s\" is text, and %s needs numbers", path, km_csv_name(csv, j), option);
    return j;
}

/* Columns named by --columns: each argument a name, or names with commas between. */
static int chosen_columns(const km_csv *csv, const cli_options *o, int *columns) {
    int count = 0;
    for (int i = 0; i < o->column_count; i++) {
        const char *at = o->columns[i];
        const int whole = find_column(csv, at, strlen(at)) >= 0;
        for (int more = 1; more;) {
            const size_t length = whole ? strlen(at) : strcspn(at, ",");
            const int j = numeric_column(csv, o->data, at, length, "--columns");
            for (int c = 0; c < count; c++)
                if (columns[c] == j) cli_fail("--columns names \"%s\" twice", km_csv_name(csv, j));
            columns[count++] = j;
            more = at[length] == ',';
            at += length + 1;
        }
    }
    return count;
}

static int contains(const int *list, int count, int value) {
    for (int i = 0; i < count; i++)
        if (list[i] == value) return 1;
    return 0;
}

/* The column of true labels: the one named, or one called "label" that is not among the data; -1 for none. */
static int label_column(const km_csv *csv, const cli_options *o, const int *chosen, int count) {
    if (o->label) {
        const int j = column_named(csv, o->data, o->label, strlen(o->label));
        if (km_csv_is_number(csv, j) && !km_csv_is_integer(csv, j))
            cli_fail("%s: column \"%s\" is not of integers or texts, and --label needs either", o->data,
                     o->label);
        return j;
    }
    const int j = find_column(csv, "label", 5);
    const int usable = j >= 0 && (km_csv_is_integer(csv, j) || !km_csv_is_number(csv, j));
    return usable && !contains(chosen, count, j) ? j : -1;
}

static double *copy_column(const km_csv *csv, int j, double *out) {
    memcpy(out, km_csv_values(csv, j), (size_t)km_csv_rows(csv) * sizeof *out);
    return out;
}

static void copy_weights(const km_csv *csv, int j, cli_data *data) {
    data->weights = copy_column(csv, j, cli_array((size_t)data->n, sizeof *data->weights));
    for (int i = 0; i < data->n; i++)
        if (data->weights[i] < 0)
            cli_fail("%s: Row %d, column %d (%s): a weight must not be negative", data->name,
                     km_csv_file_row(csv, i), j + 1, km_csv_name(csv, j));
}

void cli_read_file(const cli_options *o, cli_data *data) {
    km_status status;
    km_csv *const csv = read_csv(o->data, &status);
    int columns[KM_CSV_MAX_COLUMNS + 2];
    int d = chosen_columns(csv, o, columns);
    const int label = label_column(csv, o, columns, d);
    const int weight =
        o->weight ? numeric_column(csv, o->data, o->weight, strlen(o->weight), "--weight") : -1;
    if (!o->column_count)
        for (int j = 0; j < km_csv_columns(csv); j++)
            if (km_csv_is_number(csv, j) && j != label && j != weight) columns[d++] = j;
    if (d == 0) cli_fail("%s has no column of numbers to cluster", o->data);

    int needed = d;
    if (label >= 0) columns[needed++] = label;
    if (weight >= 0) columns[needed++] = weight;
    require(csv, o->data, columns, needed);

    data->n = km_csv_rows(csv);
    data->d = d;
    data->dropped = km_csv_dropped(csv);
    data->first_dropped = km_csv_first_dropped(csv);
    data->points = cli_array((size_t)data->n * (size_t)d, sizeof *data->points);
    data->columns = cli_array((size_t)d, sizeof *data->columns);
    for (int j = 0; j < d; j++) {
        copy_column(csv, columns[j], data->points + (size_t)j * (size_t)data->n);
        data->columns[j] = cli_copy(km_csv_name(csv, columns[j]));
    }
    if (label >= 0) {
        data->truth = cli_array((size_t)data->n, sizeof *data->truth);
        data->truth_name = cli_copy(km_csv_name(csv, label));
        for (int i = 0; i < data->n; i++) data->truth[i] = (int32_t)km_csv_values(csv, label)[i];
    }
    if (weight >= 0) copy_weights(csv, weight, data);
    km_csv_destroy(csv);
}

double *cli_read_centroids(const char *path, const cli_data *data, int *k) {
    km_status status;
    km_csv *const csv = read_csv(path, &status);
    if (status) cli_fail("%s: %s", path, km_csv_error(csv));
    if (km_csv_dropped(csv)) cli_fail("%s: Row %d has a missing cell", path, km_csv_first_dropped(csv));
    const int d = data->d;
    int columns[KM_CSV_MAX_COLUMNS], named = 0;
    for (int j = 0; j < d && km_csv_has_header(csv); j++)
        named += (columns[j] = find_column(csv, data->columns[j], strlen(data->columns[j]))) >= 0;
    /* By name where the header names every column of the data, else by position. */
    if (named < d) {
        if (km_csv_columns(csv) != d)
            cli_fail("%s has %d columns, but the data have %d", path, km_csv_columns(csv), d);
        for (int j = 0; j < d; j++) columns[j] = j;
    }
    *k = km_csv_rows(csv);
    double *const centroids = cli_array((size_t)*k * (size_t)d, sizeof *centroids);
    for (int j = 0; j < d; j++) {
        if (!km_csv_is_number(csv, columns[j]))
            cli_fail("%s: column %d is not of numbers", path, columns[j] + 1);
        for (int i = 0; i < *k; i++)
            centroids[i * d + j] = (km_csv_values(csv, columns[j])[i] - data->offset[j]) / data->scale[j];
    }
    km_csv_destroy(csv);
    return centroids;
}
