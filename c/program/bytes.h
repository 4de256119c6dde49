/* bytes.h: writing the WebAssembly binary format: LEB128 numbers, and lengths that are known only afterwards.
 */
#ifndef KM_PROGRAM_BYTES_H
#define KM_PROGRAM_BYTES_H

#include <stdint.h>
#include <string.h>

typedef struct km_bytes {
    unsigned char *data;
    int size, room;
    int overflow; /* something did not fit; data are useless then */
} km_bytes;

static inline void km_byte(km_bytes *b, int value) {
    if (b->size == b->room) b->overflow = 1;
    else b->data[b->size++] = (unsigned char)value;
}
static inline void km_unsigned(km_bytes *b, uint32_t value) {
    for (; value >= 0x80; value >>= 7) km_byte(b, (int)(value & 0x7f) | 0x80);
    km_byte(b, (int)value);
}
static inline void km_signed(km_bytes *b, int32_t value) {
    for (; value < -64 || value > 63; value >>= 7) km_byte(b, (value & 0x7f) | 0x80);
    km_byte(b, value & 0x7f);
}
static inline void km_raw(km_bytes *b, const void *data, int size) {
    for (int i = 0; i < size; i++) km_byte(b, ((const unsigned char *)data)[i]);
}
/* A name, as the format calls texts. */
static inline void km_name(km_bytes *b, const char *text) {
    const int length = (int)strlen(text);
    km_unsigned(b, (uint32_t)length);
    km_raw(b, text, length);
}

/* Leaves five bytes for a length; km_close fills them with that of what came since. */
static inline int km_open(km_bytes *b) {
    for (int i = 0; i < 5; i++) km_byte(b, 0);
    return b->size;
}
static inline void km_close(km_bytes *b, int start) {
    uint32_t length = (uint32_t)(b->size - start);
    for (int i = 0; i < 5 && !b->overflow; i++, length >>= 7)
        b->data[start - 5 + i] = (unsigned char)((length & 0x7f) | (i < 4 ? 0x80 : 0));
}

#endif
