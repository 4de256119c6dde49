/* csv_words.c: a hash set of texts. */
#include "csv_internal.h"
#include <stdlib.h>
#include <string.h>

int csv_grow(void *array, int *room, int count, size_t size) {
    if (count <= *room) return 1;
    int wanted = *room > 8 ? *room : 8;
    while (wanted < count) {
        if (wanted > INT32_MAX / 2) return 0;
        wanted *= 2;
    }
    if ((size_t)wanted > SIZE_MAX / 2 / size) return 0;
    void *old;
    memcpy(&old, array, sizeof old);
    void *const grown = realloc(old, (size_t)wanted * size);
    if (!grown) return 0;
    memcpy(array, &grown, sizeof grown);
    *room = wanted;
    return 1;
}

/* FNV-1a, 32 bits. */
static uint32_t hash_of(const char *text, int length) {
    uint32_t hash = 0x811c9dc5u;
    for (int i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 0x01000193u;
    return hash;
}

static int rehash(csv_words *w) {
    const int size = w->table_size ? 2 * w->table_size : 16;
    int32_t *const table = calloc((size_t)size, sizeof *table);
    if (!table) return 0;
    for (int i = 0; i < w->count; i++) {
        uint32_t at = w->list[i].hash;
        while (table[at & (uint32_t)(size - 1)]) at++;
        table[at & (uint32_t)(size - 1)] = i + 1;
    }
    free(w->table);
    w->table = table;
    w->table_size = size;
    return 1;
}

int csv_words_add(csv_words *w, const char *text, int length, int kind) {
    if (2 * w->count >= w->table_size && !rehash(w)) return -1;
    const uint32_t hash = hash_of(text, length), mask = (uint32_t)(w->table_size - 1);
    uint32_t at = hash;
    for (; w->table[at & mask]; at++) {
        const struct csv_word *const word = &w->list[w->table[at & mask] - 1];
        if (word->hash == hash && word->length == length &&
            memcmp(w->bytes + word->at, text, (size_t)length) == 0)
            return w->table[at & mask] - 1;
    }
    if (!csv_grow(&w->list, &w->list_room, w->count + 1, sizeof *w->list)) return -1;
    if (!csv_grow(&w->bytes, &w->room, w->used + length + 1, 1)) return -1;
    w->list[w->count] = (struct csv_word){hash, w->used, length, kind};
    memcpy(w->bytes + w->used, text, (size_t)length);
    w->bytes[w->used + length] = '\0';
    w->used += length + 1;
    w->table[at & mask] = ++w->count;
    return w->count - 1;
}

const char *csv_words_text(const csv_words *w, int number) { return w->bytes + w->list[number].at; }

void csv_words_free(csv_words *w) {
    free(w->bytes);
    free(w->list);
    free(w->table);
}
