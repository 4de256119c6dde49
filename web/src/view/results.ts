/** What came out: the clusters, how good they are, and what each restart found. */
import { html, nothing, render, type TemplateResult } from "lit-html"
import { metrics } from "../generated/late"
import { limits, shapes } from "../generated/tables"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { count, figure, percent } from "./format"
import { fillWhenOpened } from "./late-panel"
import type { Look } from "./look"
import { swatch } from "./marks"
import { columnTitle } from "./picture/units"
import { find, view } from "./render"

/** Rows and columns of a table that a person still reads. */
const MOST_ROWS = 100
const MOST_COLUMNS = 4
/** Bars of the restarts strip. */
const MOST_BARS = 200

function clusters({ store }: Context, look: Look): TemplateResult {
  const info = store.info.value
  const frame = store.frame.value
  if (!info || !frame) return html`<p class="empty">${t(en.clustersAreToCome)}</p>`
  const preview = store.preview.value
  const sizes = preview?.sizes ?? frame.sizes
  const assigned = sizes.reduce((sum, size) => sum + size, 0)
  const columns = info.names.slice(0, MOST_COLUMNS)
  const colors = look.colors.value
  const place = (j: number, i: number): string => {
    const v = (frame.centroids[j * info.d + i] ?? 0) * (info.scale[i] ?? 1) + (info.offset[i] ?? 0)
    return figure(Number(v.toPrecision(4)))
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfClusters)}><table>
      <thead><tr><th scope="col">${t(en.cluster)}</th><th scope="col">${t(en.size)}</th><th scope="col">${t(en.share)}</th>
        ${columns.map((name) => html`<th scope="col">${columnTitle(name)}</th>`)}</tr></thead>
      <tbody>${sizes.slice(0, MOST_ROWS).map(
        (size, j) => html`<tr><th scope="row">${swatch(j, colors[j % colors.length] ?? "")}${j + 1}</th>
          <td>${count(size)}</td>
          <td>${assigned ? percent(size / assigned) : "–"}</td>${columns.map((_, i) => html`<td>${preview ? "…" : place(j, i)}</td>`)}</tr>`,
      )}</tbody></table></div>
    <p class="note">${sizes.length > MOST_ROWS ? t(en.moreClusters, { n: sizes.length - MOST_ROWS }) : ""}
      ${
        info.d > MOST_COLUMNS
          ? t(en.firstCoordinates, { shown: MOST_COLUMNS, d: info.d })
          : t(en.coordinatesOfCentroids)
      }</p>`
}

function quality({ store }: Context): TemplateResult {
  const result = store.metrics.value
  const info = store.info.value
  const shown = metrics.filter(({ needsTruth }) => !needsTruth || (info && info.label !== null))
  const smaller = shown.filter(({ better }) => better < 0).map(({ label }) => t(label))
  const drawn = shapes.some(({ name }) => name === store.data.value.name)
  const truth = drawn
    ? t(en.truthOfShape)
    : info?.label
      ? t(en.truthOfColumn, { name: columnTitle(info.label) })
      : nothing
  const sampled = result && info && result.silhouettePoints < info.n && info.n > limits.exactSilhouette
  return html`<dl class="metrics">${shown.map(
    ({ name, label, help }) =>
      html`<div title=${t(help)}><dt>${t(label)}</dt><dd>${figure(result?.values[name])}</dd></div>`,
  )}</dl>
    <p class="note">${result ? nothing : t(en.qualityIsToCome)}
      ${sampled ? t(en.silhouetteOfSample, { n: result.silhouettePoints }) : nothing} ${truth}
      ${t(en.whichIsBetter, { measures: smaller.join(t(en.and)) })}</p>`
}

function restarts({ store }: Context): TemplateResult {
  const { list, best } = store.restarts.value
  const kept = list[best]
  if (!kept) return html`<p class="empty">${t(en.restartsAreToCome)}</p>`
  const order = list.map((restart, i) => ({ ...restart, i })).sort((a, b) => a.inertia - b.inertia || a.i - b.i)
  const most = order.at(-1)?.inertia ?? 0
  return html`<p>${t(most > kept.inertia * (1 + 1e-9) ? en.keptBest : en.keptSame, {
    best: best + 1,
    all: list.length,
    inertia: figure(kept.inertia),
    worst: percent(most / kept.inertia - 1),
  })}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfRestarts)}><table>
      <thead><tr><th scope="col">${t(en.seed)}</th><th scope="col">${t(en.inertia)}</th><th scope="col">${t(en.iterations)}</th></tr></thead>
      <tbody>${order.slice(0, MOST_BARS).map(
        ({
          seed,
          inertia,
          iterations,
          i,
        }) => html`<tr class=${i === best ? "best" : ""}><th scope="row">${seed} ${i === best ? t(en.kept) : ""}</th>
          <td>${figure(inertia)}</td><td>${count(iterations)}</td></tr>`,
      )}</tbody></table></div>`
}

export function mountResults(host: HTMLElement, ctx: Context, look: Look): void {
  const parts: [string, () => TemplateResult][] = [
    [t(en.clusters), () => clusters(ctx, look)],
    [t(en.quality), () => quality(ctx)],
    [t(en.restarts), () => restarts(ctx)],
  ]
  render(
    html`${parts.map(([title]) => html`<section><h2>${title}</h2><div class="part"></div></section>`)}
      <details class="panel" id="how">
        <summary><span class="panel-title" role="heading" aria-level="2">${t(en.howTitle)}</span>
          <span class="question">${t(en.howTeaser)}</span></summary>
        <div class="panel-body"><p class="empty">${t(en.loading)}</p></div></details>`,
    host,
  )
  fillWhenOpened(find<HTMLDetailsElement>(host, "#how"), async (body) => (await import("./how")).mountHow(body, ctx))
  host.querySelectorAll<HTMLElement>(".part").forEach((part, i) => {
    view(part, parts[i][1])
  })
}
