/* lex.c: characters to tokens. Lines inside brackets are joined, a backslash at the end of a line joins too,
 * blank lines and comments vanish; deeper and shallower lines give INDENT and DEDENT. */
#include "lex.h"
#include "../number.h"
#include "../text.h"
#include <string.h>

enum { MAX_INDENTS = 16, TAB = 8 };

typedef struct lexer {
    km_program *p;
    int at, brackets, open; /* open: offset of the outermost open bracket */
    int indents[MAX_INDENTS], indent_count;
} lexer;

static int is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static int is_digit(char c) { return c >= '0' && c <= '9'; }
static int is_name(char c) { return is_name_start(c) || is_digit(c); }

static char peek(const lexer *l, int ahead) {
    return l->at + ahead < l->p->bytes ? l->p->text[l->at + ahead] : '\0';
}
static int at_end(const lexer *l) { return l->at >= l->p->bytes; }
static int at_line_end(const lexer *l) { return at_end(l) || peek(l, 0) == '\n' || peek(l, 0) == '\r'; }

/* The last place is kept for END. */
static int add(lexer *l, km_token_kind kind, int from, int to) {
    km_program *p = l->p;
    if (p->token_count == KM_MAX_TOKENS - 1) {
        if (l->at < p->bytes) km_report(p, KM_DIAGNOSTIC_TOO_MANY_TOKENS, from, to, KM_MAX_TOKENS - 1);
        l->at = p->bytes;
        return 0;
    }
    p->tokens[p->token_count++] = (km_token){kind, from, to};
    return 1;
}

static void lex_number(lexer *l) {
    const char *start = l->p->text + l->at, *end = l->p->text + l->p->bytes;
    const int from = l->at;
    double value;
    l->at += (int)(km_read_number(start, end, &value) - start);
    int good = 1;
    while (is_name(peek(l, 0)) || (peek(l, 0) == '.' && is_digit(peek(l, 1)))) { /* 0x1f, 1_000, 1.2.3, 1e */
        good = 0;
        l->at++;
    }
    if (!good) km_report(l->p, KM_DIAGNOSTIC_BAD_NUMBER, from, l->at);
    else if (value - value != 0) km_report(l->p, KM_DIAGNOSTIC_HUGE_NUMBER, from, l->at);
    add(l, good && value - value == 0 ? KM_TOKEN_NUMBER : KM_TOKEN_BAD, from, l->at);
}

static void lex_string(lexer *l) {
    const int from = l->at;
    const char quote = peek(l, 0);
    const int triple = peek(l, 1) == quote && peek(l, 2) == quote;
    l->at += triple ? 3 : 1;
    for (;; l->at++) {
        if (at_end(l) || (!triple && at_line_end(l))) {
            km_report(l->p, KM_DIAGNOSTIC_OPEN_STRING, from, l->at);
            add(l, KM_TOKEN_BAD, from, l->at);
            return;
        }
        if (peek(l, 0) == quote && (!triple || (peek(l, 1) == quote && peek(l, 2) == quote))) break;
        if (peek(l, 0) == '\\' && l->at + 1 < l->p->bytes) l->at++;
    }
    l->at += triple ? 3 : 1;
    add(l, KM_TOKEN_STRING, from, l->at);
}

static void lex_operator(lexer *l) {
    static const char *const operators[] = {
        "**=", "//=", "**", "//", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "%=", "^=", "->",
        ":=",  "<<",  ">>", "&&", "||", "+",  "-",  "*",  "/",  "%",  "^",  "@",  "&",  "|",  "~",
        "<",   ">",   "=",  "(",  ")",  "[",  "]",  "{",  "}",  ",",  ":",  ".",  ";",  "!",  "?"};
    const int from = l->at;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const int length = (int)strlen(operators[i]);
        if (l->p->bytes - l->at < length || memcmp(l->p->text + l->at, operators[i], (size_t)length) != 0)
            continue;
        l->at += length;
        const char c = *operators[i];
        if (c == '(' || c == '[' || c == '{') {
            if (l->brackets++ == 0) l->open = from;
        } else if ((c == ')' || c == ']' || c == '}') && l->brackets > 0) {
            l->brackets--;
        }
        add(l, KM_TOKEN_OPERATOR, from, l->at);
        return;
    }
    /* One diagnostic for a run of what is no token, whole characters of it. */
    int utf8 = 1;
    while (!at_end(l) && !is_name(peek(l, 0)) && (unsigned char)peek(l, 0) > ' ' &&
           !strchr("+-*/%^@&|~<>=()[]{},:.;!?'\"#\\", peek(l, 0))) {
        const int length = km_utf8_length(l->p->text + l->at, l->p->text + l->p->bytes);
        utf8 &= length > 0;
        l->at += length > 0 ? length : 1;
    }
    if (l->at == from) l->at++; /* a control character, a stray backslash */
    km_report(l->p, utf8 ? KM_DIAGNOSTIC_BAD_CHARACTER : KM_DIAGNOSTIC_BAD_ENCODING, from, l->at);
    add(l, KM_TOKEN_BAD, from, l->at);
}

