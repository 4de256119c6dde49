/* csv_cell.c: what one field is. */
#include "csv_internal.h"
#include "number.h"
#include <string.h>

/* Quiet NaNs whose low half is a word's number; reading a number never makes a NaN. */
static const uint64_t WORD_BITS = 0x7ffc000000000000u;

double csv_cell_of_word(int word) {
    const uint64_t bits = WORD_BITS | (uint32_t)word;
    double cell;
    memcpy(&cell, &bits, sizeof cell);
    return cell;
}

int csv_cell_word(double cell) {
    uint64_t bits;
    memcpy(&bits, &cell, sizeof bits);
    return bits >> 32 == WORD_BITS >> 32 ? (int)(uint32_t)bits : -1;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c; }

static int is_one_of(const char *text, int length, const char *const *names, int count) {
    for (int i = 0; i < count; i++) {
        int same = 0;
        while (same < length && names[i][same] && lower(text[same]) == names[i][same]) same++;
        if (same == length && !names[i][same]) return 1;
    }
    return 0;
}

static int is_missing(const char *text, int length) {
    static const char *const names[] = {"", "na", "n/a", "nan", "null", "none", "?", "-", "."};
    return length <= 4 && is_one_of(text, length, names, sizeof names / sizeof *names);
}

static int is_infinity(const char *text, int length) {
    static const char *const names[] = {"inf", "infinity", "\u221e"};
    return is_one_of(text, length, names, sizeof names / sizeof *names);
}

/* Reads the whole text as an unsigned number. */
static int read_whole(const char *text, int length, char mark, double *number) {
    return length > 0 && km_read_decimal(text, text + length, mark, number) == text + length;
}

static int is_hex(const char *text, int length) {
    if (length < 3 || text[0] != '0' || lower(text[1]) != 'x') return 0;
    for (int i = 2; i < length; i++)
        if (!strchr("0123456789abcdef_", lower(text[i]))) return 0;
    return 1;
}

/* Whether a text without sign that is not a number was meant as one. */
static int is_nearly(const char *text, int length) {
    if (is_infinity(text, length) || is_hex(text, length)) return 1;
    if (text[0] < '0' || text[0] > '9') return 0;
    /* Without separators of digits, and without an exponent that has no digits, is it a number? */
    char plain[64];
    if (length >= (int)sizeof plain) return 0;
    int count = 0;
    for (int i = 0; i < length; i++)
        if (!strchr("_,'", text[i])) plain[count++] = text[i];
    if (count > 2 && strchr("+-", plain[count - 1]) && lower(plain[count - 2]) == 'e') count--;
    if (count > 1 && lower(plain[count - 1]) == 'e') count--;
    double ignored;
    return read_whole(plain, count, '.', &ignored);
}

csv_kind csv_classify(const char *text, int length, char delimiter, char *mark, double *number) {
    if (is_missing(text, length)) return CSV_MISSING;
    const int sign = text[0] == '-' || text[0] == '+';
    const char *const digits = text + sign;
    const int count = length - sign;
    const char decimal = delimiter == ','                     ? '.'
                         : *mark                              ? *mark
                         : memchr(digits, ',', (size_t)count) ? ','
                                                              : '.';
    double value;
    if (!read_whole(digits, count, decimal, &value))
        return count > 0 && is_nearly(digits, count) ? CSV_NEARLY : CSV_WORD;
    if (value > __DBL_MAX__) return CSV_NEARLY;
    if (!*mark && memchr(digits, decimal, (size_t)count)) *mark = decimal;
    *number = text[0] == '-' ? -value : value;
    return CSV_NUMBER;
}

const char *csv_refusal(const char *text, csv_kind kind) {
    if (kind == CSV_WORD) return "is not a number, but most of this column are";
    const int sign = *text == '-' || *text == '+', length = (int)strlen(text);
    double value;
    if (is_infinity(text + sign, length - sign))
        return "is not finite; remove the row or leave the cell empty";
    if (read_whole(text + sign, length - sign, '.', &value) ||
        read_whole(text + sign, length - sign, ',', &value))
        return value > __DBL_MAX__ ? "is too large; numbers go up to 1.7e308"
                                   : "has another decimal mark than the rest of its column";
    return "is not a plain decimal number; write it as 1000 or 1.5e3";
}
