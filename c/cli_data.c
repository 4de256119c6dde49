/* cli_data.c: the points, from a shape or a file, standardized or not. */
#include "cli.h"
#include "number.h"
#include "shapes.h"
#include "standardize.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *dial_name;
    double n, noise, noise_max, dial, dial_min, dial_max;
} shapes[KM_SHAPE_COUNT] = {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    {name, dial, n, noise, noise_max, dial_def, dial_min, dial_max},
#include "defs/shapes.def"
#undef SHAPE
};

static int same(const char *text, size_t length, const char *name) {
    return strlen(name) == length && memcmp(text, name, length) == 0;
}

static int find_shape(const char *name, size_t length) {
    for (int s = 0; s < KM_SHAPE_COUNT; s++)
        if (same(name, length, shapes[s].name)) return s;
    char known[256] = "";
    for (int s = 0; s < KM_SHAPE_COUNT; s++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", s ? ", " : "", shapes[s].name);
    cli_fail("there is no shape %.*s; the shapes are %s", (int)length, name, known);
}

static double read_setting(const char *setting, size_t length, size_t name_length, double min, double max,
                           int whole) {
    const char *at = setting + name_length + 1, *const end = setting + length;
    const int negative = at < end && *at == '-';
    double value;
    if (at == end || km_read_number(at + negative, end, &value) != end)
        cli_fail("shape: %.*s has no number", (int)length, setting);
    if (negative) value = -value;
    if (!(value >= min && value <= max) || (whole && value != (double)(int64_t)value))
        cli_fail("shape: %.*s must be %s from %.16g to %.16g", (int)name_length, setting,
                 whole ? "a whole number" : "a number", min, max);
    return value;
}

void cli_make_shape(const char *text, cli_data *data) {
    const char *at = strchr(text, ':') + 1;
    size_t length = strcspn(at, ",");
    const int s = find_shape(at, length);
    double n = shapes[s].n, noise = shapes[s].noise, dial = shapes[s].dial, seed = 0;
    for (at += length; *at; at += length) {
        at++;
        length = strcspn(at, ",");
        const char *const equals = memchr(at, '=', length);
        const size_t name = equals ? (size_t)(equals - at) : length;
        if (!equals) cli_fail("shape: write name=value, not %.*s", (int)length, at);
        if (same(at, name, "n")) n = read_setting(at, length, name, 1, KM_MAX_POINTS, 1);
        else if (same(at, name, "seed")) seed = read_setting(at, length, name, 0, 9007199254740991.0, 1);
        else if (same(at, name, "noise")) noise = read_setting(at, length, name, 0, shapes[s].noise_max, 0);
        else if (same(at, name, "dial") || same(at, name, shapes[s].dial_name))
            dial = read_setting(at, length, name, shapes[s].dial_min, shapes[s].dial_max, 0);
        else
            cli_fail("shape: there is no %.*s; %s has n, noise, dial (or %s) and seed", (int)name, at,
                     shapes[s].name, shapes[s].dial_name);
    }
    data->n = (int)n;
    data->d = 2;
    data->points = cli_array(2 * (size_t)data->n, sizeof *data->points);
    data->truth = cli_array((size_t)data->n, sizeof *data->truth);
    data->truth_name = "the shape";
    data->columns = cli_array(2, sizeof *data->columns);
    data->columns[0] = "x";
    data->columns[1] = "y";
    const km_status status =
        km_make_shape((km_shape)s, data->n, noise, dial, seed, data->points, data->truth);
    if (status) cli_fail("%s: %s", text, km_status_text(status));
}

cli_data cli_load_data(const cli_options *o) {
    cli_data data = {.name = o->data};
    if (strncmp(o->data, "shape:", 6) == 0) {
        if (o->column_count || o->label || o->weight)
            cli_fail("--columns, --label and --weight are for files; a shape has x, y and its true labels");
        cli_make_shape(o->data, &data);
    } else {
        cli_read_file(o, &data);
    }
    data.scale = cli_array((size_t)data.d, sizeof *data.scale);
    data.offset = cli_array((size_t)data.d, sizeof *data.offset);
    for (int j = 0; j < data.d; j++) data.scale[j] = 1;
    if (o->standardize) {
        const km_status s = km_standardize(data.points, data.n, data.d, data.scale, data.offset);
        if (s) cli_fail("%s: %s", data.name, km_status_text(s));
    }
    return data;
}
