/* number.h: decimal text to double and back, both correctly rounded, without the C library's locale.
 *
 * A number is digits [point digits] [e [sign] digits], with a digit before or after the point. No sign,
 * space, underscore, hex or infinity: those are the caller's.
 */
#ifndef KM_NUMBER_H
#define KM_NUMBER_H

enum { KM_NUMBER_BYTES = 32 };

/* Reads the longest number at `at`, before `end`, with '.' or ',' as its point. Returns where it stops, `at`
 * if there is none. Too large gives infinity, too small 0; ties go to even. Linear in the length. */
const char *km_read_decimal(const char *at, const char *end, char point, double *value);
const char *km_read_number(const char *at, const char *end, double *value); /* with '.' */

/* Writes the shortest decimal that reads back as `value`, and a zero byte: plain from 1e-4 to 1e16 and with
 * an exponent else, as Python's repr, but integers without ".0"; "nan", "inf", "-inf". Returns its length,
 * below KM_NUMBER_BYTES. */
int km_print_number(double value, char *out);
/* The same with at most `digits` significant digits, 1 to 17: for messages. */
int km_print_rounded(double value, int digits, char *out);

#endif
