import type { Explorer } from "./explorer"
import type { Camera, CellCount, Paint, Requests, Theme } from "./protocol"
import type { Session } from "./session"
import type { Block } from "./wasm/memory"

/** The tint of the decision regions and their borders, 0 to 1 (DESIGN 5b: a tenth, and one pixel). */
const TINT = 0.1
const BORDER = 0.35
/** What the regions of a picture in motion may take. */
const DRAFT_MS = 4
/** The likeliest point of a draw, against the others. */
const LIKELIEST = 3
const CHANCE_OPACITY = 0.55
/** Lines from members to their centroid: more would hide the points. */
const MOST_SPOKES = 400

/** The canvas the worker draws regions and points on. */
export class Surface {
  readonly #session: Session
  readonly #explorer: Explorer
  #context: OffscreenCanvasRenderingContext2D | null = null
  #theme: Theme | null = null
  #camera: Camera | null = null
  /** The regions as last drawn, and what they were drawn for. */
  #layer: { key: string; centroids: (Float64Array | null)[]; pixels: Uint8ClampedArray } | null = null

  /** Cells of a draft, as small as they proved to be quick. */
  #draftCell = Number.POSITIVE_INFINITY

  /** What the picture was last drawn from; `pixels` are those without the lit point, where there is one. */
  #drawn: { state: unknown[]; lit: number; pixels: Uint8ClampedArray | null } | null = null

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
    this.invalidate()
  }

  theme(theme: Theme): void {
    this.#session.view.palette(theme)
    this.#theme = theme
    this.invalidate()
  }

  /** Forgets what is drawn: another plane, or other colours. */
  invalidate(): void {
    this.#layer = null
    this.#drawn = null
  }

  /** Returns the boxes that are seen; null when there are none to be seen. */
  paint(paint: Paint): CellCount | null {
    const { view, labels, previewed, history, engine } = this.#session
    const context = this.#context
    if (!context || !this.#theme || view.width === 0 || engine.n === 0) return null
    const seen = paint.cells > 0 && !paint.preview && !paint.chances
    const cells = seen ? this.#session.cells.at(paint.index) : null
    const { index, radius, camera, lit, ...rest } = paint
    const sources = [history.frames[index], previewed, this.#explorer.draws, cells]
    const state = [...Object.values(rest), radius, ...Object.values(camera), ...sources]
    const same = this.#drawn !== null && sameArrays(this.#drawn.state, state)
    if (same && this.#drawn?.lit === lit) return cells?.count ?? null
    view.camera(camera)
    this.#camera = camera
    const preview = paint.preview ? previewed : null
    if (same && this.#drawn?.pixels) view.pixels.set(this.#drawn.pixels)
    else {
      this.#background(paint)
      this.#points(paint, preview)
      if (cells) view.cells(cells, paint.cells)
    }
    // Pointing at one point after another draws that point alone over the picture kept.
    this.#drawn = { state, lit, pixels: lit < 0 ? null : same ? (this.#drawn?.pixels ?? null) : view.pixels.slice() }
    if (lit >= 0) view.lit(preview?.labels ?? labels.at(index), radius, lit)
    // The canvas takes its size with the picture, so that it is never seen empty.
    if (context.canvas.width !== view.width) context.canvas.width = view.width
    if (context.canvas.height !== view.height) context.canvas.height = view.height
    context.putImageData(new ImageData(view.pixels, view.width, view.height), 0, 0)
    return cells?.count ?? null
  }

  /** Draws on the same bitmap, which is then as it was but for its pixels: the next picture draws all anew. */
  portrait({ paint, theme, width, height }: Requests["portrait"]["args"]): Uint8ClampedArray<ArrayBuffer> {
    const { view } = this.#session
    const { width: across, height: up } = view
    this.invalidate()
    view.resize(width, height)
    view.palette(theme)
    view.camera(paint.camera)
    this.#background(paint)
    this.#points(paint, null)
    const pixels = view.pixels.slice()
    view.resize(across, up)
    if (this.#theme) this.theme(this.#theme)
    if (this.#camera) view.camera(this.#camera)
    return pixels
  }

  #points(paint: Paint, preview: { labels: Block } | null): void {
    const { index, blend, radius, opacity, moved, spokes } = paint
    const { view, labels } = this.#session
    const { chances } = this.#explorer
    if (paint.chances && chances) {
      view.chances(chances, radius * 0.6, Math.max(radius * LIKELIEST, 2), CHANCE_OPACITY, this.#theme?.accent ?? 0)
      return
    }
    if (preview) {
      view.points(preview.labels, null, 1, radius, opacity, false)
      return
    }
    const before: Block | null = (moved || blend < 1) && index > 0 ? labels.at(index - 1) : null
    const now = labels.at(index)
    view.points(now, before, before ? blend : 1, radius, opacity, moved)
    if (now && spokes) view.spokes(now, spokes.centers, MOST_SPOKES, spokes.opacity)
  }

  /** Paper and decision regions, from the copy kept if nothing about them has changed. */
  #background(paint: Paint): void {
    const { view, engine } = this.#session
    const { sx, tx, sy, ty } = paint.camera
    const layers = paint.regions ? this.#regionsOf(paint) : []
    const cell = paint.draft ? Math.min(paint.cell, this.#draftCell) : paint.cell
    const key = [sx, tx, sy, ty, cell, ...layers.map(([, share]) => share)].join()
    const centroids = layers.map(([c]) => c)
    if (this.#layer?.key === key && sameArrays(this.#layer.centroids, centroids)) {
      view.pixels.set(this.#layer.pixels)
      return
    }
    view.clear()
    if (layers.length === 0) return
    const from = performance.now()
    for (const [c, share] of layers) view.regions(engine, c, cell, TINT * share, BORDER * share)
    if (paint.draft) this.#draftCell = nextCell(cell, performance.now() - from)
    // Into the same memory while it fits: in a drag every picture has other regions, and new memory costs a millisecond.
    const { pixels } = view
    const room =
      this.#layer?.pixels.length === pixels.length ? this.#layer.pixels : new Uint8ClampedArray(pixels.length)
    room.set(pixels)
    this.#layer = { key, centroids, pixels: room }
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

/** Cells for the next draft, after cells of this size took so long. One step at a time: any thread may be held up once. */
function nextCell(cell: number, ms: number): number {
  if (ms > DRAFT_MS) return cell + 1
  return cell > 1 && ms * (cell / (cell - 1)) ** 2 < DRAFT_MS ? cell - 1 : cell
}

const sameArrays = (a: unknown[], b: unknown[]) => a.length === b.length && a.every((item, i) => item === b[i])
