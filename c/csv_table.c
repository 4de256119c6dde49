/* csv_table.c: from cells to columns, once all of the text has been read. */
#include "csv_internal.h"
#include "number.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

static km_status no_memory(km_csv *csv) {
    return csv_fail(csv, KM_ERR_MEMORY, 1, 0, "not enough memory for the table");
}

/* --- header and names ------------------------------------------------------------------------------------
 */

/* Whether the cells below the first row say numbers. */
static int is_mostly_numbers(const int *kinds) {
    const int numbers = kinds[CSV_NUMBER] + kinds[CSV_NEARLY];
    return numbers > 0 && numbers >= kinds[CSV_WORD];
}

static int first_row_is_header(const km_csv *csv) {
    int words = 0, numbers = 0;
    for (int j = 0; j < csv->column_count; j++) {
        const csv_column *const c = &csv->columns[j];
        if (c->first == CSV_WORD && is_mostly_numbers(c->kinds)) return 1;
        words += c->first == CSV_WORD;
        numbers += c->first == CSV_NUMBER || c->first == CSV_NEARLY;
    }
    return words > 0 && numbers == 0;
}

/* The column before j with this name, or NULL. */
static csv_column *namesake(const km_csv *csv, int j, const char *name) {
    for (int i = 0; i < j; i++)
        if (strcmp(csv->columns[i].name, name) == 0) return &csv->columns[i];
    return NULL;
}

/* A column without a name is called by its number; a repeated name gets a number. */
static int name_column(km_csv *csv, int j) {
    csv_column *const c = &csv->columns[j];
    const size_t room = strlen(c->name) + 32;
    char *const name = malloc(room);
    if (!name) return 0;
    km_text t = km_text_in(name, room);
    if (csv->has_header && *c->name) km_text_put(&t, c->name);
    else km_text_print(&t, "column %d", j + 1);
    const int length = t.length;
    csv_column *const same = namesake(csv, j, name);
    while (same && namesake(csv, j, name)) {
        /* Counted on, so that a thousand columns of one name do not each try all numbers before. */
        t = (km_text){name, length, (int)room};
        km_text_print(&t, " (%d)", ++same->copies + 1);
    }
    free(c->name);
    c->name = name;
    return 1;
}

/* --- columns ---------------------------------------------------------------------------------------------
 */

/* Replaces each cell by the number of its text. */
static km_status settle_text(km_csv *csv, csv_column *c) {
    /* Words are numbered by first appearance in the file, numbers and the header among them; texts without
     * it. */
    int32_t *number_of = NULL;
    int room = 0, text_room = 0;
    for (int i = csv->has_header; i < csv->row_count; i++) {
        int word = csv_cell_word(c->cells[i]);
        if (word < 0) {
            char text[KM_NUMBER_BYTES];
            word = csv_words_add(&c->words, text, km_print_number(c->cells[i], text), CSV_NUMBER);
        }
        const int before = room;
        if (word < 0 || !csv_grow(&number_of, &room, c->words.count, sizeof *number_of) ||
            !csv_grow(&c->texts, &text_room, c->text_count + 1, sizeof *c->texts)) {
            free(number_of);
            return no_memory(csv);
        }
        for (int w = before; w < room; w++) number_of[w] = -1;
        if (number_of[word] < 0) {
            c->texts[c->text_count] = word;
            number_of[word] = c->text_count++;
        }
        c->cells[i] = number_of[word];
    }
    free(number_of);
    return KM_OK;
}

/* The row of the first cell that a numeric column refuses, or -1. */
static int first_refused(const km_csv *csv, const csv_column *c) {
    for (int i = csv->has_header; i < csv->row_count; i++) {
        const int word = csv_cell_word(c->cells[i]);
        if (word >= 0 && c->words.list[word].kind != CSV_MISSING) return i;
    }
    return -1;
}

static void settle_numbers(km_csv *csv, csv_column *c) {
    c->is_integer = 1;
    for (int i = csv->has_header; i < csv->row_count; i++) {
        double *const cell = &c->cells[i];
        if (csv_cell_word(*cell) >= 0) *cell = __builtin_nan("");
        else if (!(*cell >= INT32_MIN && *cell <= INT32_MAX && *cell == (double)(int32_t)*cell))
            c->is_integer = 0;
    }
}

