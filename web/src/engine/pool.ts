import { type ClientOptions, EngineClient, StaleError } from "./client"
import type { Experiment, Outcome, ParamValues, Raced, RestartInfo } from "./protocol"

/** More workers than this only share memory bandwidth. */
const MOST_WORKERS = 4
/** Pieces a worker gets on average: small enough that none waits long for the last. */
const PIECES = 4
/** Workers without work hold a copy of the data each; after this long they are let go. */
const IDLE_MS = 60_000

export interface Race {
  program: string
  params: ParamValues
}

/** The points the workers are to have: `key` stands for what `points` would give. */
export interface PoolData {
  key: object
  n: number
  d: number
  points: () => Promise<Float64Array | null>
}

/** A later restart replaces the best only if it is better by more than rounding, as in c/restarts.c. */
export function bestOf(list: RestartInfo[]): number {
  return list.reduce((best, { inertia }, r) => (inertia < list[best].inertia * (1 - 1e-12) ? r : best), 0)
}

/** Splits restarts 0 to total into pieces [from, count] for a number of workers. */
export function pieces(total: number, workers: number): [number, number][] {
  const size = Math.max(1, Math.ceil(total / (workers * PIECES)))
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => [i * size, Math.min(size, total - i * size)])
}

/**
 * Workers that share the restarts of a run, the seeds of a race or an experiment, and the parts of other long work. A
 * run begins from its own seed whoever makes it, so the result is the same for every number of workers.
 */
export class Pool {
  readonly size = Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS)
  readonly #options: Pick<ClientOptions, "module" | "names" | "spawn">
  #workers: EngineClient[] = []
  /** What the workers' data were copied from. */
  #data: object | null = null
  /** A newer race ends the one before. */
  #racing: AbortController | null = null
  /** Fillings one after the other, so that the workers never have points of two kinds. */
  #filling: Promise<void> = Promise.resolve()
  /** Pieces of work under way; the workers stay as long as there are any. */
  #users = 0
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(options: Pick<ClientOptions, "module" | "names" | "spawn">) {
    this.#options = options
  }

  /** Runs all restarts. Null when a newer race has begun, or a worker was lost: the caller then does without the pool. */
  async run(
    { program, params }: Race,
    data: PoolData,
    progress: (done: number, total: number) => void,
  ): Promise<Raced | null> {
    this.#racing?.abort()
    const racing = new AbortController()
    this.#racing = racing
    const { signal } = racing
    const total = params.restarts
    const waiting = pieces(total, this.size)
    const list = new Array<RestartInfo>(total)
    /** By each worker, of the piece under way too. */
    const done = new Map<EngineClient, number>()
    const tell = (worker: EngineClient, now: number): void => {
      done.set(worker, now)
      const sum = [...done.values()].reduce((a, b) => a + b)
      if (!signal.aborted) progress(sum, total)
    }
    try {
      await this.work(
        data,
        () => waiting.shift(),
        async (worker, [from, count]) => {
          const before = done.get(worker) ?? 0
          const piece = { program, params, from, count }
          const found = await worker.call("race", piece, { progress: (now) => tell(worker, before + now) })
          for (const [r, restart] of found.entries()) list[from + r] = restart
          tell(worker, before + count)
        },
        signal,
      )
      return signal.aborted ? null : { list, best: bestOf(list) }
    } catch (error) {
      if (!signal.aborted) this.close()
      // What the engine refuses it refuses anywhere: the run itself says so.
      void error
      return null
    }
  }

  /** Makes the runs of an experiment; the outcomes are in the order of its seeds. Rejects with StaleError when aborted. */
  async experiment(experiment: Experiment, signal: AbortSignal): Promise<Outcome[]> {
    const { first, count, step = 1 } = experiment.seeds
    const waiting = pieces(count, this.size)
    const outcomes = new Array<Outcome>(count)
    await this.work(
      null,
      () => waiting.shift(),
      async (worker, [from, many]) => {
        const seeds = { first: first + from * step, count: many, step }
        const found = await worker.call("experiment", { ...experiment, seeds })
        for (const [i, outcome] of found.entries()) outcomes[from + i] = outcome
      },
      signal,
    )
    if (signal.aborted) throw new StaleError()
    return outcomes
  }

  /**
   * Does parts of a task on all workers until `next` has none left or the task is aborted. Each part is done by one
   * worker, in any order. Rejects with the first failure, after which no new part begins; with StaleError when other
   * points came to the workers, or a worker was lost. A task without `data` brings its own with every part.
   */
  async work<T>(
    data: PoolData | null,
    next: () => T | undefined,
    part: (worker: EngineClient, task: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    this.#enter()
    let failed = false
    const one = async (worker: EngineClient): Promise<void> => {
      try {
        for (let task = next(); task !== undefined && !signal.aborted && !failed; task = next()) {
          if (data && this.#data !== data.key) throw new StaleError()
          await part(worker, task)
        }
      } catch (error) {
        failed = true
        throw error
      }
    }
    try {
      if (data) {
        await this.#hold(data)
        if (this.#data !== data.key) throw new StaleError()
      } else this.#staff()
      await Promise.all(this.#workers.map(one))
    } finally {
      this.#leave()
    }
  }

  #enter(): void {
    clearTimeout(this.#idle)
    this.#users++
  }

  #leave(): void {
    if (--this.#users === 0) this.#idle = setTimeout(() => this.close(), IDLE_MS)
  }

  /** Makes these the points of the workers. */
  #hold(data: PoolData): Promise<void> {
    const fill = () => (this.#data === data.key ? Promise.resolve() : this.#fill(data))
    this.#filling = this.#filling.then(fill, fill)
    return this.#filling
  }

  /** Ends the race under way. */
  cancel(): void {
    this.#racing?.abort()
    for (const worker of this.#workers) worker.call("cancel", {}).catch(() => {})
  }

  close(): void {
    this.#racing?.abort()
    clearTimeout(this.#idle)
    for (const worker of this.#workers) worker.close()
    this.#workers = []
    this.#data = null
  }

  /** Starts the workers that are not there yet. */
  #staff(): void {
    const lost = (): void => this.close()
    while (this.#workers.length < this.size)
      this.#workers.push(new EngineClient({ ...this.#options, onRestart: lost, onFailure: lost }))
  }

  async #fill(data: PoolData): Promise<void> {
    this.#data = null
    const points = await data.points()
    if (!points) return
    this.#staff()
    await Promise.all(this.#workers.map((worker) => worker.call("adopt", { points, n: data.n, d: data.d })))
    this.#data = data.key
  }
}
