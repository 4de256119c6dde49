/* lex.h: the text as tokens, with Python's lines and indentation. */
#ifndef KM_PROGRAM_LEX_H
#define KM_PROGRAM_LEX_H

#include "internal.h"

/* Fills p->tokens from p->text; reports what is no token. The last token is KM_TOKEN_END. */
void km_lex(km_program *p);

#endif
