/* csv_fuzz.c: any bytes give a table or an error with a place, the same however they are cut. */
#include "csv.h"
#include "fuzz.h"
#include "number.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

static km_csv *read_in_pieces(const uint8_t *data, size_t size, size_t piece, km_status *s) {
    km_csv *const csv = km_csv_create();
    FUZZ_CHECK(csv != NULL);
    *s = KM_OK;
    for (size_t at = 0; at < size && !*s; at += piece)
        *s = km_csv_feed(csv, (const char *)data + at, (int)(size - at < piece ? size - at : piece));
    if (!*s) *s = km_csv_end(csv);
    return csv;
}

static void check_message(const char *text) {
    const char *const end = text + strlen(text);
    while (text < end) {
        const int length = km_utf8_length(text, end);
        FUZZ_CHECK(length > 0 && (length > 1 || (unsigned char)*text >= ' '));
        text += length;
    }
}

static void check_number(double v) {
    char text[KM_NUMBER_BYTES];
    const int length = km_print_number(v, text), negative = *text == '-';
    double back;
    FUZZ_CHECK(km_read_number(text + negative, text + length, &back) == text + length);
    FUZZ_CHECK((negative ? -back : back) == v);
}

static void check_table(const km_csv *csv) {
    const int rows = km_csv_rows(csv);
    FUZZ_CHECK(km_csv_columns(csv) >= 1 && km_csv_columns(csv) <= KM_CSV_MAX_COLUMNS && rows >= 1);
    FUZZ_CHECK((km_csv_dropped(csv) > 0) == (km_csv_first_dropped(csv) > 0));
    for (int i = 1; i < rows; i++) FUZZ_CHECK(km_csv_file_row(csv, i) > km_csv_file_row(csv, i - 1));
    for (int j = 0; j < km_csv_columns(csv); j++) {
        FUZZ_CHECK(*km_csv_name(csv, j) != '\0');
        const double *const values = km_csv_values(csv, j);
        for (int i = 0; i < rows; i++) {
            FUZZ_CHECK(values[i] - values[i] == 0);
            if (km_csv_is_integer(csv, j)) FUZZ_CHECK(values[i] == (double)(int32_t)values[i]);
            if (km_csv_is_number(csv, j)) check_number(values[i]);
            else FUZZ_CHECK(km_csv_text(csv, j, (int)values[i]) != NULL);
        }
        for (int v = 0; v < km_csv_text_count(csv, j); v++)
            FUZZ_CHECK(v == 0 || strcmp(km_csv_text(csv, j, v), km_csv_text(csv, j, v - 1)) != 0);
    }
}

static void check_same(const km_csv *a, km_status sa, const km_csv *b, km_status sb) {
    FUZZ_CHECK(sa == sb);
    FUZZ_CHECK(strcmp(km_csv_error(a), km_csv_error(b)) == 0);
    FUZZ_CHECK(km_csv_error_row(a) == km_csv_error_row(b) &&
               km_csv_error_column(a) == km_csv_error_column(b));
    FUZZ_CHECK(km_csv_rows(a) == km_csv_rows(b) && km_csv_columns(a) == km_csv_columns(b));
    FUZZ_CHECK(km_csv_dropped(a) == km_csv_dropped(b) && km_csv_first_dropped(a) == km_csv_first_dropped(b));
    for (int j = 0; j < km_csv_columns(a); j++) {
        FUZZ_CHECK(strcmp(km_csv_name(a, j), km_csv_name(b, j)) == 0);
        FUZZ_CHECK(km_csv_is_number(a, j) == km_csv_is_number(b, j));
        FUZZ_CHECK(km_csv_text_count(a, j) == km_csv_text_count(b, j));
        if (km_csv_rows(a))
            FUZZ_CHECK(memcmp(km_csv_values(a, j), km_csv_values(b, j),
                              (size_t)km_csv_rows(a) * sizeof(double)) == 0);
    }
}

/* Requiring nothing keeps every row; requiring one column, those that have it. */
static void check_require(km_csv *csv) {
    const int kept = km_csv_rows(csv), all = kept + km_csv_dropped(csv);
    FUZZ_CHECK(km_csv_require(csv, NULL, 0) == KM_OK);
    FUZZ_CHECK(km_csv_rows(csv) == all && km_csv_dropped(csv) == 0);
    for (int j = 0; j < km_csv_columns(csv) && j < 4; j++) {
        if (km_csv_require(csv, &j, 1)) continue;
        FUZZ_CHECK(km_csv_rows(csv) >= kept && km_csv_rows(csv) + km_csv_dropped(csv) == all);
        FUZZ_CHECK(km_csv_values(csv, j)[0] == km_csv_values(csv, j)[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    km_status whole_status, cut_status;
    km_csv *const whole = read_in_pieces(data, size, size + 1, &whole_status);
    km_csv *const cut = read_in_pieces(data, size, size ? 1 + data[0] % 7 : 1, &cut_status);
    check_same(whole, whole_status, cut, cut_status);
    if (whole_status) {
        FUZZ_CHECK(whole_status == KM_ERR_SYNTAX || whole_status == KM_ERR_EMPTY_DATA);
        FUZZ_CHECK(km_csv_error_row(whole) >= 1 && km_csv_error_column(whole) >= 1);
        FUZZ_CHECK(strncmp(km_csv_error(whole), "Row ", 4) == 0 && km_csv_rows(whole) == 0);
        check_message(km_csv_error(whole));
        FUZZ_CHECK(km_csv_feed(whole, "1", 1) != KM_OK && km_csv_end(whole) == whole_status);
    } else {
        check_table(whole);
        check_require(whole);
    }
    km_csv_destroy(whole);
    km_csv_destroy(cut);
    return 0;
}
