// A thin hand on build/kmeans.wasm for tests: no glue, the exports as they are, plus copies in and out of memory.
import { readFileSync } from "node:fs"

export const root = new URL("../../", import.meta.url)
const path = process.env.KMEANS_WASM ?? new URL("build/kmeans.wasm", root)

export const wasmBytes = () => readFileSync(path)
export const wasmModule = () => new WebAssembly.Module(wasmBytes())

const entriesOf = (def) =>
  [...readFileSync(new URL(`c/defs/${def}.def`, root), "utf8").matchAll(/^[A-Z]+\((\w+), "([^"]*)"/gm)]
/** The numbers of a C enum made from a defs file: {NAME: 0, ...}. */
export const enumOf = (def) => Object.fromEntries(entriesOf(def).map((m, i) => [m[1], i]))
/** The names, in order, by which programs and the command line know the entries. */
export const textsOf = (def) => entriesOf(def).map((m) => m[2])
const PARAM = enumOf("params")
/** km_phase of c/kmeans.h: the run is at its end. */
export const PHASE_DONE = 4
export const STATUS = enumOf("status")
export const METRIC = enumOf("metrics")
export const CHOICE = { INIT: enumOf("init"), DISTANCE: enumOf("distance"), CENTER: enumOf("center"), EMPTY: enumOf("empty") }

export class Engine {
  constructor(module = wasmModule()) {
    this.x = new WebAssembly.Instance(module, {}).exports
    this.x._initialize?.()
    this.e = this.x.km_create()
  }
  f64(at, n) { return new Float64Array(this.x.memory.buffer, at, n) }
  i32(at, n) { return new Int32Array(this.x.memory.buffer, at, n) }
  text(at) {
    const bytes = new Uint8Array(this.x.memory.buffer, at)
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
  }
  copyIn(values, Type = Float64Array) {
    const at = this.x.km_alloc(values.length * Type.BYTES_PER_ELEMENT)
    new Type(this.x.memory.buffer, at, values.length).set(values)
    return at
  }
  check(status) {
    if (status > STATUS.MORE) throw new Error(this.text(this.x.km_error(this.e)))
    return status
  }
  set(name, value) { return this.check(this.x.km_set(this.e, PARAM[name.toUpperCase()], value)) }
  /** rows: n arrays of d. */
  load(rows, weights = null) {
    const n = rows.length, d = rows[0]?.length ?? 0
    const columns = new Float64Array(n * d)
    for (const [i, row] of rows.entries()) for (const [t, v] of row.entries()) columns[t * n + i] = v
    const at = this.copyIn(columns), w = weights ? this.copyIn(weights) : 0
    try { this.check(this.x.km_load(this.e, at, w, n, d)) } finally { this.x.km_free(at); if (w) this.x.km_free(w) }
  }
  initAt(centroids) {
    const at = this.copyIn(centroids.flat())
    try { this.check(this.x.km_init_at(this.e, at, centroids.length)) } finally { this.x.km_free(at) }
  }
  get labels() { return [...this.i32(this.x.km_labels(this.e), this.x.km_n(this.e))] }
  get sizes() { return [...this.i32(this.x.km_sizes(this.e), this.x.km_k(this.e))] }
  get centroids() {
    const k = this.x.km_k(this.e), d = this.x.km_d(this.e), c = this.f64(this.x.km_centroids(this.e), k * d)
    return Array.from({ length: k }, (_, j) => [...c.subarray(j * d, j * d + d)])
  }
  get events() {
    const flat = this.i32(this.x.km_events(this.e), 3 * this.x.km_event_count(this.e))
    return Array.from({ length: flat.length / 3 }, (_, i) => [...flat.subarray(3 * i, 3 * i + 3)])
  }
  get inertia() { return this.x.km_inertia(this.e) }
  get digest() { return this.text(this.x.km_digest(this.e)) }
  /** Runs to the end; every half-step's inertia. */
  run() {
    const history = []
    for (let i = 0; this.x.km_phase_next(this.e) !== PHASE_DONE; i++) {
      if (i > 200000) throw new Error("the run does not end")
      this.check(this.x.km_half_step(this.e))
      history.push(this.inertia)
    }
    return { history, iterations: this.x.km_iteration(this.e), converged: this.x.km_converged(this.e) === 1, inertia: this.inertia, labels: this.labels, centroids: this.centroids }
  }
}
