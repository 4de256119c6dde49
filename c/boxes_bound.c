/* boxes_bound.c: where the points of a box lie. */
#include "boxes_four.h"

/* A little larger than that: every point lies in it for certain. */
void km_boxes_set_side(const km_boxes *t, km_box *v, int a, double low, double high) {
    const double center = low + (high - low) / 2, below = center - low, above = high - center;
    /* The differences are rounded to 2^-53 of themselves, and the float to 2^-24 of itself or 2^-150. */
    const double half = (below > above ? below : above) * t->per_unit[a] * (1 + 0x1p-22);
    v->center[a] = center;
    v->half[a] = half > 0 ? (float)(half + 0x1p-148) : 0;
}

static inline __attribute__((always_inline)) void bound_floats(const km_boxes *t, const int d, int first,
                                                               int count, double *low, double *high) {
    f32x4 least[KM_BOX_MAX_DIMS], most[KM_BOX_MAX_DIMS], four[KM_BOX_MAX_DIMS];
    for (int a = 0; a < d; a++) least[a] = most[a] = f32x4_splat(t->x[km_place_of(d, t->stride, first, a)]);
    /* The last four are some of them again; fewer than four are looked at one by one, four times each. */
    const int each = count < 4 ? 1 : 4;
    for (int i = 0; i < count; i += each) {
        if (each == 4) km_boxes_four(t, d, first + (i + 4 <= count ? i : count - 4), four);
        for (int a = 0; a < d; a++) {
            if (each == 1) four[a] = f32x4_splat(t->x[km_place_of(d, t->stride, first + i, a)]);
            least[a] = f32x4_min(least[a], four[a]);
            most[a] = f32x4_max(most[a], four[a]);
        }
    }
    for (int a = 0; a < d; a++) {
        low[a] = (double)least[a][0];
        high[a] = (double)most[a][0];
        for (int lane = 1; lane < 4; lane++) {
            if ((double)least[a][lane] < low[a]) low[a] = (double)least[a][lane];
            if ((double)most[a][lane] > high[a]) high[a] = (double)most[a][lane];
        }
    }
}

static void bound_rows(const double *x, const int32_t *row, int count, double *low, double *high) {
    *low = *high = x[row[0]];
    for (int i = 1; i < count; i++) {
        const double v = x[row[i]];
        if (v < *low) *low = v;
        if (v > *high) *high = v;
    }
}

void km_boxes_bound(const km_engine *e, const km_boxes *t, km_box *v) {
    const int d = t->d;
    double low[KM_BOX_MAX_DIMS], high[KM_BOX_MAX_DIMS];
    if (!t->x)
        for (int a = 0; a < d; a++)
            bound_rows(e->x + (ptrdiff_t)a * e->n, t->row + v->first, v->count, &low[a], &high[a]);
    else if (d == 2) bound_floats(t, 2, v->first, v->count, low, high);
    else bound_floats(t, d, v->first, v->count, low, high);
    for (int a = 0; a < d; a++) km_boxes_set_side(t, v, a, low[a], high[a]);
}

void km_boxes_bound_children(const km_boxes *t, km_box *v) {
    for (int a = 0; a < t->d; a++) {
        double low = 0, high = 0;
        for (int i = 0; i < v->children; i++) {
            const km_box *part = &t->node[v->child + i];
            const double half = (double)part->half[a] * t->unit[a];
            /* Rounded outwards. */
            const double part_low = part->center[a] - half - __builtin_fabs(part->center[a]) * 0x1p-52,
                         part_high = part->center[a] + half + __builtin_fabs(part->center[a]) * 0x1p-52;
            if (i == 0 || part_low < low) low = part_low;
            if (i == 0 || part_high > high) high = part_high;
        }
        km_boxes_set_side(t, v, a, low, high);
    }
}
