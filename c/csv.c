/* csv.c: bytes to fields and rows. One pass, one state a byte, so that pieces may be cut anywhere. */
#include "csv_internal.h"
#include "text.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum byte_class { OTHER, SPACE, DELIMITER, QUOTE, CR, LF, NUL };

km_csv *km_csv_create(void) {
    km_csv *const csv = calloc(1, sizeof *csv);
    if (csv) csv->record = 1;
    return csv;
}

void km_csv_destroy(km_csv *csv) {
    if (!csv) return;
    for (int j = 0; j < csv->column_count; j++) {
        csv_column *const c = &csv->columns[j];
        csv_words_free(&c->words);
        free(c->name);
        free(c->cells);
        free(c->texts);
    }
    free(csv->columns);
    free(csv->file_rows);
    free(csv->kept);
    free(csv->kept_rows);
    free(csv);
}

const char *km_csv_error(const km_csv *csv) { return csv->error; }
int km_csv_error_row(const km_csv *csv) { return csv->error_row; }
int km_csv_error_column(const km_csv *csv) { return csv->error_column; }

km_status csv_fail(km_csv *csv, km_status s, int row, int column, const char *format, ...) {
    km_text t = km_text_in(csv->error, sizeof csv->error);
    km_text_print(&t, "Row %d, column %d", row, column + 1);
    /* The first row names the columns if it is a header, which is not known for certain before the end. */
    const int named = column < csv->column_count && csv->columns[column].name &&
                      (csv->settled ? csv->has_header : csv->columns[column].first == CSV_WORD && row > 1);
    if (named) {
        km_text_put(&t, " (");
        km_text_put_quoted(&t, csv->columns[column].name, (int)strlen(csv->columns[column].name));
        km_text_put(&t, ")");
    }
    km_text_put(&t, ": ");
    va_list args;
    va_start(args, format);
    km_text_print_list(&t, format, args);
    va_end(args);
    csv->error_row = row;
    csv->error_column = column + 1;
    return s;
}

#define FAIL_HERE(csv, ...) csv_fail(csv, KM_ERR_SYNTAX, (csv)->record, (csv)->field, __VA_ARGS__)

static km_status no_memory(km_csv *csv) {
    return csv_fail(csv, KM_ERR_MEMORY, csv->record, csv->field, "not enough memory for what follows");
}

/* --- rows ---------------------------------------------------------------------------------------------- */

/* Room for one row more than are there. */
static int grow_rows(km_csv *csv) {
    if (csv->row_count < csv->row_room) return 1;
    for (int j = 0; j < csv->column_count; j++) {
        int room = csv->row_room;
        if (!csv_grow(&csv->columns[j].cells, &room, csv->row_count + 1, sizeof(double))) return 0;
    }
    return csv_grow(&csv->file_rows, &csv->row_room, csv->row_count + 1, sizeof *csv->file_rows);
}

/* A column met in the first row. */
static km_status add_column(km_csv *csv) {
    if (csv->column_count == KM_CSV_MAX_COLUMNS)
        return FAIL_HERE(csv, "there are more than %d columns", KM_CSV_MAX_COLUMNS);
    if (!csv_grow(&csv->columns, &csv->column_room, csv->column_count + 1, sizeof *csv->columns))
        return no_memory(csv);
    csv_column *const c = &csv->columns[csv->column_count];
    *c = (csv_column){.name = malloc((size_t)csv->length + 1)};
    csv->column_count++;
    int room = 0;
    if (!c->name || !csv_grow(&c->cells, &room, 1, sizeof *c->cells)) return no_memory(csv);
    memcpy(c->name, csv->text, (size_t)csv->length);
    c->name[csv->length] = '\0';
    return KM_OK;
}

