/* cli.c: the `kmeans` command: the engine on a file or a shape. */
#include "cli.h"
#include "text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_fail(const char *format, ...) {
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    fprintf(stderr, "kmeans: %s\n", cli_printable(message));
    exit(2);
}

void *cli_array(size_t count, size_t size) {
    void *const array = calloc(count ? count : 1, size);
    if (!array) cli_fail("not enough memory");
    return array;
}

char *cli_copy(const char *text) { return strcpy(cli_array(strlen(text) + 1, 1), text); }

char *cli_printable(const char *text) {
    const char *const end = text + strlen(text);
    /* U+FFFD, which stands for a bad byte, has three. */
    char *const copy = cli_array(3 * strlen(text) + 1, 1), *out = copy;
    while (text < end) {
        const int length = km_utf8_length(text, end),
                  shown = length > 1 || (length == 1 && *text >= ' ' && *text != 0x7f);
        out += sprintf(out, "%.*s", shown ? length : 3, shown ? text : "\ufffd");
        text += length ? length : 1;
    }
    return copy;
}

int main(int argc, char **argv) {
    const cli_options options = cli_read_options(argc, argv);
    if (options.help) {
        cli_print_help();
        return 0;
    }
    km_engine *const e = km_create();
    if (!e) cli_fail("not enough memory");
    const cli_program program = cli_apply_parameters(e, &options);
    if (options.print) {
        cli_print_program(&program);
        return 0;
    }
    const cli_data data = cli_load_data(&options);
    int k = 0;
    const double *const centroids = options.init ? cli_read_centroids(options.init, &data, &k) : NULL;
    if (centroids && program.sets_k && km_get(e, KM_PARAM_K) != k)
        cli_fail("%s has %d centroids, but k is %d", options.init, k, (int)km_get(e, KM_PARAM_K));
    if (km_load(e, data.points, data.weights, data.n, data.d)) cli_fail("%s: %s", data.name, km_error(e));

    const cli_run run = cli_run_all(e, &program, &data, centroids, k);
    if (options.json) cli_print_json(e, &data, &run);
    else cli_print_report(e, &data, &run);
    if (fflush(stdout) || ferror(stdout)) cli_fail("cannot write the result");
    km_destroy(e);
    return 0;
}
