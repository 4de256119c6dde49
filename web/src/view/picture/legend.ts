/** Which mark is which cluster and how many points it has, in the margin below the picture. */
import { html, nothing, type TemplateResult } from "lit-html"
import type { Store } from "../../state"
import { count } from "../format"
import { swatch } from "../marks"

/** More than these do not fit on the line; the table below has them all. */
export const MOST_LEGEND = 8

export function legend(store: Store, color: (cluster: number) => string): TemplateResult | typeof nothing {
  const { value: frame } = store.frame
  const sizes = store.preview.value?.sizes ?? (frame?.kind === "start" ? null : frame?.sizes)
  if (!sizes || sizes.length > MOST_LEGEND) return nothing
  return html`${sizes.map((size, j) => html`<span>${swatch(j, color(j))}${count(size)}</span>`)}`
}
