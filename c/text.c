/* text.c: see text.h. */
#include "text.h"
#include "number.h"
#include <stdint.h>
#include <string.h>

enum { QUOTED_BYTES = 40 };

km_text km_text_in(char *buffer, size_t room) {
    buffer[0] = '\0';
    return (km_text){buffer, 0, (int)room};
}

int km_utf8_length(const char *at, const char *end) {
    const unsigned char *const s = (const unsigned char *)at;
    if (at >= end) return 0;
    if (s[0] < 0x80) return 1;
    const int length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || end - at < length) return 0;
    for (int i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    /* Overlong forms, surrogates, and what is beyond U+10FFFF. */
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) return 0;
    if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) return 0;
    return length;
}

void km_text_put_bytes(km_text *t, const char *bytes, int count) {
    const int free_bytes = t->room - 1 - t->length;
    if (count > free_bytes) {
        count = free_bytes;
        while (count > 0 && (bytes[count] & 0xc0) == 0x80) count--;
        t->room = t->length + count + 1; /* nothing follows what was cut */
    }
    memcpy(t->bytes + t->length, bytes, (size_t)count);
    t->length += count;
    t->bytes[t->length] = '\0';
}

void km_text_put(km_text *t, const char *s) { km_text_put_bytes(t, s, (int)strlen(s)); }

void km_text_put_quoted(km_text *t, const char *bytes, int count) {
    const char *const end = bytes + count, *at = bytes;
    while (at < end) {
        const int length = km_utf8_length(at, end);
        if (at - bytes + (length ? length : 1) > QUOTED_BYTES) {
            km_text_put(t, "\u2026");
            return;
        }
        const int control = length == 1 && ((unsigned char)*at < ' ' || *at == 0x7f);
        if (length == 0 || control) km_text_put(t, "\ufffd");
        else km_text_put_bytes(t, at, length);
        at += length ? length : 1;
    }
}

void km_text_print_list(km_text *t, const char *format, va_list args) {
    for (const char *at = format; *at;) {
        const char *const next = strchr(at, '%');
        if (next != at) {
            const int plain = next ? (int)(next - at) : (int)strlen(at);
            km_text_put_bytes(t, at, plain);
            at += plain;
            continue;
        }
        char number[KM_NUMBER_BYTES];
        switch (at[1]) {
        case 's': km_text_put(t, va_arg(args, const char *)); break;
        case 'd':
            km_print_number(va_arg(args, int), number);
            km_text_put(t, number);
            break;
        case 'g':
            km_print_number(va_arg(args, double), number);
            km_text_put(t, number);
            break;
        default: __builtin_trap();
        }
        at += 2;
    }
}

void km_text_print(km_text *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    km_text_print_list(t, format, args);
    va_end(args);
}
