import { CellCache } from "./cells"
import { type Dataset, readSource, withoutRow, withPoint } from "./dataset"
import { History } from "./history"
import { LabelCache } from "./labels"
import type { DataInfo, Frame, Metrics, Names, Plane, PlaneInfo, RequestName, Requests, RunInfo } from "./protocol"
import { type Check, inSlices, Stale } from "./queue"
import { Engine } from "./wasm/engine"
import { Kernel } from "./wasm/kernel"
import { type Block, Refusal, type Wasm } from "./wasm/memory"
import { Program } from "./wasm/program"
import { standardize } from "./wasm/standardize"
import { View } from "./wasm/view"

type Args<N extends RequestName> = Requests[N]["args"]
type Answer<N extends RequestName> = Requests[N]["reply"]
export type Progress = (done: number, total: number) => void

/** The engine at work for one page: its data, its run and the history of it. */
export class Session {
  readonly engine: Engine
  readonly view: View
  readonly history = new History()
  readonly labels: LabelCache
  readonly cells: CellCache
  readonly #wasm: Wasm
  readonly #names: Names
  readonly #program: Program
  readonly #kernel: Kernel
  /** The program the engine has, and the dimension its kernel is for. */
  #used: { text: string; d: number } | null = null
  #data: Dataset | null = null
  #loads = 0
  #info: DataInfo | null = null
  #kept: Dataset | null = null
  #plane: Plane = { kind: "pca" }
  /** What was last previewed; its labels are drawn instead of the run's. */
  previewed: { centroids: Float64Array; labels: Block } | null = null

  constructor(wasm: Wasm, names: Names) {
    this.#wasm = wasm
    this.#names = names
    this.engine = new Engine(wasm)
    this.#program = new Program(wasm)
    this.#kernel = new Kernel(wasm)
    this.view = new View(wasm)
    this.labels = new LabelCache(wasm, this.engine, this.history)
    this.cells = new CellCache(this.engine, this.history)
  }

