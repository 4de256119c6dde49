/** The silhouette plot (Rousseeuw 1987) of the clustering shown: one bar a point, sorted within its cluster. */
import { effect } from "@preact/signals-core"
import { html, nothing, render } from "lit-html"
import type { Silhouettes } from "../../engine/explore"
import type { ChooseK } from "../../explore"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { count, figure, percent, points } from "../format"
import type { Look } from "../look"
import { swatch } from "../marks"
import { find, view } from "../render"

/** Share of the height left free between clusters, all of them together. */
const GAPS = 0.12
/** CSS pixels above and below the bars: half a number, and the axis. */
const TOP = 6
const BOTTOM = 22
/** Clusters listed in the table, and numbered in the plot. */
const MOST_ROWS = 50
const MOST_NUMBERS = 20

interface Group {
  cluster: number
  /** The largest first. */
  values: Float64Array
  mean: number
}

function groupsOf({ clusters, values }: Silhouettes): Group[] {
  const groups: Group[] = []
  for (let from = 0, to = 0; from < clusters.length; from = to) {
    while (to < clusters.length && clusters[to] === clusters[from]) to++
    const sorted = values.slice(from, to).sort().reverse()
    groups.push({
      cluster: clusters[from],
      values: sorted,
      mean: sorted.reduce((sum, v) => sum + v, 0) / sorted.length,
    })
  }
  return groups
}

export function mountSilhouettes(
  host: HTMLElement,
  { store }: Context,
  look: Look,
  choose: ChooseK,
): { draw: () => void } {
  render(
    html`<p class="figure-title"></p><div class="silhouette-plot"><canvas role="img"></canvas></div><p class="says"></p><div class="silhouette-table"></div>`,
    host,
  )
  const canvas = find<HTMLCanvasElement>(host, "canvas")
  const color = (cluster: number): string => look.colors.value[cluster % look.colors.value.length] ?? ""

  function draw(): void {
    const silhouettes = choose.silhouettes.value
    const pen = canvas.getContext("2d")
    const defined = silhouettes !== null && silhouettes.values.length > 0 && !Number.isNaN(silhouettes.values[0])
    find(host, ".silhouette-plot").hidden = !defined
    if (!silhouettes || !pen || !defined) return
    const ratio = devicePixelRatio
    canvas.width = Math.round(canvas.clientWidth * ratio)
    canvas.height = Math.round(canvas.clientHeight * ratio)
    pen.scale(ratio, ratio)
    const width = canvas.clientWidth
    const bottom = canvas.clientHeight - BOTTOM
    const height = bottom - TOP
    const style = getComputedStyle(canvas)
    const groups = groupsOf(silhouettes)
    const low = Math.min(0, ...groups.map(({ values }) => values.at(-1) ?? 0))
    const left = 28
    const x = (v: number): number => left + ((v - low) / (1 - low)) * (width - left - 8)
    const perPoint = (height * (groups.length > 1 ? 1 - GAPS : 1)) / silhouettes.measured
    const gap = groups.length > 1 ? (height * GAPS) / (groups.length - 1) : 0
    pen.font = `12px ${getComputedStyle(find(host, ".says")).fontFamily}`
    let y = TOP
    for (const { cluster, values } of groups) {
      pen.fillStyle = color(cluster)
      pen.beginPath()
      pen.moveTo(x(0), y)
      values.forEach((v, i) => {
        pen.lineTo(x(v), y + i * perPoint)
        pen.lineTo(x(v), y + (i + 1) * perPoint)
      })
      pen.lineTo(x(0), y + values.length * perPoint)
      pen.fill()
      pen.fillStyle = style.color
      pen.textAlign = "end"
      pen.textBaseline = "middle"
      if (groups.length <= MOST_NUMBERS) pen.fillText(String(cluster + 1), left - 8, y + (values.length * perPoint) / 2)
      y += values.length * perPoint + gap
    }
    const mean = meanOf(silhouettes)
    pen.strokeStyle = style.color
    pen.setLineDash([4, 3])
    pen.beginPath()
    pen.moveTo(x(mean), 0)
    pen.lineTo(x(mean), bottom)
    pen.stroke()
    pen.setLineDash([])
    pen.textAlign = "center"
    pen.textBaseline = "top"
    for (const tick of [-1, -0.5, 0, 0.5, 1]) if (tick >= low - 0.01) pen.fillText(String(tick), x(tick), bottom + 6)
  }

  effect(() => {
    void choose.silhouettes.value
    void look.colors.value
    requestAnimationFrame(draw)
  })
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(find(host, ".silhouette-plot"))

  effect(() => {
    const silhouettes = choose.silhouettes.value
    const k = silhouettes?.k ?? store.params.value.k
    find(host, ".figure-title").textContent = t(en.silhouettesTitle, { k })
    const says = find(host, ".says")
    if (!silhouettes) says.textContent = t(en.silhouettesNeedRun)
    else if (Number.isNaN(silhouettes.values[0] ?? Number.NaN)) says.textContent = t(en.silhouettesNeedTwo)
    else {
      const sampled = silhouettes.measured < silhouettes.n
      const mean = figure(Number(meanOf(silhouettes).toPrecision(3)))
      says.textContent =
        `${sampled ? t(en.silhouettesOfSample, silhouettes) : ""} ${t(en.silhouettesLegend, { mean })}`.trim()
      canvas.ariaLabel = t(en.silhouettesPlot, {
        points: points(silhouettes.measured),
        n: groupsOf(silhouettes).length,
        mean,
      })
    }
  })

  view(find(host, ".silhouette-table"), () => {
    const silhouettes = choose.silhouettes.value
    if (!silhouettes || Number.isNaN(silhouettes.values[0] ?? Number.NaN)) return html``
    const groups = groupsOf(silhouettes)
    const two = (v: number): string => figure(Number(v.toPrecision(3)))
    return html`<details><summary>${t(en.showTable)}</summary><div class="scroll" tabindex="0" role="region" aria-label=${t(en.silhouettesTable)}><table>
      <thead><tr><th scope="col">${t(en.cluster)}</th><th scope="col">${t(en.pointsMeasured)}</th><th scope="col">${t(en.mean)}</th><th scope="col">${t(en.least)}</th><th scope="col">${t(en.below0)}</th></tr></thead>
      <tbody>${groups.slice(0, MOST_ROWS).map(
        ({
          cluster,
          values,
          mean,
        }) => html`<tr><th scope="row">${swatch(cluster, color(cluster))}${cluster + 1}</th><td>${count(values.length)}</td>
          <td>${two(mean)}</td><td>${two(values.at(-1) ?? 0)}</td><td>${percent(values.filter((v) => v < 0).length / values.length)}</td></tr>`,
      )}</tbody></table></div>${groups.length > MOST_ROWS ? html`<p class="note">${t(en.moreClusters, { n: groups.length - MOST_ROWS })}</p>` : nothing}</details>`
  })
  return { draw: () => requestAnimationFrame(draw) }
}

const meanOf = ({ values }: Silhouettes): number => values.reduce((sum, v) => sum + v, 0) / values.length