static km_status end_field(km_csv *csv) {
    if (!csv->quoted)
        while (csv->length > 0 && (csv->text[csv->length - 1] == ' ' || csv->text[csv->length - 1] == '\t'))
            csv->length--;
    const int first = csv->row_count == 0;
    if (first) {
        const km_status s = add_column(csv);
        if (s) return s;
    } else if (csv->field >= csv->column_count) {
        return FAIL_HERE(csv, "this row has more fields than the first, which has %d", csv->column_count);
    }

    csv_column *const c = &csv->columns[csv->field];
    double cell = 0;
    const csv_kind kind = csv_classify(csv->text, csv->length, csv->delimiter, &c->mark, &cell);
    if (kind != CSV_NUMBER) {
        const int word = csv_words_add(&c->words, csv->text, csv->length, (int)kind);
        if (word < 0) return no_memory(csv);
        cell = csv_cell_of_word(word);
    }
    if (first) c->first = kind;
    else c->kinds[kind]++;
    c->cells[csv->row_count] = cell;
    csv->field++;
    csv->length = csv->quoted = 0;
    return KM_OK;
}

static km_status end_row(km_csv *csv) {
    if (csv->field < csv->column_count)
        return FAIL_HERE(csv, "this row has %d of the %d fields of the first", csv->field, csv->column_count);
    if (csv->row_count > KM_CSV_MAX_ROWS)
        return FAIL_HERE(csv, "there are more than %d rows", KM_CSV_MAX_ROWS);
    /* The first row made room for itself, column by column. */
    if (csv->row_count == 0 && !grow_rows(csv)) return no_memory(csv);
    csv->file_rows[csv->row_count++] = csv->record;
    csv->field = 0;
    return grow_rows(csv) ? KM_OK : no_memory(csv);
}

/* --- bytes --------------------------------------------------------------------------------------------- */

static inline km_status keep(km_csv *csv, char byte) {
    if (csv->length == KM_CSV_MAX_FIELD)
        return FAIL_HERE(csv,
                         csv->quoted ? "this field is longer than %d bytes; is its closing quote missing?"
                                     : "this field is longer than %d bytes",
                         KM_CSV_MAX_FIELD);
    csv->text[csv->length++] = byte;
    return KM_OK;
}

/* A line break or the end of the text, outside quotes. */
static km_status end_line(km_csv *csv) {
    km_status s = KM_OK;
    const int blank = csv->state == CSV_FIELD_START && csv->field == 0;
    const int comment = csv->state == CSV_COMMENT || csv->state == CSV_HASH;
    if (!blank && !comment) {
        if (csv->state != CSV_GAP) s = end_field(csv);
        if (!s) s = end_row(csv);
    }
    csv->length = 0;
    csv->state = CSV_FIELD_START;
    return s;
}

static km_status step(km_csv *csv, char byte) {
    const enum byte_class class = csv->class_of[(unsigned char)byte];
    if (class == NUL) return FAIL_HERE(csv, "there is a NUL byte; save the file as UTF-8 text");
    if (csv->state != CSV_QUOTED && (class == LF || class == CR)) {
        const int second_half = class == LF && csv->after_cr;
        csv->after_cr = class == CR;
        if (second_half) return KM_OK;
        const km_status s = end_line(csv);
        csv->record++;
        return s;
    }
    csv->after_cr = 0;

    switch (csv->state) {
    case CSV_HASH:
        if (class == SPACE || byte == '#') {
            csv->state = CSV_COMMENT;
            return KM_OK;
        }
        csv->state = CSV_UNQUOTED;
        /* fallthrough */
    case CSV_UNQUOTED:
        if (class == DELIMITER) break;
        if (class == SPACE && csv->delimiter == ' ') {
            csv->state = CSV_GAP;
            return end_field(csv);
        }
        return keep(csv, byte);
    case CSV_GAP:
        if (class == SPACE) return KM_OK;
        csv->state = CSV_FIELD_START;
        /* fallthrough */
    case CSV_FIELD_START:
        if (class == SPACE) return KM_OK;
        if (class == DELIMITER) break;
        if (class == QUOTE) {
            csv->state = CSV_QUOTED;
            csv->quoted = 1;
            return KM_OK;
        }
        csv->state = byte == '#' && csv->row_count == 0 && csv->field == 0 ? CSV_HASH : CSV_UNQUOTED;
        return keep(csv, byte);
    case CSV_QUOTED:
        if (class != QUOTE) return keep(csv, byte);
        csv->state = CSV_QUOTE_IN_QUOTED;
        return KM_OK;
    case CSV_QUOTE_IN_QUOTED:
        if (class == QUOTE) {
            csv->state = CSV_QUOTED;
            return keep(csv, byte);
        }
        csv->state = CSV_AFTER_QUOTED;
        /* fallthrough */
    case CSV_AFTER_QUOTED:
        if (class == DELIMITER) break;
        if (class == SPACE && csv->delimiter == ' ') {
            csv->state = CSV_GAP;
            return end_field(csv);
        }
        if (class == SPACE) return KM_OK;
        return FAIL_HERE(csv, "there is text after a closing quote; write a quote inside quotes twice");
    case CSV_COMMENT: return KM_OK;
    case CSV_SNIFFING:
    case CSV_ENDED: __builtin_trap();
    }
    csv->state = CSV_FIELD_START;
    return end_field(csv);
}

