/* trails.c: of many restarts most end in a few places, and well before the end they walk the same way.
 *
 * Why it is exact. Labels depend on the centroids alone, and so do the next centroids, empty clusters filled
 * or not: from equal centroids, in the same order and to the bit, two runs have equal labels and centroids
 * ever after. They stop alike, too: a run that stops because its last assign changed no label has sums that
 * give the same centroids again, and a run that came there by other labels of the same sums stops at once
 * after the update, in the same iteration. So iterations to the end and inertia are the same. What else a run
 * can depend on is left out: draws of batches, functions of a program, moves because of min_size (which are
 * counted), and max_iter, by using only runs that converged before it.
 *
 * Of few points the place is which points are together, for labels give centroids. In another order of the
 * clusters all is the same to the end in that order, but for labels of points at equal distances: few.h tells
 * up to which iteration there may be such. The inertia is added up by rows, in no order of clusters.
 */
#include "trails.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 8192, MOST_WORDS = 1 << 19 }; /* 4 MB */

typedef struct place {
    uint64_t hash;
    uint32_t order;
    int restart, iteration; /* the first to come here, and how many iterations it had done */
} place;

struct km_trails {
    double params[KM_PARAM_COUNT];
    int kd, words, count, capacity;
    place *places;
    uint64_t *keys; /* `words` a place */
    km_few *few;
    int16_t slot[2 * MOST_PLACES]; /* 1 + place, or 0; open addressing */
};

km_trails *km_trails_create(const km_engine *e) {
    const double kd = e->params[KM_PARAM_K] * e->d;
    if (e->custom || e->params[KM_PARAM_MIN_SIZE] > 0 ||
        (e->params[KM_PARAM_BATCH] > 0 && e->params[KM_PARAM_BATCH] < e->n) || kd > MOST_WORDS / 64)
        return NULL;
    km_trails *t = km_array(1, sizeof *t);
    if (!t) return NULL;
    memcpy(t->params, e->params, sizeof t->params);
    t->kd = (int)kd;
    t->few = km_few_create(e);
    t->words = t->few ? km_few_key_words(t->few, e) : t->kd;
    t->capacity = MOST_WORDS / t->words < MOST_PLACES ? MOST_WORDS / t->words : MOST_PLACES;
    t->places = km_room(t->capacity, sizeof *t->places);
    t->keys = km_room((double)t->capacity * t->words, sizeof *t->keys);
    if (t->places && t->keys) return t;
    km_trails_free(t);
    return NULL;
}

void km_trails_free(km_trails *t) {
    if (!t) return;
    free(t->places);
    free(t->keys);
    km_few_free(t->few);
    free(t);
}

/* Parameters set in between are those of the runs that follow. */
static int fits(const km_trails *t, const km_engine *e) {
    return t->kd == e->k * e->d && memcmp(t->params, e->active, sizeof t->params) == 0;
}

km_few *km_trails_few(const km_trails *t, const km_engine *e) {
    return fits(t, e) && memcmp(t->params, e->params, sizeof t->params) == 0 ? t->few : NULL;
}

static uint64_t word_of(const void *key, int i) {
    uint64_t word;
    memcpy(&word, (const char *)key + (size_t)i * sizeof word, sizeof word);
    return word;
}

/* Multiply and fold (FNV-1a's prime, Fowler, Noll, Vo 1991, on words of 64 bits). */
static uint64_t hash_of(const void *key, int words) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (int i = 0; i < words; i++) {
        hash = (hash ^ word_of(key, i)) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

/* Takes over the rest of the run from another that was at this place, if that is what it will be. */
static int take_over(km_engine *e, km_restart *run, const place *p, uint32_t order) {
    const km_restart *other = &e->restarts[p->restart];
    const int more = other->iterations - p->iteration, in_order = other->ordered > p->iteration;
    if (!other->converged || e->iteration + more > km_int(e, KM_PARAM_MAX_ITER) ||
        (in_order && order != p->order))
        return 0;
    run->inertia = other->inertia;
    run->iterations = e->iteration + more;
    run->converged = 1;
    if (in_order) run->ordered = run->iterations;
    return 1;
}

static int meet(km_trails *t, km_engine *e, int restart, const void *key, uint32_t order) {
    const uint64_t hash = hash_of(key, t->words);
    for (unsigned at = (unsigned)hash;; at++) {
        int16_t *slot = &t->slot[at % (2 * MOST_PLACES)];
        uint64_t *own = t->keys + (ptrdiff_t)(*slot ? *slot - 1 : t->count) * t->words, other = 0;
        if (*slot == 0) {
            if (t->count == t->capacity) return 0;
            t->places[t->count] = (place){hash, order, restart, e->iteration};
            for (int i = 0; i < t->words; i++) own[i] = word_of(key, i);
            *slot = (int16_t)++t->count;
            return 0;
        }
        const place *p = &t->places[*slot - 1];
        if (p->hash != hash) continue;
        for (int i = 0; i < t->words; i++) other |= own[i] ^ word_of(key, i);
        if (other) continue;
        if (p->restart >= restart) return 0;
        if (take_over(e, &e->restarts[restart], p, order)) return 1;
    }
}

int km_trails_meet(km_trails *t, km_engine *e, int restart) {
    return !t->few && fits(t, e) && meet(t, e, restart, e->c, 0);
}

int km_trails_meet_few(km_trails *t, km_engine *e, int restart) {
    uint32_t order;
    const uint64_t *key = km_few_key(t->few, e, &order);
    return meet(t, e, restart, key, order);
}
