import { type Dataset, fromShape, readSource } from "./dataset"
import type { Experiment, Names, Outcome } from "./protocol"
import { type Check, inSlices, Stale } from "./queue"
import { Engine } from "./wasm/engine"
import { Kernel } from "./wasm/kernel"
import { Refusal, type Wasm } from "./wasm/memory"
import { Program } from "./wasm/program"
import { standardize } from "./wasm/standardize"

/** Rounding of a sum is not a rise. */
const NOISE = 1e-12

/**
 * Runs beside the one that is shown, on a second engine in the same memory: neither the data of the page nor its run
 * is touched. One experiment at a time; a newer one makes the one before stale.
 */
export class Lab {
  readonly #wasm: Wasm
  readonly #names: Names
  readonly #engine: Engine
  readonly #program: Program
  readonly #kernel: Kernel
  /** What is loaded, and the text by which it is known again. */
  #data: { key: string; truth: Int32Array | null } | null = null
  /** Counts experiments. */
  #turn = 0

  constructor(wasm: Wasm, names: Names) {
    this.#wasm = wasm
    this.#names = names
    this.#engine = new Engine(wasm)
    this.#program = new Program(wasm)
    this.#kernel = new Kernel(wasm)
  }

  /** Runs an experiment in time slices; one outcome for each seed, in order. */
  async run(experiment: Experiment, progress: (done: number, total: number) => void): Promise<Outcome[]> {
    const turn = ++this.#turn
    const check: Check = () => {
      if (turn !== this.#turn) throw new Stale()
    }
    const { program, params, seeds, source, draws = false } = experiment
    if (draws && source.kind !== "shape") throw new Refusal("Only a shape can be drawn again.")
    await this.#load(experiment, check)
    this.#use(program)
    const values = { ...this.#program.values(this.#names.params), ...params }
    const { first, count, step = 1 } = seeds
    const outcomes: Outcome[] = []
    await inSlices(
      () => {
        const seed = first + outcomes.length * step
        if (draws && source.kind === "shape")
          this.#adopt(fromShape(this.#wasm, { ...source, seed }), "", experiment.standardize)
        const own = draws ? values.seed : seed
        this.#engine.set({ ...values, seed: own }, this.#names.params)
        outcomes.push(this.#runOne(own, values.restarts, experiment.metrics))
        return outcomes.length < count
      },
      check,
      () => progress(outcomes.length, count),
    )
    return outcomes
  }

  async #load({ source, standardize: on }: Experiment, check: Check): Promise<void> {
    // A file has no text that tells it from another.
    const key = source.kind === "shape" ? JSON.stringify([source, on]) : ""
    if (key !== "" && this.#data?.key === key) return
    const dataset = await readSource(this.#wasm, source, check, () => {})
    try {
      check()
    } catch (error) {
      dataset.columns.free()
      throw error
    }
    this.#adopt(dataset, key, on)
  }

  /** Gives the engine these points, and frees them. */
  #adopt({ columns, n, d, truth }: Dataset, key: string, on: boolean): void {
    try {
      if (on) standardize(this.#wasm, columns, n, d)
      this.#engine.load(columns, n, d)
      this.#data = { key, truth }
    } finally {
      columns.free()
    }
  }

  #use(text: string): void {
    const bytes = new TextEncoder().encode(text)
    if (this.#program.parse(bytes, bytes.length) > 0) throw new Refusal("The program has errors.")
    this.#engine.use(this.#program)
    this.#kernel.use(this.#engine)
  }

  #runOne(seed: number, restarts: number, wanted: readonly string[]): Outcome {
    const engine = this.#engine
    let best = seed
    if (restarts > 1) {
      engine.restartsBegin()
      while (engine.restartsAdvance(1e6));
      best = seed + engine.bestRestart
    }
    engine.init(best)
    const course: number[] = []
    let rises = 0
    while (!engine.done) {
      engine.halfStep()
      const { inertia } = engine
      if (course.length > 0 && inertia > course[course.length - 1] * (1 + NOISE)) rises++
      course.push(inertia)
    }
    const names = this.#names.metrics
    const metrics: Outcome["metrics"] = {}
    if (wanted.length > 0) {
      const all = engine.metrics(this.#data?.truth ?? null, names.length)
      for (const name of wanted) metrics[name] = all[names.indexOf(name)]
    }
    return {
      seed: best,
      start: course[0],
      inertia: course[course.length - 1],
      iterations: engine.iteration,
      rises,
      metrics,
    }
  }
}
