/* shapes.c: synthetic data sets.
 *
 * Row i is the point with number p(i) of its shape, p a random permutation: rows come in no order, so the
 * first k are a fair start. The numbers are split over the groups in order. Draws never depend on noise or
 * dial: turning either moves every point a little and reshuffles nothing.
 */
#include "shapes.h"
#include "elementary.h"
#include "rng.h"

typedef struct point {
    double x, y;
} point;

typedef struct spec {
    double noise_max, dial_min, dial_max, dial_step;
} spec;

static const spec specs[KM_SHAPE_COUNT] = {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    {noise_max, dial_min, dial_max, dial_step},
#include "defs/shapes.def"
#undef SHAPE
};

enum {
#define SHAPE(id, name, label, k, n, noise, noise_max, dial, dial_def, dial_min, dial_max, dial_step,        \
              dial_label, story)                                                                             \
    DIAL_MAX_##id = (int)(dial_max),
#include "defs/shapes.def"
#undef SHAPE
    BLOBS = 12, /* places in the lattice below */
    MAX_GROUPS = DIAL_MAX_GRID * DIAL_MAX_GRID
};
_Static_assert(DIAL_MAX_BLOBS <= BLOBS && BLOBS <= MAX_GROUPS, "every blob needs a place");

/* Distance between neighbouring centers of blobs and grid: nearly seven default spreads of a blob. */
static const double spacing = 4;

/* Where the blobs are, in steps of a triangular lattice: the triangle round the origin, then the six cells
 * round it, so that any count is compact and no two blobs are nearer than one step. */
static const signed char lattice[BLOBS][2] = {{0, 0},  {1, 0},  {0, 1},  {1, 1}, {1, -1}, {-1, 1},
                                              {2, -1}, {-1, 2}, {0, -1}, {2, 0}, {0, 2},  {-1, 0}};
/* scikit-learn's demonstrations of stretched and unequal blobs (make_blobs, random_state 170), rounded. */
static const point stretched_centers[] = {{1.0, -0.8}, {-2.7, 2.7}, {-3.2, 1.1}};
static const point unequal_variance_centers[] = {{2.0, 0.5}, {-9.0, -5.4}, {-4.3, 0.0}};
static const point stretch_direction = {0.6, -0.8};
/* Big, medium and small: 200 : 100 : 15 points, spreads at noise 0.8; the small one is `dial` above the
 * medium. */
static const int unequal_size_first[] = {0, 200, 300, 315};
static const double unequal_size_spread[] = {0.9, 0.7, 0.25}, unequal_size_noise = 0.8;
static const point unequal_size_centers[] = {{-2, 0}, {2.5, 0}, {2.5, 0}};

/* One shape under way. Group g has the numbers first[g] .. first[g + 1] - 1. */
typedef struct recipe {
    km_shape shape;
    double noise, dial;
    int n, side; /* side: blobs a side of the grid */
    int groups;
    int first[MAX_GROUPS + 1];
} recipe;

static int count_groups(km_shape shape, double dial) {
    switch (shape) {
    case KM_SHAPE_BLOBS: return (int)dial;
    case KM_SHAPE_GRID: return (int)dial * (int)dial;
    case KM_SHAPE_MOONS:
    case KM_SHAPE_RINGS: return 2;
    case KM_SHAPE_UNIFORM: return 1;
    default: return 3;
    }
}

static void split_groups(recipe *r) {
    const int uneven = r->shape == KM_SHAPE_UNEQUAL_SIZE;
    const int64_t total = uneven ? unequal_size_first[r->groups] : r->groups;
    for (int g = 0; g <= r->groups; g++) {
        const int64_t share = uneven ? unequal_size_first[g] : g;
        r->first[g] = (int)((share * r->n + total - 1) / total);
    }
}

/* The group of number p: the last that begins at or before it. */
static int group_of(const recipe *r, int p) {
    int low = 0, high = r->groups - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (r->first[middle] <= p) low = middle;
        else high = middle - 1;
    }
    return low;
}

