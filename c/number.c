/* number.c: see number.h.
 *
 * w * 10^q is computed with 128-bit powers of five whose error is known (Lemire 2021 does so with a table of
 * them; here two constants are multiplied instead). Only when that error leaves the rounding open, in
 * practice an exact tie or more than 19 digits, are the exact values compared as long integers (Clinger
 * 1990).
 */
#include "number.h"
#include <stdint.h>
#include <string.h>

typedef unsigned __int128 u128;

enum {
    MAX_WORD_DIGITS = 19,  /* as many fit in 64 bits */
    MAX_DIGITS = 770,      /* more cannot decide a rounding: the longest midpoint has 767 */
    EXPONENT_LIMIT = 1000, /* of ten; beyond, any value of 19 digits is 0 or infinite */
    ERROR = 256            /* units in the last of 128 places by which an inexact power may be too small */
};
static const uint64_t INFINITE = 0x7ff0000000000000u, SIGN = 0x8000000000000000u, FRACTION = 0xfffffffffffffu;

static const uint64_t FIVE_27 = 7450580596923828125u; /* 5^27, the largest in 64 bits */
/* 5^-27 = this * 2^-190, truncated. */
static const u128 FIFTH_27 = (u128)0x9e74d1b791e07e48u << 64 | 0x775ea264cf55347du;

static uint64_t bits_of(double value) {
    uint64_t u;
    memcpy(&u, &value, sizeof u);
    return u;
}

/* A positive finite double is significand * 2^two. */
static uint64_t significand(uint64_t u) { return u >> 52 ? (u & FRACTION) | (FRACTION + 1) : u; }
static int two(uint64_t u) { return (u >> 52 ? (int)(u >> 52) : 1) - 1075; }

/* mantissa * 2^exponent, with the top bit of the mantissa set. The true value is at least this and less than
 * (mantissa + ERROR) * 2^exponent; equal unless inexact. */
typedef struct scaled {
    u128 mantissa;
    int exponent, inexact;
} scaled;

static scaled normalized(u128 m, int exponent) {
    const uint64_t high = (uint64_t)(m >> 64);
    const int shift = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)m);
    return (scaled){m << shift, exponent - shift, 0};
}

static scaled product(scaled a, scaled b) {
    const uint64_t a1 = (uint64_t)(a.mantissa >> 64), a0 = (uint64_t)a.mantissa;
    const uint64_t b1 = (uint64_t)(b.mantissa >> 64), b0 = (uint64_t)b.mantissa;
    const u128 low = (u128)a0 * b0, x = (u128)a1 * b0, y = (u128)a0 * b1;
    const u128 middle = (low >> 64) + (uint64_t)x + (uint64_t)y;
    scaled p = {(u128)a1 * b1 + (x >> 64) + (y >> 64) + (middle >> 64), a.exponent + b.exponent + 128, 0};
    p.inexact = a.inexact || b.inexact || (uint64_t)low != 0 || (uint64_t)middle != 0;
    if (!(p.mantissa >> 127)) {
        p.mantissa = p.mantissa << 1 | (middle >> 63 & 1);
        p.exponent--;
    }
    return p;
}

/* w * 10^q for w > 0 and |q| <= EXPONENT_LIMIT. At most 39 factors, each adding at most 6 units of error. */
static scaled times_power_of_ten(uint64_t w, int q) {
    scaled s = normalized(w, q);
    int fives = q;
    if (q < 0) {
        const scaled fifth = {FIFTH_27, -190, 1};
        for (; fives < 0; fives += 27) s = product(s, fifth);
    } else {
        const scaled five = normalized(FIVE_27, 0);
        for (; fives >= 27; fives -= 27) s = product(s, five);
    }
    uint64_t rest = 1;
    while (fives-- > 0) rest *= 5;
    return product(s, normalized(rest, 0));
}