static void settle_kind(const km_csv *csv, csv_column *c) {
    if (!csv->has_header) c->kinds[c->first]++;
    c->is_number = is_mostly_numbers(c->kinds);
}

static int is_unused(const km_csv *csv, const csv_column *c) {
    const int nameless = !csv->has_header || !*c->name;
    return nameless && c->kinds[CSV_MISSING] == csv->row_count - csv->has_header;
}

static void drop_unused_columns(km_csv *csv) {
    while (csv->column_count > 0 && is_unused(csv, &csv->columns[csv->column_count - 1])) {
        csv_column *const c = &csv->columns[--csv->column_count];
        csv_words_free(&c->words);
        free(c->name);
        free(c->cells);
    }
}

static km_status refuse(km_csv *csv, int row, int column) {
    const csv_column *const c = &csv->columns[column];
    const int word = csv_cell_word(c->cells[row]);
    const char *const text = csv_words_text(&c->words, word);
    char message[160];
    km_text t = km_text_in(message, sizeof message);
    km_text_put(&t, "\"");
    km_text_put_quoted(&t, text, (int)strlen(text));
    km_text_put(&t, "\" ");
    km_text_put(&t, csv_refusal(text, (csv_kind)c->words.list[word].kind));
    return csv_fail(csv, KM_ERR_SYNTAX, csv->file_rows[row], column, "%s", message);
}

km_status csv_settle(km_csv *csv) {
    if (csv->row_count == 0) return csv_fail(csv, KM_ERR_EMPTY_DATA, 1, 0, "there is no text");
    csv->has_header = first_row_is_header(csv);
    if (csv->row_count == csv->has_header)
        return csv_fail(csv, KM_ERR_EMPTY_DATA, csv->file_rows[0], 0, "there is a header but no row of data");
    for (int j = 0; j < csv->column_count; j++) settle_kind(csv, &csv->columns[j]);
    drop_unused_columns(csv);
    if (csv->column_count == 0)
        return csv_fail(csv, KM_ERR_EMPTY_DATA, csv->file_rows[0], 0, "every cell is empty");
    for (int j = 0; j < csv->column_count; j++)
        if (!name_column(csv, j)) return no_memory(csv);
    csv->settled = 1;

    int bad_row = -1, bad_column = 0;
    for (int j = 0; j < csv->column_count; j++) {
        csv_column *const c = &csv->columns[j];
        const int row = c->is_number ? first_refused(csv, c) : -1;
        if (row >= 0 && (bad_row < 0 || row < bad_row)) {
            bad_row = row;
            bad_column = j;
        }
    }
    if (bad_row >= 0) return refuse(csv, bad_row, bad_column);

    int numeric[KM_CSV_MAX_COLUMNS], count = 0;
    for (int j = 0; j < csv->column_count; j++) {
        csv_column *const c = &csv->columns[j];
        if (c->is_number) {
            settle_numbers(csv, c);
            numeric[count++] = j;
        } else {
            const km_status s = settle_text(csv, c);
            if (s) return s;
        }
    }
    return km_csv_require(csv, numeric, count);
}

/* --- rows ------------------------------------------------------------------------------------------------
 */

/* The first of these columns in which a row has no value, or -1. */
static int missing_in(const km_csv *csv, int row, const int *columns, int count) {
    for (int i = 0; i < count; i++) {
        const double cell = csv->columns[columns[i]].cells[row];
        if (cell != cell) return columns[i];
    }
    return -1;
}

