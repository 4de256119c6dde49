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

/* Eight labels as bytes, each in a 16-bit number; `most` becomes the largest. */
static inline u16x8 low_bytes(const int32_t *labels, i32x4 *most) {
    const i32x4 a = i32x4_load(labels), b = i32x4_load(labels + 4);
    *most = i32x4_select(a > *most, a, *most);
    *most = i32x4_select(b > *most, b, *most);
    return (u16x8)((__builtin_shufflevector(a, b, 0, 2, 4, 6) & 255) |
                   (__builtin_shufflevector(a, b, 1, 3, 5, 7) & 255) << 16);
}

static void shade(const int32_t *labels, const int32_t *before, int count, int colors, uint16_t *shades) {
    if (count == BLOCK) {
        /* A label that has a colour of its own, or none, is a shade in its lowest byte. */
        i32x4 most = i32x4_splat(-1);
        for (int i = 0; i < BLOCK; i += 8) {
            const u16x8 eight = low_bytes(labels + i, &most) | low_bytes(before + i, &most) << 8;
            memcpy(shades + i, &eight, sizeof eight);
        }
        if (!i32x4_bits(most >= colors)) return;
    }
    for (int i = 0; i < count; i++) shades[i] = shade_of(labels[i], before[i], colors);
}

/* Whether a row of this shade looks other than one of the last. */
static inline int looks_other(uint16_t now, uint16_t last, int faded) {
    return now != last || (faded && now >> 8 != (now & 255));
}
/* Whether any of a block does. */
static int any_looks_other(const uint16_t *now, const uint16_t *last, int faded) {
    u16x8 other = {0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < BLOCK; i += 8) {
        u16x8 a, b;
        memcpy(&a, now + i, sizeof a);
        memcpy(&b, last + i, sizeof b);
        other |= a ^ b;
        if (faded) other |= a >> 8 ^ (a & 255);
    }
    return i32x4_any((i32x4)other);
}

void km_shade_rows(km_view *v, const km_brush *b, km_redraw which) {
    const km_plane *p = &v->plane;
    const int faded = which == KM_REDRAW_FADED;
    int32_t none[BLOCK];
    uint16_t fresh[BLOCK];
    for (int i = 0; i < BLOCK; i++) none[i] = -1;
    for (int start = 0; start < p->n; start += BLOCK) {
        const int count = p->n - start < BLOCK ? p->n - start : BLOCK;
        const int32_t *labels = b->labels ? b->labels + start : none,
                      *before = b->before ? b->before + start : labels;
        uint16_t *shades = v->crowd.shades + start;
        shade(labels, before, count, v->color_count, which == KM_REDRAW_ALL ? shades : fresh);
        if (which == KM_REDRAW_ALL || (count == BLOCK && !any_looks_other(fresh, shades, faded))) continue;
        for (int i = 0; i < count; i++)
            if (looks_other(fresh[i], shades[i], faded)) v->crowd.stale[p->cell ? p->cell[start + i] : 0] = 1;
        memcpy(shades, fresh, (size_t)count * sizeof *shades);
    }
}