/* Bits of the double nearest to m * 2^exponent (top bit of m set), ties to even. */
static uint64_t nearest_to(u128 m, int exponent) {
    const int leading = exponent + 127; /* the value is in [2^leading, 2^(leading + 1)) */
    if (leading > 1023) return INFINITE;
    const int places = leading >= -1022 ? 53 : 53 + 1022 + leading;
    if (places < 0) return 0;
    const u128 kept = places ? m >> (128 - places) : 0, dropped = m << places, half = (u128)1 << 127;
    const uint64_t rounded = (uint64_t)kept + (dropped > half || (dropped == half && (kept & 1)));
    return leading >= -1022 ? ((uint64_t)(leading + 1022) << 52) + rounded : rounded;
}

/* Bits of a double near w * 10^q; `sure` when it is the nearest. */
static uint64_t estimate(uint64_t w, int64_t q, int *sure) {
    *sure = 1;
    if (w == 0 || q < -EXPONENT_LIMIT) return 0;
    if (q > EXPONENT_LIMIT) return INFINITE;
    const scaled s = times_power_of_ten(w, (int)q);
    const uint64_t low = nearest_to(s.mantissa, s.exponent);
    if (s.inexact)
        *sure = s.mantissa <= ~(u128)0 - ERROR && low == nearest_to(s.mantissa + ERROR, s.exponent);
    return low;
}

/* --- the exact comparison ------------------------------------------------------------------------------ */

/* A natural number, least limb first. The largest compared are 770 digits times a power of two below 2^1100,
 * and 2^54 times 5^1100: under 4000 bits. */
enum { LIMBS = 128 };
typedef struct natural {
    uint32_t limb[LIMBS];
    int count;
} natural;

static void multiply_add(natural *a, uint32_t factor, uint32_t term) {
    uint64_t carry = term;
    for (int i = 0; i < a->count; i++) {
        carry += (uint64_t)a->limb[i] * factor;
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (!carry) return;
    if (a->count == LIMBS) __builtin_trap();
    a->limb[a->count++] = (uint32_t)carry;
}

/* base^largest is the largest power of base in 32 bits. */
static void multiply_by_power(natural *a, uint32_t base, int largest, int exponent) {
    uint32_t step = 1;
    for (int i = 0; i < largest; i++) step *= base;
    for (; exponent >= largest; exponent -= largest) multiply_add(a, step, 0);
    while (exponent-- > 0) multiply_add(a, base, 0);
}

static int compare(const natural *a, const natural *b) {
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* The digits from `at` on, points skipped. exponent: that of the last digit in, that of the number out. */
static natural read_digits(const char *at, const char *end, int64_t *exponent) {
    natural a = {.count = 0};
    int used = 0, rest = 0;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9') continue;
        if (used < MAX_DIGITS) {
            multiply_add(&a, 10, (uint32_t)(*at - '0'));
            used++;
        } else {
            rest |= *at - '0';
            ++*exponent;
        }
    }
    /* What was cut off lies strictly between two values of this length: one more digit says so. */
    if (rest) {
        multiply_add(&a, 10, 1);
        --*exponent;
    }
    return a;
}

/* Compares digits * 10^exponent with the midpoint between the doubles of bits u and u + 1. */
static int compare_to_midpoint(const natural *digits, int exponent, uint64_t u) {
    const uint64_t m = 2 * significand(u) + 1;
    natural a = *digits, b = {.limb = {(uint32_t)m, (uint32_t)(m >> 32)}, .count = m >> 32 ? 2 : 1};
    multiply_by_power(exponent >= 0 ? &a : &b, 5, 13, exponent >= 0 ? exponent : -exponent);
    const int shift = exponent - (two(u) - 1);
    multiply_by_power(shift >= 0 ? &a : &b, 2, 31, shift >= 0 ? shift : -shift);
    return compare(&a, &b);
}

/* Bits of the double nearest to the digits in the text, the last of which stands for 10^exponent, from those
 * of one within a few places of it. */
static uint64_t settle(const char *at, const char *end, int64_t exponent, uint64_t u) {
    const natural digits = read_digits(at, end, &exponent);
    if (u == INFINITE) u--;
    for (;;) {
        const int above = compare_to_midpoint(&digits, (int)exponent, u);
        if (above < 0 || (above == 0 && !(u & 1))) break;
        if (++u == INFINITE) return u;
    }
    while (u > 0) {
        const int below = compare_to_midpoint(&digits, (int)exponent, u - 1);
        if (below > 0 || (below == 0 && !(u & 1))) break;
        u--;
    }
    return u;
}

/* --- reading ---------------------------------------------------------------------------------------------
 */

/* The digits of a number before its exponent part. */
typedef struct digit_run {
    const char *first, *end; /* from the first that is not zero */
    uint64_t word;           /* the first 19 */
    int64_t word_exponent;   /* of ten, of the last digit in `word` */
    int64_t last_exponent;   /* and of the last digit of all */
    int any, cut;            /* there is a digit; some beyond `word` are not zero */
} digit_run;

static int is_digit(const char *at, const char *end) { return at < end && *at >= '0' && *at <= '9'; }

static digit_run read_run(const char *at, const char *end, char point) {
    digit_run run = {.first = end};
    int used = 0, after_point = 0;
    for (; at < end; at++) {
        if (*at == point && !after_point) {
            after_point = 1;
            continue;
        }
        if (!is_digit(at, end)) break;
        run.any = 1;
        run.last_exponent -= after_point;
        if (used == 0 && *at == '0') {
            run.word_exponent -= after_point;
            continue;
        }
        if (used == 0) run.first = at;
        if (used < MAX_WORD_DIGITS) {
            run.word = 10 * run.word + (uint64_t)(*at - '0');
            run.word_exponent -= after_point;
            used++;
        } else {
            run.cut |= *at != '0';
            run.word_exponent += !after_point;
        }
    }
    run.end = at;
    return run;
}

/* Reads an exponent part at `at` if there is a whole one; returns where it stops. */
static const char *read_exponent(const char *at, const char *end, int64_t *exponent) {
    *exponent = 0;
    if (at == end || (*at | 32) != 'e') return at;
    const char *p = at + 1;
    const int negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (!is_digit(p, end)) return at;
    for (; is_digit(p, end); p++)
        if (*exponent < INT64_C(1) << 40) *exponent = 10 * *exponent + (*p - '0');
    if (negative) *exponent = -*exponent;
    return p;
}

/* w * 10^q where both are exact doubles, so that one operation rounds correctly (Clinger 1990). */
static int easy(uint64_t w, int64_t q, double *value) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (w > (uint64_t)1 << 53 || q < -22 || q > 22) return 0;
    *value = q < 0 ? (double)w / powers[-q] : (double)w * powers[q];
    return 1;
}

