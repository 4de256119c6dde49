import type { Camera, Theme } from "../protocol"
import type { Cells, Engine } from "./engine"
import { type Block, Refusal, type Wasm } from "./memory"

/** c/view.h: the plane that is drawn, and the picture. */
export class View {
  readonly #wasm: Wasm
  readonly #at: number
  #width = 0
  #height = 0

  constructor(wasm: Wasm) {
    this.#wasm = wasm
    this.#at = wasm.exports.km_view_create()
    if (this.#at === 0) throw new Refusal("There is not enough memory for the picture.")
  }

  free(): void {
    this.#wasm.exports.km_view_destroy(this.#at)
  }

  #check(status: number): void {
    if (status !== 0) throw new Refusal(`The picture cannot be drawn: ${this.#wasm.statusText(status)}.`)
  }

  /** Draws columns a and b; b = -1 spreads a single column by a jitter. */
  columns(engine: Engine, a: number, b: number): void {
    this.#check(this.#wasm.exports.km_view_columns(this.#at, engine.at, a, b))
  }

  pca(engine: Engine): void {
    this.#check(this.#wasm.exports.km_view_pca(this.#at, engine.at))
  }

  get shares(): [number, number] {
    const [x, y] = this.#wasm.f64(this.#wasm.exports.km_view_shares(this.#at), 2)
    return [x, y]
  }

  get bounds(): [number, number, number, number] {
    const [x0, y0, x1, y1] = this.#wasm.f64(this.#wasm.exports.km_view_bounds(this.#at), 4)
    return [x0, y0, x1, y1]
  }

  /** Drawn coordinates (k x 2) of k points of d coordinates. */
  project(points: Float64Array, k: number): Float64Array {
    const { km_view_project } = this.#wasm.exports
    return this.#wasm.lend(points, (at) => this.#wasm.receive(2 * k, (out) => km_view_project(this.#at, at, k, out)))
  }

  /** The d coordinates of a plane point; `from` keeps what is not drawn. */
  lift(x: number, y: number, from: Float64Array | null, d: number): Float64Array {
    const { km_view_lift } = this.#wasm.exports
    return this.#wasm.receive(d, (out) => {
      if (from) this.#wasm.lend(from, (at) => km_view_lift(this.#at, x, y, at, out))
      else km_view_lift(this.#at, x, y, 0, out)
    })
  }

  /** Row of the point drawn nearest to a plane point within a radius of pixels, or -1. */
  pick(x: number, y: number, radius: number): number {
    return this.#wasm.exports.km_view_pick(this.#at, x, y, radius)
  }

  get width(): number {
    return this.#width
  }

  get height(): number {
    return this.#height
  }

  resize(width: number, height: number): void {
    this.#check(this.#wasm.exports.km_view_resize(this.#at, width, height))
    this.#width = width
    this.#height = height
  }

  camera(camera: Camera): void {
    this.#wasm.exports.km_view_camera(this.#at, camera.sx, camera.tx, camera.sy, camera.ty)
  }

  palette(theme: Theme): void {
    const { km_view_palette } = this.#wasm.exports
    this.#wasm.lend(Uint32Array.from(theme.clusters), (at) =>
      this.#check(km_view_palette(this.#at, at, theme.clusters.length, theme.unassigned, theme.paper)),
    )
  }

  clear(): void {
    this.#wasm.exports.km_view_clear(this.#at)
  }

  regions(engine: Engine, centroids: Float64Array, cell: number, tint: number, border: number): void {
    const { km_view_regions } = this.#wasm.exports
    const k = centroids.length / engine.d
    this.#wasm.lend(centroids, (at) => this.#check(km_view_regions(this.#at, engine.at, at, k, cell, tint, border)))
  }

  points(
    labels: Block | null,
    before: Block | null,
    blend: number,
    radius: number,
    opacity: number,
    moved: boolean,
  ): void {
    const { km_view_points } = this.#wasm.exports
    km_view_points(this.#at, labels?.at ?? 0, before?.at ?? 0, blend, radius, opacity, Number(moved))
  }

  /** Row `row` on top. */
  lit(labels: Block | null, radius: number, row: number): void {
    this.#wasm.exports.km_view_lit(this.#at, labels?.at ?? 0, radius, row)
  }

  /** Lines from at most `most` points to the centers (k x 2 plane units) of their clusters, from as many of each. */
  spokes(labels: Block, centers: Float64Array, most: number, opacity: number): void {
    const { km_view_spokes } = this.#wasm.exports
    this.#wasm.lend(centers, (at) => km_view_spokes(this.#at, labels.at, at, centers.length / 2, most, opacity))
  }

  /** Boxes over the points, framed in lines of so many pixels. */
  cells({ boxes, labels }: Cells, line: number): void {
    this.#wasm.exports.km_view_cells(this.#at, boxes.at, labels.at, labels.bytes / 4, line)
  }

  /** Points as large as their chances. */
  chances(chances: Block, least: number, largest: number, opacity: number, color: number): void {
    this.#wasm.exports.km_view_chances(this.#at, chances.at, least, largest, opacity, color)
  }

  /** Root mean square distance of a cluster's drawn points from their mean. */
  spread(labels: Block, cluster: number): number {
    return this.#wasm.exports.km_view_spread(this.#at, labels.at, cluster)
  }

  /** The picture itself, width x height x 4; valid until the next call into the module. */
  get pixels(): Uint8ClampedArray<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.#wasm.bytes(
      this.#wasm.exports.km_view_pixels(this.#at),
      4 * this.#width * this.#height,
    )
    return new Uint8ClampedArray(buffer, byteOffset, byteLength)
  }
}
