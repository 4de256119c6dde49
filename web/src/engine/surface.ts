import type { Explorer } from "./explorer"
import type { Paint, Theme } from "./protocol"
import type { Session } from "./session"
import type { Block } from "./wasm/memory"

/** The tint of the decision regions and their borders, 0 to 1 (DESIGN 5b: a tenth, and one pixel). */
const TINT = 0.1
const BORDER = 0.35
/** The likeliest point of a draw, against the others. */
const LIKELIEST = 3.5
const CHANCE_OPACITY = 0.55

/** The canvas the worker draws regions and points on. */
export class Surface {
  readonly #session: Session
  readonly #explorer: Explorer
  #context: OffscreenCanvasRenderingContext2D | null = null
  #accent = 0
  #themed = false
  /** The regions as last drawn, and what they were drawn for. */
  #layer: { key: string; centroids: (Float64Array | null)[]; pixels: Uint8ClampedArray } | null = null

  constructor(session: Session, explorer: Explorer) {
    this.#session = session
    this.#explorer = explorer
  }

  attach(canvas: OffscreenCanvas): void {
    this.#context = canvas.getContext("2d")
  }

  resize(width: number, height: number): void {
    if (width === this.#session.view.width && height === this.#session.view.height) return
    this.#session.view.resize(width, height)
    this.#layer = null
  }

  theme(theme: Theme): void {
    this.#session.view.palette(theme)
    this.#themed = true
    this.#accent = theme.accent
    this.#layer = null
  }

  /** Forgets the regions: another plane is drawn. */
  invalidate(): void {
    this.#layer = null
  }

  paint(paint: Paint): void {
    const { view, labels, previewed } = this.#session
    const context = this.#context
    if (!context || !this.#themed || view.width === 0 || this.#session.engine.n === 0) return
    view.camera(paint.camera)
    this.#background(paint)
    const { chances } = this.#explorer
    if (paint.chances && chances) {
      const most = Math.max(paint.radius * LIKELIEST, 2)
      view.chances(chances, paint.radius * 0.6, most, CHANCE_OPACITY, this.#accent)
    } else if (paint.preview && previewed)
      view.points(previewed.labels, null, 1, paint.radius, paint.opacity, paint.lit)
    else {
      const fades = paint.blend < 1 && paint.index > 0
      const before: Block | null = fades ? labels.at(paint.index - 1) : null
      view.points(labels.at(paint.index), before, fades ? paint.blend : 1, paint.radius, paint.opacity, paint.lit)
    }
    // The canvas takes its size with the picture, so that it is never seen empty.
    if (context.canvas.width !== view.width) context.canvas.width = view.width
    if (context.canvas.height !== view.height) context.canvas.height = view.height
    context.putImageData(new ImageData(view.pixels, view.width, view.height), 0, 0)
  }

  /** Paper and decision regions, from the copy kept if nothing about them has changed. */
  #background(paint: Paint): void {
    const { view, engine } = this.#session
    const { sx, tx, sy, ty } = paint.camera
    const layers = paint.regions ? this.#regionsOf(paint) : []
    const key = [sx, tx, sy, ty, paint.cell, ...layers.map(([, share]) => share)].join()
    const centroids = layers.map(([c]) => c)
    if (this.#layer?.key === key && sameArrays(this.#layer.centroids, centroids)) {
      view.pixels.set(this.#layer.pixels)
      return
    }
    view.clear()
    for (const [c, share] of layers) view.regions(engine, c, paint.cell, TINT * share, BORDER * share)
    this.#layer = { key, centroids, pixels: view.pixels.slice() }
  }

  /** Centroids whose regions are seen, each with its share while one fades into the other. */
  #regionsOf(paint: Paint): [Float64Array, number][] {
    const { history, previewed } = this.#session
    if (paint.preview && previewed) return [[previewed.centroids, 1]]
    const now = history.regionsOf(paint.index)
    const before = paint.blend < 1 ? history.regionsOf(paint.index - 1) : now
    if (now === before) return now ? [[now, 1]] : []
    const layers: [Float64Array, number][] = []
    if (before) layers.push([before, 1 - paint.blend])
    if (now) layers.push([now, paint.blend])
    return layers
  }
}

const sameArrays = (a: unknown[], b: unknown[]) => a.length === b.length && a.every((item, i) => item === b[i])
