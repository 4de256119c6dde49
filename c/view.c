/* view.c: a view's life, its picture, camera and palette. */
#include "internal.h"
#include "view_internal.h"
#include <stdlib.h>

static const uint32_t opaque = 0xff000000u;

km_view *km_view_create(void) {
    km_view *v = km_array(1, sizeof *v);
    if (!v) return NULL;
    v->sx = 1;
    v->sy = -1;
    v->color_count = 1;
    v->colors[0] = v->unassigned = 0xff808080u;
    v->paper = 0xffffffffu;
    return v;
}

void km_view_destroy(km_view *v) {
    if (!v) return;
    km_forget_crowd(v);
    km_free_marks(&v->plain);
    km_free_marks(&v->ringed);
    km_free_plane(&v->plane);
    free(v->pixels);
    free(v);
}

km_status km_view_resize(km_view *v, int width, int height) {
    if (width < 1 || height < 1 || width > KM_VIEW_MAX_SIDE || height > KM_VIEW_MAX_SIDE) return KM_ERR_PARAM;
    uint32_t *pixels = km_array((double)width * height + KM_BEYOND, sizeof *pixels);
    if (!pixels) return KM_ERR_MEMORY;
    km_forget_crowd(v);
    free(v->pixels);
    v->pixels = pixels;
    v->width = width;
    v->height = height;
    return KM_OK;
}

uint8_t *km_view_pixels(km_view *v) { return (uint8_t *)v->pixels; }

static int is_finite(double x) { return x >= -__DBL_MAX__ && x <= __DBL_MAX__; }

void km_view_camera(km_view *v, double sx, double tx, double sy, double ty) {
    if (!is_finite(sx) || !is_finite(tx) || !is_finite(sy) || !is_finite(ty) || sx == 0 || sy == 0) return;
    v->sx = sx;
    v->tx = tx;
    v->sy = sy;
    v->ty = ty;
}

km_status km_view_palette(km_view *v, const uint32_t *colors, int count, uint32_t unassigned,
                          uint32_t paper) {
    if (count < 1 || count > KM_VIEW_MAX_COLORS) return KM_ERR_PARAM;
    km_forget_crowd(v);
    for (int j = 0; j < count; j++) v->colors[j] = colors[j] | opaque;
    v->color_count = count;
    v->unassigned = unassigned | opaque;
    v->paper = paper | opaque;
    return KM_OK;
}

void km_view_clear(km_view *v) {
    const ptrdiff_t count = (ptrdiff_t)v->width * v->height;
    for (ptrdiff_t i = 0; i < count; i++) v->pixels[i] = v->paper;
}
