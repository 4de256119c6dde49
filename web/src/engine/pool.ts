import { type ClientOptions, EngineClient } from "./client"
import type { ParamValues, Raced, RestartInfo } from "./protocol"

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
 * Workers that share the restarts of a run. Restart r begins from seed + r whoever runs it, so the result is the same
 * for every number of workers.
 */
export class Pool {
  readonly size = Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS)
  readonly #options: Pick<ClientOptions, "module" | "names" | "spawn">
  #workers: EngineClient[] = []
  /** What the workers' data were copied from. */
  #data: object | null = null
  /** Counts races: a newer one ends the one before. */
  #race = 0
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(options: Pick<ClientOptions, "module" | "names" | "spawn">) {
    this.#options = options
  }

  /**
   * Runs all restarts; `data` stands for what `points` would give. Null when a newer race has begun, or a worker was
   * lost: the caller then does without the pool.
   */
  async run(
    { program, params }: Race,
    data: { key: object; n: number; d: number; points: () => Promise<Float64Array | null> },
    progress: (done: number, total: number) => void,
  ): Promise<Raced | null> {
    const race = ++this.#race
    const total = params.restarts
    clearTimeout(this.#idle)
    try {
      if (this.#data !== data.key) await this.#fill(data)
      if (race !== this.#race || this.#data !== data.key) return null
      const waiting = pieces(total, this.#workers.length)
      const list = new Array<RestartInfo>(total)
      const done = this.#workers.map(() => 0)
      await Promise.all(
        this.#workers.map(async (worker, w) => {
          let finished = 0
          const tell = (now: number): void => {
            done[w] = finished + now
            if (race === this.#race)
              progress(
                done.reduce((a, b) => a + b),
                total,
              )
          }
          for (let piece = waiting.shift(); piece && race === this.#race; piece = waiting.shift()) {
            const [from, count] = piece
            const found = await worker.call("race", { program, params, from, count }, { progress: tell })
            for (const [r, restart] of found.entries()) list[from + r] = restart
            finished += count
            tell(0)
          }
        }),
      )
      return race === this.#race ? { list, best: bestOf(list) } : null
    } catch (error) {
      if (race === this.#race) this.close()
      // What the engine refuses it refuses anywhere: the run itself says so.
      void error
      return null
    } finally {
      if (race === this.#race) this.#idle = setTimeout(() => this.close(), IDLE_MS)
    }
  }

  /** Ends the race under way. */
  cancel(): void {
    this.#race++
    for (const worker of this.#workers) worker.call("cancel", {}).catch(() => {})
  }

  close(): void {
    this.#race++
    clearTimeout(this.#idle)
    for (const worker of this.#workers) worker.close()
    this.#workers = []
    this.#data = null
  }

  async #fill(data: { key: object; n: number; d: number; points: () => Promise<Float64Array | null> }): Promise<void> {
    this.#data = null
    const points = await data.points()
    if (!points) return
    const lost = (): void => this.close()
    while (this.#workers.length < this.size)
      this.#workers.push(new EngineClient({ ...this.#options, onRestart: lost, onFailure: lost }))
    await Promise.all(this.#workers.map((worker) => worker.call("adopt", { points, n: data.n, d: data.d })))
    this.#data = data.key
  }
}
