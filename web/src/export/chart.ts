/** The inertia curve as a drawing. */
import * as en from "../text/en"
import { t } from "../text/text"
import type { Reading } from "../view/chart-panel"
import { figure } from "../view/format"
import { ticks } from "../view/picture/axes"
import { label, line, type Part, px, type Style } from "./svg"

const GUTTER = { left: 74, right: 16, top: 16, bottom: 42 }
/** Beyond this many half-steps a dot for each would be a band. */
const MOST_DOTS = 120

/** `at`: the reading of the frame shown, which stands out. */
export function chartPart(readings: Reading[], at: number, width: number, height: number, style: Style): Part {
  const [across, up] = [width - GUTTER.left - GUTTER.right, height - GUTTER.top - GUTTER.bottom]
  const inertias = readings.map(({ inertia }) => inertia)
  const first = 1
  const last = Math.max(2, readings.at(-1)?.at ?? 2)
  const [low, high] = [Math.min(...inertias), Math.max(...inertias)]
  const margin = (high - low || Math.abs(high) || 1) * 0.06
  const [bottom, top] = [low - margin, high + margin]
  const x = (value: number): number => ((value - first) / (last - first)) * across
  const y = (value: number): number => up - ((value - bottom) / (top - bottom)) * up
  const iterations = ticks(first, last, across / 60).values.filter((value) => Number.isInteger(value))
  const text = { fill: style.muted }
  const parts = [
    ...ticks(bottom, top, 5).values.map(
      (value) =>
        line(0, y(value), across, y(value), style.rule) +
        label(-9, y(value) + 4, figure(value), { ...text, anchor: "end" }),
    ),
    line(0, up, across, up, style.rule),
    ...iterations.map((value) => label(x(value), up + 18, String(value), { ...text, anchor: "middle" })),
    label(across / 2, up + 36, t(en.iteration), { ...text, anchor: "middle" }),
    `<g transform="rotate(-90)">${label(-up / 2, 14 - GUTTER.left, t(en.inertia), { ...text, anchor: "middle" })}</g>`,
    `<path d="${readings.map((reading, i) => `${i ? "L" : "M"}${px(x(reading.at))} ${px(y(reading.inertia))}`).join("")}" stroke="${style.ink}" stroke-width="1.5" stroke-linejoin="round"/>`,
    ...readings.map((reading, i) =>
      reading.rise && i > 0
        ? line(x(readings[i - 1].at), y(readings[i - 1].inertia), x(reading.at), y(reading.inertia), style.rise, 3)
        : "",
    ),
    ...readings.map((reading, i) => {
      const shown = i === at
      if (!shown && readings.length > MOST_DOTS) return ""
      // Filled after an assign, open after an update.
      const open = shown || reading.frame.kind === "update"
      const edge = shown ? style.accent : reading.rise ? style.rise : style.ink
      return `<circle cx="${px(x(reading.at))}" cy="${px(y(reading.inertia))}" r="${shown ? 6 : 3}" fill="${open ? style.paper : style.ink}" stroke="${edge}" stroke-width="${shown ? 3 : 1.5}"/>`
    }),
  ]
  return { width, height, body: `<g transform="translate(${GUTTER.left} ${GUTTER.top})">${parts.join("")}</g>` }
}