const char *km_read_decimal(const char *at, const char *end, char point, double *value) {
    const digit_run run = read_run(at, end, point);
    if (!run.any) return at;
    int64_t exponent;
    const char *const stop = read_exponent(run.end, end, &exponent);
    const int64_t q = run.word_exponent + exponent;
    if (!run.cut && easy(run.word, q, value)) return stop;

    int sure, sure_above = 1;
    uint64_t u = estimate(run.word, q, &sure);
    if (run.cut && estimate(run.word + 1, q, &sure_above) != u) sure = 0;
    if (!sure || !sure_above) u = settle(run.first, run.end, run.last_exponent + exponent, u);
    memcpy(value, &u, sizeof u);
    return stop;
}

const char *km_read_number(const char *at, const char *end, double *value) {
    return km_read_decimal(at, end, '.', value);
}

/* --- writing ---------------------------------------------------------------------------------------------
 */

/* A positive double to 17 digits, digits + rest / 2^128 in units of 10^exponent. */
typedef struct expansion {
    uint64_t digits;
    u128 rest;
    int exponent;
} expansion;

static expansion expand(uint64_t u) {
    const int log2 = two(u) + 63 - __builtin_clzll(significand(u));
    int q =
        16 - (log2 * 78913 >> 18); /* 78913 / 2^18 is log10(2) to 7 places: the right power or one too many */
    scaled s = times_power_of_ten(significand(u), q);
    if (s.mantissa >> -(s.exponent + two(u)) >= 100000000000000000u)
        s = times_power_of_ten(significand(u), --q);
    const int shift = -(s.exponent + two(u));
    expansion x = {(uint64_t)(s.mantissa >> shift), s.mantissa << (128 - shift), -q};
    /* An inexact value just below an integer is that integer. */
    if (s.inexact && x.rest + ((u128)ERROR << (128 - shift)) < x.rest) {
        x.digits++;
        x.rest = 0;
    }
    return x;
}

