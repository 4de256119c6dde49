/* expression.h: what the files that read an expression share. What makes a node returns its number, or -1
 * after an error has been reported. */
#ifndef KM_PROGRAM_EXPRESSION_H
#define KM_PROGRAM_EXPRESSION_H

#include "internal.h"

/* scope.c */
km_type km_type_of(const km_scope *s, int node);
/* Gives a node that km_tree_* returned its place in the text, from `from` to the token taken last. */
int km_place(km_scope *s, int node, int from);
int km_make(km_scope *s, km_op op, int a, int b, int c, int from);
/* Reports that `what` does not stand where it should; returns -1. */
int km_expected(km_scope *s, const char *what);
/* Takes the operator; 0 after an error when it is not next. */
int km_need(km_scope *s, const char *sign);

/* primary.c. A value with the methods and indices behind it. */
int km_parse_primary(km_scope *s);

/* builtins.c */
int km_is_builtin(const km_program *p, km_token name);
/* Reports what students reach for in NumPy and Python, with what does it here; 1 if `name` is such. */
int km_report_elsewhere(km_program *p, km_token name);
/* A call of `name`, with `self` (a method's object) as its first argument, or -1. The opening bracket is
 * taken. */
int km_parse_call(km_scope *s, km_token name, int self, int from);

#endif
