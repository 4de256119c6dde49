/** The Explore section: four experiments, each loaded when it is first opened. */
import { html, render } from "lit-html"
import type { Explore } from "../../explore"
import type { Context } from "../../state"
import { adopt } from "../adopt"
import { fillWhenOpened, type Panel } from "../late-panel"
import type { Look } from "../look"
import { find } from "../render"

/** What a panel is given: a place, the page, the look, and the explorations. */
export type MountPanel = (host: HTMLElement, ctx: Context, look: Look, explore: Explore) => Panel

const panels: { id: string; title: string; question: string; load: () => Promise<{ mount: MountPanel }> }[] = [
  {
    id: "race",
    title: "A race of starts",
    question: "How much does the end depend on the start?",
    load: () => import("./race"),
  },
  {
    id: "choose",
    title: "Choosing k",
    question: "How many clusters are there, if any?",
    load: () => import("./choose"),
  },
  {
    id: "draws",
    title: "k-means++, one draw at a time",
    question: "Which point becomes the next centroid, and with what chance?",
    load: () => import("./draws"),
  },
  {
    id: "predict",
    title: "Predict, then reveal",
    question: "Where will the mean be?",
    load: () => import("./predict"),
  },
]

export function mountExplore(host: HTMLElement, ctx: Context, look: Look): void {
  render(
    html`<h2 id="explore-title">Explore</h2>
      <p class="lead">One run is an anecdote. These ask many runs, on the data and with the program above.</p>
      ${panels.map(
        ({ id, title, question }) => html`<details class="panel" id="explore-${id}">
          <summary><span class="panel-title" role="heading" aria-level="3">${title}</span> <span class="question">${question}</span></summary>
          <div class="panel-body"><p class="empty">Loading…</p></div></details>`,
      )}`,
    host,
  )
  for (const { id, load } of panels) {
    const details = find<HTMLDetailsElement>(host, `#explore-${id}`)
    fillWhenOpened(details, async (body) => {
      const [{ mount }, explore, { default: css }] = await Promise.all([
        load(),
        ctx.actions.explore(),
        import("../../styles/explore-panels.css?inline"),
      ])
      adopt(css)
      body.replaceChildren()
      return mount(body, ctx, look, explore)
    })
  }
}
