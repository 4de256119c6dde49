/* check.h: the unit tests' own few macros. TEST(name) { ... } registers itself; a failed CHECK names file and
 * line and the test goes on. */
#ifndef KM_CHECK_H
#define KM_CHECK_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct check_test {
    const char *name, *file;
    void (*run)(void);
    struct check_test *next;
} check_test;

void check_register(check_test *t);
void check_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define TEST(id)                                                                                             \
    static void test_##id(void);                                                                             \
    static check_test entry_##id = {#id, __FILE__, test_##id, 0};                                            \
    __attribute__((constructor)) static void register_##id(void) { check_register(&entry_##id); }            \
    static void test_##id(void)

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) check_fail(__FILE__, __LINE__, "%s", #condition);                                  \
    } while (0)
#define CHECK_INT(actual, expected)                                                                          \
    do {                                                                                                     \
        long long a_ = (long long)(actual), e_ = (long long)(expected);                                      \
        if (a_ != e_) check_fail(__FILE__, __LINE__, "%s is %lld, expected %lld", #actual, a_, e_);          \
    } while (0)
/* Equal to a relative error, or both NaN. */
#define CHECK_NEAR(actual, expected, relative)                                                               \
    do {                                                                                                     \
        double a_ = (actual), e_ = (expected);                                                               \
        if (!(fabs(a_ - e_) <= (relative)*fabs(e_) || (isnan(a_) && isnan(e_))))                             \
            check_fail(__FILE__, __LINE__, "%s is %.17g, expected %.17g", #actual, a_, e_);                  \
    } while (0)
#define CHECK_TEXT(actual, expected)                                                                         \
    do {                                                                                                     \
        const char *a_ = (actual), *e_ = (expected);                                                         \
        if (strcmp(a_, e_))                                                                                  \
            check_fail(__FILE__, __LINE__, "%s is \"%s\", expected \"%s\"", #actual, a_, e_);                \
    } while (0)

#endif
