import type { Names, Reply, RequestName, Requests } from "./protocol"

/** How long a worker with work may be silent. One pass over the largest data takes seconds; long work reports. */
const SILENCE_MS = 60_000
/** An engine that dies again this soon is not started once more. */
const RELAPSE_MS = 10_000

/**
 * A request the engine refused; `row` and `column` are set for an error in data (from 1, 0 = none), `from` and `to` for
 * one in the program that runs (bytes of its text, -1 = none).
 */
export class EngineError extends Error {
  constructor(
    message: string,
    readonly row: number,
    readonly column: number,
    readonly from: number,
    readonly to: number,
  ) {
    super(message)
  }
}

/** A request that a newer one, or the end of the worker, made pointless. */
export class StaleError extends Error {}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
  progress: ((done: number, total: number) => void) | undefined
}

export interface ClientOptions {
  module: Promise<WebAssembly.Module>
  names: Names
  spawn: () => Worker
  /** The worker died or hung and a new, empty one has taken its place. */
  onRestart: (reason: string) => void
  /** No worker can be started. */
  onFailure: (error: Error) => void
}

/** The page's end of the protocol: a promise for every request. */
export class EngineClient {
  readonly #options: ClientOptions
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #worker: Worker | null = null
  #opened: Promise<void>
  #restarted = Number.NEGATIVE_INFINITY
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(options: ClientOptions) {
    this.#options = options
    this.#opened = this.#open()
    this.#opened.catch(options.onFailure)
  }

  /** `progress` hears of long work. Rejects with EngineError or StaleError. */
  async call<N extends RequestName>(
    name: N,
    args: Requests[N]["args"],
    options: { transfer?: Transferable[]; progress?: (done: number, total: number) => void } = {},
  ): Promise<Requests[N]["reply"]> {
    await this.#opened
    return this.#post(name, args, options.transfer, options.progress)
  }

  /** Ends the worker; what was asked of it is stale. */
  close(): void {
    clearTimeout(this.#silence)
    this.#worker?.terminate()
    for (const { reject } of this.#pending.values()) reject(new StaleError())
    this.#pending.clear()
    this.#opened = Promise.reject(new StaleError())
    this.#opened.catch(() => {})
  }

  async #open(): Promise<void> {
    // Begun before the module is compiled, so that the two happen side by side.
    const worker = this.#options.spawn()
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#hear(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#restart(`The engine stopped: ${event.message || "the worker could not be loaded"}.`)
    }
    const { names } = this.#options
    await this.#post("open", { module: await this.#options.module, names })
  }

  #post<N extends RequestName>(
    name: N,
    args: Requests[N]["args"],
    transfer: Transferable[] = [],
    progress?: (done: number, total: number) => void,
  ): Promise<Requests[N]["reply"]> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject, progress })
      this.#worker?.postMessage({ id, name, args }, transfer)
      this.#watch()
    })
  }

  #hear(reply: Reply): void {
    const pending = this.#pending.get(reply.id)
    if (!pending) return
    if ("progress" in reply) {
      pending.progress?.(reply.progress, reply.total)
    } else {
      this.#pending.delete(reply.id)
      if (reply.ok) pending.resolve(reply.value)
      else if (reply.stale) pending.reject(new StaleError())
      else pending.reject(new EngineError(reply.message, reply.row, reply.column, reply.from, reply.to))
    }
    this.#watch()
  }

  /** Restarts the count of silence, if an answer is awaited. */
  #watch(): void {
    clearTimeout(this.#silence)
    if (this.#pending.size > 0)
      this.#silence = setTimeout(
        () => this.#restart(`The engine did not answer for ${SILENCE_MS / 1000} seconds.`),
        SILENCE_MS,
      )
  }

  #restart(reason: string): void {
    clearTimeout(this.#silence)
    const opened = this.#lastId > 1
    const relapsed = performance.now() - this.#restarted < RELAPSE_MS
    this.#restarted = performance.now()
    this.#worker?.terminate()
    for (const { reject } of this.#pending.values()) reject(new StaleError())
    this.#pending.clear()
    this.#lastId = 0
    if (!opened || relapsed) {
      this.#opened = Promise.reject(new StaleError())
      this.#opened.catch(() => {})
      this.#options.onFailure(new Error(reason))
      return
    }
    this.#opened = this.#open()
    this.#opened.then(() => this.#options.onRestart(reason), this.#options.onFailure)
  }
}
