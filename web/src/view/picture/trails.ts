/** The trails of the centroids, which fade with age, and the centroids that are too many to be buttons. */
import type { Camera } from "../../engine/protocol"
import { toPixel } from "./camera"

/** Updates a trail reaches back, and segments drawn at most. */
const LONGEST = 24
const MOST_SEGMENTS = 20_000

export interface Drawing {
  camera: Camera
  /** Device pixels of a CSS pixel. */
  ratio: number
  colors: string[]
  ink: string
  paper: string
}

/** One stroke from each place to the next; `now` is where the centroids are, between or on the last of `places`. */
export function drawTrails(
  canvas: CanvasRenderingContext2D,
  places: Float64Array[],
  now: Float64Array,
  d: Drawing,
): void {
  const k = now.length / 2
  const reach = Math.min(LONGEST, Math.floor(MOST_SEGMENTS / k))
  const stops = [...places.slice(0, -1).slice(-reach), now]
  canvas.lineCap = "round"
  for (let age = stops.length - 1; age > 0; age--) {
    const from = stops[stops.length - 1 - age]
    const to = stops[stops.length - age]
    if (from.length !== to.length) continue
    canvas.globalAlpha = 0.15 + 0.75 * (1 - age / (reach + 1)) ** 2
    const line = (j: number): void => {
      canvas.moveTo(...toPixel(d.camera, from[2 * j], from[2 * j + 1]))
      canvas.lineTo(...toPixel(d.camera, to[2 * j], to[2 * j + 1]))
    }
    // A paper edge under the strokes keeps them readable over points of their own colour.
    canvas.strokeStyle = d.paper
    canvas.lineWidth = 4.5 * d.ratio
    canvas.beginPath()
    for (let j = 0; j < k; j++) line(j)
    canvas.stroke()
    canvas.lineWidth = 2 * d.ratio
    for (let j = 0; j < k; j++) {
      canvas.strokeStyle = canvas.fillStyle = d.colors[j % d.colors.length]
      canvas.beginPath()
      line(j)
      canvas.stroke()
      canvas.beginPath()
      canvas.arc(...toPixel(d.camera, from[2 * j], from[2 * j + 1]), 2.5 * d.ratio, 0, 2 * Math.PI)
      canvas.fill()
    }
  }
  canvas.globalAlpha = 1
}

/** Small ringed dots. */
export function drawDots(canvas: CanvasRenderingContext2D, now: Float64Array, d: Drawing): void {
  canvas.lineWidth = 1.5 * d.ratio
  canvas.strokeStyle = d.ink
  for (let j = 0; j < now.length / 2; j++) {
    canvas.fillStyle = d.colors[j % d.colors.length]
    canvas.beginPath()
    canvas.arc(...toPixel(d.camera, now[2 * j], now[2 * j + 1]), 3 * d.ratio, 0, 2 * Math.PI)
    canvas.fill()
    canvas.stroke()
  }
}
