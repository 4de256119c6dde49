/* Reading and writing numbers, against the C library's strtod and printf. */
#include "check.h"
#include "number.h"
#include "rng.h"

static double read_whole(const char *text) {
    const int negative = *text == '-';
    double v = NAN;
    CHECK(*km_read_number(text + negative, strchr(text, '\0'), &v) == '\0');
    return negative ? -v : v;
}

static void check_like_strtod(const char *text) {
    const double expected = strtod(text, NULL), v = read_whole(text);
    if (memcmp(&v, &expected, sizeof v) != 0)
        check_fail(__FILE__, __LINE__, "%s reads as %a, not %a", text, v, expected);
}

/* Every digit count that C's printf offers, from the fewest: the first that reads back. */
static int places_needed(double v) {
    char text[64];
    for (int places = 1; places < 17; places++) {
        snprintf(text, sizeof text, "%.*e", places - 1, v);
        if (strtod(text, NULL) == v) return places;
    }
    return 17;
}

static int places_in(const char *text) {
    int places = 0, trailing = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && places == 0)) continue;
        places++;
        trailing = *text == '0' ? trailing + 1 : 0;
    }
    return places - trailing;
}

static void check_round_trip(double v) {
    char text[KM_NUMBER_BYTES];
    const int length = km_print_number(v, text);
    CHECK_INT(length, strlen(text));
    const double back = read_whole(text);
    if (memcmp(&back, &v, sizeof v))
        check_fail(__FILE__, __LINE__, "%a writes as %s, reads as %a", v, text, back);
    if (v != 0 && places_in(text) > places_needed(v))
        check_fail(__FILE__, __LINE__, "%s is not shortest", text);
}

static double random_double(km_rng *rng) {
    for (;;) {
        const uint64_t bits = km_rng_next(rng);
        double v;
        memcpy(&v, &bits, sizeof v);
        if (isfinite(v)) return v;
    }
}

TEST(number_of_any_bits_round_trips) {
    km_rng rng;
    km_rng_seed(&rng, 1);
    for (int i = 0; i < 100000; i++) {
        const double v = random_double(&rng);
        check_round_trip(v);
        char text[64];
        for (int places = 14; places <= 18; places++) {
            snprintf(text, sizeof text, "%.*e", places, v);
            check_like_strtod(text);
        }
    }
}

TEST(number_of_everyday_size_round_trips) {
    km_rng rng;
    km_rng_seed(&rng, 2);
    for (int i = 0; i < 100000; i++) {
        const double v =
            (double)(int64_t)(km_rng_next(&rng) >> 20) / pow(10, (double)(km_rng_next(&rng) % 20));
        check_round_trip(v);
        check_round_trip(-(double)(float)v);
        char text[64];
        snprintf(text, sizeof text, "%.*f", (int)(km_rng_next(&rng) % 25), v);
        check_like_strtod(text);
    }
}

TEST(number_at_midpoints_is_rounded_to_even) {
    km_rng rng;
    km_rng_seed(&rng, 3);
    for (int i = 0; i < 3000; i++) {
        /* The exact midpoint of two doubles, and its neighbours in the last of many places. */
        uint64_t bits = km_rng_next(&rng) >> 1;
        if (i % 4 == 0) bits >>= 11; /* subnormal */
        double a, b;
        memcpy(&a, &bits, sizeof a);
        bits++;
        memcpy(&b, &bits, sizeof b);
        if (!isfinite(a) || !isfinite(b)) continue;
        char text[1600];
        const long double midpoint = ((long double)a + (long double)b) / 2;
        const int length = snprintf(text, sizeof text, "%.1100Le", midpoint);
        check_like_strtod(text);
        char *const last = strchr(text, 'e') - 1;
        CHECK(length > 1100);
        *last = '1';
        check_like_strtod(text);
        /* Just below: 0.5 becomes 0.4999... */
        char *digit = last;
        *last = '0';
        while (digit > text && (*digit == '0' || *digit == '.')) {
            if (*digit == '0') *digit = '9';
            digit--;
        }
        --*digit;
        check_like_strtod(text);
    }
}

