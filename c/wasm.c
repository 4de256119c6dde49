/* wasm.c: the only file that knows it runs in WebAssembly. */
#include "kmeans.h"

/* A growing memory would import this notification; defining it keeps the module free of imports. The page
 * makes its views of memory anew after every call instead. */
void emscripten_notify_memory_growth(int32_t memory);
void emscripten_notify_memory_growth(int32_t memory) { (void)memory; }
