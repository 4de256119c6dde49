/* The CSV reader: what it accepts, what it refuses and where, and that cuts and size do not matter. */
#include "check.h"
#include "csv.h"
#include <time.h>

static km_csv *feed(const char *bytes, size_t length, size_t piece, km_status *s) {
    km_csv *const csv = km_csv_create();
    *s = KM_OK;
    for (size_t at = 0; at < length && !*s; at += piece)
        *s = km_csv_feed(csv, bytes + at, (int)(at + piece < length ? piece : length - at));
    if (!*s) *s = km_csv_end(csv);
    return csv;
}

/* A table in one line: "x y! | 1 2 | 3 ~blue" with ! after integer columns, ~ before texts, nan for NaN; or
 * the error. */
static char *summary(const km_csv *csv, km_status s, char *out) {
    if (s) {
        sprintf(out, "%s", km_csv_error(csv));
        return out;
    }
    char *at = out;
    for (int j = 0; j < km_csv_columns(csv); j++)
        at += sprintf(at, "%s%s%s", j ? " " : "", km_csv_name(csv, j),
                      km_csv_is_integer(csv, j)  ? "!"
                      : km_csv_is_number(csv, j) ? ""
                                                 : "~");
    for (int i = 0; i < km_csv_rows(csv); i++) {
        at += sprintf(at, " |");
        for (int j = 0; j < km_csv_columns(csv); j++) {
            const double v = km_csv_values(csv, j)[i];
            if (km_csv_is_number(csv, j)) at += sprintf(at, " %g", v);
            else at += sprintf(at, " ~%s", km_csv_text(csv, j, (int)v));
        }
    }
    if (km_csv_dropped(csv))
        sprintf(at, " (%d dropped, row %d first)", km_csv_dropped(csv), km_csv_first_dropped(csv));
    return out;
}

static void check_bytes(int line, const char *bytes, size_t length, const char *expected) {
    static char got[1 << 16];
    for (size_t piece = 1; piece <= length + 1; piece = piece < 8 ? piece + 1 : piece * 3) {
        km_status s;
        km_csv *const csv = feed(bytes, length, piece, &s);
        if (strcmp(summary(csv, s, got), expected))
            check_fail(__FILE__, line, "in pieces of %d: \"%s\", expected \"%s\"", (int)piece, got, expected);
        km_csv_destroy(csv);
    }
}

#define READS(text, expected) check_bytes(__LINE__, text, sizeof text - 1, expected)

TEST(csv_plain) {
    READS("x,y\n1,2\n3,4\n", "x! y! | 1 2 | 3 4");
    READS("x,y\n1,2\n3,4", "x! y! | 1 2 | 3 4");
    READS("x,y\r\n1,2\r\n3,4\r\n", "x! y! | 1 2 | 3 4");
    READS("x,y\r1,2\r3,4\r", "x! y! | 1 2 | 3 4");
    READS("\n\nx,y\n\n1,2\n   \n3,4\n\n", "x! y! | 1 2 | 3 4");
    READS("\xef\xbb\xbfx,y\n1,2\n", "x! y! | 1 2");
    READS("1,2\n3,4", "column 1! column 2! | 1 2 | 3 4");
    READS("7", "column 1! | 7");
    READS("x\n-0.123\n-1e300\n-4.9e-324\n", "x | -0.123 | -1e+300 | -4.94066e-324");
    READS("x\n-1.5\n+.5e1\n1e-400\n-0", "x | -1.5 | 5 | 0 | -0");
    READS(" 1 , 2 \n\t3\t,\t4\t\n", "column 1! column 2! | 1 2 | 3 4");
    READS("1e15,3000000000\n1000000000000001,1", "column 1 column 2 | 1e+15 3e+09 | 1e+15 1");
}

