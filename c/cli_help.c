/* cli_help.c: --help, from the tables. */
#include "cli.h"
#include "number.h"
#include <stdio.h>
#include <string.h>

static const char USAGE[] =
    "kmeans: k-means clustering of a CSV file or a synthetic shape\n"
    "\n"
    "  kmeans [options] DATA.csv\n"
    "  kmeans [options] -                       the file on standard input\n"
    "  kmeans [options] shape:NAME[,n=..][,noise=..][,dial=..][,seed=..]\n"
    "\n"
    "Options\n"
    "  --set name=value      set a parameter (below); again for more; wins over --program\n"
    "  --program FILE        read the parameters from a program, as the page's editor has it\n"
    "  --print               print the program as it was understood, in its normal form, and end\n"
    "  --init FILE.csv       start from these centroids, one a row, in the units of the data; sets k\n"
    "  --columns a,b         cluster these columns; else all columns of numbers but `label` and the weights\n"
    "  --label COLUMN        true labels to compare with; else an integer or text column called `label`\n"
    "  --weight COLUMN       weight of each point\n"
    "  --standardize         z-scores (population standard deviation); centroids are printed in original units\n"
    "  --json                print everything as JSON; clusters, rows and columns count from 0 there\n"
    "  --help                print this\n"
    "\n"
    "The file: comma, semicolon, tab, | or spaces between columns, found by itself; a header or none; rows with a\n"
    "missing cell in a column that is used are dropped and counted.\n"
    "\n"
    "Exit status: 0, also when max_iter ends the run; 2 for an error, which is on standard error with its place: row\n"
    "and column of a file, FILE:line:column of a program.\n";

static void print_number(double v) {
    char text[KM_NUMBER_BYTES];
    km_print_number(v, text);
    fputs(text, stdout);
}

static void print_parameters(void) {
    fputs("\nParameters\n", stdout);
    for (const km_param_entry *p = km_param_table; p < km_param_table + KM_PARAM_COUNT; p++) {
        printf("  %-10s ", p->name);
        for (int i = 0; i < p->choice_count; i++) printf("%s%s", i ? ", " : "", p->choices[i]);
        if (!p->choices) {
            print_number(p->min);
            fputs(" to ", stdout);
            print_number(p->max);
        }
        fputs("; default ", stdout);
        if (p->choices) fputs(p->choices[(int)p->initial], stdout);
        else print_number(p->initial);
        if (*p->alias) printf("; scikit-learn: %s", p->alias);
        printf("\n             %s\n", p->help);
    }
}

static void print_shapes(void) {
    static const struct {
        const char *name, *dial, *story;
        int n;
        double noise, dial_default, dial_min, dial_max;
    } shapes[] = {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    {name, dial, story, n, noise, dial_def, dial_min, dial_max},
#include "defs/shapes.def"
#undef SHAPE
    };
    fputs("\nShapes (the dial is each shape's own knob)\n", stdout);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        printf("  %-17s n=%d, noise=%g, dial=%g (%s, %g to %g)\n             %s\n", shapes[s].name,
               shapes[s].n, shapes[s].noise, shapes[s].dial_default, shapes[s].dial, shapes[s].dial_min,
               shapes[s].dial_max, shapes[s].story);
}

void cli_print_help(void) {
    fputs(USAGE, stdout);
    print_parameters();
    print_shapes();
    fputs("\nExamples\n"
          "  kmeans --set k=2 --standardize faithful.csv\n"
          "  kmeans --set k=9 --set restarts=20 --json shape:grid,n=900,seed=1\n"
          "  kmeans --set k=3 --set distance=manhattan --set center=median --label species iris.csv\n",
          stdout);
}