TEST(number_hard_cases) {
    static const char *const cases[] = {
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1.7976931348623157e308",
        "1e-400",
        "0e400",
        "9007199254740993",
        "9007199254740992.999999",
        "1e23",
        "8.5e22",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "123456789012345678901234567890",
        "0.000000000000000000000000000000000000000000000000000000000000000000000001e72",
        "-0",
        "6.631236846766476e-316",
        "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070963302864165e198"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_like_strtod(cases[i]);
    CHECK(1 / read_whole("-0.000") < 0);
    for (int e = -1074; e < 1024; e++) {
        check_round_trip(ldexp(1, e));
        check_round_trip(nextafter(ldexp(1, e), 0));
        check_round_trip(nextafter(ldexp(1, e), INFINITY));
    }
}

TEST(number_long_digits) {
    static char text[200001];
    memset(text, '1', 200000);
    text[1] = '.';
    CHECK(read_whole(text) == 1.1111111111111112);
    memset(text, '0', 200000);
    text[1] = '.';
    text[199999] = '1';
    CHECK(read_whole(text) == 0);
    memset(text, '9', 200000);
    CHECK(read_whole(text) == HUGE_VAL);
}

/* How many bytes are read as a number. */
static int stops_at(const char *text, char point) {
    double v;
    return (int)(km_read_decimal(text, strchr(text, '\0'), point, &v) - text);
}

TEST(number_reads_the_longest_prefix) {
    static const struct {
        const char *text;
        int length;
    } cases[] = {{"", 0},    {"-1", 0},    {"+1", 0},    {".", 0},        {".e5", 0},  {"e5", 0},
                 {" 1", 0},  {"inf", 0},   {"nan", 0},   {"\xd9\xa1", 0}, {"1", 1},    {"1.", 2},
                 {".5", 2},  {"1..2", 2},  {"1.2.3", 3}, {"1e", 1},       {"1e+", 1},  {"1e-x", 1},
                 {"1e5", 3}, {"1E-5", 4},  {"1e5.5", 3}, {"1_000", 1},    {"0x10", 1}, {"1,5", 1},
                 {"1f", 1},  {"1e5e5", 3}, {"00.10", 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(stops_at(cases[i].text, '.'), cases[i].length);
    CHECK_INT(stops_at("1,5", ','), 3);
    CHECK_INT(stops_at("1.5", ','), 1);
    double v = 7;
    const char *const word = "x", *const comma = "1,25e1";
    km_read_decimal(word, word + 1, '.', &v);
    CHECK(v == 7);
    km_read_decimal(comma, comma + 6, ',', &v);
    CHECK(v == 12.5);
    CHECK(read_whole("1e309") == HUGE_VAL);
    CHECK(read_whole("1e99999999999999999999") == HUGE_VAL);
    CHECK(read_whole("1e-99999999999999999999") == 0);
    CHECK(read_whole("0e99999999999999999999") == 0);
}

TEST(number_layout) {
    static const struct {
        double value;
        const char *text, *three;
    } cases[] = {{0, "0", "0"},
                 {-0.0, "-0", "-0"},
                 {1, "1", "1"},
                 {100, "100", "100"},
                 {-1.5, "-1.5", "-1.5"},
                 {0.1, "0.1", "0.1"},
                 {0.12345, "0.12345", "0.123"},
                 {99.95, "99.95", "100"},
                 {1e-4, "0.0001", "0.0001"},
                 {1e-5, "1e-05", "1e-05"},
                 {1.25e-7, "1.25e-07", "1.25e-07"},
                 {2.675, "2.675", "2.67"},
                 {1e15, "1000000000000000", "1000000000000000"},
                 {1e16, "1e+16", "1e+16"},
                 {1.2345e300, "1.2345e+300", "1.23e+300"},
                 {5e-324, "5e-324", "4.94e-324"},
                 {0x1p-44, "5.684341886080802e-14", "5.68e-14"},
                 {123456.789, "123456.789", "123000"},
                 {9007199254740991, "9007199254740991", "9010000000000000"},
                 {HUGE_VAL, "inf", "inf"},
                 {-HUGE_VAL, "-inf", "-inf"},
                 {-NAN, "nan", "nan"}};
    char text[KM_NUMBER_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        km_print_number(cases[i].value, text);
        CHECK_TEXT(text, cases[i].text);
        km_print_rounded(cases[i].value, 3, text);
        CHECK_TEXT(text, cases[i].three);
    }
}

TEST(number_rounded_like_printf) {
    km_rng rng;
    km_rng_seed(&rng, 4);
    for (int i = 0; i < 20000; i++) {
        const double v = random_double(&rng);
        char text[KM_NUMBER_BYTES], expected[64];
        for (int digits = 1; digits <= 17; digits++) {
            km_print_rounded(v, digits, text);
            snprintf(expected, sizeof expected, "%.*e", digits - 1, v);
            if (strtod(text, NULL) != strtod(expected, NULL))
                check_fail(__FILE__, __LINE__, "%.17g to %d digits is %s", v, digits, text);
        }
    }
}