  free(): void {
    this.#forgetRun()
    const all = new Set([this.#data, this.#kept])
    this.#data = this.#kept = null
    for (const data of all) this.#free(data)
    this.#program.free()
    this.view.free()
    this.engine.free()
  }

  // --- data ---

  /** Counts the points the engine has been given. */
  get loads(): number {
    return this.#loads
  }

  async load({ source, standardize, plane }: Args<"load">, check: Check, progress: Progress): Promise<Answer<"load">> {
    if (source.kind === "kept") {
      if (!this.#kept) throw new Refusal("There are no data that were kept.")
      const loaded = this.#adopt(this.#kept, standardize, plane)
      this.#kept = null
      return loaded
    }
    const data = source.kind === "current" ? this.#loaded().data : await readSource(this.#wasm, source, check, progress)
    return this.#adopt(data, standardize, plane)
  }

  keep(): null {
    const { data } = this.#loaded()
    const before = this.#kept
    this.#kept = data
    this.#free(before)
    return null
  }

  /** Frees data that are neither loaded nor kept. */
  #free(data: Dataset | null): void {
    if (data && data !== this.#data && data !== this.#kept) data.columns.free()
  }

  contents(): Answer<"contents"> {
    const { columns, truth } = this.#loaded().data
    return { columns: columns.f64.slice(), truth }
  }

  addPoint({ x, y }: Args<"addPoint">): Answer<"addPoint"> {
    const { data, info } = this.#loaded()
    const point = this.view.lift(x, y, null, data.d).map((value, t) => value * info.scale[t] + info.offset[t])
    return this.#adopt(withPoint(data, point), info.standardized, this.#plane)
  }

  removePoint({ x, y, radius }: Args<"removePoint">): Answer<"removePoint"> {
    const { data, info } = this.#loaded()
    const row = this.view.pick(x, y, radius)
    return row < 0 ? null : this.#adopt(withoutRow(data, row), info.standardized, this.#plane)
  }

  plane({ plane }: Args<"plane">): Answer<"plane"> {
    this.#loaded()
    const info = this.#draw(plane)
    const drawn = this.history.frames.map(({ centroids }) => this.#project(centroids))
    return { plane: info, drawn }
  }

  /** Makes these the data. When the engine refuses them the old ones stay. */
  #adopt(data: Dataset, standardized: boolean, plane: Plane | null): { data: DataInfo; plane: PlaneInfo } {
    const ones = { scale: Array<number>(data.d).fill(1), offset: Array<number>(data.d).fill(0) }
    let scaled: Block | null = null
    let room: Block | null = null
    let units = ones
    try {
      // Held until the engine has let go of the old points: with the new ones, the picture must not lack memory.
      room = this.#wasm.alloc(DRAWN_BYTES * data.n)
      if (standardized) {
        scaled = this.#wasm.alloc(data.columns.bytes)
        scaled.f64.set(data.columns.f64)
        units = standardize(this.#wasm, scaled, data.n, data.d)
      }
      this.engine.load(scaled ?? data.columns, data.n, data.d)
      this.#loads++
    } catch (error) {
      this.#free(data)
      throw error
    } finally {
      scaled?.free()
      room?.free()
    }
    this.#forgetRun()
    const before = this.#data
    this.#data = data
    this.#free(before)
    const { name, n, d, names, all, label, labelTexts, dropped, firstDropped } = data
    this.#info = { name, n, d, names, columns: all, label, labelTexts, standardized, ...units, dropped, firstDropped }
    return { data: this.#info, plane: this.#draw(plane ?? naturalPlane(d)) }
  }

  #draw(plane: Plane): PlaneInfo {
    if (plane.kind === "pca") this.view.pca(this.engine)
    else this.view.columns(this.engine, plane.x, plane.y)
    this.#plane = plane
    return { plane, bounds: this.view.bounds, shares: this.view.shares }
  }

  #project(centroids: Float64Array): Float64Array {
    return this.view.project(centroids, centroids.length / this.engine.d)
  }

  #loaded(): { data: Dataset; info: DataInfo } {
    if (!this.#data || !this.#info) throw new Refusal("There are no data yet.")
    return { data: this.#data, info: this.#info }
  }

  // --- a run ---

  async start(
    { program, params, centroids, raced }: Args<"start">,
    check: Check,
    progress: Progress,
  ): Promise<RunInfo> {
    this.#use(program)
    this.engine.set(params, this.#names.params)
    let restarts: RunInfo["restarts"] = []
    let best = 0
    if (centroids) {
      this.engine.initAt(centroids)
    } else if (raced) {
      restarts = raced.list
      best = raced.best
      this.engine.init(restarts[best].seed)
    } else if (params.restarts === 1) {
      this.engine.init(params.seed)
    } else {
      this.engine.restartsBegin()
      // From here on the engine holds the restarts; the history shown is no longer that of its run.
      this.#forgetRun()
      await inSlices(
        (count) => this.engine.restartsAdvance(count),
        check,
        () => progress(this.engine.restartsDone, params.restarts),
      )
      restarts = this.engine.restarts
      best = this.engine.bestRestart
      this.engine.init(restarts[best].seed)
    }
    this.#forgetRun()
    return { k: this.engine.k, restarts, best, frame: this.#record("start") }
  }

  // --- a share of another worker's restarts ---

  adopt({ points, n, d }: Args<"adopt">): null {
    const columns = this.#wasm.alloc(8 * n * d)
    try {
      columns.f64.set(points)
      this.engine.load(columns, n, d)
      this.#loads++
    } finally {
      columns.free()
    }
    return null
  }

  async race(
    { program, params, from, count }: Args<"race">,
    check: Check,
    progress: Progress,
  ): Promise<Answer<"race">> {
    this.#use(program)
    this.engine.set({ ...params, seed: params.seed + from, restarts: count }, this.#names.params)
    this.engine.restartsBegin()
    await inSlices(
      // The engine would run the best again; the one kept of all is run elsewhere.
      (halfSteps) => this.engine.restartsAdvance(halfSteps) && this.engine.restartsDone < count,
      check,
      () => progress(this.engine.restartsDone, count),
    )
    return this.engine.restarts
  }

  /** Gives the engine the functions of a program, compiled for the data that are loaded. */
  #use(text: string): void {
    const { d } = this.engine
    if (this.#used?.text === text && this.#used.d === d) return
    const bytes = new TextEncoder().encode(text)
    if (this.#program.parse(bytes, bytes.length) > 0) throw new Refusal("The program has errors.")
    this.#used = { text, d }
    this.engine.use(this.#program)
    this.#kernel.use(this.engine)
  }

  advance(): Frame | null {
    const last = this.history.last
    if (!last) throw new Stale()
    if (last.done) return null
    const from = performance.now()
    this.engine.halfStep()
    return this.#record(last.kind === "assign" ? "update" : "assign", performance.now() - from)
  }

  async finish(check: Check): Promise<Frame[]> {
    const from = this.history.frames.length
    await inSlices(
      () => this.advance() !== null,
      check,
      () => {},
    )
    return this.history.frames.slice(from)
  }

  metrics(): Metrics {
    const names = this.#names.metrics
    const values = this.engine.metrics(this.#data?.truth ?? null, names.length)
    return {
      values: Object.fromEntries(names.map((name, i) => [name, Number.isNaN(values[i]) ? null : values[i]])),
      silhouettePoints: this.engine.silhouettePoints,
    }
  }

  record({ points }: Args<"record">): Answer<"record"> {
    const start = this.history.frames[0]
    if (!start) throw new Stale()
    const rows = this.engine.startRows
    return {
      points: points ? this.engine.points : null,
      rows: rows.some((row) => row < 0) ? null : rows,
      centroids: start.centroids,
    }
  }

  #record(kind: Frame["kind"], ms = 0): Frame {
    const { engine, history } = this
    const centroids = engine.centroids
    const frame: Frame = {
      index: history.frames.length,
      kind,
      iteration: engine.iteration,
      inertia: kind === "start" ? null : engine.inertia,
      changed: kind === "assign" ? engine.changed : 0,
      shift: kind === "update" ? engine.shift : 0,
      sizes: engine.sizes,
      centroids,
      drawn: this.#project(centroids),
      events: engine.events,
      work: kind === "assign" ? engine.work : null,
      ms,
      done: engine.done,
      converged: engine.converged,
    }
    history.push(frame, () => engine.labels)
    if (kind === "assign") this.cells.keep(frame.index)
    return frame
  }

  #forgetRun(): void {
    this.history.clear()
    this.labels.clear()
    this.cells.clear()
    this.previewed?.labels.free()
    this.previewed = null
  }

  // --- looking ---

  preview({ drawn, from }: Args<"preview">): Answer<"preview"> {
    const { n, d } = this.#loaded().data
    const k = from.length / d
    const centroids = new Float64Array(from.length)
    for (let j = 0; j < k; j++)
      centroids.set(this.view.lift(drawn[2 * j], drawn[2 * j + 1], from.subarray(j * d, (j + 1) * d), d), j * d)
    const before = this.previewed
    const labels = before?.labels ?? this.#wasm.alloc(4 * n)
    const { sizes, inertia } = this.engine.labelPoints(centroids, labels, before?.centroids)
    this.previewed = { centroids, labels }
    return { centroids, sizes, inertia }
  }

  table({ index, drawn }: Args<"table">): Answer<"table"> {
    const { n, columns, truth } = this.#loaded().data
    const rows = Array.from({ length: drawn ? n : 0 }, (_, row) => row)
    return {
      values: columns.f64.slice(),
      truth,
      labels: this.labels.at(index)?.i32.slice() ?? null,
      drawn: this.view.project(this.engine.rows(rows), rows.length),
    }
  }

  pick({ x, y, radius, index }: Args<"pick">): Answer<"pick"> {
    if (!this.#data) return null
    const { n, d, columns, truth } = this.#data
    const row = this.view.pick(x, y, radius)
    if (row < 0) return null
    const labels = this.labels.at(index)
    const values = Array.from({ length: d }, (_, t) => columns.f64[t * n + row])
    return { row, values, cluster: labels ? labels.i32[row] : -1, label: truth ? truth[row] : -1 }
  }
}

/** Of a point: its place in the picture as the plane keeps it, and while it is put in order. */
const DRAWN_BYTES = 28

/** Two columns as they are; more by their principal components, which show the most of them. */
const naturalPlane = (d: number): Plane => (d > 2 ? { kind: "pca" } : { kind: "columns", x: 0, y: d === 2 ? 1 : -1 })
