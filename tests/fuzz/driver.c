/* driver.c: runs a fuzz target without libFuzzer: first on every seed, then on mutations of them.
 * Deterministic for a given -seed. Takes libFuzzer's options:
 *
 *   fuzz-csv [-runs=20000] [-seed=1] [-max_len=4096] [-dict=FILE] [-artifact_prefix=build/]
 * SEED_FILE_OR_DIRECTORY...
 *
 * An input that fails is written to build/fuzz-failure; give that file and -runs=0 to see it again. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"
#include "rng.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_INPUTS = 4096, MAX_WORDS = 512, MOST_MUTATIONS = 6, SECONDS_AN_INPUT = 10 };

typedef struct input {
    uint8_t *bytes;
    size_t size;
} input;

static input pool[MAX_INPUTS], words[MAX_WORDS], current;
static int pool_count, word_count;
static size_t max_size = 4096;
static km_rng rng;
static char failure_path[1024] = "fuzz-failure";

/* --- failures --------------------------------------------------------------------------------------------
 */

static void on_failure(int signal_number) {
    const char *const text = signal_number == SIGALRM ? "too slow" : "failed";
    const int file = open(failure_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    int written = file >= 0 && write(file, current.bytes, current.size) == (ssize_t)current.size;
    written &= write(2, text, strlen(text)) > 0;
    if (written && write(2, "; see the file fuzz-failure\n", 28) != 28) _exit(2);
    _exit(1);
}

/* The sanitizers are to end in a signal, so that the input is kept. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "abort_on_error=1:handle_segv=1"; }
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) { return "abort_on_error=1:print_stacktrace=1"; }

static void run(input in) {
    current = in;
    alarm(SECONDS_AN_INPUT);
    /* Exactly as long as the input, so that a byte read beyond it is seen. */
    uint8_t *const copy = malloc(in.size ? in.size : 1);
    if (!copy) abort();
    memcpy(copy, in.bytes, in.size);
    LLVMFuzzerTestOneInput(copy, in.size);
    free(copy);
}

/* --- seeds and words --------------------------------------------------------------------------------------
 */

static input read_file(const char *path) {
    FILE *const file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    input in = {malloc(1 << 20), 0};
    in.size = fread(in.bytes, 1, 1 << 20, file);
    fclose(file);
    return in;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}
static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void add_seeds(const char *path) {
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        struct dirent **entries;
        const int count = scandir(path, &entries, is_visible, by_name);
        for (int i = 0; i < count; i++) {
            char name[1024];
            snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
            add_seeds(name);
            free(entries[i]);
        }
        free(entries);
    } else if (pool_count < MAX_INPUTS) {
        pool[pool_count++] = read_file(path);
    }
}

/* A line of a dictionary: name="word" or "word", with \\, \", \n, \r, \t and \xAB. */
static void add_word(const char *line) {
    const char *at = strchr(line, '"');
    if (!at || line[0] == '#' || word_count == MAX_WORDS) return;
    input word = {malloc(strlen(at) + 1), 0};
    for (at++; *at && *at != '"'; at++) {
        char c = *at;
        if (c == '\\' && at[1] == 'x') {
            const char digits[3] = {at[2], at[3], 0};
            c = (char)strtol(digits, NULL, 16);
            at += 3;
        } else if (c == '\\') {
            c = *++at;
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        }
        word.bytes[word.size++] = (uint8_t)c;
    }
    words[word_count++] = word;
}

static void read_dictionary(const char *path) {
    FILE *const file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(2);
    }
    char line[256];
    while (fgets(line, sizeof line, file)) add_word(line);
    fclose(file);
}

/* --- mutation ---------------------------------------------------------------------------------------------
 */

static size_t below(size_t n) { return n ? (size_t)(km_rng_next(&rng) % n) : 0; }

/* Replaces `removed` bytes at `at` by `size` bytes. */
static void splice(input *in, size_t at, size_t removed, const uint8_t *bytes, size_t size) {
    if (in->size - removed + size > max_size) return;
    uint8_t *const out = malloc(max_size);
    memcpy(out, in->bytes, at);
    memcpy(out + at, bytes, size);
    memcpy(out + at + size, in->bytes + at + removed, in->size - at - removed);
    free(in->bytes);
    in->bytes = out;
    in->size += size - removed;
}

static void mutate(input *in) {
    static const char interesting[] = "0123456789.,;:+-*/=()[]{}'\"#eE_ \t\r\n\\x@\xff\xc3\x80\0";
    const size_t at = below(in->size + 1), rest = in->size - at, some = below(rest < 32 ? rest + 1 : 32);
    const input other = pool[below((size_t)pool_count)];
    const size_t from = below(other.size + 1),
                 count = below(other.size - from < 64 ? other.size - from + 1 : 64);
    uint8_t byte = (uint8_t)interesting[below(sizeof interesting)];
    switch (below(8)) {
    case 0: splice(in, at, 0, &byte, 1); break;
    case 1: splice(in, at, rest > 0, &byte, 1); break;
    case 2: splice(in, at, some, &byte, 0); break;
    case 3: splice(in, at, 0, in->bytes + at, some); break;
    case 4: splice(in, at, some, other.bytes + from, count); break;
    case 5:
        if (rest) in->bytes[at] ^= (uint8_t)(1u << below(8));
        break;
    case 6:
        byte = (uint8_t)km_rng_next(&rng);
        splice(in, at, rest > 0, &byte, 1);
        break;
    default: {
        const input word = words[below((size_t)word_count)];
        if (word_count) splice(in, at, below(2) ? 0 : some, word.bytes, word.size);
    }
    }
}

static void fuzz_once(void) {
    const size_t which = below((size_t)pool_count);
    const size_t size = pool[which].size < max_size ? pool[which].size : max_size;
    input in = {malloc(max_size), size};
    memcpy(in.bytes, pool[which].bytes, size);
    for (size_t i = 1 + below(MOST_MUTATIONS); i > 0; i--) mutate(&in);
    run(in);
    /* Now and then the mutant takes its parent's place, so that changes add up. */
    if (below(8) == 0) {
        free(pool[which].bytes);
        pool[which] = in;
    } else {
        free(in.bytes);
    }
}

int main(int argc, char **argv) {
    long runs = 20000, seed = 1;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "-runs=", 6) == 0) runs = atol(argv[i] + 6);
        else if (strncmp(argv[i], "-seed=", 6) == 0) seed = atol(argv[i] + 6);
        else if (strncmp(argv[i], "-max_len=", 9) == 0) max_size = (size_t)atol(argv[i] + 9);
        else if (strncmp(argv[i], "-dict=", 6) == 0) read_dictionary(argv[i] + 6);
        else if (strncmp(argv[i], "-artifact_prefix=", 17) == 0)
            snprintf(failure_path, sizeof failure_path, "%sfuzz-failure", argv[i] + 17);
        else add_seeds(argv[i]);
    }
    const int signals[] = {SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], on_failure);
    km_rng_seed(&rng, (double)seed);

    const int seeds = pool_count;
    for (int i = 0; i < seeds; i++) run(pool[i]);
    if (pool_count == 0) pool[pool_count++] = (input){calloc(1, 1), 0};
    for (long i = 0; i < runs; i++) fuzz_once();
    /* Nothing that failed comes here. */
    printf("%ld passed, 0 failed\n", runs + seeds);
    for (int i = 0; i < pool_count; i++) free(pool[i].bytes);
    for (int i = 0; i < word_count; i++) free(words[i].bytes);
    return 0;
}
