/* elementary.h: elementary functions from + - * / and integers alone, so that every build computes the same
 * bits. The C library's differ between systems in the last place, and are not in the wasm module.
 *
 * Special values (0, infinity, NaN, wrong domain) are those of C99. The tests measure the errors given here
 * against the C library's long doubles.
 */
#ifndef KM_ELEMENTARY_H
#define KM_ELEMENTARY_H

double km_log(double x);           /* natural logarithm, to 1 ulp */
double km_exp(double x);           /* to 1 ulp */
double km_pow(double x, double y); /* to 1 ulp; km_pow(x, 2) is x * x */
double km_tanh(double x);          /* to 3 ulp */

/* Of radians, however large, to 1 ulp. */
double km_sin(double x);
double km_cos(double x);
/* Sine and cosine of `turn` whole turns, 0 to 1, to 2^-52; exact at the quarters. */
void km_sin_cos_turn(double turn, double *sine, double *cosine);

#endif
