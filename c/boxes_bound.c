/* boxes_bound.c: where the points of a box lie. */
#include "boxes.h"
#include "simd.h"

/* A little larger than that: every point lies in it for certain. */
void km_boxes_set_side(const km_boxes *t, km_box *v, int a, double low, double high) {
    const double center = low + (high - low) / 2, below = center - low, above = high - center;
    /* The differences are rounded to 2^-53 of themselves, and the float to 2^-24 of itself or 2^-150. */
    const double half = (below > above ? below : above) * t->per_unit[a] * (1 + 0x1p-22);
    v->center[a] = center;
    v->half[a] = half > 0 ? (float)(half + 0x1p-148) : 0;
}

static void bound_floats(const float *x, int count, double *low, double *high) {
    f32x4 least = {x[0], x[0], x[0], x[0]}, most = least;
    for (int i = 0; i < count; i += 4) {
        f32x4 v;
        if (count < 4) v = (f32x4){x[0], x[count / 2], x[count - 1], x[0]};
        else v = f32x4_load(x + (i + 4 <= count ? i : count - 4));
        least = f32x4_min(least, v);
        most = f32x4_max(most, v);
    }
    *low = *high = (double)x[0];
    for (int lane = 0; lane < 4; lane++) {
        if ((double)least[lane] < *low) *low = (double)least[lane];
        if ((double)most[lane] > *high) *high = (double)most[lane];
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
    for (int a = 0; a < t->d; a++) {
        double low, high;
        if (t->x) bound_floats(t->x + a * t->stride + v->first, v->count, &low, &high);
        else bound_rows(e->x + (ptrdiff_t)a * e->n, t->row + v->first, v->count, &low, &high);
        km_boxes_set_side(t, v, a, low, high);
    }
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
