/* view_crowd.c: the density picture, of which only what has changed is drawn anew.
 *
 * The layer of colours and opacities is kept from picture to picture. While the camera stays, it changes only
 * where points change their cluster: a drag moves the borders of one cluster and leaves nine tenths of a
 * million points as they were. Who has changed is seen by comparing what colours each row now with what
 * coloured it then; the cells that hold one are stale, and the tiles that these may touch are painted again.
 */
#include "internal.h"
#include "simd.h"
#include "view_internal.h"
#include <stdlib.h>
#include <string.h>

enum { TILE = 16 };

void km_forget_crowd(km_view *v) {
    free(v->crowd.layer);
    free(v->crowd.shades);
    free(v->crowd.stale);
    v->crowd = (km_crowd){0};
}

static int tiles_across(const km_view *v) { return (v->width + TILE - 1) / TILE; }
static int tiles_down(const km_view *v) { return (v->height + TILE - 1) / TILE; }

/* Room for the layer, where nothing is drawn yet. 0 when memory is out. */
static int prepare(km_view *v) {
    km_crowd *c = &v->crowd;
    const double cells = (double)v->plane.grid * v->plane.grid,
                 tiles = (double)tiles_across(v) * tiles_down(v);
    if (c->layer) return 1;
    c->layer = km_room((double)v->width * v->height, sizeof *c->layer);
    c->shades = km_room(v->plane.n, sizeof *c->shades);
    c->stale = km_room(cells + tiles, sizeof *c->stale);
    if (c->layer && c->shades && c->stale) return 1;
    km_forget_crowd(v);
    return 0;
}

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

/* Which rows look other than before: those of another shade, or also those between two colours, or all. */
typedef enum change { SHADES, FADES, ALL } change;

/* Shades all rows. The cells of those that look other than before become stale. */
static void shade_rows(km_view *v, const km_brush *b, change which) {
    const km_plane *p = &v->plane;
    int32_t none[BLOCK];
    for (int i = 0; i < BLOCK; i++) none[i] = -1;
    for (int start = 0; start < p->n; start += BLOCK) {
        const int count = p->n - start < BLOCK ? p->n - start : BLOCK, colors = v->color_count;
        const int32_t *labels = b->labels ? b->labels + start : none,
                      *before = b->before ? b->before + start : labels;
        uint16_t *shades = v->crowd.shades + start;
        if (which == SHADES && count == BLOCK && !may_differ(labels, before, colors, shades)) continue;
        for (int i = 0; i < count; i++) {
            const uint16_t shade = shade_of(labels[i], before[i], colors);
            if (which != ALL && (shade != shades[i] || (which == FADES && shade >> 8 != (shade & 255))))
                v->crowd.stale[p->cell ? p->cell[start + i] : 0] = 1;
            shades[i] = shade;
        }
    }
}

static int clamp(int x, int most) { return x < 0 ? 0 : x < most ? x : most; }

/* Marks the tiles that the points of stale cells may touch. Returns how many. */
static int mark_tiles(km_view *v, double reach) {
    const km_plane *p = &v->plane;
    const uint8_t *cells = v->crowd.stale;
    uint8_t *tiles = v->crowd.stale + p->grid * p->grid;
    const int across = tiles_across(v);
    int count = 0;
    for (int cy = 0; cy < p->grid; cy++)
        for (int cx = 0; cx < p->grid; cx++) {
            if (!cells[cy * p->grid + cx]) continue;
            km_rect r = km_pixels_of(p, &v->crowd.brush, (km_window){cx, cx, cy, cy}, reach);
            r = (km_rect){clamp(r.x0, v->width), clamp(r.x1, v->width), clamp(r.y0, v->height),
                          clamp(r.y1, v->height)};
            if (r.x0 >= r.x1) continue;
            for (int y = r.y0 / TILE; y * TILE < r.y1; y++)
                for (int x = r.x0 / TILE; x * TILE < r.x1; x++) {
                    count += !tiles[y * across + x];
                    tiles[y * across + x] = 1;
                }
        }
    return count;
}

/* Paints the marked tiles, as many at once as make a rectangle. */
static void paint_tiles(km_view *v, km_easel *l) {
    uint8_t *tiles = v->crowd.stale + v->plane.grid * v->plane.grid;
    const int across = tiles_across(v), down = tiles_down(v);
    for (int y = 0; y < down; y++)
        for (int x = 0, end; x < across; x = end) {
            end = x + 1;
            if (!tiles[y * across + x]) continue;
            while (end < across && tiles[y * across + end]) end++;
            int bottom = y;
            do memset(tiles + bottom++ * across + x, 0, (size_t)(end - x));
            while (bottom < down && !memchr(tiles + bottom * across + x, 0, (size_t)(end - x)));
            km_paint_density(l, (km_rect){x * TILE, clamp(end * TILE, v->width), y * TILE,
                                          clamp(bottom * TILE, v->height)});
        }
}

/* Brings the layer up to date. 0 when memory is out. */
static int paint(km_view *v, const km_brush *b) {
    km_crowd *c = &v->crowd;
    const km_brush last = c->brush;
    const int anew = !c->layer || b->sx != last.sx || b->sy != last.sy || b->tx != last.tx ||
                     b->ty != last.ty || b->radius != last.radius;
    if (!prepare(v)) return 0;
    c->brush = *b;
    c->brush.labels = c->brush.before = NULL;
    km_easel *l = km_open_easel(v);
    if (!l) {
        km_forget_crowd(v);
        return 0;
    }
    const int tiles = tiles_across(v) * tiles_down(v);
    memset(c->stale, 0, (size_t)(v->plane.grid * v->plane.grid + tiles));
    shade_rows(v, b, anew ? ALL : b->blend != last.blend || b->moved != last.moved ? FADES : SHADES);
    if (anew || 2 * mark_tiles(v, km_easel_reach(l)) > tiles) km_paint_density(l, km_whole(v));
    else paint_tiles(v, l);
    km_close_easel(l);
    return 1;
}

int km_draw_crowd(km_view *v, const km_brush *b) {
    if (!paint(v, b)) return 0;
    const uint32_t *layer = v->crowd.layer;
    const ptrdiff_t count = (ptrdiff_t)v->width * v->height;
    for (ptrdiff_t i = 0; i < count; i++)
        v->pixels[i] = km_blend(v->pixels[i], layer[i] | 0xff000000u, km_byte_weight(layer[i] >> 24));
    return 1;
}
