/* view_marks.c: the marks of the clusters as small masks.
 *
 * A mark is a signed distance: negative inside, in pixels. Coverage of a pixel is that of a straight edge at
 * the distance of its center, so edges are smooth at every subpixel offset without supersampling.
 */
#include "internal.h"
#include "view_internal.h"
#include <stdlib.h>

static double larger(double a, double b) { return a > b ? a : b; }
static double smaller(double a, double b) { return a < b ? a : b; }

/* Two bars across each other, reaching `arm` and `half` thick each way. */
static double cross(double x, double y, double arm, double half) {
    const double u = __builtin_fabs(x), v = __builtin_fabs(y);
    return smaller(larger(u - arm, v - half), larger(u - half, v - arm));
}

/* An equilateral triangle pointing up (y grows downwards) of circumradius c. */
static double triangle(double x, double y, double c) {
    const double root3_2 = 0x1.bb67ae8584caap-1;
    return larger(y, root3_2 * __builtin_fabs(x) - 0.5 * y) - 0.5 * c;
}

/* Factors of r make all marks look as large as the disc: equal area for the solid ones, a little less for the
 * triangles and more for the thin ones. */
static double signed_distance(int mark, double x, double y, double r) {
    const double root_half = 0x1.6a09e667f3bcdp-1, from_center = __builtin_sqrt(x * x + y * y);
    switch (mark) {
    case KM_MARK_DISC: return from_center - r;
    case KM_MARK_SQUARE: return larger(__builtin_fabs(x), __builtin_fabs(y)) - 0.886 * r;
    case KM_MARK_TRIANGLE: return triangle(x, y - 0.2 * r, 1.5 * r);
    case KM_MARK_DIAMOND: return root_half * (__builtin_fabs(x) + __builtin_fabs(y)) - 0.9 * r;
    case KM_MARK_CROSS: return cross(root_half * (x + y), root_half * (x - y), 1.3 * r, 0.42 * r);
    case KM_MARK_TRIANGLE_DOWN: return triangle(x, -y - 0.2 * r, 1.5 * r);
    case KM_MARK_PLUS: return cross(x, y, 1.25 * r, 0.42 * r);
    case KM_MARK_RING: return __builtin_fabs(from_center - 0.8 * r) - 0.32 * r;
    default: __builtin_trap();
    }
}

static double coverage(double distance) {
    return distance <= -0.5 ? 1 : distance >= 0.5 ? 0 : 0.5 - distance;
}

/* Of the pixel whose center is at (x, y) from that of the mark. Returns whether it is not left as it was. */
static int weigh(int mark, double x, double y, double r, double rim, double opacity, int32_t *fill_at,
                 int32_t *rim_at) {
    const double distance = signed_distance(mark, x, y, r);
    const int32_t fill = (int32_t)km_weight256(opacity * coverage(distance)),
                  all = (int32_t)km_weight256(opacity * coverage(distance - rim));
    *fill_at = fill | fill << 16;
    *rim_at = (all - fill) | (all - fill) << 16;
    return all > 0;
}

int km_make_stamp(km_stamp *s, int mark, double radius, double rim, double opacity) {
    const double r = radius < KM_MARK_MAX_RADIUS ? radius : KM_MARK_MAX_RADIUS;
    s->reach = (int)(1.6 * r + rim) + 2;
    const int side = 2 * s->reach + 1, rows = side * KM_SUBPIXELS * KM_SUBPIXELS;
    s->stride = side + KM_BEYOND;
    s->fill = km_array(2.0 * rows * s->stride, sizeof *s->fill);
    s->spans = km_array(2.0 * rows, sizeof *s->spans);
    if (!s->fill || !s->spans) {
        km_free_stamp(s);
        return 0;
    }
    s->rim = s->fill + (ptrdiff_t)rows * s->stride;
    for (int row = 0; row < rows; row++) {
        /* A subpixel stands for its middle. */
        const int sub = row / side;
        const double cx = (sub % KM_SUBPIXELS + 0.5) / KM_SUBPIXELS,
                     cy = (sub / KM_SUBPIXELS + 0.5) / KM_SUBPIXELS;
        const double y = row % side - s->reach + 0.5 - cy;
        int first = side, end = 0;
        for (int i = 0; i < side; i++) {
            const ptrdiff_t at = (ptrdiff_t)row * s->stride + i;
            if (!weigh(mark, i - s->reach + 0.5 - cx, y, r, rim, opacity, s->fill + at, s->rim + at))
                continue;
            if (first == side) first = i;
            end = i + 1;
        }
        s->spans[2 * row] = (int16_t)first;
        s->spans[2 * row + 1] = (int16_t)end;
    }
    return 1;
}

void km_free_stamp(km_stamp *s) {
    free(s->fill);
    free(s->spans);
    *s = (km_stamp){0};
}

const km_stamp *km_mark_of(km_stamps *s, int mark) {
    km_stamp *made = &s->marks[mark];
    return made->fill || km_make_stamp(made, mark, s->radius, s->rim, s->opacity) ? made : NULL;
}

void km_size_marks(km_stamps *s, double radius, double rim, double opacity) {
    if (s->radius == radius && s->rim == rim && s->opacity == opacity) return;
    km_free_marks(s);
    *s = (km_stamps){.radius = radius, .rim = rim, .opacity = opacity};
}

void km_free_marks(km_stamps *s) {
    for (int mark = 0; mark < KM_MARK_COUNT; mark++) km_free_stamp(&s->marks[mark]);
}
