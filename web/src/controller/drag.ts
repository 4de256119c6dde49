import type { EngineClient } from "../engine/client"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { figure } from "../view/format"
import { latest } from "./latest"
import type { Playback } from "./playback"
import { report } from "./report"
import type { Run } from "./run"

/** Dragging centroids: what the new places would give, live, and a run from there when they are dropped. */
export class Drag {
  readonly #signals: Signals
  readonly #engine: EngineClient
  readonly #run: Run
  readonly #playback: Playback
  /** The centroids of the last answer, k x d. */
  #centroids: Float64Array | null = null
  readonly #ask: () => Promise<void>
  #asked: Promise<void> = Promise.resolve()

  constructor(signals: Signals, engine: EngineClient, run: Run, playback: Playback) {
    this.#signals = signals
    this.#engine = engine
    this.#run = run
    this.#playback = playback
    this.#ask = latest(() => this.#preview())
  }

  /** Moves centroid j to a plane point. */
  move(j: number, x: number, y: number): void {
    const { frame, preview } = this.#signals
    if (!frame.value) return
    if (!preview.value) {
      this.#playback.stop()
      this.#centroids = null
    }
    const { drawn, sizes, inertia } = preview.value ?? { ...frame.value, inertia: frame.value.inertia ?? Number.NaN }
    const moved = drawn.slice()
    moved.set([x, y], 2 * j)
    preview.value = { drawn: moved, sizes, inertia }
    this.#asked = this.#ask()
  }

  /** A run from where the centroids are now. */
  async drop(): Promise<void> {
    await this.#asked
    const centroids = this.#centroids
    if (!this.#signals.preview.value || !centroids) return
    this.#run.placeIfManual(centroids)
    if (await this.#run.begin({ given: centroids })) await this.#playback.play()
    else this.cancel()
  }

  cancel(): void {
    this.#signals.preview.value = null
    this.#centroids = null
    this.#run.describe()
  }

  async #preview(): Promise<void> {
    const { frame, preview } = this.#signals
    if (!preview.value || !frame.value) return
    try {
      const from = frame.value.centroids
      const { centroids, sizes, inertia } = await this.#engine.call("preview", { drawn: preview.value.drawn, from })
      if (!preview.value) return
      this.#centroids = centroids
      preview.value = { drawn: preview.value.drawn, sizes, inertia }
      this.#signals.status.value = t(en.dragPreview, { inertia: figure(inertia) })
    } catch (error) {
      report(this.#signals, t(en.centroidCannotBeThere), error)
      this.cancel()
    }
  }
}
