/* csv.h: one streaming reader of delimited text, for the page and the command line.
 *
 * What it accepts: RFC 4180 and what spreadsheets and NumPy write.
 *   - UTF-8 with or without BOM; LF, CRLF or CR; quoted fields with doubled quotes and line breaks; spaces
 *     around fields, quoted or not. Blank lines, and lines before the first row that begin with "# " or
 *     "##", are skipped.
 *   - The delimiter is the comma, semicolon, tab or | that the first lines agree on (in this order of
 *     preference: tab, semicolon, |, comma), or runs of spaces when none of these occurs and the lines hold
 *     columns of numbers.
 *   - A number is [sign] digits [. digits] [e [sign] digits]; the decimal mark may be a comma where the
 *     delimiter is not, but one column uses one mark.
 *   - A missing cell is empty or NA, N/A, nan, null, none, ?, - or . in any case.
 *   - The first row is a header when none of its fields is a number, or when one is a word over a column of
 *     numbers. So `5.1,3.5,setosa` is data and `name,2019,2020` is a header over three columns of numbers.
 *
 * Columns. A column is text when most of its cells are neither numbers nor missing, or all are missing; else
 * it is numeric, and a stray word in it is an error. A text column's distinct cells, in order of first
 * appearance, number 0, 1, 2 ...; a missing cell there is a text as any other, and a number is the text of
 * its shortest form. Nameless last columns without any value (trailing delimiters) are left out. Names are
 * made unique: a second x is "x (2)".
 *
 * Rows with a missing cell in a numeric column are dropped and counted (km_csv_require narrows that to the
 * columns one wants).
 *
 * Refused, each with row and column: rows of unequal length, an unterminated quote, text after a closing
 * quote, a NUL byte, UTF-16, a number too large for a double, infinities, and numbers that are not plain
 * (hex, underscores, thousands separators, an exponent without digits). Rows are counted as a spreadsheet
 * counts: from 1, header and blank lines included, a line break inside quotes not.
 *
 * The text may be cut in pieces anywhere; time is linear. Memory is 8 bytes a cell and 4 a row, the distinct
 * texts of text columns, and at most as much again while an array grows, or for a second copy when rows are
 * dropped: below 24 bytes per byte of text in the worst case (`1,1,1`), about one and a half times the text
 * for usual data.
 */
#ifndef KM_CSV_H
#define KM_CSV_H

#include "kmeans.h"

enum {
    KM_CSV_MAX_BYTES = 1 << 29,
    KM_CSV_MAX_COLUMNS = 1024,
    KM_CSV_MAX_FIELD = 4096, /* bytes */
    KM_CSV_MAX_ROWS = KM_MAX_POINTS,
};

typedef struct km_csv km_csv;

/* A new reader, or NULL when memory is out. */
KM_API(km_csv_create)
km_csv *km_csv_create(void);
KM_API(km_csv_destroy)
void km_csv_destroy(km_csv *csv);
/* Feeds the next bytes; pieces may be cut anywhere. KM_ERR_SYNTAX or KM_ERR_MEMORY (see km_csv_error) ends
 * the reading: whatever is fed later fails in the same way. */
KM_API(km_csv_feed)
km_status km_csv_feed(km_csv *csv, const char *bytes, int count);
/* Ends the text and settles the columns, requiring every numeric one. KM_ERR_EMPTY_DATA when no row is left;
 * the columns are then known all the same, unless there is no row at all. */
KM_API(km_csv_end)
km_status km_csv_end(km_csv *csv);

/* The last error: "Row 3, column 2 (width): ..." and its place, counted from 1; empty and 0 when there is
 * none. */
KM_API(km_csv_error)
const char *km_csv_error(const km_csv *csv);
KM_API(km_csv_error_row)
int km_csv_error_row(const km_csv *csv);
KM_API(km_csv_error_column)
int km_csv_error_column(const km_csv *csv);

/* After km_csv_end: keeps the rows in which none of these columns has a missing cell; a missing cell in
 * another numeric column then reads NaN. Pointers to values from before no longer hold. KM_ERR_EMPTY_DATA
 * when no row is left, KM_ERR_PARAM when there is no such column; rows and values are then as they were. */
KM_API(km_csv_require)
km_status km_csv_require(km_csv *csv, const int *columns, int count);

/* After km_csv_end; nothing before, or after an error in it. Pointers hold until km_csv_destroy, and values
 * until km_csv_require. Columns j count from 0. */
KM_API(km_csv_rows)
int km_csv_rows(const km_csv *csv); /* data rows kept */
KM_API(km_csv_dropped)
int km_csv_dropped(const km_csv *csv); /* rows dropped for a missing cell */
KM_API(km_csv_first_dropped)
int km_csv_first_dropped(const km_csv *csv); /* the first of them: its row in the file, from 1; 0 = none */
/* Row in the file, from 1, of data row i, from 0; 0 = no such row. */
KM_API(km_csv_file_row)
int km_csv_file_row(const km_csv *csv, int i);
KM_API(km_csv_columns)
int km_csv_columns(const km_csv *csv);
KM_API(km_csv_has_header)
int km_csv_has_header(const km_csv *csv);
KM_API(km_csv_name)
const char *km_csv_name(const km_csv *csv, int j); /* header, or "column 1"; bytes of the file */
KM_API(km_csv_is_number)
int km_csv_is_number(const km_csv *csv, int j);
KM_API(km_csv_is_integer)
int km_csv_is_integer(const km_csv *csv, int j); /* a numeric column of integers of 32 bits only */
/* Values of column j, one a row: numbers, or the numbers of the text values. */
KM_API(km_csv_values)
const double *km_csv_values(const km_csv *csv, int j);
KM_API(km_csv_text_count)
int km_csv_text_count(const km_csv *csv, int j); /* distinct texts of a text column; 0 for a numeric one */
KM_API(km_csv_text)
const char *km_csv_text(const km_csv *csv, int j, int value); /* bytes of the file, or NULL */

#endif
