/* lanes.c: the elementary functions for two lanes at a time, which emitted kernels import. Each lane is the
 * scalar function, so that kernel and evaluator agree to the bit. */
#include "lanes.h"
#include "../elementary.h"

#ifdef __wasm__
f64x2 km_lane_exp(f64x2 a) { return (f64x2){km_exp(a[0]), km_exp(a[1])}; }
f64x2 km_lane_log(f64x2 a) { return (f64x2){km_log(a[0]), km_log(a[1])}; }
f64x2 km_lane_sin(f64x2 a) { return (f64x2){km_sin(a[0]), km_sin(a[1])}; }
f64x2 km_lane_cos(f64x2 a) { return (f64x2){km_cos(a[0]), km_cos(a[1])}; }
f64x2 km_lane_tanh(f64x2 a) { return (f64x2){km_tanh(a[0]), km_tanh(a[1])}; }
f64x2 km_lane_pow(f64x2 a, f64x2 b) { return (f64x2){km_pow(a[0], b[0]), km_pow(a[1], b[1])}; }
#endif
