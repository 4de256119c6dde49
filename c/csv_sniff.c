/* csv_sniff.c: which delimiter a text uses. */
#include "csv_internal.h"
#include "number.h"
#include <string.h>

/* In order of preference: a comma may be a decimal mark, the others hardly occur in numbers. */
static const char CANDIDATES[] = "\t;|,";
enum { CANDIDATE_COUNT = sizeof CANDIDATES - 1 };

typedef struct line {
    const char *from, *to;
} line;

/* The lines of the sample that hold something, split outside quotes. */
static int split(const char *sample, int length, int whole, line *lines) {
    int count = 0, quoted = 0;
    const char *from = sample, *const end = sample + length;
    for (const char *at = sample; at <= end && count < CSV_SAMPLE_LINES; at++) {
        if (at < end && *at == '"') quoted = !quoted;
        const int at_break = at < end && !quoted && (*at == '\n' || *at == '\r');
        /* A last line that is cut off says nothing, unless it is all there is. */
        if (!at_break && (at < end || (!whole && count > 0))) continue;
        const char *first = from;
        while (first < at && (*first == ' ' || *first == '\t')) first++;
        const int comment = count == 0 && first < at && *first == '#';
        if (first < at && !comment) lines[count++] = (line){from, at};
        from = at + 1;
    }
    return count;
}

static int occurrences(line l, char c) {
    int count = 0, quoted = 0;
    for (const char *at = l.from; at < l.to; at++) {
        if (*at == '"') quoted = !quoted;
        count += *at == c && !quoted;
    }
    return count;
}

/* Fields between runs of spaces if each is a number, or whatever it is in the first line; 0 else. */
static int spaced_fields(line l, int first) {
    int count = 0;
    for (const char *at = l.from; at < l.to;) {
        if (*at == ' ') {
            at++;
            continue;
        }
        const char *stop = at;
        while (stop < l.to && *stop != ' ') stop++;
        const char *const digits = at + (*at == '-' || *at == '+');
        double value;
        if (!first && (digits == stop || km_read_number(digits, stop, &value) != stop)) return 0;
        count++;
        at = stop;
    }
    return count;
}

static int are_spaced(const line *lines, int count) {
    const int fields = count ? spaced_fields(lines[0], count > 1) : 0;
    if (fields < 2) return 0;
    for (int i = 1; i < count; i++)
        if (spaced_fields(lines[i], 0) != fields) return 0;
    return 1;
}

char csv_sniff(const char *sample, int length, int whole) {
    line lines[CSV_SAMPLE_LINES];
    const int count = split(sample, length, whole, lines);
    int most = 0;
    char best = ',';
    for (int c = 0; c < CANDIDATE_COUNT; c++) {
        int total = 0, agree = 1;
        const int first = count ? occurrences(lines[0], CANDIDATES[c]) : 0;
        for (int i = 0; i < count; i++) {
            const int here = occurrences(lines[i], CANDIDATES[c]);
            total += here;
            agree &= here == first;
        }
        if (agree && first) return CANDIDATES[c];
        if (total > most) {
            most = total;
            best = CANDIDATES[c];
        }
    }
    return most == 0 && are_spaced(lines, count) ? ' ' : best;
}
