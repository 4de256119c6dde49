/* cli_params.c: parameters from --program and --set, both read by the language's own parser. */
#include "cli.h"
#include "custom.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cli_choice_text(km_param p, double value) {
    return km_param_table[p].choices ? km_param_table[p].choices[(int)value] : NULL;
}

/* --- the program file ------------------------------------------------------------------------------------
 */

static int read_program(const char *path, char *text) {
    FILE *const file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) cli_fail("cannot open %s: %s", path, strerror(errno));
    const size_t bytes = fread(text, 1, KM_PROGRAM_MAX_BYTES + 1, file);
    if (ferror(file)) cli_fail("cannot read %s: %s", path, strerror(errno));
    if (bytes > KM_PROGRAM_MAX_BYTES) cli_fail("%s is longer than %d bytes", path, KM_PROGRAM_MAX_BYTES);
    if (file != stdin) fclose(file);
    return (int)bytes;
}

/* Line and column, in characters, of an offset. */
static void place_of(const char *text, int offset, int *line, int *column) {
    *line = *column = 1;
    for (int i = 0; i < offset; i++) {
        const int line_break = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
        *line += line_break;
        if (line_break) *column = 1;
        else *column += (text[i] & 0xc0) != 0x80;
    }
}

static void print_at(km_program *p, const char *path, int offset, const char *severity, const char *message) {
    int line, column;
    place_of(km_program_text(p), offset, &line, &column);
    fprintf(stderr, "%s:%d:%d: %s: %s\n", path, line, column, severity, message);
}

static void print_diagnostics(km_program *p, const char *path) {
    static const char *const severities[] = {"error", "warning", "note"};
    for (int i = 0; i < km_program_diagnostics(p); i++)
        print_at(p, path, km_diagnostic_from(p, i), severities[km_diagnostic_severity(p, i)],
                 km_diagnostic_message(p, i));
}

void cli_print_program(const cli_program *program) {
    char *const text = cli_array(KM_PROGRAM_MAX_BYTES + 2, 1);
    if (km_program_print(program->program, text, KM_PROGRAM_MAX_BYTES + 2) < 0)
        cli_fail("%s is too long to be printed", program->path);
    fputs(text, stdout);
    if (fflush(stdout)) cli_fail("cannot write the program");
}

void cli_fail_in_run(const km_engine *e, const cli_program *program) {
    if (!program->program || km_failure_from(e) < 0) cli_fail("%s", km_error(e));
    print_at(program->program, program->path, km_failure_from(e), "error", km_error(e));
    exit(2);
}

static km_program *new_program(void) {
    km_program *const p = km_program_create();
    if (!p) cli_fail("not enough memory");
    return p;
}

static km_program *apply_program(km_engine *e, const char *path) {
    km_program *const p = new_program();
    const int errors = km_program_parse(p, read_program(path, km_program_text(p)));
    print_diagnostics(p, path);
    if (errors) cli_fail("%s has %d error%s", path, errors, errors == 1 ? "" : "s");
    if (km_use_program(e, p)) cli_fail("%s: %s", path, km_error(e));
    return p;
}

/* --- --set ------------------------------------------------------------------------------------------------
 */

static int is_choice(const char *name, size_t length) {
    for (int p = 0; p < KM_PARAM_COUNT; p++)
        if (km_param_table[p].choices && strlen(km_param_table[p].name) == length &&
            memcmp(km_param_table[p].name, name, length) == 0)
            return 1;
    return 0;
}

/* Writes `name = value` as a program; a choice need not be quoted at the command line. */
static int write_line(const char *setting, char *text) {
    const char *const equals = strchr(setting, '=');
    if (!equals) cli_fail("--set %s: write --set name=value", setting);
    const char *const value = equals + 1;
    if (strlen(setting) > KM_PROGRAM_MAX_BYTES - 8 || strpbrk(setting, "\r\n#;"))
        cli_fail("--set %s: write one name and one value", setting);
    const int quote = is_choice(setting, (size_t)(equals - setting)) && *value != '"' && *value != '\'';
    return sprintf(text, quote ? "%.*s = \"%s\"" : "%.*s = %s", (int)(equals - setting), setting, value);
}

static int apply_setting(km_engine *e, const char *setting) {
    km_program *const p = new_program();
    const int errors = km_program_parse(p, write_line(setting, km_program_text(p)));
    for (int i = 0; errors && i < km_program_diagnostics(p); i++)
        if (km_diagnostic_severity(p, i) == KM_SEVERITY_ERROR)
            cli_fail("--set %s: %s", setting, km_diagnostic_message(p, i));
    int sets_k = 0, count = 0;
    for (int i = 0; i < KM_PARAM_COUNT; i++) {
        const km_param param = (km_param)i;
        if (km_program_from(p, param) < 0) continue;
        if (km_set(e, param, km_program_value(p, param))) cli_fail("--set %s: %s", setting, km_error(e));
        sets_k |= param == KM_PARAM_K;
        count++;
    }
    if (count != 1) cli_fail("--set %s: write --set name=value", setting);
    km_program_destroy(p);
    return sets_k;
}

cli_program cli_apply_parameters(km_engine *e, const cli_options *o) {
    cli_program used = {.path = o->program};
    if (o->program) {
        used.program = apply_program(e, o->program);
        used.sets_k = km_program_from(used.program, KM_PARAM_K) >= 0;
    }
    for (int i = 0; i < o->set_count; i++) used.sets_k |= apply_setting(e, o->sets[i]);
    return used;
}
