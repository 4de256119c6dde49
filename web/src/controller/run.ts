import { batch } from "@preact/signals-core"
import type { EngineClient } from "../engine/client"
import type { Pool, Race } from "../engine/pool"
import type { DataInfo, Frame, ParamValues, Raced, RunInfo } from "../engine/protocol"
import { params as paramTable } from "../generated/tables"
import type { Problem } from "../state"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { isRise, riseCause } from "../view/rise"
import { report, unmark } from "./report"
import { endSentence, iterationSentence, startSentence, stepSentence } from "./status"

const inits: readonly { value: string }[] = paramTable.find(({ name }) => name === "init")?.choices ?? []
const MANUAL = inits.findIndex(({ value }) => value === "manual")

/**
 * When workers to share the restarts pay, in products of a coordinate in one plain assign (restarts k n d). Measured in
 * wasm with two columns, a restart takes 4 to 6 ns of them from 50,000 points on, where most are never looked at, and 10
 * to 40 ns below. To start workers takes some 60 ms, and to give them the points, which each copies and sorts into
 * boxes, 0.1 us a coordinate. Two workers save half of the time, so it must be twice that: a million points in 5
 * clusters are worth it from 9 restarts on, 5,000 from 300.
 */
const WORTH_STARTING = 1.5e7
const WORTH_FILLING = 40

export interface Beginning {
  /** Run all restarts first; otherwise the start of the first one is shown. */
  restarts?: boolean
  /** Centroids to start from instead of the parameters' (k x d). */
  given?: Float64Array | null
  /** Signals to set in the same moment as the new start, so that no view sees old frames with new data. */
  commit?: () => void
}

/** Where a run was. */
export interface RunPlace {
  given: Float64Array | null
  restarts: boolean
  /** Frames made, and the one shown. */
  made: number
  cursor: number
}

/** The run that is shown: its start, its frames as the worker makes them, and its end. */
export class Run {
  readonly #signals: Signals
  readonly #engine: EngineClient
  /** Makes the pool, the first time that there is work for one. */
  readonly #makePool: () => Promise<Pool>
  #pool: Pool | null = null
  /** Counts runs: an answer about an older one is dropped. */
  #epoch = 0
  /** The worker is at the run that is shown. */
  #valid = false
  /** The restarts have been run, or there are none to run. */
  #resolved = false
  #extending: Promise<boolean> | null = null
  #problem: Problem | null = null
  /** Where the run shown began, when it began from given centroids. */
  #given: Float64Array | null = null
  /** Where the centroids were placed by hand, and for which data. */
  #placed: { centroids: Float64Array; k: number; info: DataInfo } | null = null

  constructor(signals: Signals, engine: EngineClient, makePool: () => Promise<Pool>) {
    this.#signals = signals
    this.#engine = engine
    this.#makePool = makePool
  }

