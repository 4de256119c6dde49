/* view_crowd.c: the density picture, of which only what has changed is drawn anew.
 *
 * The layer of colours and opacities is kept from picture to picture. While the camera stays, it changes only
 * where points change their cluster: a drag moves the borders of one cluster and leaves nine tenths of a
 * million points as they were. Who has changed is seen by comparing what colours each row now with what
 * coloured it then; the cells that hold one are stale, and the tiles that these may touch are painted again.
 */
#include "internal.h"
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
    const int fades = b->blend != last.blend || b->moved != last.moved;
    km_shade_rows(v, b, anew ? KM_REDRAW_ALL : fades ? KM_REDRAW_FADED : KM_REDRAW_CHANGED);
    if (anew || 2 * mark_tiles(v, km_easel_reach(l)) > tiles) km_paint_density(l, km_whole(v));
    else paint_tiles(v, l);
    km_close_easel(l);
    return 1;
}

int km_draw_crowd(km_view *v, const km_brush *b) {
    if (!paint(v, b)) return 0;
    km_lay_density(v);
    return 1;
}