static km_status consume(km_csv *csv, const char *bytes, int count) {
    for (int i = 0; i < count; i++) {
        /* Most bytes: inside a plain field. */
        while (i < count && csv->state == CSV_UNQUOTED && csv->length < KM_CSV_MAX_FIELD &&
               csv->class_of[(unsigned char)bytes[i]] == OTHER)
            csv->text[csv->length++] = bytes[i++];
        if (i == count) break;
        const km_status s = step(csv, bytes[i]);
        if (s) return csv->status = s;
    }
    return KM_OK;
}

/* --- the sample from which the delimiter is found ------------------------------------------------------- */

static km_status end_sample(km_csv *csv, int whole) {
    const char *from = csv->sample, *const end = csv->sample + csv->sample_length;
    if (end - from >= 2 && (memcmp(from, "\xff\xfe", 2) == 0 || memcmp(from, "\xfe\xff", 2) == 0))
        return csv->status = FAIL_HERE(csv, "the text is UTF-16; save the file as UTF-8");
    if (end - from >= 3 && memcmp(from, "\xef\xbb\xbf", 3) == 0) from += 3;
    csv->delimiter = csv_sniff(from, (int)(end - from), whole);
    csv->class_of[' '] = csv->class_of['\t'] = SPACE;
    csv->class_of['"'] = QUOTE;
    csv->class_of['\r'] = CR;
    csv->class_of['\n'] = LF;
    csv->class_of['\0'] = NUL;
    if (csv->delimiter != ' ') csv->class_of[(unsigned char)csv->delimiter] = DELIMITER;
    csv->state = CSV_FIELD_START;
    return consume(csv, from, (int)(end - from));
}

/* Takes bytes for the sample until it is full, by a rule that sees bytes and not pieces. Returns how many it
 * took. */
static int take_sample(km_csv *csv, const char *bytes, int count) {
    for (int i = 0; i < count; i++) {
        if (csv->sample_length == CSV_SAMPLE_BYTES || csv->sample_lines == CSV_SAMPLE_LINES) return i;
        csv->sample[csv->sample_length++] = bytes[i];
        if (bytes[i] == '"') csv->sample_quoted = !csv->sample_quoted;
        csv->sample_lines += !csv->sample_quoted && (bytes[i] == '\n' || bytes[i] == '\r');
    }
    return count;
}

km_status km_csv_feed(km_csv *csv, const char *bytes, int count) {
    if (csv->status) return csv->status;
    if (csv->state == CSV_ENDED)
        return csv_fail(csv, KM_ERR_SYNTAX, csv->record, csv->field, "the text has ended already");
    csv->bytes += count;
    if (csv->bytes > KM_CSV_MAX_BYTES)
        return csv->status = FAIL_HERE(csv, "the text is longer than %d MB", KM_CSV_MAX_BYTES >> 20);
    if (csv->state == CSV_SNIFFING) {
        const int taken = take_sample(csv, bytes, count);
        if (taken == count) return KM_OK;
        const km_status s = end_sample(csv, 0);
        if (s) return s;
        bytes += taken;
        count -= taken;
    }
    return consume(csv, bytes, count);
}

km_status km_csv_end(km_csv *csv) {
    if (csv->status || csv->state == CSV_ENDED) return csv->status;
    if (csv->state == CSV_SNIFFING && end_sample(csv, 1)) return csv->status;
    if (csv->state == CSV_QUOTED) csv->status = FAIL_HERE(csv, "this quoted field does not end");
    else csv->status = end_line(csv);
    csv->state = CSV_ENDED;
    if (!csv->status) csv->status = csv_settle(csv);
    return csv->status;
}
