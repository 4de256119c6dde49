/* internal.h: what the front end's own files share. */
#ifndef KM_PROGRAM_INTERNAL_H
#define KM_PROGRAM_INTERNAL_H

#include "program.h"
#include "tree.h"

enum {
    KM_MAX_TOKENS = 8192,
    KM_MAX_NESTING = 64,
    KM_MAX_LOCALS = KM_TREE_MAX_NODES + KM_TREE_MAX_INPUTS,
    KM_MESSAGE_BYTES = 256,
    KM_FIX_BYTES = 64,
    KM_EDIT_BYTES = 96,
};

typedef enum km_token_kind {
    KM_TOKEN_NAME,
    KM_TOKEN_NUMBER,
    KM_TOKEN_STRING,
    KM_TOKEN_OPERATOR,
    KM_TOKEN_NEWLINE, /* the end of a logical line that holds something */
    KM_TOKEN_INDENT,
    KM_TOKEN_DEDENT,
    KM_TOKEN_BAD, /* reported by the lexer */
    KM_TOKEN_END,
} km_token_kind;

typedef struct km_token {
    km_token_kind kind;
    int from, to;
} km_token;

typedef enum km_diagnostic_id {
#define DIAGNOSTIC(id, code, severity, message) KM_DIAGNOSTIC_##id,
#include "../defs/diagnostics.def"
#undef DIAGNOSTIC
} km_diagnostic_id;

typedef struct km_diagnostic {
    km_diagnostic_id id;
    int from, to;
    char message[KM_MESSAGE_BYTES];
    int has_fix, fix_from, fix_to;
    char fix[KM_FIX_BYTES];
} km_diagnostic;

struct km_program {
    char text[KM_PROGRAM_MAX_BYTES + 1];
    int bytes;
    km_token tokens[KM_MAX_TOKENS];
    int token_count, at; /* at: the token the parser looks at */
    km_diagnostic diagnostics[KM_PROGRAM_MAX_DIAGNOSTICS];
    int diagnostic_count, errors;
    km_diagnostic unused; /* takes the fix of a diagnostic that is not kept */

    double values[KM_PARAM_COUNT];
    int from[KM_PARAM_COUNT],
        to[KM_PARAM_COUNT];     /* of the literal, or of a hook's returned expression; -1 = not set */
    int set_at[KM_PARAM_COUNT]; /* offset of the name or function that sets it; -1 = nothing */
    int line_end;               /* where a new parameter line can be inserted */

    /* Hooks the text defines. */
    int has_hook[KM_HOOK_COUNT], custom[KM_HOOK_COUNT];
    int definition_from[KM_HOOK_COUNT], definition_to[KM_HOOK_COUNT];
    km_tree hooks[KM_HOOK_COUNT];

    char edit[KM_EDIT_BYTES];
    int edit_from, edit_to;
};

/* diagnose.c. Adds a diagnostic; the message's blanks are filled from the arguments. Returns it, for a fix;
 * never NULL. */
km_diagnostic *km_report(km_program *p, km_diagnostic_id id, int from, int to, ...);
/* Reports a word nobody knows, with the nearest of the candidates as the fix when one is near enough to be
 * meant. */
void km_report_unknown(km_program *p, km_diagnostic_id id, km_token t, const char *const *candidates,
                       int count);
void km_propose(km_diagnostic *d, int from, int to, const char *text);
void km_sort_diagnostics(km_program *p);

/* names.c */
/* Whether bytes from..to of the text are this word. */
int km_is_word(const km_program *p, km_token t, const char *word);
/* Copies a token's text, cut to `room`. */
void km_copy_token(const km_program *p, km_token t, char *out, int room);
/* The value of a number. */
double km_token_number(const km_program *p, km_token t);
/* The candidate nearest by edit distance (insert, delete, change, swap: Damerau 1964) to `word`, if near
 * enough to be meant; else NULL. */
const char *km_nearest_word(const char *word, const char *const *candidates, int count);
int km_line_of(const km_program *p, int offset);

/* parameters.c. `name = value` from the name's token on, up to the end of the line. */
void km_parse_parameter(km_program *p, km_token name);
/* Number of a parameter by its name or alias, or -1; *alias says which it was. */
int km_find_parameter(const char *name, int *alias);
/* Notes what sets a parameter, with a warning when something did already. */
void km_note_setting(km_program *p, km_param param, km_token name);

/* hooks.c. `def name(...):` and its block. */
void km_parse_hook(km_program *p);
/* One function under way: its names, and the tree it becomes. */
typedef struct km_scope {
    km_program *program;
    km_tree *tree;
    struct {
        char name[32];
        int node; /* -1: its value was in error, so uses of it say nothing more */
    } locals[KM_MAX_LOCALS];
    int local_count, depth;
    int full; /* said that the tree is */
} km_scope;
/* expression.c. One expression into the tree: its node, or -1 after an error has been reported. */
int km_parse_expression(km_scope *s);
/* scope.c. As messages say it. */
const char *km_type_name(km_type type);

/* edit.c. A parameter's value as a program has it. */
struct km_text;
void km_put_value(struct km_text *t, km_param param, double value);

/* idioms.c. The choice whose definition a hook's tree is, or -1. */
int km_distance_idiom(const km_tree *t);
/* The expression that says a choice of distance or center, or NULL when there is none. */
const char *km_idiom_text(km_param param, int choice);
int km_center_idiom(const km_tree *t);
/* Whether it does what the engine does without it: `return d`, `return shift == 0`. */
int km_is_default_hook(km_hook hook, const km_tree *t);

/* parse.c: the token under way. */
static inline km_token km_peek(const km_program *p) { return p->tokens[p->at]; }
/* Where the token taken last ends. */
static inline int km_taken_to(const km_program *p) { return p->tokens[p->at - 1].to; }
static inline km_token km_next(km_program *p) {
    const km_token t = p->tokens[p->at];
    if (t.kind != KM_TOKEN_END) p->at++;
    return t;
}
/* Takes the operator if it is next. */
int km_accept(km_program *p, const char *text);
/* Skips to the end of the logical line, and over it. */
void km_skip_line(km_program *p);
/* The end of the line, or a diagnostic about what stands there. */
void km_expect_line_end(km_program *p);
/* Reports a word that starts a Python construct the language lacks; 1 if `t` is one. */
int km_report_construct(km_program *p, km_token t);
/* Reports `name += ...` and its like, when `t` after the name is such a sign; 1 if it is. */
int km_report_augmented(km_program *p, km_token name, km_token t);
/* Skips what is indented under the line just read, if anything is. */
void km_skip_block(km_program *p);

#endif
