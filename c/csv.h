/* csv.h: one streaming reader of delimited text, for the page and the command line.
 *
 * Accepts RFC 4180 and what spreadsheets write: BOM, LF, CRLF or CR, quoted fields with doubled quotes and
 * line breaks, delimiter comma, semicolon, tab or | (found from the first lines), decimal comma where the
 * delimiter is not a comma, a header line or none (a first line with a field that is not a number is a
 * header), spaces around fields. Blank lines are skipped. A numeric column holds only numbers or missing
 * cells (empty, NA, N/A, nan, null, none, ?, -, . in any case); a row with a missing cell in a numeric column
 * is dropped and counted. Any other column is text: its distinct values, in order of first appearance, number
 * 0, 1, 2 ... Numbers are decimal (no hex, no underscore, no inf); one too large for a double is an error, as
 * are ragged rows, an unterminated quote, a NUL byte and UTF-16, each with row and column. A column is text
 * only if most of its cells are not numbers; a stray word in a numeric column is an error that names it.
 */
#ifndef KM_CSV_H
#define KM_CSV_H

#include "kmeans.h"

enum {
    KM_CSV_MAX_BYTES = 1 << 29,
    KM_CSV_MAX_COLUMNS = 1024,
    KM_CSV_MAX_FIELD = 4096,
};

typedef struct km_csv km_csv;

/* A new reader, or NULL when memory is out. */
KM_API(km_csv_create)
km_csv *km_csv_create(void);
KM_API(km_csv_destroy)
void km_csv_destroy(km_csv *csv);
/* Feeds the next bytes; pieces may be cut anywhere. KM_ERR_SYNTAX (see km_csv_error) ends the reading. */
KM_API(km_csv_feed)
km_status km_csv_feed(km_csv *csv, const char *bytes, int count);
/* Ends the text and settles the columns. */
KM_API(km_csv_end)
km_status km_csv_end(km_csv *csv);

/* The last error: "Row 3, column 2 (width): ..." and its place, counted from 1 with the header as row 1; 0 =
 * none. */
KM_API(km_csv_error)
const char *km_csv_error(const km_csv *csv);
KM_API(km_csv_error_row)
int km_csv_error_row(const km_csv *csv);
KM_API(km_csv_error_column)
int km_csv_error_column(const km_csv *csv);

/* After km_csv_end. Pointers hold until km_csv_destroy. */
KM_API(km_csv_rows)
int km_csv_rows(const km_csv *csv); /* data rows kept */
KM_API(km_csv_dropped)
int km_csv_dropped(const km_csv *csv); /* rows dropped for a missing cell */
KM_API(km_csv_first_dropped)
int km_csv_first_dropped(const km_csv *csv); /* its row in the file, from 1; 0 = none */
KM_API(km_csv_columns)
int km_csv_columns(const km_csv *csv);
KM_API(km_csv_has_header)
int km_csv_has_header(const km_csv *csv);
KM_API(km_csv_name)
const char *km_csv_name(const km_csv *csv, int j); /* header, or "column 1" */
KM_API(km_csv_is_number)
int km_csv_is_number(const km_csv *csv, int j);
KM_API(km_csv_is_integer)
int km_csv_is_integer(const km_csv *csv, int j); /* a numeric column of integers only */
/* Values of column j, one a row: numbers, or the numbers of the text values. */
KM_API(km_csv_values)
const double *km_csv_values(const km_csv *csv, int j);
KM_API(km_csv_text_count)
int km_csv_text_count(const km_csv *csv, int j); /* distinct texts of a text column */
KM_API(km_csv_text)
const char *km_csv_text(const km_csv *csv, int j, int value); /* UTF-8 */

#endif
