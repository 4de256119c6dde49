/** Ticks and titles of the picture's two axes, in the units of the data. */
import { html, nothing, svg, type TemplateResult } from "lit-html"
import type { Camera } from "../../engine/protocol"
import { value } from "../format"
import type { Axis } from "./units"

/** Steps of 1, 2 or 5 times a power of ten, about `wanted` of them between a and b. */
export function ticks(a: number, b: number, wanted: number): { step: number; values: number[] } {
  const rough = Math.abs(b - a) / Math.max(1, wanted)
  if (!(rough > 0) || !Number.isFinite(rough)) return { step: 1, values: [] }
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10)
  const [low, high] = a < b ? [a, b] : [b, a]
  const values: number[] = []
  for (let i = Math.ceil(low / step); i * step <= high && values.length < 50; i++) values.push(i * step)
  return { step, values }
}

/** CSS pixels between ticks. */
const ACROSS = 90
const UP = 56

/** A tick: its place in pixels, and what stands there. */
interface Tick {
  at: number
  text: string
}

/** The ticks of both axes of a plot of that many pixels; none for one that measures nothing. */
export function tickMarks(
  camera: Camera,
  width: number,
  height: number,
  [across, up]: [Axis, Axis],
): { across: Tick[]; up: Tick[] } {
  const original = (axis: Axis, plane: number): number => plane * axis.scale + axis.offset
  const xs = ticks(
    original(across, -camera.tx / camera.sx),
    original(across, (width - camera.tx) / camera.sx),
    width / ACROSS,
  )
  const ys = up.measured
    ? ticks(original(up, (height - camera.ty) / camera.sy), original(up, -camera.ty / camera.sy), height / UP)
    : { step: 1, values: [] }
  const pixelX = (v: number): number => camera.sx * ((v - across.offset) / across.scale) + camera.tx
  const pixelY = (v: number): number => camera.sy * ((v - up.offset) / up.scale) + camera.ty
  return {
    across: xs.values.map((v) => ({ at: pixelX(v), text: value(v, xs.step) })),
    up: ys.values.map((v) => ({ at: pixelY(v), text: value(v, ys.step) })),
  }
}

/** `camera` in CSS pixels; width and height of the plot inside its gutters. */
export function axes(camera: Camera, width: number, height: number, both: [Axis, Axis]): TemplateResult {
  const [right, above] = both
  const { across, up } = tickMarks(camera, width, height, both)
  return html`<svg class="axes" aria-hidden="true">
      <g class="x">${across.map(
        ({ at, text }) => svg`<line x1=${at} x2=${at} y1=${height} y2=${height + 5} />
        <text x=${at} y=${height + 18}>${text}</text>`,
      )}</g>
      <g class="y">${up.map(
        ({ at, text }) => svg`<line y1=${at} y2=${at} x1="-5" x2="0" />
        <text x="-9" y=${at}>${text}</text>`,
      )}</g>
    </svg>
    <p class="axis-title across">${right.title}</p>
    ${above.measured ? html`<p class="axis-title up">${above.title}</p>` : nothing}`
}