TEST(csv_quotes) {
    READS("\"x\",\"y\"\n\"1\",\"2\"\n", "x! y! | 1 2");
    READS("\"a \"\"b\"\"\",\"c,d\"\n1,2", "a \"b\"! c,d! | 1 2");
    READS("\"x\ny\",z\n1,2\n", "x\ny! z! | 1 2");
    READS("\"x\r\ny\",z\r\n1,2\r\n", "x\r\ny! z! | 1 2");
    READS(" \"x\" , \"y\"\t\n 1,2", "x! y! | 1 2");
    READS("5\" pipe,y\n1,2", "5\" pipe! y! | 1 2");
    READS("x,y\n\"1,2\n3,4\n", "Row 2, column 1 (x): this quoted field does not end");
    READS("x,y\n\"1\"2,3\n",
          "Row 2, column 1 (x): there is text after a closing quote; write a quote inside quotes twice");
    READS("x,y\n\"a\nb\",2\n\"c\nd\",3,4",
          "Row 3, column 3: this row has more fields than the first, which has 2");
}

TEST(csv_delimiters) {
    READS("x;y\n1,5;2,5\n3,5;4,5\n", "x y | 1.5 2.5 | 3.5 4.5");
    READS("1,5;2,5\n3,5;4,5\n", "column 1 column 2 | 1.5 2.5 | 3.5 4.5");
    READS("x\ty\n1\t2\n", "x! y! | 1 2");
    READS("x\ty\n1,5\t\n1,5\t2\n", "x y! | 1.5 2 (1 dropped, row 2 first)");
    READS("x|y\n1|2\n", "x! y! | 1 2");
    READS("   664159    550946\n   665845    557965\n",
          "column 1! column 2! | 664159 550946 | 665845 557965");
    READS("x y\n1 2\n3 4  \n", "x! y! | 1 2 | 3 4");
    READS("x y\n1\n2\n", "x y! | 1 | 2");
    READS("a;b,c\n1;2\n", "a! b,c! | 1 2");
    READS("\"a;b\",c\n1,2\n", "a;b! c! | 1 2");
    READS("x;y\n0,5;1\n0.25;2\n",
          "Row 3, column 1 (x): \"0.25\" has another decimal mark than the rest of its column");
    READS("x,y\n1,2\n3;4\n", "Row 3, column 2 (y): this row has 1 of the 2 fields of the first");
}

TEST(csv_headers) {
    READS("5.1,3.5,setosa\n4.9,3,setosa\n", "column 1 column 2 column 3~ | 5.1 3.5 ~setosa | 4.9 3 ~setosa");
    READS("name,2019,2020\na,1,2", "column 1~ column 2! column 3! | ~name 2019 2020 | ~a 1 2");
    READS("size,2019\n1,2", "size! 2019! | 1 2");
    READS("a,b\nc,d\n", "a~ b~ | ~c ~d");
    READS("x,x,x,x (2)\n1,2,3,4", "x! x (2)! x (3)! x (2) (2)! | 1 2 3 4");
    READS("x,,column 2\n1,2,3", "x! column 2! column 2 (2)! | 1 2 3");
    READS("1,2,\n3,4,\n", "column 1! column 2! | 1 2 | 3 4");
    READS("x,y,\n1,2,\n", "x! y! | 1 2");
    READS("x,none yet\n1,\n2,", "x! none yet~ | 1 ~ | 2 ~");
    READS("# made by hand\n## twice\n#\nx,y\n1,2\n", "x! y! | 1 2");
    READS("#,x\n1,2\n", "#! x! | 1 2");
    READS("#id,x\n1,2\n", "#id! x! | 1 2");
    READS("<img src=x onerror=alert(1)>,y\n1,2\n", "<img src=x onerror=alert(1)>! y! | 1 2");
}