/* Copies the rows kept, in place of a copy from before. */
static km_status copy_kept(km_csv *csv, int rows, const int *columns, int count) {
    double *const kept = malloc((size_t)rows * (size_t)csv->column_count * sizeof *kept);
    int32_t *const kept_rows = malloc((size_t)rows * sizeof *kept_rows);
    if (!kept || !kept_rows) {
        free(kept);
        free(kept_rows);
        return no_memory(csv);
    }
    int to = 0;
    for (int row = csv->has_header; row < csv->row_count; row++) {
        if (missing_in(csv, row, columns, count) >= 0) continue;
        kept_rows[to] = csv->file_rows[row];
        for (int j = 0; j < csv->column_count; j++)
            kept[(size_t)j * (size_t)rows + (size_t)to] = csv->columns[j].cells[row];
        to++;
    }
    free(csv->kept);
    free(csv->kept_rows);
    csv->kept = kept;
    csv->kept_rows = kept_rows;
    return KM_OK;
}

km_status km_csv_require(km_csv *csv, const int *columns, int count) {
    if (!csv->settled) return KM_ERR_PHASE;
    for (int i = 0; i < count; i++)
        if (columns[i] < 0 || columns[i] >= csv->column_count) return KM_ERR_PARAM;
    int rows = 0, first_row = -1, first_column = 0;
    for (int row = csv->has_header; row < csv->row_count; row++) {
        const int column = missing_in(csv, row, columns, count);
        rows += column < 0;
        if (column >= 0 && first_row < 0) {
            first_row = row;
            first_column = column;
        }
    }
    if (rows == 0)
        return csv_fail(csv, KM_ERR_EMPTY_DATA, csv->file_rows[first_row], first_column,
                        "this cell is empty, and so is one in every other row");
    const int all = csv->row_count - csv->has_header;
    if (rows < all) {
        const km_status s = copy_kept(csv, rows, columns, count);
        if (s) return s;
    } else {
        free(csv->kept);
        free(csv->kept_rows);
        csv->kept = NULL;
        csv->kept_rows = NULL;
    }
    if (csv->status == KM_ERR_EMPTY_DATA) {
        csv->status = KM_OK;
        csv->error[0] = '\0';
        csv->error_row = csv->error_column = 0;
    }
    for (int j = 0; j < csv->column_count; j++)
        csv->columns[j].values =
            csv->kept ? csv->kept + (size_t)j * (size_t)rows : csv->columns[j].cells + csv->has_header;
    csv->rows = rows;
    csv->dropped = all - rows;
    csv->first_dropped = first_row < 0 ? 0 : csv->file_rows[first_row];
    return KM_OK;
}

/* --- getters ---------------------------------------------------------------------------------------------
 */

static const csv_column *column(const km_csv *csv, int j) {
    return csv->settled && j >= 0 && j < csv->column_count ? &csv->columns[j] : NULL;
}

int km_csv_rows(const km_csv *csv) { return csv->rows; }
int km_csv_dropped(const km_csv *csv) { return csv->dropped; }
int km_csv_first_dropped(const km_csv *csv) { return csv->first_dropped; }
int km_csv_columns(const km_csv *csv) { return csv->settled ? csv->column_count : 0; }
int km_csv_has_header(const km_csv *csv) { return csv->has_header; }

int km_csv_file_row(const km_csv *csv, int i) {
    if (i < 0 || i >= csv->rows) return 0;
    return csv->kept_rows ? csv->kept_rows[i] : csv->file_rows[i + csv->has_header];
}
const char *km_csv_name(const km_csv *csv, int j) {
    const csv_column *const c = column(csv, j);
    return c ? c->name : "";
}
int km_csv_is_number(const km_csv *csv, int j) {
    const csv_column *const c = column(csv, j);
    return c && c->is_number;
}
int km_csv_is_integer(const km_csv *csv, int j) {
    const csv_column *const c = column(csv, j);
    return c && c->is_number && c->is_integer;
}
const double *km_csv_values(const km_csv *csv, int j) {
    const csv_column *const c = column(csv, j);
    return c ? c->values : NULL;
}
int km_csv_text_count(const km_csv *csv, int j) {
    const csv_column *const c = column(csv, j);
    return c ? c->text_count : 0;
}
const char *km_csv_text(const km_csv *csv, int j, int value) {
    const csv_column *const c = column(csv, j);
    return c && value >= 0 && value < c->text_count ? csv_words_text(&c->words, c->texts[value]) : NULL;
}
