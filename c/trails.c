/* trails.c: of many restarts most end in a few places, and well before the end they walk the same way.
 *
 * Why it is exact. Labels depend on the centroids alone, and so do the next centroids, empty clusters filled
 * or not: from equal centroids, in the same order and to the bit, two runs have equal labels and centroids
 * ever after. They stop alike, too: a run that stops because its last assign changed no label has sums that
 * give the same centroids again, and a run that came there by other labels of the same sums stops at once
 * after the update, in the same iteration. So iterations to the end and inertia are the same. What else a run
 * can depend on is left out: draws of batches, functions of a program, moves because of min_size (which are
 * counted), and max_iter, by using only runs that converged before it.
 */
#include "trails.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 8192, MOST_COORDINATES = 1 << 19 }; /* 4 MB */

typedef struct place {
    uint64_t hash;
    int restart, iteration; /* the first to come here, and how many iterations it had done */
} place;

struct km_trails {
    double params[KM_PARAM_COUNT];
    int kd, count, capacity;
    place *places;
    double *centroids; /* kd a place */
    km_few *few;
    int16_t slot[2 * MOST_PLACES]; /* 1 + place, or 0; open addressing */
};

km_trails *km_trails_create(const km_engine *e) {
    const double kd = e->params[KM_PARAM_K] * e->d;
    if (e->custom || e->params[KM_PARAM_MIN_SIZE] > 0 ||
        (e->params[KM_PARAM_BATCH] > 0 && e->params[KM_PARAM_BATCH] < e->n) || kd > MOST_COORDINATES / 64)
        return NULL;
    km_trails *t = km_array(1, sizeof *t);
    if (!t) return NULL;
    memcpy(t->params, e->params, sizeof t->params);
    t->kd = (int)kd;
    t->capacity = MOST_COORDINATES / t->kd < MOST_PLACES ? MOST_COORDINATES / t->kd : MOST_PLACES;
    t->places = km_room(t->capacity, sizeof *t->places);
    t->centroids = km_room((double)t->capacity * kd, sizeof *t->centroids);
    t->few = km_few_create(e);
    if (t->places && t->centroids) return t;
    km_trails_free(t);
    return NULL;
}

void km_trails_free(km_trails *t) {
    if (!t) return;
    free(t->places);
    free(t->centroids);
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

/* Multiply and fold (FNV-1a's prime, Fowler, Noll, Vo 1991, on words of 64 bits). */
static uint64_t hash_of(const double *centroids, int kd) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (int i = 0; i < kd; i++) {
        uint64_t bits;
        memcpy(&bits, &centroids[i], sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

int km_trails_meet(km_trails *t, const km_engine *e, int restart, int *same, int *iteration) {
    if (!fits(t, e)) return 0;
    const uint64_t hash = hash_of(e->c, t->kd);
    const size_t bytes = (size_t)t->kd * sizeof *t->centroids;
    for (unsigned at = (unsigned)hash;; at++) {
        int16_t *slot = &t->slot[at % (2 * MOST_PLACES)];
        if (*slot == 0) {
            if (t->count == t->capacity) return 0;
            t->places[t->count] = (place){hash, restart, e->iteration};
            memcpy(t->centroids + (ptrdiff_t)t->count * t->kd, e->c, bytes);
            *slot = (int16_t)++t->count;
            return 0;
        }
        const place *p = &t->places[*slot - 1];
        if (p->hash != hash || memcmp(t->centroids + (ptrdiff_t)(*slot - 1) * t->kd, e->c, bytes) != 0)
            continue;
        *same = p->restart;
        *iteration = p->iteration;
        return p->restart < restart;
    }
}
