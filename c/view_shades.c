/* view_shades.c: what colours each row of the data, and which look other than in the picture before. */
#include "simd.h"
#include "view_internal.h"

static inline unsigned color_of(int label, int colors) {
    return label < 0 ? KM_SHADE_UNASSIGNED : (unsigned)(label < colors ? label : label % colors);
}

static inline uint16_t shade_of(int label, int before, int colors) {
    const unsigned now = color_of(label, colors);
    unsigned then = now;
    if (before != label) {
        then = color_of(before, colors);
        if (then == now) then = KM_SHADE_SAME_COLOR;
    }
    return (uint16_t)(now | then << 8);
}

/* Rows that are looked at together. */
enum { BLOCK = 256 };

/* The lowest bytes of eight labels in the low bytes of eight 16-bit numbers; `most` becomes the largest. */
static inline i32x4 low_bytes(const int32_t *labels, i32x4 *most) {
    i32x4 a, b;
    memcpy(&a, labels, sizeof a);
    memcpy(&b, labels + 4, sizeof b);
    *most = i32x4_select(a > *most, a, *most);
    *most = i32x4_select(b > *most, b, *most);
    return (__builtin_shufflevector(a, b, 0, 2, 4, 6) & 255) |
           (__builtin_shufflevector(a, b, 1, 3, 5, 7) & 255) << 16;
}

/* Whether a block's shades may be other than these. A label that has a colour of its own, or none, is a shade
 * in its lowest byte. */
static int may_differ(const int32_t *labels, const int32_t *before, int colors, const uint16_t *shades) {
    i32x4 differs = {0, 0, 0, 0}, most = {0, 0, 0, 0};
    for (int i = 0; i < BLOCK; i += 8) {
        i32x4 last;
        memcpy(&last, shades + i, sizeof last);
        differs |= (low_bytes(labels + i, &most) | low_bytes(before + i, &most) << 8) ^ last;
    }
    differs |= most >= colors;
    return (differs[0] | differs[1] | differs[2] | differs[3]) != 0;
}

void km_shade_rows(km_view *v, const km_brush *b, km_redraw which) {
    const km_plane *p = &v->plane;
    int32_t none[BLOCK];
    for (int i = 0; i < BLOCK; i++) none[i] = -1;
    for (int start = 0; start < p->n; start += BLOCK) {
        const int count = p->n - start < BLOCK ? p->n - start : BLOCK, colors = v->color_count;
        const int32_t *labels = b->labels ? b->labels + start : none,
                      *before = b->before ? b->before + start : labels;
        uint16_t *shades = v->crowd.shades + start;
        if (which == KM_REDRAW_CHANGED && count == BLOCK && !may_differ(labels, before, colors, shades))
            continue;
        for (int i = 0; i < count; i++) {
            const uint16_t shade = shade_of(labels[i], before[i], colors);
            if (which != KM_REDRAW_ALL &&
                (shade != shades[i] || (which == KM_REDRAW_FADED && shade >> 8 != (shade & 255))))
                v->crowd.stale[p->cell ? p->cell[start + i] : 0] = 1;
            shades[i] = shade;
        }
    }
}