/* A standard Gaussian in the plane by Marsaglia's polar method (1964): a logarithm is all it needs. */
static point gaussian(km_rng *rng) {
    double u, v, s;
    do {
        u = 2 * km_rng_uniform(rng) - 1;
        v = 2 * km_rng_uniform(rng) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    const double factor = __builtin_sqrt(-2 * km_log(s) / s);
    return (point){u * factor, v * factor};
}

static point blob_center(int g) {
    return (point){spacing * (lattice[g][0] + 0.5 * lattice[g][1]),
                   spacing * 0x1.bb67ae8584caap-1 * lattice[g][1]}; /* sqrt(3) / 2 */
}

static point on_circle(double turn, double radius) {
    point p;
    km_sin_cos_turn(turn, &p.y, &p.x);
    return (point){radius * p.x, radius * p.y};
}

/* Number `rank` of the `size` of group g, without its noise. Curves are walked evenly, as scikit-learn's are:
 * random places would leave holes that no neighbourhood method bridges. */
static point base_of(const recipe *r, int g, int rank, int size, km_rng *rng) {
    switch (r->shape) {
    case KM_SHAPE_BLOBS: return blob_center(g);
    case KM_SHAPE_OUTLIER: { /* the last point of the last blob stands `dial` above it */
        const point c = blob_center(g);
        return (point){c.x, g == 2 && rank == size - 1 ? c.y + r->dial : c.y};
    }
    case KM_SHAPE_ANISOTROPIC: return stretched_centers[g];
    case KM_SHAPE_UNEQUAL_SIZE: {
        const point c = unequal_size_centers[g];
        return (point){c.x, g == 2 ? c.y + r->dial : c.y};
    }
    case KM_SHAPE_UNEQUAL_VARIANCE: return unequal_variance_centers[g];
    case KM_SHAPE_MOONS: {
        const point p = on_circle(size > 1 ? 0.5 * rank / (size - 1) : 0, 1);
        return g == 0 ? p : (point){1 - p.x, 1 - p.y - r->dial};
    }
    case KM_SHAPE_RINGS: return on_circle((double)rank / size, g == 0 ? 1 : r->dial);
    case KM_SHAPE_UNIFORM: {
        const double stretch = __builtin_sqrt(r->dial), u = km_rng_uniform(rng), v = km_rng_uniform(rng);
        return (point){(2 * u - 1) * stretch, (2 * v - 1) / stretch};
    }
    case KM_SHAPE_GRID: return (point){spacing * (g % r->side), spacing * (g / r->side)};
    default: __builtin_trap();
    }
}

/* What is added to the base: the standard Gaussian z at the spread of group g. */
static point noise_of(const recipe *r, int g, point z) {
    double spread = r->noise;
    switch (r->shape) {
    case KM_SHAPE_ANISOTROPIC: { /* area is kept, so noise still says how big a group is */
        const double root = __builtin_sqrt(r->dial), along = z.x * spread * root,
                     across = z.y * spread / root;
        const point d = stretch_direction;
        return (point){along * d.x - across * d.y, along * d.y + across * d.x};
    }
    case KM_SHAPE_UNEQUAL_SIZE: spread *= unequal_size_spread[g] / unequal_size_noise; break;
    case KM_SHAPE_UNEQUAL_VARIANCE: /* tight, middling, wide: a geometric series */
        spread *= g == 0 ? 1 : g == 1 ? __builtin_sqrt(r->dial) : r->dial;
        break;
    default: break;
    }
    return (point){z.x * spread, z.y * spread};
}

static int in_range(double v, double min, double max) { return v >= min && v <= max; }
static int is_whole(double v) { return v == (double)(int64_t)v; }

static int are_valid(km_shape shape, int n, double noise, double dial, double seed) {
    if ((unsigned)shape >= KM_SHAPE_COUNT || n < 1 || n > KM_MAX_POINTS) return 0;
    const spec *s = &specs[shape];
    if (!in_range(noise, 0, s->noise_max) || !in_range(dial, s->dial_min, s->dial_max)) return 0;
    if (s->dial_step == 1 && !is_whole(dial)) return 0;
    return in_range(seed, 0, 0x1p53 - 1) && is_whole(seed);
}

km_status km_make_shape(km_shape shape, int n, double noise, double dial, double seed, double *columns,
                        int32_t *labels) {
    if (!are_valid(shape, n, noise, dial, seed)) return KM_ERR_PARAM;
    recipe r = {.shape = shape, .noise = noise, .dial = dial, .n = n, .side = (int)dial};
    r.groups = count_groups(shape, dial);
    split_groups(&r);
    km_rng rng;
    km_rng_seed(&rng, seed);

    /* labels holds the permutation (Fisher, Yates) until each row's label is known. */
    for (int i = 0; i < n; i++) {
        const int j = (int)km_rng_below(&rng, (uint64_t)i + 1);
        labels[i] = i;
        labels[i] = labels[j];
        labels[j] = i;
    }
    for (int i = 0; i < n; i++) {
        const int p = labels[i], g = group_of(&r, p);
        const point base = base_of(&r, g, p - r.first[g], r.first[g + 1] - r.first[g], &rng);
        const point noisy = noise_of(&r, g, gaussian(&rng));
        columns[i] = (double)(float)(base.x + noisy.x);
        columns[n + i] = (double)(float)(base.y + noisy.y);
        labels[i] = g;
    }
    return KM_OK;
}
