/** What a style sheet cannot say of a printed page: the link to what it shows, and how large the picture was drawn. */
import { html, render, type TemplateResult } from "lit-html"
import type { Context, Link, Store } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { addressOf } from "./address"
import { place } from "./render"

/** More characters than this nobody types, and no camera reads. */
const MOST_PRINTED = 2000

function linkView({ link, cursor }: Store): TemplateResult {
  const { query, hash, missing }: Link = link.value ?? { query: `?step=${cursor.value}`, hash: "", missing: null }
  const address = addressOf({ query, hash })
  if (address.length > MOST_PRINTED) return html`${t(en.linkTooLongForPaper)}`
  return html`<a href=${address}>${address}</a> ${missing}`
}

export function mountPrint({ store }: Context): void {
  addEventListener("beforeprint", () => {
    render(linkView(store), place("address"))
    // The picture stays as it was drawn, scales, centroids and all, and shrinks as a whole (styles/print.css).
    const picture = place("picture")
    const { width, height } = picture.getBoundingClientRect()
    picture.style.setProperty("--drawn-width", `${width}px`)
    picture.style.setProperty("--drawn-height", `${height}px`)
    picture.style.setProperty("--shrink", String(Math.min(1, 600 / width)))
  })
}
