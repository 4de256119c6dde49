/* text.h: building short messages in a fixed buffer. What does not fit is cut off between characters. */
#ifndef KM_TEXT_H
#define KM_TEXT_H

#include <stdarg.h>
#include <stddef.h>

typedef struct km_text {
    char *bytes; /* always ends with a zero byte */
    int length, room;
} km_text;

/* An empty text in a buffer of `room` bytes, at least 1. */
km_text km_text_in(char *buffer, size_t room);
void km_text_put(km_text *t, const char *s);
void km_text_put_bytes(km_text *t, const char *bytes, int count);
/* Foreign text in a message: control characters and invalid UTF-8 become U+FFFD, and what is longer than 40
 * bytes is cut and gets an ellipsis. */
void km_text_put_quoted(km_text *t, const char *bytes, int count);
/* A format in which %s is a string, %d an int and %g a double in its shortest form. */
void km_text_print(km_text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void km_text_print_list(km_text *t, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Bytes of the UTF-8 character at `at` (1 to 4), or 0 when the bytes before `end` are not one. */
int km_utf8_length(const char *at, const char *end);

#endif
