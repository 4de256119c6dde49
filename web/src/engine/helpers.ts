import { EngineClient } from "./client"
import type { Points } from "./explore"
import type { Names } from "./protocol"

const MOST_WORKERS = 4

export interface HelperOptions {
  module: Promise<WebAssembly.Module>
  names: Names
  spawn: () => Worker
}

/** What every worker must hold before it can do a part: another object whenever points or program change. */
export interface Setup {
  points: Points
  program: string
}

interface Helper {
  client: EngineClient
  setup: Setup | null
}

/** Workers beside that of the run, each with an engine and a copy of the points. They start when first needed. */
export class Helpers {
  readonly #options: HelperOptions
  readonly #helpers: Helper[] = []

  constructor(options: HelperOptions) {
    this.#options = options
  }

  /**
   * Does parts of a task on all workers until `next` has none left or the task is aborted. Each part is done by one
   * worker, in any order. Rejects with the first failure, after which no new part begins.
   */
  async work<T>(
    setup: Setup,
    next: () => T | undefined,
    part: (client: EngineClient, task: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const inner = new AbortController()
    const stop = (): void => inner.abort()
    signal.addEventListener("abort", stop)
    const one = async (helper: Helper): Promise<void> => {
      try {
        for (let task = next(); task !== undefined && !inner.signal.aborted; task = next()) {
          // Asked for in one breath, so that no other work's points come between.
          const adopted = this.#adopt(helper, setup)
          const done = part(helper.client, task)
          await Promise.all([adopted, done])
        }
      } catch (error) {
        inner.abort()
        throw error
      }
    }
    try {
      await Promise.all(this.#all().map(one))
    } finally {
      signal.removeEventListener("abort", stop)
    }
  }

  async #adopt(helper: Helper, setup: Setup): Promise<void> {
    if (helper.setup === setup) return
    helper.setup = setup
    try {
      await helper.client.call("adopt", setup)
    } catch (error) {
      helper.setup = null
      throw error
    }
  }

  #all(): Helper[] {
    const wanted = Math.max(1, Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS))
    while (this.#helpers.length < wanted) {
      const helper: Helper = {
        setup: null,
        client: new EngineClient({
          ...this.#options,
          // Its points are gone; the part under way has been rejected.
          onRestart: () => {
            helper.setup = null
          },
          onFailure: () => {
            this.#helpers.splice(this.#helpers.indexOf(helper), 1)
          },
        }),
      }
      this.#helpers.push(helper)
    }
    return this.#helpers
  }
}
