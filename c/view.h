/* view.h: from points in d dimensions to pixels.
 *
 * A view holds a plane (which two numbers of a point are drawn), a camera (which part of the plane is seen)
 * and an RGBA picture. Drawing goes regions first, then points over them. Colours are 0xAABBGGRR (the byte
 * order of ImageData).
 */
#ifndef KM_VIEW_H
#define KM_VIEW_H

#include "kmeans.h"

typedef struct km_view km_view;

KM_API(km_view_create)
km_view *km_view_create(void);
KM_API(km_view_destroy)
void km_view_destroy(km_view *v);

/* --- the plane -------------------------------------------------------------------------------------------
 */

/* Draws columns a (across) and b (up) of the engine's points. b = -1 (the only choice when d = 1) draws a
 * band round y = 0 instead, a fifth as high as wide, in which points are jittered by a hash of their row.
 * Must be called again after km_load. KM_ERR_EMPTY_DATA; KM_ERR_PARAM when there are no such columns or a =
 * b. */
KM_API(km_view_columns)
km_status km_view_columns(km_view *v, const km_engine *e, int a, int b);
/* Draws the first two principal components (eigenvectors of the covariance, largest first, the sign making
 * the largest loading positive). KM_ERR_PARAM when d = 1. */
KM_API(km_view_pca)
km_status km_view_pca(km_view *v, const km_engine *e);
/* Share of the variance along the two axes drawn (2 values, 0 to 1; 0 when there is no variance). Holds until
 * the next plane. */
KM_API(km_view_shares)
const double *km_view_shares(const km_view *v);
/* Smallest and largest drawn coordinates: x0, y0, x1, y1. Where all are equal the extent is widened to that
 * of the other axis, or 1, so that it is never zero. */
KM_API(km_view_bounds)
const double *km_view_bounds(const km_view *v);
/* Drawn coordinates of k centroids: in k x d, out k x 2. */
KM_API(km_view_project)
void km_view_project(const km_view *v, const double *points, int k, double *out);
/* The point of the plane (x, y) as d coordinates: for PCA the back-projection from the mean, for columns the
 * mean in the columns not drawn. With a point to start from (d values, may be NULL) only what is drawn
 * changes. */
KM_API(km_view_lift)
void km_view_lift(const km_view *v, double x, double y, const double *from, double *out);
/* Row of the point drawn nearest to the plane point (x, y), if within `radius` pixels by the camera; the
 * lowest row on ties; -1 if none. */
KM_API(km_view_pick)
int km_view_pick(const km_view *v, double x, double y, double radius);

/* --- the picture -------------------------------------------------------------------------------------------
 */

/* width x height device pixels, each 1 to 8192; the picture holds until the next resize. */
KM_API(km_view_resize)
km_status km_view_resize(km_view *v, int width, int height);
KM_API(km_view_pixels)
uint8_t *km_view_pixels(km_view *v); /* width x height x 4 */
/* The plane point (x, y) is drawn at (sx * x + tx, sy * y + ty), where pixel i covers i to i + 1; sy is
 * usually negative. A camera that is not finite, or with a scale of 0, is ignored. */
KM_API(km_view_camera)
void km_view_camera(km_view *v, double sx, double tx, double sy, double ty);
/* Colours of the clusters (count 1 to 254; cluster j uses j mod count), of unassigned points, and of the
 * paper; all are drawn opaque. */
KM_API(km_view_palette)
km_status km_view_palette(km_view *v, const uint32_t *colors, int count, uint32_t unassigned, uint32_t paper);

/* Fills the picture with the paper. */
KM_API(km_view_clear)
void km_view_clear(km_view *v);
/* Tints each pixel by the cluster of the plane point under it (km_label_points on a grid of `cell` x `cell`
 * pixels; cell 1 is exact) for the given centroids, right for every distance; `tint` 0 to 1, borders of one
 * pixel at `border` 0 to 1. It blends over what is there: two calls with complementary tints cross-fade.
 * KM_ERR_PARAM without a plane of the engine's dimensions; KM_ERR_MEMORY, with the picture as it was. */
KM_API(km_view_regions)
km_status km_view_regions(km_view *v, km_engine *e, const double *centroids, int k, int cell, double tint,
                          double border);
/* Draws the points. While they are few and not too small (a radius of 0.75 device pixels or more, up to 48),
 * as discs and the other marks of marks.def by cluster, in the order of the rows up to 16384 points, with a
 * rim of paper that sets overlapping ones apart, at this opacity (0 to 1). Many, or small, by their density:
 * a pixel takes the mean colour of the points that cover it, the more opaque the more they are. labels: n
 * values (-1 = unassigned), or NULL for all unassigned. When before is not NULL, colours are mixed from those
 * of `before` to those of `labels` by blend (0 to 1) for a cross-fade; marks change half-way. moved: not 0 to
 * draw the points that went from one cluster in `before` to another in `labels` over the rest, opaque and
 * ringed with ink; in a density, mixed with ink. */
KM_API(km_view_points)
void km_view_points(km_view *v, const int32_t *labels, const int32_t *before, double blend, double radius,
                    double opacity, int moved);
/* Draws one point on top, larger than at this radius and ringed with ink; nothing when there is no such row.
 */
KM_API(km_view_lit)
void km_view_lit(km_view *v, const int32_t *labels, double radius, int row);
/* Draws a hair line from points to the center of their cluster (k centers in plane units, k x 2; labels as
 * for km_view_points) at this opacity: from all of up to `most` points in the cluster's colour; of more, from
 * an equal number of each cluster spread evenly over it, at most `most` in all, in a shade of the colour that
 * shows on points of their own. None when memory is out. */
KM_API(km_view_spokes)
void km_view_spokes(km_view *v, const int32_t *labels, const double *centers, int k, int most,
                    double opacity);
/* Draws the points of a start being drawn: each as a small dot of the unassigned colour with a radius of
 * `least` device pixels, and over it a disc of `color` whose area is in proportion to the point's chance (n
 * values >= 0), the most likely one `largest` in radius. Discs too small for that are single pixels, shaded.
 */
KM_API(km_view_chances)
void km_view_chances(km_view *v, const double *chances, double least, double largest, double opacity,
                     uint32_t color);
/* Draws boxes, as km_cells of the engine whose columns are drawn gives them, over the points: those decided
 * whole pale, framed in their cluster's colour; those with label -1 framed in ink. Frames are `line` >= 1
 * device pixels wide. Nothing where components are drawn, on which a box is none. */
KM_API(km_view_cells)
void km_view_cells(km_view *v, const double *boxes, const int32_t *labels, int count, int line);
/* Root mean square distance, in plane units, of the drawn points of a cluster from their mean (labels: n
 * values); NaN when it has none. A jitter does not count. */
KM_API(km_view_spread)
double km_view_spread(const km_view *v, const int32_t *labels, int cluster);

#endif
