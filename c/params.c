/* params.c: the table of parameters as data. */
#include "params.h"
#include <stddef.h>

#define CHOICE(id, text, label, help) text,
static const char *const init[] = {
#include "defs/init.def"
};
static const char *const distance[] = {
#include "defs/distance.def"
};
static const char *const center[] = {
#include "defs/center.def"
};
static const char *const empty[] = {
#include "defs/empty.def"
};
#undef CHOICE

/* What follows from a type: the last choice, their texts, how many, whole numbers only. */
#define INT -1, NULL, 0, 1
#define REAL -1, NULL, 0, 0
#define INIT KM_INIT_COUNT - 1, init, KM_INIT_COUNT, 1
#define DISTANCE KM_DISTANCE_COUNT - 1, distance, KM_DISTANCE_COUNT, 1
#define CENTER KM_CENTER_COUNT - 1, center, KM_CENTER_COUNT, 1
#define EMPTY KM_EMPTY_COUNT - 1, empty, KM_EMPTY_COUNT, 1
#define ENTRY(name, alias, help, def, min, max, last, choices, count, whole)                                 \
    {name, alias, help, def, min, (count) ? (last) : (max), choices, count, whole},
#define ENTRY_OF(...) ENTRY(__VA_ARGS__)

const km_param_entry km_param_table[KM_PARAM_COUNT] = {
#define PARAM(id, name, type, def, min, max, alias, label, help)                                             \
    ENTRY_OF(name, alias, help, def, min, max, type)
#include "defs/params.def"
#undef PARAM
};

int km_param_fits(km_param param, double value) {
    const km_param_entry *p = &km_param_table[param];
    return value >= p->min && value <= p->max && (!p->whole || value == (double)(int64_t)value);
}
