import { computed, type ReadonlySignal, signal } from "@preact/signals-core"
import { type EngineClient, StaleError } from "../../engine/client"
import type { Pool } from "../../engine/pool"
import type { DataInfo, ParamValues } from "../../engine/protocol"
import type { Task } from "../../explore"
import type { Signals } from "../../store"
import * as en from "../../text/en"
import { t } from "../../text/text"

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
  readonly #makePool: () => Promise<Pool>
  readonly #basis: ReadonlySignal<Basis>

  constructor(signals: Signals, engine: EngineClient, makePool: () => Promise<Pool>) {
    this.signals = signals
    this.engine = engine
    this.#makePool = makePool
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

  /** Does parts of a task in the pool, with the points that are loaded now. */
  async work<T>(
    next: () => T | undefined,
    part: (client: EngineClient, task: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const info = this.signals.info.value
    if (!info) throw new Error(t(en.needsPoints))
    const pool = await this.#makePool()
    const points = () => this.engine.call("points", {})
    await pool.work({ key: info, n: info.n, d: info.d, points }, next, part, signal)
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
      const message = error instanceof StaleError ? t(en.workInterrupted) : String((error as Error).message)
      this.task.value = { state: "failed", message }
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
