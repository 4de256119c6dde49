import { effect, signal } from "@preact/signals-core"
import type { EngineClient } from "../engine/client"
import type { Camera, Paint, Theme } from "../engine/protocol"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { glide } from "../view/picture/motion"
import { latest } from "./latest"
import { report } from "./report"

/** Points are so large that side by side they would cover this share of the picture, within limits in CSS pixels. */
const COVER = 0.09
const RADIUS = { least: 0.5, most: 5 }
export const OPACITY = 0.75

/** The frame after the start and the first assign: on the way to it lines show what an update does. */
const FIRST_UPDATE = 2
const SPOKE_OPACITY = 0.3

/** Products of a coordinate that the regions may cost: while things move, if it is not known to be quicker, and at rest. */
const MOVING_COST = 3e6
export const RESTING_COST = 5e8
/** Regions that cost more than this wait until nothing has moved for a moment. */
const QUICK_COST = 3e7
const REST_MS = 150

/** Keeps the picture at what the store says; of many changes the worker draws only the last. */
export class Painter {
  readonly #signals: Signals
  readonly #engine: EngineClient
  readonly #size = signal({ width: 0, height: 0 })
  readonly #theme = signal<Theme | null>(null)
  /** Counts what changes the picture besides the store's signals. */
  readonly #version = signal(0)
  readonly #draw: (exact: boolean) => Promise<void>
  #canvas: HTMLCanvasElement | null = null
  #held = 0
  #asked = false
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(signals: Signals, engine: EngineClient) {
    this.#signals = signals
    this.#engine = engine
    this.#draw = latest((exact) => this.#paint(exact))
    effect(() => {
      // Everything the picture depends on is read here, so that a change of any of it asks for a new one.
      this.#request(false)
      this.#ask()
    })
  }

  attach(canvas: HTMLCanvasElement): void {
    this.#canvas = canvas
    this.#send()
  }

  resize(width: number, height: number): void {
    const most = 8192
    this.#size.value = { width: Math.min(width, most), height: Math.min(height, most) }
    void this.#engine
      .call("resize", this.#size.value)
      .catch((error) => report(this.#signals, t(en.pictureNotDrawn), error))
  }

  theme(theme: Theme): void {
    this.#theme.value = theme
    void this.#engine.call("theme", theme).catch((error) => report(this.#signals, t(en.pictureNotDrawn), error))
  }

  /** Draws nothing while something is being replaced, so that no picture mixes the old with the new. */
  async hold<T>(change: () => Promise<T>): Promise<T> {
    this.#held++
    try {
      return await change()
    } finally {
      this.#held--
      this.#version.value++
    }
  }

  /** Draws again what has changed in the worker alone. */
  refresh(): void {
    this.#version.value++
  }

  /** Gives a new worker what the old one had. A canvas can be handed over only once, so a new one takes its place. */
  restore(): void {
    if (this.#canvas) {
      const fresh = this.#canvas.cloneNode() as HTMLCanvasElement
      this.#canvas.replaceWith(fresh)
      this.#canvas = fresh
      this.#send()
    }
    if (this.#theme.value) this.theme(this.#theme.value)
    this.resize(this.#size.value.width, this.#size.value.height)
    this.#version.value++
  }

  #send(): void {
    if (!this.#canvas) return
    const canvas = this.#canvas.transferControlToOffscreen()
    void this.#engine
      .call("surface", { canvas }, { transfer: [canvas] })
      .catch((error) => report(this.#signals, t(en.pictureNotDrawn), error))
  }

  #ask(): void {
    if (this.#asked || this.#held > 0) return
    this.#asked = true
    requestAnimationFrame(() => {
      this.#asked = false
      if (this.#held === 0) void this.#draw(false)
    })
  }

  async #paint(exact: boolean): Promise<void> {
    const request = this.#request(exact)
    clearTimeout(this.#rest)
    if (!request) return
    try {
      this.#signals.cellsDrawn.value = await this.#engine.call("paint", request.paint)
    } catch (error) {
      report(this.#signals, t(en.pictureNotDrawn), error)
    }
    if (!request.final) this.#rest = setTimeout(() => this.#held === 0 && void this.#draw(true), REST_MS)
  }

  /** What to draw now; `final` when it can stay. Null without a picture to draw on. */
  #request(exact: boolean): { paint: Paint; final: boolean } | null {
    const { camera, info, frame, frames, cursor, progress, preview, regions, cells, lit, zoom, stage } = this.#signals
    const chances = stage.value === "draws"
    const { width, height } = this.#size.value
    const ready = this.#theme.value !== null && this.#version.value >= 0
    const playing = progress.value < 1
    const moving = playing || preview.value !== null
    const places = (frame.value?.centroids.length ?? 0) * width * height
    const quick = exact || (!moving && places <= QUICK_COST)
    const paint = {
      index: cursor.value,
      blend: frame.value?.kind === "assign" ? progress.value : 1,
      radius: radiusFor(info.value?.n ?? 1, width * zoom.value.scale, height * zoom.value.scale, devicePixelRatio),
      opacity: OPACITY,
      regions: regions.value && !chances && frames.value.length > 0,
      cell: Math.max(1, Math.ceil(Math.sqrt(places / (quick ? RESTING_COST : MOVING_COST)))),
      draft: !quick,
      preview: preview.value !== null,
      chances,
      moved: frame.value?.kind === "assign",
      spokes: spokesAt(this.#signals, cursor.value, progress.value),
      lit: lit.value,
      cells: cells.value ? Math.max(1, Math.round(devicePixelRatio)) : 0,
    }
    const seen: Camera | null = camera.value
    if (!ready || !seen || !info.value || width === 0 || height === 0) return null
    return { paint: { ...paint, camera: seen }, final: quick || playing || !paint.regions || paint.cell === 1 }
  }
}

/** In device pixels, of which a CSS pixel has `ratio`. */
export function radiusFor(n: number, width: number, height: number, ratio: number): number {
  const share = Math.sqrt((COVER * width * height) / (Math.PI * n))
  return Math.min(RADIUS.most * ratio, Math.max(RADIUS.least * ratio, share))
}

/** The lines at this share of the time from the frame before: they come with the glide, and stay to be looked at. */
export function spokesAt({ frames, params }: Signals, index: number, share: number): Paint["spokes"] {
  // A mini-batch moves the centroids by others than all their members.
  if (index !== FIRST_UPDATE || params.value.batch) return null
  return { centers: glide(frames.value, index, share), opacity: SPOKE_OPACITY * Math.min(1, 4 * share) }
}
