// Runs whose digest must be the same in every build. Plain functions over the exports, so that they run in node and,
// handed over as text, in a browser.

/** Each case as the command line takes it; `shape` and `set` name entries of c/defs. */
export const digestCases = [
  { shape: "blobs", n: 300, noise: 0.6, dial: 3, seed: 1, set: { k: 3 } },
  { shape: "moons", n: 1001, noise: 0.08, dial: 0.5, seed: 2, set: { k: 5, init: "greedy-kmeans++", seed: 7 } },
  { shape: "uniform", n: 20000, noise: 0, dial: 1, seed: 3, set: { k: 40, init: "random", seed: 9, max_iter: 30 } },
  { shape: "grid", n: 5000, noise: 0.35, dial: 10, seed: 4, set: { k: 100, restarts: 5 } },
  { shape: "anisotropic", n: 777, noise: 0.5, dial: 4, seed: 5, set: { k: 3, distance: "manhattan", center: "median" } },
  { shape: "unequal_size", n: 315, noise: 0.8, dial: 3, seed: 6, set: { k: 3, distance: "chebyshev" } },
  { shape: "unequal_variance", n: 500, noise: 0.5, dial: 4, seed: 7, set: { k: 4, distance: "cosine", max_iter: 50 } },
  { shape: "rings", n: 400, noise: 0.04, dial: 0.5, seed: 8, set: { k: 6, center: "medoid" } },
  { shape: "blobs", n: 120, noise: 0.6, dial: 3, seed: 9, set: { k: 9, init: "first", empty: "split", min_size: 5 } },
  { shape: "grid", n: 900, noise: 0.35, dial: 3, seed: 10, set: { k: 9, tol: 0.001 } },
  { shape: "blobs", n: 2000, noise: 0.6, dial: 5, seed: 11, set: { k: 5, batch: 64, restarts: 3, max_iter: 40 } },
]

/** The digest of one case. `tables`: {shapes, params: names in order, choices: {init: texts, ...}}. */
export function digestOf(module, tables, c) {
  const x = new WebAssembly.Instance(module, {}).exports
  x._initialize?.()
  const check = (status) => {
    if (status > 1) throw new Error(`status ${status} in case ${JSON.stringify(c)}`)
    return status
  }
  const columns = x.km_alloc(16 * c.n), labels = x.km_alloc(4 * c.n), e = x.km_create()
  check(x.km_make_shape(tables.shapes.indexOf(c.shape), c.n, c.noise, c.dial, c.seed, columns, labels))
  check(x.km_load(e, columns, 0, c.n, 2))
  for (const [name, value] of Object.entries(c.set)) {
    const number = typeof value === "string" ? tables.choices[name].indexOf(value) : value
    check(x.km_set(e, tables.params.indexOf(name), number))
  }
  check(x.km_restarts_begin(e))
  while (check(x.km_restarts_advance(e, 1000)) === 1);
  const bytes = new Uint8Array(x.memory.buffer, x.km_digest(e), 16)
  return String.fromCharCode(...bytes)
}
