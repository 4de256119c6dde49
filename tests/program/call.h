/* call.h: a program's functions called with arguments of one's own, by the evaluator, and the module of its
 * distance, whatever it is. For the tests of both back ends, native and in WebAssembly. */
#ifndef CALL_H
#define CALL_H

#include "program/program.h"

/* Values that a call takes: distance x and c (d each); center the points (members rows of d) and c;
 * seed_weight one; stop four. */
int call_arguments(km_hook hook, int d, int members);
/* Calls a hook of a program without errors. out: d values for center, one for the others. Returns how many; 0
 * when the text does not define the hook or it does not fit d dimensions. */
KM_API(call_hook)
int call_hook(const km_program *p, km_hook hook, const double *arguments, int d, int members, double *out);
/* km_emit of the distance; 0 when there is none or it does not fit. */
KM_API(call_emit)
int call_emit(const km_program *p, int d, unsigned char *bytes, int room);
/* The literals of the distance, for its kernel's last argument; NULL when there is none. */
KM_API(call_constants)
const double *call_constants(const km_program *p);

#endif
