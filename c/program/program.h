/* program.h: the language of the editor: a subset of Python.
 *
 * A km_program holds one text and what the compiler found in it: values of the parameters (`name = literal`),
 * a typed tree for each function the text defines (`def distance(x, c): ...`; the hooks of defs/hooks.def),
 * and diagnostics. Offsets are bytes of the UTF-8 text; lines and columns count from 1.
 *
 *   lex.c -> parse.c -> parameters.c     the lines that set a parameter
 *                    -> hooks.c          the functions, as trees (tree.h)
 *                       -> expression.c -> primary.c -> builtins.c     operators, values, calls
 *                       -> idioms.c      those that are a built-in choice written out
 *   evaluate.h runs a tree; emit.h compiles a distance to WebAssembly. Neither knows a km_program.
 */
#ifndef KM_PROGRAM_H
#define KM_PROGRAM_H

#include "../kmeans.h"

enum { KM_PROGRAM_MAX_BYTES = 16 * 1024, KM_PROGRAM_MAX_DIAGNOSTICS = 32 };

typedef enum km_severity { KM_SEVERITY_ERROR, KM_SEVERITY_WARNING, KM_SEVERITY_INFO } km_severity;

typedef struct km_program km_program;

KM_API(km_program_create)
km_program *km_program_create(void);
KM_API(km_program_destroy)
void km_program_destroy(km_program *p);
/* The text buffer, KM_PROGRAM_MAX_BYTES + 1 bytes, for the caller to fill. */
KM_API(km_program_text)
char *km_program_text(km_program *p);
/* Parses `bytes` bytes of the buffer. Returns the number of errors: 0 means that the program can be run. */
KM_API(km_program_parse)
int km_program_parse(km_program *p, int bytes);

/* Parameter values, defaults where the text sets none. Only meaningful when there were no errors. */
KM_API(km_program_value)
double km_program_value(const km_program *p, km_param param);
/* Where the literal of a parameter stands: byte offsets; -1 when the text does not set it. */
KM_API(km_program_from)
int km_program_from(const km_program *p, km_param param);
KM_API(km_program_to)
int km_program_to(const km_program *p, km_param param);

/* Diagnostics in order of place. */
KM_API(km_program_diagnostics)
int km_program_diagnostics(const km_program *p);
KM_API(km_diagnostic_code)
const char *km_diagnostic_code(const km_program *p, int i); /* e.g. "unknown-parameter" */
KM_API(km_diagnostic_severity)
km_severity km_diagnostic_severity(const km_program *p, int i);
KM_API(km_diagnostic_from)
int km_diagnostic_from(const km_program *p, int i);
KM_API(km_diagnostic_to)
int km_diagnostic_to(const km_program *p, int i);
KM_API(km_diagnostic_message)
const char *km_diagnostic_message(const km_program *p, int i);
/* A proposed edit: replace from..to by the text. NULL when there is none. */
KM_API(km_diagnostic_fix)
const char *km_diagnostic_fix(const km_program *p, int i);
KM_API(km_diagnostic_fix_from)
int km_diagnostic_fix_from(const km_program *p, int i);
KM_API(km_diagnostic_fix_to)
int km_diagnostic_fix_to(const km_program *p, int i);

/* The smallest edit of the last parsed text that gives a parameter a value: replaces its literal, or inserts
 * a line after the last parameter. Returns the text to put in place of from..to; NULL when the value is
 * outside the range or the text has no place for it. Holds until the next call. */
KM_API(km_program_edit)
const char *km_program_edit(km_program *p, km_param param, double value);
KM_API(km_program_edit_from)
int km_program_edit_from(const km_program *p);
KM_API(km_program_edit_to)
int km_program_edit_to(const km_program *p);

/* Writes a program without errors in its normal form, and a zero byte: the parameters it sets in the order of
 * the table, then its functions in theirs, with np. before every function, brackets only where they are
 * needed, and a name (v1, v2, ...) for each value that is used more than once. Printing the printed program
 * gives the same text, and its functions give the same values to the bit. Returns the length; -1 when `room`
 * bytes are too few: KM_PROGRAM_MAX_BYTES + 2 hold every printed program that can be read again. */
int km_program_print(const km_program *p, char *out, int room);

/* The program a new page shows (UTF-8, constant). */
KM_API(km_program_default)
const char *km_program_default(void);

/* The functions a program can define (defs/hooks.def). */
typedef enum km_hook {
#define HOOK(id, name, parameters, result, formula, help) KM_HOOK_##id,
#include "../defs/hooks.def"
#undef HOOK
    KM_HOOK_COUNT
} km_hook;

/* 1 when the text defines the hook by an expression of its own: not the choice of a parameter, nor one of
 * these written out. */
KM_API(km_program_is_custom)
int km_program_is_custom(const km_program *p, km_hook hook);
/* Where the definition of a hook stands, from `def` to the end of what it returns: byte offsets; -1 when it
 * is not custom. */
KM_API(km_program_definition_from)
int km_program_definition_from(const km_program *p, km_hook hook);
KM_API(km_program_definition_to)
int km_program_definition_to(const km_program *p, km_hook hook);
/* The typed expression of a hook that the text defines, custom or not; NULL when it does not, or not well. */
struct km_tree;
const struct km_tree *km_program_tree(const km_program *p, km_hook hook);

#endif
