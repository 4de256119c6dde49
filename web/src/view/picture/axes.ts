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

/** `camera` in CSS pixels; width and height of the plot inside its gutters. */
export function axes(camera: Camera, width: number, height: number, [across, up]: [Axis, Axis]): TemplateResult {
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
  return html`<svg class="axes" aria-hidden="true">
      <g class="x">${xs.values.map(
        (v) => svg`<line x1=${pixelX(v)} x2=${pixelX(v)} y1=${height} y2=${height + 5} />
        <text x=${pixelX(v)} y=${height + 18}>${value(v, xs.step)}</text>`,
      )}</g>
      <g class="y">${ys.values.map(
        (v) => svg`<line y1=${pixelY(v)} y2=${pixelY(v)} x1="-5" x2="0" />
        <text x="-9" y=${pixelY(v)}>${value(v, ys.step)}</text>`,
      )}</g>
    </svg>
    <p class="axis-title across">${across.title}</p>
    ${up.measured ? html`<p class="axis-title up">${up.title}</p>` : nothing}`
}