TEST(csv_text_columns) {
    READS("a,b,species\n1,2,setosa\n3,4,virginica\n5,6,setosa",
          "a! b! species~ | 1 2 ~setosa | 3 4 ~virginica | 5 6 ~setosa");
    READS("id\nA1\n7\nB2\nNA\n1.50\nx", "id~ | ~A1 | ~7 | ~B2 | ~NA | ~1.5 | ~x");
    READS("day,ip\n2020-01-02,192.168.0.1\n2020-01-03,10.0.0.1",
          "day~ ip~ | ~2020-01-02 ~192.168.0.1 | ~2020-01-03 ~10.0.0.1");
    km_status s;
    const char *const text = "x,c\n1,red\n2,blue\n3,red\n";
    km_csv *const csv = feed(text, strlen(text), 5, &s);
    CHECK_INT(s, KM_OK);
    CHECK_INT(km_csv_text_count(csv, 1), 2);
    CHECK_INT(km_csv_text_count(csv, 0), 0);
    CHECK_TEXT(km_csv_text(csv, 1, 1), "blue");
    CHECK(km_csv_text(csv, 1, 2) == NULL && km_csv_text(csv, 1, -1) == NULL &&
          km_csv_text(csv, 0, 0) == NULL);
    CHECK(km_csv_values(csv, 2) == NULL && km_csv_values(csv, -1) == NULL);
    CHECK(km_csv_values(csv, 1)[2] == 0 && km_csv_values(csv, 1)[1] == 1);
    km_csv_destroy(csv);
}

TEST(csv_missing) {
    READS("x,y\n1,\n,2\n3,4\n", "x! y! | 3 4 (2 dropped, row 2 first)");
    READS("x\n1\nNA\nn/a\nNaN\nnull\nNone\n?\n-\n.\n\"\"\n2", "x! | 1 | 2 (9 dropped, row 3 first)");
    READS("x,c\n1,NA\n,b\n3,NA", "x! c~ | 1 ~NA | 3 ~NA (1 dropped, row 3 first)");
    READS("x,y\n1,\n,2\n", "Row 2, column 2 (y): this cell is empty, and so is one in every other row");
    READS(",,\n,,", "Row 1, column 1: every cell is empty");
}

TEST(csv_refusals) {
    READS("", "Row 1, column 1: there is no text");
    READS("\n\n", "Row 1, column 1: there is no text");
    READS("x,y\n", "Row 1, column 1: there is a header but no row of data");
    READS("x,y\n1,2\n3\n", "Row 3, column 2 (y): this row has 1 of the 2 fields of the first");
    READS("x,y\n\n1,2,3\n", "Row 3, column 3: this row has more fields than the first, which has 2");
    READS("x,y\nhello,1\n2,3\n",
          "Row 2, column 1 (x): \"hello\" is not a number, but most of this column are");
    READS("1,2\n3,4\n5,oops\n7,bad",
          "Row 3, column 2: \"oops\" is not a number, but most of this column are");
    READS("1,2\n3\0,4\n", "Row 2, column 1: there is a NUL byte; save the file as UTF-8 text");
    READS("\xff\xfex\0,\0y\0\n\0", "Row 1, column 1: the text is UTF-16; save the file as UTF-8");
    READS("x\0,\0", "Row 1, column 1: there is a NUL byte; save the file as UTF-8 text");
    READS("1e309,1\n2,3\n", "Row 1, column 1: \"1e309\" is too large; numbers go up to 1.7e308");
    READS("x\n-1e309\n", "Row 2, column 1 (x): \"-1e309\" is too large; numbers go up to 1.7e308");
    READS("x\n1\ninf\n",
          "Row 3, column 1 (x): \"inf\" is not finite; remove the row or leave the cell empty");
    READS("1_000,2\n", "Row 1, column 1: \"1_000\" is not a plain decimal number; write it as 1000 or 1.5e3");
    READS("x\n0x1F\n",
          "Row 2, column 1 (x): \"0x1F\" is not a plain decimal number; write it as 1000 or 1.5e3");
    READS("1e+,1\n", "Row 1, column 1: \"1e+\" is not a plain decimal number; write it as 1000 or 1.5e3");
    READS("x\n\"1,234\"\n5\n",
          "Row 2, column 1 (x): \"1,234\" has another decimal mark than the rest of its column");
    READS("\xef\xbc\x91,\xef\xbc\x92\n", "Row 1, column 1: there is a header but no row of data");
    READS("x\n1\n\xff\x01"
          "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\n2",
          "Row 3, column 1 (x): \"\ufffd\ufffd"
          "abcdefghijklmnopqrstuvwxyzabcdefghijkl\u2026\" is not a number, but most of this "
          "column are");
}

