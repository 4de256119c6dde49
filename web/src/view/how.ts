/** How the assigns were done: what was looked at, what was left out, and why nothing changed by it. */
import { html, nothing, type TemplateResult } from "lit-html"
import type { Frame, Method } from "../engine/protocol"
import { params } from "../generated/tables"
import type { Context, Store } from "../state"
import styles from "../styles/how.css?inline"
import * as en from "../text/en"
import { t } from "../text/text"
import { adopt } from "./adopt"
import { figure, percent, points } from "./format"
import type { Panel } from "./late-panel"
import { view } from "./render"

/** Points of the example for data too small for boxes. */
const EXAMPLE = 1_000_000

interface Explanation {
  title: string
  what: string
  exact: string
  sources: TemplateResult
}

const explanations: Record<Method, Explanation> = {
  "brute force": {
    title: t(en.bruteForceTitle),
    what: t(en.bruteForceWhat),
    exact: t(en.bruteForceExact),
    sources: html`S. P. Lloyd. Least squares quantization in PCM. <cite>IEEE Transactions on Information Theory</cite> 28, 1982.`,
  },
  boxes: {
    title: t(en.boxesTitle),
    what: t(en.boxesWhat),
    exact: t(en.boxesExact),
    sources: html`D. Pelleg, A. Moore. Accelerating exact k-means algorithms with geometric reasoning. <cite>KDD</cite>, 1999.
      <a href="https://doi.org/10.1145/312129.312248">doi:10.1145/312129.312248</a>.
      T. Kanungo and others. An efficient k-means clustering algorithm: analysis and implementation. <cite>IEEE Transactions on
      Pattern Analysis and Machine Intelligence</cite> 24, 2002. <a href="https://doi.org/10.1109/TPAMI.2002.1017616">doi:10.1109/TPAMI.2002.1017616</a>.`,
  },
  bounds: {
    title: t(en.boundsTitle),
    what: t(en.boundsWhat),
    exact: t(en.boundsExact),
    sources: html`G. Hamerly. Making k-means even faster. <cite>SIAM Conference on Data Mining</cite>, 2010.
      <a href="https://doi.org/10.1137/1.9781611972801.12">doi:10.1137/1.9781611972801.12</a>.`,
  },
}

/** Sums over some assigns, with the updates among them. */
interface Tally {
  assigns: number
  touched: number
  distances: number
  /** Distances of comparing every point with every centroid. */
  all: number
  ms: number
}

function tally(frames: Frame[], n: number): Tally {
  const sum: Tally = { assigns: 0, touched: 0, distances: 0, all: 0, ms: 0 }
  for (const { work, sizes, ms } of frames) {
    sum.ms += ms
    if (!work) continue
    sum.assigns++
    sum.touched += work.touched
    sum.distances += work.distances
    sum.all += n * sizes.length
  }
  return sum
}

const time = (ms: number): string =>
  ms >= 1000 ? `${figure(Number((ms / 1000).toFixed(1)))} s` : `${figure(Number(ms.toPrecision(3)))} ms`

function figures(store: Store, last: number): TemplateResult {
  const n = store.info.value?.n ?? 0
  const frames = store.frames.value
  const cursor = store.cursor.value
  const [one, run] = [
    tally(frames.slice(last, Math.min(last + 2, cursor + 1)), n),
    tally(frames.slice(0, cursor + 1), n),
  ]
  const row = (name: string, cell: (t: Tally) => string) =>
    html`<tr><th scope="row">${name}</th><td>${cell(one)}</td><td>${cell(run)}</td></tr>`
  const of = (part: number, all: number) => t(en.partOf, { part, all })
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfWork)}><table>
    <thead><tr><th scope="col"></th><th scope="col">${t(en.iterationNumber, { n: frames[last].iteration })}</th>
      <th scope="col">${t(en.runSoFar)}</th></tr></thead>
    <tbody>${row(t(en.pointsTouched), (t) => of(t.touched, n * t.assigns))}${row(t(en.distancesComputed), (t) =>
      of(t.distances, t.all),
    )}${row(t(en.distancesSaved), (t) => percent(Math.max(0, 1 - t.distances / t.all)))}${row(
      t(en.timePerIteration),
      (t) => time(t.ms / t.assigns),
    )}</tbody></table></div>
    <p class="note">${t(en.workNote)}
      ${store.frame.value?.done && frames[last].work?.method !== "brute force" ? t(en.lastIterationNote) : nothing}</p>`
}

/** Why every point was compared with every centroid. */
function reason({ params: values, functions }: Store): string {
  const own = ["distance", "center"].some((name) => name in functions.value)
  const other = (["distance", "center"] as const).some((name) => values.value[name] !== byName(name))
  if (own || other) return t(en.bruteForceForOwnDistance)
  if (values.value.k < 2) return t(en.bruteForceForOneCluster)
  if (values.value.batch > 0) return t(en.bruteForceForBatch)
  return t(en.bruteForceForFewPoints)
}

const byName = (name: string): number => params.find((param) => param.name === name)?.default ?? 0

function boxes({ store, actions }: Context, method: Method): TemplateResult {
  const { value: info } = store.info
  if (method === "brute force") {
    const few = (info?.n ?? 0) < EXAMPLE / 10 && store.params.value.k > 1
    const example = (): void => {
      if (store.data.value.name === "own" || store.data.value.n === 0) actions.chooseData("blobs")
      actions.tuneData({ n: EXAMPLE })
      store.cells.value = true
    }
    return html`<p>${reason(store)} ${few ? t(en.paysForManyPoints) : nothing}</p>
      ${few ? html`<p><button type="button" @click=${example}>${t(en.showItWith, { points: points(EXAMPLE) })}</button></p>` : nothing}`
  }
  if (method === "bounds") return html``
  if ((info?.d ?? 0) > 2) return html`<p class="note">${t(en.boxesNotDrawn)}</p>`
  const drawn = store.cellsDrawn.value
  const said = !store.cells.value
    ? nothing
    : drawn
      ? t(en.boxesDrawn, { all: drawn.whole + drawn.mixed, whole: drawn.whole, mixed: drawn.mixed })
      : t(en.boxesNotKept)
  return html`<p><label class="check"><input type="checkbox" .checked=${store.cells.value}
      @change=${(event: Event) => (store.cells.value = (event.target as HTMLInputElement).checked)}>${t(en.showBoxes)}</label></p>
    <p class="note" aria-live="polite">${said}</p>`
}

export function mountHow(host: HTMLElement, ctx: Context): Panel {
  const { store } = ctx
  adopt(styles)
  host.replaceChildren()
  view(host, () => {
    const frames = store.frames.value
    const last = frames.slice(0, store.cursor.value + 1).findLastIndex(({ work }) => work !== null)
    const work = frames[last]?.work
    if (!work) return html`<p class="empty">${t(en.howIsToCome)}</p>`
    const { title, what, exact, sources } = explanations[work.method]
    return html`<div class="how"><div><h3>${title}</h3><p>${what} ${exact}</p>${boxes(ctx, work.method)}</div>
      <div>${figures(store, last)}<p class="note" lang="en">${sources}</p></div></div>`
  })
  return {}
}