  /** Throws the run away and shows the start of a new one. False when it cannot begin or a newer one has begun. */
  async begin({ restarts = false, given = null, commit = () => {} }: Beginning = {}): Promise<boolean> {
    const signals = this.#signals
    const epoch = ++this.#epoch
    this.#valid = false
    this.#extending = null
    signals.playing.value = false
    const params = signals.params.value
    const placed = given ?? this.#placedFor(params)
    if (restarts && params.restarts > 1 && !placed)
      signals.status.value = t(en.runningRestarts, { restarts: params.restarts })
    const progress = (done: number, total: number): void => {
      if (epoch === this.#epoch) this.#setBusy({ done, total })
    }
    try {
      const what = { program: signals.running.value, params: this.#startParams(params, restarts, placed) }
      const raced = await this.#race(what, progress)
      if (epoch !== this.#epoch) return false
      const run = await this.#engine.call("start", { ...what, centroids: placed, raced }, { progress })
      if (epoch !== this.#epoch) return false
      this.#valid = true
      this.#given = placed
      this.#resolved = restarts || placed !== null || params.restarts === 1
      batch(() => {
        commit()
        this.#showStart(run, given !== null)
        if (signals.problem.value === this.#problem) signals.problem.value = null
        unmark(signals)
        if (params.init === MANUAL) this.#place(run.frame.centroids, run.k)
      })
      return true
    } catch (error) {
      if (epoch === this.#epoch) {
        batch(() => {
          commit()
          this.#problem = report(signals, t(en.runCannotStart), error)
        })
      }
      return false
    } finally {
      if (epoch === this.#epoch) this.#setBusy(null)
    }
  }

  /** The restarts, if they are worth more than one worker; null leaves them to the engine's. */
  async #race(what: Race, progress: (done: number, total: number) => void): Promise<Raced | null> {
    const info = this.#signals.info.value
    const { restarts, k } = what.params
    this.#pool?.cancel()
    const alone = navigator.hardwareConcurrency === 1
    if (!info || restarts === 1 || alone) return null
    const coordinates = info.n * info.d
    if (restarts * k * coordinates < WORTH_STARTING + WORTH_FILLING * coordinates) return null
    this.#pool ??= await this.#makePool()
    const points = async (): Promise<Float64Array | null> =>
      (await this.#engine.call("record", { points: true })).points
    return this.#pool.run(what, { key: info, n: info.n, d: info.d, points }, progress)
  }

  /** Makes sure that the run shown is one that can go on: begun, and the best of its restarts. */
  async ready(): Promise<boolean> {
    const { held, running } = this.#signals
    if (held.value) {
      // A person asks for a run: the program that the link came with is what they see.
      running.value = held.value.text
      held.value = null
      this.#valid = false
    }
    return (this.#valid && this.#resolved) || this.begin({ restarts: true })
  }

  /** Makes frame `index` of the history; false when the run ends before it or another has begun. */
  async reach(index: number): Promise<boolean> {
    const { frames } = this.#signals
    while (frames.value.length <= index) {
      if (frames.value.at(-1)?.done !== false || !this.#valid) return false
      this.#extending ??= this.#extend(this.#epoch)
      if (!(await this.#extending)) return false
    }
    return true
  }

  async #extend(epoch: number): Promise<boolean> {
    try {
      const frame = await this.#engine.call("advance", {})
      if (epoch !== this.#epoch) return false
      this.#extending = null
      if (frame) this.#append([frame])
      return frame !== null
    } catch (error) {
      if (epoch === this.#epoch) {
        this.#extending = null
        this.#stop(error)
      }
      return false
    }
  }

  /** Runs to the end without showing what is on the way. */
  async finish(): Promise<boolean> {
    const epoch = this.#epoch
    if (this.#signals.frames.value.at(-1)?.done) return true
    try {
      const frames = await this.#engine.call("finish", {})
      if (epoch !== this.#epoch) return false
      this.#append(frames)
      return true
    } catch (error) {
      if (epoch === this.#epoch) this.#stop(error)
      return false
    }
  }

  /** The engine has ended the run; to go on is to begin it again. */
  #stop(error: unknown): void {
    this.#problem = report(this.#signals, t(en.runStopped), error)
    if (this.#problem) this.#valid = false
  }

  /** Remembers centroids placed by hand, for `init = "manual"`. */
  placeIfManual(centroids: Float64Array): void {
    const { info, params } = this.#signals
    if (params.value.init === MANUAL && info.value) this.#place(centroids, centroids.length / info.value.d)
  }

  /** Sets what the status line says of the frame shown; `whole`: of the iteration it ends, and not of its last half. */
  describe(whole = false): void {
    const { frames, cursor, status, restarts } = this.#signals
    const frame = frames.value[cursor.value]
    if (!frame) return
    if (frame.kind === "start") status.value = startSentence(frame.sizes.length, this.#signals.params.value, false)
    else if (frame.done) status.value = endSentence(frame, restarts.value)
    else {
      const before = frames.value[cursor.value - 1] ?? null
      const rose = frame.inertia !== null && isRise(before?.inertia, frame.inertia)
      const step =
        whole && before && frame.kind === "update"
          ? iterationSentence(frame, before, frames.value[cursor.value - 2] ?? null)
          : stepSentence(frame, before)
      status.value = rose ? `${step} ${t(en.itRose, { cause: riseCause(frame, this.#signals) })}` : step
    }
  }

  /** What it takes to come back to the frame shown, once its data and program are back. */
  get place(): RunPlace {
    const { frames, cursor, restarts } = this.#signals
    return {
      given: this.#given,
      restarts: restarts.value.list.length > 0,
      made: frames.value.length,
      cursor: cursor.value,
    }
  }

  /** Makes the frames of a place again. */
  async goTo({ given, restarts, made }: RunPlace): Promise<void> {
    if ((given || restarts) && !(await this.begin({ given, restarts }))) return
    await this.reach(made - 1)
  }

  /** Nothing is at hand any more: the worker is new. */
  lose(): void {
    this.#epoch++
    this.#valid = false
    this.#extending = null
  }

  #setBusy(busy: { done: number; total: number } | null): void {
    this.#signals.busy.value = busy
  }

  #showStart({ k, frame, restarts, best }: RunInfo, given: boolean): void {
    const signals = this.#signals
    signals.frames.value = [frame]
    signals.cursor.value = 0
    signals.progress.value = 1
    signals.preview.value = null
    signals.metrics.value = null
    signals.restarts.value = { list: restarts, best }
    signals.status.value = startSentence(k, signals.params.value, given)
  }

  #append(frames: Frame[]): void {
    const list = [...this.#signals.frames.value]
    for (const frame of frames) {
      // An advance that was under way when finish was asked for has brought this one already.
      if (frame.index !== list.length) continue
      // An assign moves no centroid: it shares those of the frame before.
      const before = frame.kind === "assign" ? list[frame.index - 1] : null
      list.push(before ? { ...frame, centroids: before.centroids, drawn: before.drawn } : frame)
    }
    this.#signals.frames.value = list
    if (list.at(-1)?.done) void this.#measure()
  }

  async #measure(): Promise<void> {
    const epoch = this.#epoch
    try {
      const metrics = await this.#engine.call("metrics", {})
      if (epoch === this.#epoch) this.#signals.metrics.value = metrics
    } catch (error) {
      if (epoch === this.#epoch) report(this.#signals, t(en.resultNotMeasured), error)
    }
  }

  // --- centroids placed by hand ---

  #place(centroids: Float64Array, k: number): void {
    const info = this.#signals.info.value
    if (info) this.#placed = { centroids, k, info }
  }

  /** With `init = "manual"`: where the centroids were placed, or are now; null when there are none to go by. */
  #placedFor({ init, k }: ParamValues): Float64Array | null {
    if (init !== MANUAL) return null
    const { info, frame } = this.#signals
    if (this.#placed && this.#placed.info === info.value && this.#placed.k === k) return this.#placed.centroids
    return frame.value && frame.value.sizes.length === k && this.#valid ? frame.value.centroids : null
  }

  /** Without any placed yet, "manual" begins from those of the default, for a person to move. */
  #startParams(params: ParamValues, restarts: boolean, placed: Float64Array | null): ParamValues {
    const init = params.init === MANUAL && !placed ? 0 : params.init
    return { ...params, init, restarts: restarts && !placed ? params.restarts : 1 }
  }
}
