/** Answers the requests of the Explore panels in the worker, on engines of its own. */
import type { Draw, ExploreRequests, Silhouettes } from "./explore"
import type { Names, ParamValues } from "./protocol"
import type { Session } from "./session"
import { Engine } from "./wasm/engine"
import { Exploration } from "./wasm/explore"
import { Kernel } from "./wasm/kernel"
import { type Block, Refusal, type Wasm } from "./wasm/memory"
import { Program } from "./wasm/program"
import { View } from "./wasm/view"

type Args<N extends keyof ExploreRequests> = ExploreRequests[N]["args"]
type Answer<N extends keyof ExploreRequests> = ExploreRequests[N]["reply"]

/** KM_MAX_EXACT_SILHOUETTE of c/kmeans.h bounds the answer; this only sizes memory, and may be larger. */
const MOST_SILHOUETTES = 5000
/** Tint and border of the regions in a small picture. */
const TINT = 0.12
const BORDER = 0.4
/** Inertias within this of each other, relatively, are the same. */
const SAME = 1e-9

/** An engine with its program and, where the program has a distance of its own, the kernel of that. */
class Bench {
  readonly engine: Engine
  readonly #kernel: Kernel

  constructor(wasm: Wasm) {
    this.engine = new Engine(wasm)
    this.#kernel = new Kernel(wasm)
  }

  load(columns: Block, n: number, d: number, program: Program): void {
    this.engine.load(columns, n, d)
    this.engine.use(program)
    this.#kernel.use(this.engine)
  }
}

export class Explorer {
  /** Chances of the draw last shown, one a point; null when none is. */
  chances: Block | null = null
  /** Counts draws, so that the picture knows of a new one. */
  draws = 0
  readonly #wasm: Wasm
  readonly #names: Names
  readonly #session: Session
  readonly #exploration: Exploration
  readonly #program: Program
  readonly #data: Bench
  readonly #null: Bench
  readonly #view: View
  /** Which reference set the null bench holds. */
  #set = -1
  #plane = ""
  /** What the data bench holds: which of the session's points, and which program. */
  #prepared = { loads: -1, program: "" }

  constructor(wasm: Wasm, names: Names, session: Session) {
    this.#wasm = wasm
    this.#names = names
    this.#session = session
    this.#exploration = new Exploration(wasm)
    this.#program = new Program(wasm)
    this.#data = new Bench(wasm)
    this.#null = new Bench(wasm)
    this.#view = new View(wasm)
  }

  sprint({ program, params, first, runs }: Args<"sprint">): Answer<"sprint"> {
    this.#prepare(program)
    this.#data.engine.set(params, this.#names.params)
    return this.#exploration.race(this.#data.engine, first, runs)
  }

