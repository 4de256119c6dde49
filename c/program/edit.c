/* edit.c: the smallest change of the text that gives a parameter a value, and the text a new page shows. */
#include "../number.h"
#include "../params.h"
#include "../text.h"
#include "internal.h"
#include <string.h>

void km_put_value(km_text *t, km_param param, double value) {
    char number[KM_NUMBER_BYTES];
    const char *const *texts = km_param_table[param].choices;
    if (texts) {
        km_text_print(t, "\"%s\"", texts[(int)value]);
    } else {
        km_print_number(value, number);
        km_text_put(t, number);
    }
}

/* The end of the line on which `offset` stands, before its line break. */
static int end_of_line(const km_program *p, int offset) {
    while (offset < p->bytes && p->text[offset] != '\n' && p->text[offset] != '\r') offset++;
    return offset;
}

const char *km_program_edit(km_program *p, km_param param, double value) {
    if ((unsigned)param >= KM_PARAM_COUNT || !km_param_fits(param, value)) return NULL;
    km_text t = km_text_in(p->edit, sizeof p->edit);
    if (p->from[param] >= 0) {
        p->edit_from = p->from[param];
        p->edit_to = p->to[param];
        km_put_value(&t, param, value);
        return p->edit;
    }
    const int hook = param == KM_PARAM_DISTANCE ? (int)KM_HOOK_DISTANCE
                     : param == KM_PARAM_CENTER ? (int)KM_HOOK_CENTER
                                                : -1;
    if (hook >= 0 &&
        p->has_hook[hook]) { /* the returned expression; for a choice without one, the whole definition */
        const char *expression = km_idiom_text(param, (int)value);
        p->edit_from = expression ? p->hooks[hook].from : p->definition_from[hook];
        p->edit_to = expression ? p->hooks[hook].to : p->definition_to[hook];
        if (expression) {
            km_text_put(&t, expression);
        } else {
            km_text_print(&t, "%s = ", km_param_table[param].name);
            km_put_value(&t, param, value);
        }
        return p->edit;
    }
    if (p->line_end > 0) { /* a line after the last one that sets a parameter */
        p->edit_from = p->edit_to = end_of_line(p, p->line_end);
        km_text_print(&t, "\n%s = ", km_param_table[param].name);
        km_put_value(&t, param, value);
        return p->edit;
    }
    p->edit_from = p->edit_to = 0;
    km_text_print(&t, "%s = ", km_param_table[param].name);
    km_put_value(&t, param, value);
    km_text_put(&t, "\n");
    return p->edit;
}

int km_program_edit_from(const km_program *p) { return p->edit_from; }
int km_program_edit_to(const km_program *p) { return p->edit_to; }

const char *km_program_default(void) {
    return "k = 3\n"
           "init = \"kmeans++\"      # or \"random\", \"first\"\n"
           "seed = 0\n"
           "restarts = 1           # keep the best of these\n"
           "max_iter = 100\n"
           "\n"
           "def distance(x, c):    # assign: nearest by this\n"
           "    return ((x - c)**2).sum(-1)\n"
           "\n"
           "def center(points):    # update: moves to this\n"
           "    return points.mean(0)\n"
           "\n"
           "def seed_weight(d):    # k-means++: chance\n"
           "    return d\n"
           "\n"
           "def stop(inertia, previous, shift, iteration):\n"
           "    return shift == 0  # nothing moved\n";
}
