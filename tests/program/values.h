/* values.h: lines of a case that call a function of the program:
 *
 *   distance([1, 2], [3, 4]) = 8            exactly; inf, -inf and nan too
 *   center([[0, 0], [2, 4]], [1, 1]) = [1, 2]
 *   seed_weight(3) ~ 1.0986122886681098     to 1e-14 relative
 */
#ifndef VALUES_H
#define VALUES_H

#include "program/program.h"

/* 1 when the line holds, 0 after printing why not, -1 when it calls nothing. */
int check_call(const km_program *p, const char *line);

#endif
