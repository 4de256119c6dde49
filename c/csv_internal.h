/* csv_internal.h: what the files of the reader share.
 *
 *   csv.c        bytes -> fields and rows           csv_sniff.c   the delimiter
 *   csv_cell.c   field -> number, missing or word   csv_words.c   distinct texts
 *   csv_table.c  settled columns, rows kept, getters
 */
#ifndef KM_CSV_INTERNAL_H
#define KM_CSV_INTERNAL_H

#include "csv.h"
#include <stddef.h>
#include <stdint.h>

enum { CSV_ERROR_BYTES = 256, CSV_SAMPLE_BYTES = 1 << 16, CSV_SAMPLE_LINES = 24 };

/* --- csv_words.c --- */

/* A set of texts, numbered by first appearance. */
typedef struct csv_words {
    char *bytes; /* each text and a zero byte */
    int used, room;
    struct csv_word {
        uint32_t hash;
        int32_t at, length, kind;
    } * list;
    int count, list_room;
    int32_t *table; /* number + 1, 0 = free; open addressing */
    int table_size; /* a power of two, or 0 */
} csv_words;

/* The number of a text, added if new; -1 when memory is out. */
int csv_words_add(csv_words *w, const char *text, int length, int kind);
const char *csv_words_text(const csv_words *w, int number);
void csv_words_free(csv_words *w);

/* realloc for `count` items, at least doubling *room; 0 when memory is out, and then nothing has changed. */
int csv_grow(void *array, int *room, int count, size_t size);

/* --- csv_cell.c --- */

typedef enum csv_kind {
    CSV_NUMBER,
    CSV_MISSING,
    CSV_WORD,
    CSV_NEARLY, /* meant as a number, but refused: 0x10, 1_000, 1e+, inf, 1e309 */
    CSV_KIND_COUNT
} csv_kind;

/* What a field holds. mark: the column's decimal mark, 0 while unknown, which the first number with one sets.
 */
csv_kind csv_classify(const char *text, int length, char delimiter, char *mark, double *number);
/* Why a word or nearly-number is refused in a numeric column. */
const char *csv_refusal(const char *text, csv_kind kind);

/* A cell is its number, or a NaN that holds the number of its word. */
double csv_cell_of_word(int word);
int csv_cell_word(double cell); /* -1: a number */

/* --- csv_sniff.c --- */

/* The delimiter of a text, from its first `length` bytes; whole: they are all of it. */
char csv_sniff(const char *sample, int length, int whole);

/* --- the reader --- */

typedef struct csv_column {
    char *name;      /* the field in the first row; later the column's name */
    double *cells;   /* one a row, the first row included */
    csv_words words; /* of the cells that are not numbers */
    csv_kind first;  /* kind of the first row's cell; it is not in `kinds` */
    int kinds[CSV_KIND_COUNT];
    char mark;
    int is_number, is_integer;
    int copies;     /* other columns that had the same name */
    int32_t *texts; /* text column: the word of each value */
    int text_count;
    const double *values; /* after km_csv_end: those of the rows kept */
} csv_column;

typedef enum csv_state {
    CSV_SNIFFING,
    CSV_FIELD_START,
    CSV_UNQUOTED,
    CSV_QUOTED,
    CSV_QUOTE_IN_QUOTED, /* the closing quote, or the first half of a doubled one */
    CSV_AFTER_QUOTED,
    CSV_GAP,  /* spaces delimit: after a field */
    CSV_HASH, /* after a # that begins a line before the first row */
    CSV_COMMENT,
    CSV_ENDED
} csv_state;

struct km_csv {
    csv_state state;
    km_status status; /* of the first failure */
    char error[CSV_ERROR_BYTES];
    int error_row, error_column;
    double bytes; /* so far */

    char sample[CSV_SAMPLE_BYTES];
    int sample_length, sample_lines, sample_quoted;

    unsigned char class_of[256];
    char delimiter;
    int after_cr;
    int record; /* row of the file being read, from 1 */
    int field;  /* column being read, from 0 */
    char text[KM_CSV_MAX_FIELD];
    int length, quoted;

    csv_column *columns;
    int column_count, column_room;
    int32_t *file_rows; /* of each row */
    int row_count, row_room;

    int settled, has_header, rows, dropped, first_dropped;
    double *kept;       /* values of the rows kept, column after column; NULL when all are */
    int32_t *kept_rows; /* and their rows in the file */
};

/* Records the first failure. column: from 0. */
km_status csv_fail(km_csv *csv, km_status s, int row, int column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* csv_table.c: the end of km_csv_end. */
km_status csv_settle(km_csv *csv);

#endif
