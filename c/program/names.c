/* names.c: words of the text, and the words they may have been meant for. */
#include "../number.h"
#include "internal.h"
#include <string.h>

enum { MAX_WORD = 32 };

int km_is_word(const km_program *p, km_token t, const char *word) {
    const size_t length = strlen(word);
    return (size_t)(t.to - t.from) == length && memcmp(p->text + t.from, word, length) == 0;
}

void km_copy_token(const km_program *p, km_token t, char *out, int room) {
    const int length = t.to - t.from < room ? t.to - t.from : room - 1;
    memcpy(out, p->text + t.from, (size_t)length);
    out[length] = '\0';
}

double km_token_number(const km_program *p, km_token t) {
    double value;
    km_read_number(p->text + t.from, p->text + t.to, &value);
    return value;
}

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }
static int least(int a, int b) { return a < b ? a : b; }

/* Edit distance with swaps of neighbours, whatever the case of letters; at most MAX_WORD when either word is
 * longer. */
static int edit_distance(const char *a, const char *b) {
    const int m = (int)strlen(a), n = (int)strlen(b);
    int rows[3][MAX_WORD + 1];
    if (m > MAX_WORD || n > MAX_WORD) return MAX_WORD;
    for (int j = 0; j <= n; j++) rows[0][j] = j;
    for (int i = 1; i <= m; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            row[j] =
                least(least(above[j], row[j - 1]) + 1, above[j - 1] + (lower(a[i - 1]) != lower(b[j - 1])));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[m % 3][n];
}

const char *km_nearest_word(const char *word, const char *const *candidates, int count) {
    const int length = (int)strlen(word);
    int nearest = length <= 3 ? 2 : length / 3 + 2; /* one more than the edits that still look like a slip */
    const char *found = NULL;
    for (int i = 0; i < count; i++) {
        const int distance = edit_distance(word, candidates[i]);
        const int keeps_a_letter = distance < (int)strlen(candidates[i]) || lower(*word) == *candidates[i];
        if (distance < nearest && keeps_a_letter) {
            nearest = distance;
            found = candidates[i];
        }
    }
    /* Or the start of one. */
    for (int i = 0; !found && i < count; i++)
        if (length >= 3 && strncmp(word, candidates[i], (size_t)length) == 0) found = candidates[i];
    return found;
}

int km_line_of(const km_program *p, int offset) {
    int line = 1;
    for (int i = 0; i < offset && i < p->bytes; i++)
        line += p->text[i] == '\n' || (p->text[i] == '\r' && p->text[i + 1] != '\n');
    return line;
}