TEST(csv_error_place_and_end) {
    km_status s;
    km_csv *csv = feed("x,y\n1\n", 6, 100, &s);
    CHECK_INT(s, KM_ERR_SYNTAX);
    CHECK_INT(km_csv_error_row(csv), 2);
    CHECK_INT(km_csv_error_column(csv), 2);
    CHECK_INT(km_csv_feed(csv, "1,2\n", 4), KM_ERR_SYNTAX);
    CHECK_INT(km_csv_end(csv), KM_ERR_SYNTAX);
    CHECK_INT(km_csv_rows(csv), 0);
    CHECK_INT(km_csv_columns(csv), 0);
    km_csv_destroy(csv);

    csv = feed("x\n1\n", 4, 100, &s);
    CHECK_INT(km_csv_error_row(csv), 0);
    CHECK_TEXT(km_csv_error(csv), "");
    CHECK_INT(km_csv_feed(csv, "1", 1), KM_ERR_SYNTAX);
    CHECK_INT(km_csv_end(csv), KM_OK);
    CHECK_INT(km_csv_rows(csv), 1);
    km_csv_destroy(csv);
    km_csv_destroy(NULL);
}

TEST(csv_require_narrows) {
    const char *const text = "x,y,z\n1,,5\n2,7,\n\n3,8,6\n4,9,\n";
    char got[256];
    km_status s;
    km_csv *const csv = feed(text, strlen(text), 3, &s);
    CHECK_TEXT(summary(csv, s, got), "x! y! z! | 3 8 6 (3 dropped, row 2 first)");
    CHECK_INT(km_csv_file_row(csv, 0), 5);
    CHECK_INT(km_csv_require(csv, (int[]){0, 1}, 2), KM_OK);
    CHECK_TEXT(summary(csv, KM_OK, got), "x! y! z! | 2 7 nan | 3 8 6 | 4 9 nan (1 dropped, row 2 first)");
    CHECK_INT(km_csv_file_row(csv, 0), 3);
    CHECK_INT(km_csv_file_row(csv, 2), 6);
    CHECK_INT(km_csv_file_row(csv, 3), 0);
    CHECK_INT(km_csv_require(csv, NULL, 0), KM_OK);
    CHECK_INT(km_csv_rows(csv), 4);
    CHECK_INT(km_csv_dropped(csv), 0);
    CHECK_INT(km_csv_file_row(csv, 2), 5);
    CHECK_INT(km_csv_require(csv, (int[]){3}, 1), KM_ERR_PARAM);
    CHECK_INT(km_csv_rows(csv), 4);
    km_csv_destroy(csv);
}

TEST(csv_all_dropped_can_be_narrowed) {
    km_status s;
    km_csv *const csv = feed("x,y\n1,\n,2\n", 10, 100, &s);
    CHECK_INT(s, KM_ERR_EMPTY_DATA);
    CHECK_INT(km_csv_columns(csv), 2);
    CHECK_INT(km_csv_require(csv, (int[]){1}, 1), KM_OK);
    CHECK_INT(km_csv_rows(csv), 1);
    CHECK_TEXT(km_csv_error(csv), "");
    CHECK(km_csv_values(csv, 1)[0] == 2);
    km_csv_destroy(csv);
}

