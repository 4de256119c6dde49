/* cli_options.c: the arguments of the command. */
#include "cli.h"
#include <string.h>

/* The value of an option written `--name value` or `--name=value`; NULL when the argument is another. */
static const char *value_of(const char *name, int *i, int argc, char **argv) {
    const size_t length = strlen(name);
    const char *const argument = argv[*i];
    if (strncmp(argument, name, length) != 0) return NULL;
    if (argument[length] == '=') return argument + length + 1;
    if (argument[length] != '\0') return NULL;
    if (++*i == argc) cli_fail("%s needs a value; --help says which", name);
    return argv[*i];
}

static void append(const char **list, int *count, const char *value, const char *name) {
    if (*count == CLI_MAX_LIST) cli_fail("%s can be given %d times at most", name, CLI_MAX_LIST);
    list[(*count)++] = value;
}

static void once(const char **option, const char *value, const char *name) {
    if (*option) cli_fail("%s is given twice", name);
    *option = value;
}

cli_options cli_read_options(int argc, char **argv) {
    cli_options o = {0};
    int only_data = 0;
    for (int i = 1; i < argc; i++) {
        const char *value;
        if (only_data || argv[i][0] != '-' || !argv[i][1]) once(&o.data, argv[i], "the data");
        else if (strcmp(argv[i], "--") == 0) only_data = 1;
        else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) o.help = 1;
        else if (strcmp(argv[i], "--json") == 0) o.json = 1;
        else if (strcmp(argv[i], "--print") == 0) o.print = 1;
        else if (strcmp(argv[i], "--standardize") == 0) o.standardize = 1;
        else if ((value = value_of("--program", &i, argc, argv))) once(&o.program, value, "--program");
        else if ((value = value_of("--init", &i, argc, argv))) once(&o.init, value, "--init");
        else if ((value = value_of("--label", &i, argc, argv))) once(&o.label, value, "--label");
        else if ((value = value_of("--weight", &i, argc, argv))) once(&o.weight, value, "--weight");
        else if ((value = value_of("--set", &i, argc, argv))) append(o.sets, &o.set_count, value, "--set");
        else if ((value = value_of("--columns", &i, argc, argv)))
            append(o.columns, &o.column_count, value, "--columns");
        else cli_fail("there is no option %s; --help lists them", argv[i]);
    }
    if (o.print && !o.program) cli_fail("--print prints the program of --program FILE");
    if (!o.data && !o.help && !o.print)
        cli_fail("which data? Name a CSV file, - for standard input, or shape:moons; see --help");
    return o;
}
