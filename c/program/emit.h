/* emit.h: a distance as a WebAssembly module: the assign loop around the tree, eight points at a time in SIMD
 * lanes.
 *
 * The module imports the engine's memory and its helper functions (v128 -> v128: km_lane_exp ...) from module
 * "e" and exports one function, "nearest", with the signature of km_kernel. */
#ifndef KM_PROGRAM_EMIT_H
#define KM_PROGRAM_EMIT_H

#include "tree.h"

enum { KM_EMIT_MAX_BYTES = 512 * 1024, KM_EMIT_BLOCK = 8 };

/* Nearest centroids of n points (a multiple of KM_EMIT_BLOCK): as km_nearest, with byte strides. Returns 1
 * when a distance was not finite. */
typedef int32_t (*km_kernel)(const double *columns, int32_t stride_bytes, int32_t n, const double *centroids,
                             int32_t k, int32_t *labels, double *distances, const double *constants);

/* Writes the module for points of d dimensions. Returns its size, or -1 when it does not fit into `room`
 * bytes. */
int km_emit(const km_tree *t, int d, unsigned char *bytes, int room);

#endif
