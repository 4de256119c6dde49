/** The Explore section: four experiments, each loaded when it is first opened. */
import { html, render } from "lit-html"
import type { Explore } from "../../explore"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { adopt } from "../adopt"
import { fillWhenOpened, type Panel } from "../late-panel"
import type { Look } from "../look"
import { find } from "../render"

/** What a panel is given: a place, the page, the look, and the explorations. */
export type MountPanel = (host: HTMLElement, ctx: Context, look: Look, explore: Explore) => Panel

const panels: { id: string; title: string; question: string; load: () => Promise<{ mount: MountPanel }> }[] = [
  {
    id: "race",
    title: t(en.raceTitle),
    question: t(en.raceTeaser),
    load: () => import("./race"),
  },
  {
    id: "choose",
    title: t(en.chooseTitle),
    question: t(en.chooseTeaser),
    load: () => import("./choose"),
  },
  {
    id: "draws",
    title: t(en.drawsTitle),
    question: t(en.drawsTeaser),
    load: () => import("./draws"),
  },
  {
    id: "predict",
    title: t(en.predictTitle),
    question: t(en.predictTeaser),
    load: () => import("./predict"),
  },
]

export function mountExplore(host: HTMLElement, ctx: Context, look: Look): void {
  render(
    html`<h2 id="explore-title">${t(en.explore)}</h2>
      <p class="lead">${t(en.exploreIntro)}</p>
      ${panels.map(
        ({ id, title, question }) => html`<details class="panel" id="explore-${id}">
          <summary><span class="panel-title" role="heading" aria-level="3">${title}</span> <span class="question">${question}</span></summary>
          <div class="panel-body"><p class="empty">${t(en.loading)}</p></div></details>`,
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