  fit({ program, params, set }: Args<"fit">): Answer<"fit"> {
    this.#prepare(program)
    if (set !== null) this.#loadReference(set)
    const { engine } = set === null ? this.#data : this.#null
    engine.set(params, this.#names.params)
    engine.restartsBegin()
    while (engine.restartsAdvance(1000)) {}
    const { restarts, bestRestart, inertia } = engine
    return {
      inertia,
      seed: restarts[bestRestart].seed,
      reached: restarts.filter((restart) => restart.inertia <= restarts[bestRestart].inertia * (1 + SAME)).length,
      metrics: set === null ? this.#measure(engine) : null,
    }
  }

  gap({ inertias, references, sets }: Args<"gap">): Answer<"gap"> {
    return this.#exploration.gap(inertias, references, sets)
  }

  thumbnail({ program, params, plane, camera, theme, width, height, radius }: Args<"thumbnail">): Answer<"thumbnail"> {
    this.#prepare(program)
    const { engine } = this.#data
    this.#run(params)
    const key = JSON.stringify(plane)
    if (key !== this.#plane) {
      if (plane.kind === "pca") this.#view.pca(engine)
      else this.#view.columns(engine, plane.x, plane.y)
      this.#plane = key
    }
    if (width !== this.#view.width || height !== this.#view.height) this.#view.resize(width, height)
    this.#view.palette(theme)
    this.#view.camera(camera)
    this.#view.clear()
    this.#view.regions(engine, engine.centroids, 1, TINT, BORDER)
    const labels = this.#wasm.alloc(4 * engine.n)
    try {
      engine.copyLabels(labels)
      this.#view.points(labels, null, 1, radius, 0.8, false)
      return this.#view.pixels.slice()
    } finally {
      labels.free()
    }
  }

  draw({ params, program, draw }: Args<"draw">): Draw {
    this.#prepare(program)
    const { engine } = this.#data
    engine.set(params, this.#names.params)
    if (this.chances?.bytes !== 8 * engine.n) {
      this.chances?.free()
      this.chances = null
      this.chances = this.#wasm.alloc(8 * engine.n)
    }
    const { rows, candidates, left } = this.#exploration.draw(engine, params.seed, draw, this.chances)
    this.draws++
    const chances = this.chances.f64
    const { most, possible } = summary(chances)
    const shown = [...rows, ...candidates]
    const probabilities = shown.map((row) => chances[row])
    const places = this.#session.view.project(engine.rows(shown), shown.length)
    return {
      rows,
      places: places.slice(0, 2 * rows.length),
      candidates: candidates.map((row, i) => ({
        row,
        x: places[2 * (rows.length + i)],
        y: places[2 * (rows.length + i) + 1],
        chance: probabilities[rows.length + i],
        left: left[i],
      })),
      chance: probabilities[rows.length - 1],
      most,
      possible,
    }
  }

  silhouettes({ index }: Args<"silhouettes">): Silhouettes | null {
    const { engine, history, labels } = this.#session
    const frame = history.frames[Math.min(index, history.frames.length - 1)]
    const block = labels.at(index)
    if (!block || !frame) return null
    const k = frame.sizes.length
    const { rows, values } = this.#exploration.silhouettes(engine, block, k, MOST_SILHOUETTES)
    const all = block.i32
    return { k, measured: rows.length, n: engine.n, clusters: rows.map((row) => all[row]), values }
  }

  spread({ index, cluster }: Args<"spread">): number | null {
    const labels = this.#session.labels.at(index)
    const spread = labels ? this.#session.view.spread(labels, cluster) : Number.NaN
    return Number.isNaN(spread) ? null : spread
  }

  /** Takes the session's points and a program, where they are not those it has. */
  #prepare(program: string): void {
    const { loads, engine } = this.#session
    if (this.#prepared.loads === loads && this.#prepared.program === program) return
    const bytes = new TextEncoder().encode(program)
    if (this.#program.parse(bytes, bytes.length) > 0) throw new Refusal("The program has errors.")
    const { n, d, points } = engine
    const block = this.#wasm.alloc(points.byteLength)
    try {
      block.f64.set(points)
      this.#data.load(block, n, d, this.#program)
    } finally {
      block.free()
    }
    this.#set = -1
    this.#plane = ""
    this.#prepared = { loads, program }
  }

  #loadReference(set: number): void {
    if (set === this.#set) return
    const { engine } = this.#data
    const columns = this.#exploration.reference(engine, set)
    try {
      this.#null.load(columns, engine.n, engine.d, this.#program)
      this.#set = set
    } finally {
      columns.free()
    }
  }

  #run(params: ParamValues): void {
    const { engine } = this.#data
    engine.set(params, this.#names.params)
    engine.init(params.seed)
    while (!engine.done) engine.halfStep()
  }

  #measure(engine: Engine): Record<string, number | null> {
    const { metrics: names } = this.#names
    const values = engine.metrics(null, names.length)
    return Object.fromEntries(names.map((name, i) => [name, Number.isNaN(values[i]) ? null : values[i]]))
  }
}

function summary(chances: Float64Array): { most: number; possible: number } {
  let most = 0
  let possible = 0
  for (const chance of chances) {
    if (chance > most) most = chance
    if (chance > 0) possible++
  }
  return { most, possible }
}