/* The start of a logical line: skips blank ones, and compares its indentation with those open. */
static void start_line(lexer *l) {
    for (;;) {
        int column = 0;
        while (peek(l, 0) == ' ' || peek(l, 0) == '\t' || peek(l, 0) == '\f') {
            column = peek(l, 0) == '\t' ? (column / TAB + 1) * TAB : column + 1;
            l->at++;
        }
        if (peek(l, 0) == '#')
            while (!at_line_end(l)) l->at++;
        if (at_end(l)) return;
        if (at_line_end(l)) {
            l->at++;
            continue;
        }
        if (column > l->indents[l->indent_count - 1]) {
            if (l->indent_count < MAX_INDENTS) l->indents[l->indent_count++] = column;
            add(l, KM_TOKEN_INDENT, l->at, l->at);
            return;
        }
        while (column < l->indents[l->indent_count - 1]) {
            l->indent_count--;
            add(l, KM_TOKEN_DEDENT, l->at, l->at);
        }
        if (column != l->indents[l->indent_count - 1]) {
            km_report(l->p, KM_DIAGNOSTIC_DEDENT, l->at - (column > 0), l->at);
            /* The margin stays 0: the lines after this one return to it. */
            if (l->indent_count > 1) l->indents[l->indent_count - 1] = column;
        }
        return;
    }
}

/* An open bracket must not swallow the rest of the program: a line that starts at the margin with a name and
 * = or with def closes it. */
static int looks_like_statement(const lexer *l) {
    const char *at = l->p->text + l->at, *end = l->p->text + l->p->bytes;
    if (!is_name_start(*at)) return 0;
    if (end - at > 4 && memcmp(at, "def ", 4) == 0) return 1;
    while (at < end && is_name(*at)) at++;
    while (at < end && *at == ' ') at++;
    return end - at > 1 && at[0] == '=' && at[1] != '=';
}

static void end_line(lexer *l) {
    if (l->brackets > 0) {
        km_report(l->p, KM_DIAGNOSTIC_OPEN_BRACKET, l->open, l->open + 1);
        l->brackets = 0;
    }
    add(l, KM_TOKEN_NEWLINE, l->at, l->at);
}

void km_lex(km_program *p) {
    lexer l = {.p = p, .indents = {0}, .indent_count = 1};
    p->token_count = 0;
    start_line(&l);
    while (!at_end(&l)) {
        const char c = peek(&l, 0);
        if (c == '\n' || c == '\r') {
            if (l.brackets == 0) {
                end_line(&l);
                l.at++;
                start_line(&l);
            } else {
                l.at++;
                if (!at_end(&l) && looks_like_statement(&l)) {
                    end_line(&l);
                    start_line(&l);
                }
            }
        } else if (c == ' ' || c == '\t' || c == '\f') {
            l.at++;
        } else if (c == '#') {
            while (!at_line_end(&l)) l.at++;
        } else if (c == '\\' && (peek(&l, 1) == '\n' || (peek(&l, 1) == '\r' && peek(&l, 2) == '\n'))) {
            l.at += peek(&l, 1) == '\r' ? 3 : 2;
        } else if (is_name_start(c)) {
            const int from = l.at;
            while (is_name(peek(&l, 0))) l.at++;
            add(&l, KM_TOKEN_NAME, from, l.at);
        } else if (is_digit(c) || (c == '.' && is_digit(peek(&l, 1)))) {
            lex_number(&l);
        } else if (c == '"' || c == '\'') {
            lex_string(&l);
        } else {
            lex_operator(&l);
        }
    }
    const km_token *last = p->token_count ? &p->tokens[p->token_count - 1] : NULL;
    if (last && last->kind != KM_TOKEN_NEWLINE) end_line(&l);
    for (; l.indent_count > 1; l.indent_count--) add(&l, KM_TOKEN_DEDENT, p->bytes, p->bytes);
    p->tokens[p->token_count++] = (km_token){KM_TOKEN_END, p->bytes, p->bytes};
}
