/** How the assigns were done: what was looked at, what was left out, and why nothing changed by it. */
import { html, nothing, type TemplateResult } from "lit-html"
import type { Frame, Method } from "../engine/protocol"
import { params } from "../generated/tables"
import type { Context, Store } from "../state"
import styles from "../styles/how.css?inline"
import { adopt } from "./adopt"
import { count, percent, points } from "./format"
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
    title: "Every point against every centroid",
    what: "That is the assign step as it is defined, and nothing is left out.",
    exact: "It is what the faster ways are held to: they must give the same labels and centroids, to the bit.",
    sources: html`S. P. Lloyd. Least squares quantization in PCM. <cite>IEEE Transactions on Information Theory</cite> 28, 1982.`,
  },
  boxes: {
    title: "Boxes of points, decided whole",
    what: `The points lie in boxes within boxes. Where one centroid is nearer than any other to every place of a box, all its
      points go to that centroid at once: how many they are and what they sum to is known. Only a box that lies across a border
      is opened, and only in the smallest of those are points looked at one by one.`,
    exact: `A box is decided only when no place in it could choose otherwise, rounding included, so every point gets the label
      that comparing it with every centroid would give.`,
    sources: html`D. Pelleg, A. Moore. Accelerating exact k-means algorithms with geometric reasoning. <cite>KDD</cite>, 1999.
      <a href="https://doi.org/10.1145/312129.312248">doi:10.1145/312129.312248</a>.
      T. Kanungo and others. An efficient k-means clustering algorithm: analysis and implementation. <cite>IEEE Transactions on
      Pattern Analysis and Machine Intelligence</cite> 24, 2002. <a href="https://doi.org/10.1109/TPAMI.2002.1017616">doi:10.1109/TPAMI.2002.1017616</a>.`,
  },
  bounds: {
    title: "Bounds on how far the nearest centroids are",
    what: `Each point remembers how far its own centroid can be at most, and how near any other can be at least. When centroids
      move, both bounds give way by as much as they moved; as long as the first stays below the second, the point is left out.`,
    exact: `By the triangle inequality no other centroid can then be nearer, rounding included, so every point keeps the label
      that comparing it with every centroid would give.`,
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
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : count(ms)} ms`

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
  const of = (part: number, all: number) => `${count(part)} of ${count(all)}`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of the work done"><table>
    <thead><tr><th scope="col"></th><th scope="col">Iteration ${count(frames[last].iteration)}</th>
      <th scope="col">Run so far</th></tr></thead>
    <tbody>${row("Points looked at one by one", (t) => of(t.touched, n * t.assigns))}${row("Distances computed", (t) =>
      of(t.distances, t.all),
    )}${row("Distances saved", (t) => percent(Math.max(0, 1 - t.distances / t.all)))}${row("Time an iteration", (t) =>
      time(t.ms / t.assigns),
    )}</tbody></table></div>
    <p class="note">Distances to boxes count as well. The time is that of assign and update on this device, without drawing.${
      store.frame.value?.done && frames[last].work?.method !== "brute force"
        ? " That of the last iteration counts writing every point's label and adding up the final inertia point by point."
        : nothing
    }</p>`
}

/** Why every point was compared with every centroid. */
function reason({ params: values, functions }: Store): string {
  const own = ["distance", "center"].some((name) => name in functions.value)
  const other = (["distance", "center"] as const).some((name) => values.value[name] !== byName(name))
  if (own || other)
    return "Leaving points out relies on the Euclidean distance and on the mean; this program has others."
  if (values.value.k < 2) return "With one cluster there is nothing to decide."
  if (values.value.batch > 0)
    return "Each iteration takes a random batch of points, so there is nothing to carry over from the one before."
  return "With so few points that is quicker than to prepare leaving some out."
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
    return html`<p>${reason(store)} ${few ? "Many points are where it pays." : nothing}</p>
      ${few ? html`<p><button type="button" @click=${example}>Show it with ${points(EXAMPLE)}</button></p>` : nothing}`
  }
  if (method === "bounds") return html``
  if ((info?.d ?? 0) > 2)
    return html`<p class="note">Boxes of three columns would hide each other in a picture of two, so they are not drawn.</p>`
  const drawn = store.cellsDrawn.value
  const said = !store.cells.value
    ? nothing
    : drawn
      ? `${count(drawn.whole + drawn.mixed)} boxes: ${count(drawn.whole)} decided whole, pale and framed in the colour of their cluster; ${count(drawn.mixed)} across a border, framed in ink, whose points were looked at.`
      : "The boxes of this step are not kept any more: there were too many after it."
  return html`<p><label class="check"><input type="checkbox" .checked=${store.cells.value}
      @change=${(event: Event) => (store.cells.value = (event.target as HTMLInputElement).checked)}>Show the boxes on the picture</label></p>
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
    if (!work) return html`<p class="empty">Press Run or Step: after the first assign its figures appear here.</p>`
    const { title, what, exact, sources } = explanations[work.method]
    return html`<div class="how"><div><h3>${title}</h3><p>${what} ${exact}</p>${boxes(ctx, work.method)}</div>
      <div>${figures(store, last)}<p class="note">${sources}</p></div></div>`
  })
  return {}
}
