import type { Method, ParamValues, RestartInfo, RunEvent, Work } from "../protocol"
import { type Block, Refusal, type Wasm } from "./memory"
import type { Program } from "./program"
import { status } from "./status"

/** km_phase of c/kmeans.h. */
const PHASE_DONE = 4
/** In the order of km_method. */
const METHODS: readonly Method[] = ["brute force", "boxes", "bounds"]

/** Boxes of points: per box d lower, then d upper ends; and what each was decided for, or -1. */
export interface Cells {
  boxes: Block
  labels: Block
}

export interface Labelling {
  sizes: number[]
  inertia: number
}

/** c/kmeans.h: one engine, its data and its run. */
export class Engine {
  readonly at: number
  readonly #wasm: Wasm

  constructor(wasm: Wasm) {
    this.#wasm = wasm
    this.at = wasm.exports.km_create()
    if (this.at === 0) throw new Refusal("There is not enough memory for the engine.")
  }

  /** True when there is more to do. */
  #check(code: number): boolean {
    if (code === status.OK || code === status.MORE) return code === status.MORE
    const { km_error, km_failure_from, km_failure_to } = this.#wasm.exports
    const message = this.#wasm.text(km_error(this.at))
    if (code !== status.ERR_PROGRAM) throw new Refusal(message)
    throw new Refusal(message, 0, 0, km_failure_from(this.at), km_failure_to(this.at))
  }

  free(): void {
    this.#wasm.exports.km_destroy(this.at)
  }

  get n(): number {
    return this.#wasm.exports.km_n(this.at)
  }

  get d(): number {
    return this.#wasm.exports.km_d(this.at)
  }

  get k(): number {
    return this.#wasm.exports.km_k(this.at)
  }

  /** Coordinates of some points, row-major. */
  rows(rows: number[]): Float64Array {
    const { n, d } = this
    const columns = this.#wasm.f64(this.#wasm.exports.km_column(this.at, 0), n * d)
    return Float64Array.from({ length: rows.length * d }, (_, i) => columns[(i % d) * n + rows[Math.floor(i / d)]])
  }

  /** Column-major points; ends any run. The old data stay when these are refused. */
  load(columns: Block, n: number, d: number): void {
    this.#check(this.#wasm.exports.km_load(this.at, columns.at, 0, n, d))
  }

  /** `names` of the parameters, in the order of the table. */
  set(values: ParamValues, names: string[]): void {
    for (const [number, name] of names.entries()) this.#check(this.#wasm.exports.km_set(this.at, number, values[name]))
  }

  /** Takes parameters and functions of a program that parsed without errors; ends any run. */
  use(program: Program): void {
    this.#check(this.#wasm.exports.km_use_program(this.at, program.at))
  }

  init(seed: number): void {
    this.#check(this.#wasm.exports.km_init(this.at, seed))
  }

  /** Begins a run from k x d given centroids. */
  initAt(centroids: Float64Array): void {
    const k = centroids.length / this.d
    this.#wasm.lend(centroids, (at) => this.#check(this.#wasm.exports.km_init_at(this.at, at, k)))
  }

  halfStep(): void {
    this.#check(this.#wasm.exports.km_half_step(this.at))
  }

  get done(): boolean {
    return this.#wasm.exports.km_phase_next(this.at) === PHASE_DONE
  }

  get converged(): boolean {
    return this.#wasm.exports.km_converged(this.at) === 1
  }

  get iteration(): number {
    return this.#wasm.exports.km_iteration(this.at)
  }

  get changed(): number {
    return this.#wasm.exports.km_changed(this.at)
  }

  get shift(): number {
    return this.#wasm.exports.km_shift(this.at)
  }

  get inertia(): number {
    return this.#wasm.exports.km_inertia(this.at)
  }

  get centroids(): Float64Array {
    return this.#wasm.f64(this.#wasm.exports.km_centroids(this.at), this.k * this.d).slice()
  }

  get sizes(): number[] {
    return Array.from(this.#wasm.i32(this.#wasm.exports.km_sizes(this.at), this.k))
  }

  /** How the last assign was done. */
  get work(): Work {
    const { km_method_used, km_points_touched, km_distances_computed } = this.#wasm.exports
    return {
      method: METHODS[km_method_used(this.at)],
      touched: km_points_touched(this.at),
      distances: km_distances_computed(this.at),
    }
  }

  /** The boxes in which the last assign ended, in memory of their own; null when it had none. */
  get cells(): Cells | null {
    const { km_cells } = this.#wasm.exports
    const count = km_cells(this.at, 0, 0, 0)
    if (count === 0) return null
    const cells = { boxes: this.#wasm.alloc(16 * this.d * count), labels: this.#wasm.alloc(4 * count) }
    km_cells(this.at, cells.boxes.at, cells.labels.at, count)
    return cells
  }

  /** The points as they are clustered: d columns of n values. */
  get points(): Float64Array {
    return this.#wasm.f64(this.#wasm.exports.km_column(this.at, 0), this.n * this.d).slice()
  }

  /** Rows the centroids began on; -1 for given ones. */
  get startRows(): number[] {
    return Array.from(this.#wasm.i32(this.#wasm.exports.km_start_rows(this.at), this.k))
  }

  get events(): RunEvent[] {
    const count = this.#wasm.exports.km_event_count(this.at)
    const flat = this.#wasm.i32(this.#wasm.exports.km_events(this.at), 3 * count)
    return Array.from({ length: count }, (_, i) => ({
      type: flat[3 * i],
      cluster: flat[3 * i + 1],
      other: flat[3 * i + 2],
    }))
  }

  /** The labels of the run as they are now. */
  get labels(): Int32Array {
    return this.#wasm.i32(this.#wasm.exports.km_labels(this.at), this.n).slice()
  }

  copyLabels(into: Block): void {
    const from = this.#wasm.exports.km_labels(this.at)
    this.#wasm.bytes(into.at, into.bytes).set(this.#wasm.bytes(from, into.bytes))
  }

  /**
   * Labels of all points for any centroids, how many each has, and the inertia of that labelling. Touches no run. With
   * the centroids whose labels `into` holds, it takes as long as there are points that change theirs.
   */
  labelPoints(centroids: Float64Array, into: Block, from: Float64Array | null = null): Labelling {
    const k = centroids.length / this.d
    const sizes = this.#wasm.alloc(4 * k)
    const label = (before: number) =>
      this.#wasm.lend(centroids, (at) =>
        this.#wasm.exports.km_relabel_points(this.at, before, at, k, into.at, sizes.at),
      )
    try {
      const inertia = from ? this.#wasm.lend(from, label) : label(0)
      return { sizes: Array.from(sizes.i32), inertia }
    } finally {
      sizes.free()
    }
  }

  restartsBegin(): void {
    this.#check(this.#wasm.exports.km_restarts_begin(this.at))
  }

  /** At most this many half-steps of the restarts; true while some are left. */
  restartsAdvance(halfSteps: number): boolean {
    return this.#check(this.#wasm.exports.km_restarts_advance(this.at, halfSteps))
  }

  get restartsDone(): number {
    return this.#wasm.exports.km_restarts_done(this.at)
  }

  get bestRestart(): number {
    return this.#wasm.exports.km_best_restart(this.at)
  }

  get restarts(): RestartInfo[] {
    const { km_restart_seed, km_restart_inertia, km_restart_iterations } = this.#wasm.exports
    return Array.from({ length: this.restartsDone }, (_, r) => ({
      seed: km_restart_seed(this.at, r),
      inertia: km_restart_inertia(this.at, r),
      iterations: km_restart_iterations(this.at, r),
    }))
  }

  /** Every metric of the current labels, in the order of the table; NaN where undefined. */
  metrics(truth: Int32Array | null, count: number): Float64Array {
    const { km_metrics } = this.#wasm.exports
    return this.#wasm.receive(count, (out) => {
      if (truth) this.#wasm.lend(truth, (at) => this.#check(km_metrics(this.at, at, out)))
      else this.#check(km_metrics(this.at, 0, out))
    })
  }

  get silhouettePoints(): number {
    return this.#wasm.exports.km_silhouette_points(this.at)
  }
}