typedef struct rounded {
    uint64_t down, nearest; /* in units of 10^exponent */
    int exponent;
} rounded;

static rounded round_to(const expansion *x, int places) {
    if (places >= 17) return (rounded){x->digits, x->digits + (uint64_t)(x->rest >> 127), x->exponent};
    uint64_t unit = 1;
    for (int i = places; i < 17; i++) unit *= 10;
    const uint64_t down = x->digits / unit, twice = 2 * (x->digits % unit);
    const int up = twice > unit || (twice == unit && (x->rest || (down & 1)));
    return (rounded){down, down + (uint64_t)up, x->exponent + 17 - places};
}

static int write_integer(uint64_t n, char *out) {
    char reversed[20];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    for (int i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
    return count;
}

static int reads_back(uint64_t digits, int exponent, uint64_t u) {
    int sure;
    uint64_t read = estimate(digits, exponent, &sure);
    if (!sure) {
        char text[20];
        read = settle(text, text + write_integer(digits, text), exponent, read);
    }
    return read == u;
}

/* The fewest digits that read back as u. Any two decimals of 15 digits are different normal doubles, so no
 * shorter one can read back unless the 15 do, ending in zeros; a subnormal has fewer. */
static rounded shortest(uint64_t u, const expansion *x) {
    for (int places = u >> 52 ? 15 : 1; places < 17; places++) {
        rounded r = round_to(x, places);
        if (reads_back(r.nearest, r.exponent, u)) return r;
        /* Below a power of two the doubles lie twice as close, so the neighbour above may still read back. */
        r.nearest = r.down + 1;
        if ((u & FRACTION) == 0 && reads_back(r.nearest, r.exponent, u)) return r;
    }
    return round_to(x, 17);
}

static char *append(char *out, const char *text, int length) {
    memcpy(out, text, (size_t)length);
    return out + length;
}
static char *append_zeros(char *out, int count) {
    memset(out, '0', (size_t)count);
    return out + count;
}

static char *lay_out(rounded r, char *at) {
    for (; r.nearest % 10 == 0; r.nearest /= 10) r.exponent++;
    char digits[20];
    const int count = write_integer(r.nearest, digits),
              point = count + r.exponent; /* digits before the point */
    if (point > 16 || point < -3) {
        const int power = point > 0 ? point - 1 : 1 - point;
        *at++ = digits[0];
        if (count > 1) *at++ = '.';
        at = append(at, digits + 1, count - 1);
        *at++ = 'e';
        *at++ = point > 0 ? '+' : '-';
        if (power < 10) *at++ = '0';
        return at + write_integer((uint64_t)power, at);
    }
    if (point <= 0) return append(append_zeros(append(at, "0.", 2), -point), digits, count);
    if (point >= count) return append_zeros(append(at, digits, count), point - count);
    at = append(at, digits, point);
    *at++ = '.';
    return append(at, digits + point, count - point);
}

static int print(double value, int digits, char *out) {
    const uint64_t u = bits_of(value) & ~SIGN;
    char *at = out;
    if (bits_of(value) & SIGN && value == value) *at++ = '-';
    if (u == 0 || u >= INFINITE) {
        const char *const name = u == 0 ? "0" : u == INFINITE ? "inf" : "nan";
        at = append(at, name, (int)strlen(name));
    } else {
        const expansion x = expand(u);
        at = lay_out(digits ? round_to(&x, digits) : shortest(u, &x), at);
    }
    *at = '\0';
    return (int)(at - out);
}

int km_print_number(double value, char *out) { return print(value, 0, out); }
int km_print_rounded(double value, int digits, char *out) { return print(value, digits, out); }
