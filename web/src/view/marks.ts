/** A cluster's sign in running text: its colour and the shape its points are drawn with. */
import { html, type TemplateResult } from "lit-html"
import { marks } from "../generated/tables"

type Mark = (typeof marks)[number]

/** On a 16 x 16 grid; the outline follows what c/view draws. */
export const outlines: Record<Mark, string> = {
  disc: "M8 2.5a5.5 5.5 0 1 0 .01 0z",
  square: "M3 3h10v10H3z",
  triangle: "M8 2l6.5 11.5h-13z",
  diamond: "M8 1.5 14.5 8 8 14.5 1.5 8z",
  cross: "M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 2 4.5z",
  "triangle-down": "M8 14 1.5 2.5h13z",
  plus: "M6.25 1.5h3.5v4.75h4.75v3.5H9.75v4.75h-3.5V9.75H1.5v-3.5h4.75z",
  ring: "M8 2a6 6 0 1 0 .01 0zm0 3.5a2.5 2.5 0 1 1-.01 0z",
}

export function swatch(cluster: number, color: string): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><path fill=${color} d=${outlines[marks[cluster % marks.length] ?? "disc"]} /></svg>`
}
