/* lanes.h: what the emitter's modules import beside the memory. JavaScript passes the functions on; it cannot
 * call them. */
#ifndef KM_PROGRAM_LANES_H
#define KM_PROGRAM_LANES_H

#include "../kmeans.h"
#include "../simd.h"

#ifdef __wasm__
KM_API(km_lane_exp)
f64x2 km_lane_exp(f64x2 a);
KM_API(km_lane_log)
f64x2 km_lane_log(f64x2 a);
KM_API(km_lane_sin)
f64x2 km_lane_sin(f64x2 a);
KM_API(km_lane_cos)
f64x2 km_lane_cos(f64x2 a);
KM_API(km_lane_tanh)
f64x2 km_lane_tanh(f64x2 a);
KM_API(km_lane_pow)
f64x2 km_lane_pow(f64x2 a, f64x2 b);
#endif

#endif