TEST(csv_limits) {
    static char text[1 << 20];
    char got[256], expected[256];
    km_status s;
    /* 1025 columns. */
    for (int j = 0; j < KM_CSV_MAX_COLUMNS + 1; j++) memcpy(text + 2 * j, "1,", 2);
    km_csv *csv = feed(text, 2 * (KM_CSV_MAX_COLUMNS + 1) - 1, 1 << 20, &s);
    CHECK_TEXT(summary(csv, s, got), "Row 1, column 1025: there are more than 1024 columns");
    km_csv_destroy(csv);
    csv = feed(text, 2 * KM_CSV_MAX_COLUMNS - 1, 1 << 20, &s);
    CHECK_INT(km_csv_columns(csv), KM_CSV_MAX_COLUMNS);
    km_csv_destroy(csv);
    /* A thousand columns of one name. */
    for (int j = 0; j < 1000; j++) memcpy(text + 2 * j, "x,", 2);
    text[1999] = '\n';
    for (int j = 0; j < 1000; j++) memcpy(text + 2000 + 2 * j, "1,", 2);
    csv = feed(text, 3999, 1 << 20, &s);
    CHECK_TEXT(km_csv_name(csv, 999), "x (1000)");
    km_csv_destroy(csv);
    /* Long fields. */
    memset(text, '1', 1 << 20);
    csv = feed(text, KM_CSV_MAX_FIELD + 1, 77, &s);
    sprintf(expected, "Row 1, column 1: this field is longer than %d bytes", KM_CSV_MAX_FIELD);
    CHECK_TEXT(summary(csv, s, got), expected);
    km_csv_destroy(csv);
    text[0] = '"';
    csv = feed(text, 1 << 20, 1 << 20, &s);
    strcat(expected, "; is its closing quote missing?");
    CHECK_TEXT(summary(csv, s, got), expected);
    km_csv_destroy(csv);
}

/* Cuts anywhere in a text longer than the sample the delimiter is found in. */
TEST(csv_long_text_in_pieces) {
    enum { ROWS = 20000 };
    static char text[ROWS * 40];
    int length = sprintf(text, "x;\"the y\";c\r\n");
    for (int i = 0; i < ROWS; i++)
        length += sprintf(text + length, "%d,25;%d;\"c%d\"\r\n", i, i % 7 ? i : -i, i % 5);
    for (int piece = 1; piece < length; piece = piece * 5 + 1) {
        km_status s;
        km_csv *const csv = feed(text, (size_t)length, (size_t)piece, &s);
        CHECK_INT(s, KM_OK);
        CHECK_INT(km_csv_rows(csv), ROWS);
        int wrong = 0;
        for (int i = 0; i < km_csv_rows(csv); i++)
            wrong += km_csv_values(csv, 0)[i] != i + 0.25 || km_csv_values(csv, 1)[i] != (i % 7 ? i : -i) ||
                     km_csv_values(csv, 2)[i] != i % 5;
        CHECK_INT(wrong, 0);
        km_csv_destroy(csv);
    }
}

static double seconds_for(const char *text, size_t length) {
    km_status s;
    const clock_t start = clock();
    km_csv *const csv = feed(text, length, 1 << 16, &s);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    km_csv_destroy(csv);
    return seconds;
}

/* Twice the text takes about twice the time, whatever the text. */
TEST(csv_is_linear) {
    static const char *const units[] = {
        "\"\"",     "1,\n",
        "\"",       "e9e9e9e9\n",
        "1e-310\n", "aaaa\n",
        ",",        "\n",
        "0x",       "1.7976931348623158079372897140530341507993413271003782693617377898\n"};
    enum { HALF = 1 << 21 };
    char *const text = malloc(2 * HALF);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        const size_t length = strlen(units[u]);
        for (size_t at = 0; at < 2 * HALF; at++) text[at] = units[u][at % length];
        const double half = seconds_for(text, HALF), whole = seconds_for(text, 2 * HALF);
        if (whole > 0.1 && whole > 3.5 * half)
            check_fail(__FILE__, __LINE__, "%s: %g s, twice as long %g s", units[u], half, whole);
    }
    free(text);
}

TEST(csv_distinct_texts) {
    enum { ROWS = 50000 };
    char *const text = malloc(ROWS * 16);
    int length = 0;
    for (int i = 0; i < ROWS; i++) length += sprintf(text + length, "w%d\n", i * 7919 % ROWS);
    km_status s;
    km_csv *const csv = feed(text, (size_t)length, 4096, &s);
    CHECK_INT(s, KM_OK);
    CHECK_INT(km_csv_text_count(csv, 0), ROWS - 1); /* the first is taken for the header */
    int wrong = 0;
    for (int i = 0; i < km_csv_rows(csv); i++) wrong += km_csv_values(csv, 0)[i] != i;
    CHECK_INT(wrong, 0);
    km_csv_destroy(csv);
    free(text);
}
