/* custom.h: the functions a program defines, in place of the engine's own.
 *
 * This is where engine and language meet: the engine's files ask km_has() and call the functions below; the
 * language's know nothing of the engine. A distance runs by the evaluator, or by the kernel emitted for it
 * where there is one (WebAssembly); both give the same bits. A result that is not finite is remembered, and
 * ends the run at the end of the half-step (km_custom_failed).
 */
#ifndef KM_CUSTOM_H
#define KM_CUSTOM_H

#include "internal.h"
#include "program/emit.h"
#include "program/evaluate.h"
#include "program/program.h"

typedef struct km_custom {
    int has[KM_HOOK_COUNT], fits; /* fits: checked against the dimension of the data loaded */
    km_tree trees[KM_HOOK_COUNT];
    void *memory; /* of the evaluator, large enough for each tree */
    km_kernel kernel;
    int kernel_d; /* the dimension it was emitted for */
    unsigned char *emitted;
    char text[KM_PROGRAM_MAX_BYTES + 1]; /* of the program, for messages */
    int failed;                          /* a result since the half-step began was not a finite number */
    struct {
        int hook, point, centroid, from, to;
        double value; /* of the expression, or of the result when that is too large or negative */
    } failure;        /* the first such result; -1 where there is none */
} km_custom;

/* Whether the run's program defines this hook. */
static inline int km_has(const km_engine *e, km_hook hook) { return e->custom && e->custom->has[hook]; }

/* Uses the parameters and functions of a good program from the next km_init on, and ends any run. */
KM_API(km_use_program)
km_status km_use_program(km_engine *e, km_program *p);
/* Writes the WebAssembly module of the program's own distance for the dimension of the data (program/emit.h):
 * its size, 0 when the distance is a built-in one or there are no data, -1 when memory is out. The bytes hold
 * until the next call. */
KM_API(km_emit_kernel)
int km_emit_kernel(km_engine *e);
KM_API(km_emitted_bytes)
const unsigned char *km_emitted_bytes(const km_engine *e);
/* The emitted kernel of the distance: its index in the function table. It is used until the next
 * km_use_program, for data of this dimension. */
KM_API(km_use_kernel)
void km_use_kernel(km_engine *e, km_kernel kernel);

/* The expression in the program's text that made the last call that returned KM_ERR_PROGRAM fail, as byte
 * offsets; -1 when nothing did since km_use_program. It is the innermost one that is not finite although its
 * operands are (`1 / abs(x - c).sum()`), the whole returned expression for a result that is negative or too
 * large, the literal or component that does not fit the data. km_error() says of which function it is, and
 * for which point and centroid. */
KM_API(km_failure_from)
int km_failure_from(const km_engine *e);
KM_API(km_failure_to)
int km_failure_to(const km_engine *e);

/* Checks vector literals and components against the data, and gets the evaluator's memory. */
km_status km_custom_prepare(km_engine *e);
void km_custom_free(km_engine *e);
/* KM_OK, or the failure of a function since the last call, as a sentence. */
km_status km_custom_failed(km_engine *e);

/* As km_nearest and km_distances_to. */
void km_custom_nearest(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                       const double *centroids, int k, int32_t *labels, double *distances);
void km_custom_distances_to(const km_engine *e, const double *columns, ptrdiff_t stride, int n,
                            const double *centroids, const int32_t *labels, double *distances);
/* The center of `members` rows into the centroid of cluster j. */
void km_custom_center(km_engine *e, int j, const int32_t *rows, int members);
/* seed_weight of n distances. */
void km_custom_weights(km_engine *e, const double *distances, int n, double *out);
/* stop() after an update. */
int km_custom_stop(km_engine *e);

#endif
