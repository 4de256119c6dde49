/** The way to the export in a frame that leaves out the program, beside which it stands otherwise. */
import { html, render } from "lit-html"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { icon } from "../view/icons"
import { find, place } from "../view/render"

const arrow = icon("M7 2h2v5h3l-4 4.5L4 7h3zM2.5 12.5h11v1.5h-11z")

export function mountExport(ctx: Context): void {
  const open = async () => (await import("../view/export/dialog")).openExport(ctx)
  const host = document.createElement("span")
  render(
    html`<button type="button" aria-haspopup="dialog" aria-label=${t(en.exportIt)} title=${t(en.exportIt)} @click=${open}>${arrow}</button>`,
    host,
  )
  find(place("picture"), ".zoom").prepend(host)
}
