/** What came out: the clusters, how good they are, and what each restart found. */
import { html, nothing, render, type TemplateResult } from "lit-html"
import { metrics } from "../generated/late"
import { limits, shapes } from "../generated/tables"
import type { Context } from "../state"
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
  if (!info || !frame) return html`<p class="empty">Press Run or Step: the clusters and their sizes appear here.</p>`
  const preview = store.preview.value
  const sizes = preview?.sizes ?? frame.sizes
  const assigned = sizes.reduce((sum, size) => sum + size, 0)
  const columns = info.names.slice(0, MOST_COLUMNS)
  const colors = look.colors.value
  const place = (j: number, i: number): string => {
    const v = (frame.centroids[j * info.d + i] ?? 0) * (info.scale[i] ?? 1) + (info.offset[i] ?? 0)
    return figure(Number(v.toPrecision(4)))
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of clusters"><table>
      <thead><tr><th scope="col">Cluster</th><th scope="col">Size</th><th scope="col">Share</th>
        ${columns.map((name) => html`<th scope="col">${columnTitle(name)}</th>`)}</tr></thead>
      <tbody>${sizes.slice(0, MOST_ROWS).map(
        (size, j) => html`<tr><th scope="row">${swatch(j, colors[j % colors.length] ?? "")}${j + 1}</th>
          <td>${count(size)}</td>
          <td>${assigned ? percent(size / assigned) : "–"}</td>${columns.map((_, i) => html`<td>${preview ? "…" : place(j, i)}</td>`)}</tr>`,
      )}</tbody></table></div>
    <p class="note">${sizes.length > MOST_ROWS ? `And ${count(sizes.length - MOST_ROWS)} more clusters. ` : ""}${
      info.d > MOST_COLUMNS
        ? `The first ${MOST_COLUMNS} of ${count(info.d)} coordinates of each centroid.`
        : "Coordinates are those of the centroids."
    }</p>`
}

function quality({ store }: Context): TemplateResult {
  const result = store.metrics.value
  const info = store.info.value
  const shown = metrics.filter(({ needsTruth }) => !needsTruth || (info && info.label !== null))
  const smaller = shown.filter(({ better }) => better < 0).map(({ label }) => label)
  const drawn = shapes.some(({ name }) => name === store.data.value.name)
  const truth = drawn
    ? "The true groups are those the points were drawn from. "
    : info?.label
      ? `The true groups are those of the column ${columnTitle(info.label)}. `
      : nothing
  const sampled = result && info && result.silhouettePoints < info.n && info.n > limits.exactSilhouette
  return html`<dl class="metrics">${shown.map(
    ({ name, label, help }) => html`<div title=${help}><dt>${label}</dt><dd>${figure(result?.values[name])}</dd></div>`,
  )}</dl>
    <p class="note">${result ? nothing : "Computed when a run has ended. "}${
      sampled ? `Silhouette on a sample of ${count(result.silhouettePoints)} points. ` : nothing
    }${truth}Smaller is better for ${smaller.join(" and ")}, larger for the others.</p>`
}

function restarts({ store }: Context): TemplateResult {
  const { list, best } = store.restarts.value
  const kept = list[best]
  if (!kept)
    return html`<p class="empty">With more than one restart, the inertia of each is listed here and the least is kept.</p>`
  const order = list.map((restart, i) => ({ ...restart, i })).sort((a, b) => a.inertia - b.inertia || a.i - b.i)
  const most = order.at(-1)?.inertia ?? 0
  return html`<p>Kept: restart ${best + 1} of ${count(list.length)}, inertia ${figure(kept.inertia)}${
    most > kept.inertia * (1 + 1e-9)
      ? `; the worst ended ${percent(most / kept.inertia - 1)} higher.`
      : "; all ended there."
  }</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of restarts"><table>
      <thead><tr><th scope="col">Seed</th><th scope="col">Inertia</th><th scope="col">Iterations</th></tr></thead>
      <tbody>${order.slice(0, MOST_BARS).map(
        ({
          seed,
          inertia,
          iterations,
          i,
        }) => html`<tr class=${i === best ? "best" : ""}><th scope="row">${seed}${i === best ? " (kept)" : ""}</th>
          <td>${figure(inertia)}</td><td>${count(iterations)}</td></tr>`,
      )}</tbody></table></div>`
}

export function mountResults(host: HTMLElement, ctx: Context, look: Look): void {
  const parts: [string, () => TemplateResult][] = [
    ["Clusters", () => clusters(ctx, look)],
    ["Quality", () => quality(ctx)],
    ["Restarts", () => restarts(ctx)],
  ]
  render(
    html`${parts.map(([title]) => html`<section><h2>${title}</h2><div class="part"></div></section>`)}
      <details class="panel" id="how">
        <summary><span class="panel-title" role="heading" aria-level="2">How it got here</span>
          <span class="question">How much of the work was left out, and why is the result the same?</span></summary>
        <div class="panel-body"><p class="empty">Loading…</p></div></details>`,
    host,
  )
  fillWhenOpened(find<HTMLDetailsElement>(host, "#how"), async (body) => (await import("./how")).mountHow(body, ctx))
  host.querySelectorAll<HTMLElement>(".part").forEach((part, i) => {
    view(part, parts[i][1])
  })
}
