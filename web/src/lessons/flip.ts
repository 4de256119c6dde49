/** The flip point drawn: at which distance the best result begins to isolate the small group. */
import { html, svg, type TemplateResult } from "lit-html"
import styles from "../styles/flip.css?inline"
import * as en from "../text/en"
import { t } from "../text/text"
import { adopt } from "../view/adopt"
import { claimOf, written } from "./claims"
import { flipDistances, flipName, type Measured } from "./measures"

const HEIGHT = 40

/** A table whose cells hold a bar each; the column of the dial's distance is the current one. */
export function flip(measured: Measured | null, dial: number): TemplateResult {
  adopt(styles)
  const nearest = flipDistances.reduce((best, d) => (Math.abs(d - dial) < Math.abs(best - dial) ? d : best))
  const current = (distance: number): string => (distance === nearest ? "true" : "false")
  const share = (distance: number): number | undefined => measured?.[flipName(distance)]
  return html`<table class="flip">
      <caption>${t(en.flipCaption)}</caption>
      <tbody>
        <tr><th scope="row">${t(en.share)}</th>${flipDistances.map((distance) => {
          const value = share(distance)
          const bar = (HEIGHT * (value ?? 0)) / 100
          return html`<td aria-current=${current(distance)}><svg viewBox="0 0 20 ${HEIGHT}" width="20" height=${HEIGHT} aria-hidden="true">${svg`
            <rect class="track" width="20" height=${HEIGHT}></rect><rect class="bar" y=${HEIGHT - bar} width="20" height=${bar}></rect>`}</svg><span>${
            value === undefined ? "…" : written(value, claimOf(`small-cluster.${flipName(distance)}`))
          }</span></td>`
        })}</tr>
        <tr><th scope="row">${t(en.distance)}</th>${flipDistances.map(
          (distance) => html`<td aria-current=${current(distance)}>${distance}</td>`,
        )}</tr>
      </tbody>
    </table>`
}
