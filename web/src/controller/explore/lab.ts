import { computed, type ReadonlySignal, signal } from "@preact/signals-core"
import { type EngineClient, StaleError } from "../../engine/client"
import { type HelperOptions, Helpers, type Setup } from "../../engine/helpers"
import type { DataInfo, ParamValues } from "../../engine/protocol"
import type { Task } from "../../explore"
import type { Signals } from "../../store"

/** Parameters that a race or a choice of k sets itself. */
const FREE = new Set(["seed", "init", "restarts"])

/** What results depend on: they are out of date when it is no longer that of the page. */
export interface Basis {
  info: DataInfo | null
  params: string
  functions: string
}

/** What the explorations share: the points for the helpers, and what the page's settings are. */
export class Lab {
  readonly engine: EngineClient
  readonly signals: Signals
  readonly #options: HelperOptions
  #helpers: Helpers | null = null
  #setup: { setup: Promise<Setup>; info: DataInfo | null; program: string } | null = null
  readonly #basis: ReadonlySignal<Basis>

  constructor(signals: Signals, engine: EngineClient, options: HelperOptions) {
    this.signals = signals
    this.engine = engine
    this.#options = options
    this.#basis = computed(() => ({
      info: signals.info.value,
      params: fixed(signals.params.value),
      functions: JSON.stringify(signals.functions.value),
    }))
  }

  get basis(): Basis {
    return this.#basis.value
  }

  /** Whether results of a basis are those of another page by now; `k` counts unless they are of every k. */
  differs(from: Basis, everyK: boolean): boolean {
    const now = this.#basis.value
    const params = (text: string): string => (everyK ? text.replace(/"k":\d+/, "") : text)
    return now.info !== from.info || now.functions !== from.functions || params(now.params) !== params(from.params)
  }

  async work<T>(
    next: () => T | undefined,
    part: (client: EngineClient, task: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    this.#helpers ??= new Helpers(this.#options)
    await this.#helpers.work(await this.#setupNow(), next, part, signal)
  }

  /** The points and the program as they are now; fetched once for each. */
  #setupNow(): Promise<Setup> {
    const { info, running } = this.signals
    if (this.#setup?.info !== info.value || this.#setup.program !== running.value) {
      const program = running.value
      const setup = this.engine.call("points", {}).then((points) => ({ points, program }))
      this.#setup = { setup, info: info.value, program }
      setup.catch(() => {
        this.#setup = null
      })
    }
    return this.#setup.setup
  }
}

function fixed(params: ParamValues): string {
  return JSON.stringify(Object.fromEntries(Object.entries(params).filter(([name]) => !FREE.has(name))))
}

/** Work with progress that can be cancelled; a newer piece ends an older one. */
export class Job {
  readonly task = signal<Task>({ state: "idle" })
  #abort: AbortController | null = null

  /** Runs the work; `progress` is for it to call. True when it came to its end. */
  async run(
    total: number,
    work: (signal: AbortSignal, progress: (done: number) => void) => Promise<void>,
  ): Promise<boolean> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.task.value = { state: "running", done: 0, total }
    const progress = (done: number): void => {
      if (!abort.signal.aborted) this.task.value = { state: "running", done, total }
    }
    try {
      await work(abort.signal, progress)
      if (abort.signal.aborted) return false
      this.task.value = { state: "done" }
      return true
    } catch (error) {
      if (abort.signal.aborted) return false
      // A helper that died, or other data: what was asked for is gone.
      const message =
        error instanceof StaleError ? "The work was interrupted. Start it again." : String((error as Error).message)
      this.task.value = { state: "failed", message: message.charAt(0).toUpperCase() + message.slice(1) }
      return false
    } finally {
      if (this.#abort === abort) this.#abort = null
    }
  }

  cancel(): void {
    const task = this.task.value
    if (!this.#abort || task.state !== "running") return
    this.#abort.abort()
    this.#abort = null
    this.task.value = { ...task, state: "cancelled" }
  }
}
