/** Inertia against iteration: the chart, and the same numbers as a table. */
import { computed, effect } from "@preact/signals-core"
import { html, render } from "lit-html"
import type { Frame } from "../engine/protocol"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { figure } from "./format"
import type { Look } from "./look"
import { find, view } from "./render"
import { isRise, riseCause } from "./rise"
import { moment } from "./transport"

/** A half-step with an inertia. */
export interface Reading {
  frame: Frame
  inertia: number
  /** Iterations, the update half of one on: 1 is the first assign, 1.5 the first update. */
  at: number
  /** Inertia is larger than at the half-step before. */
  rise: boolean
}

export function readings(frames: Frame[]): Reading[] {
  const out: Reading[] = []
  for (const frame of frames) {
    if (frame.inertia === null) continue
    const before = out.at(-1)
    out.push({
      frame,
      inertia: frame.inertia,
      at: frame.iteration + (frame.kind === "update" ? 0.5 : 0),
      rise: isRise(before?.inertia, frame.inertia),
    })
  }
  return out
}

export async function mountChartPanel(host: HTMLElement, ctx: Context, look: Look): Promise<void> {
  const { store } = ctx
  const all = computed(() => readings(store.frames.value))
  render(
    html`<h2>${t(en.inertia)}</h2><div class="chart-box"><canvas role="img"></canvas><p class="empty"></p><p class="rise"></p></div><div class="chart-table"></div>`,
    host,
  )
  const canvas = find<HTMLCanvasElement>(host, "canvas")
  effect(() => {
    canvas.classList.toggle("blank", all.value.length === 0)
  })
  view(find(host, ".empty"), () => html`${all.value.length ? "" : t(en.chartIsToCome)}`)
  view(find(host, ".rise"), () => {
    const rises = all.value.filter(({ rise }) => rise)
    const last = rises.at(-1)
    return html`${
      last
        ? t(last.frame.kind === "assign" ? en.roseIterationAfterAssign : en.roseIterationAfterUpdate, {
            n: last.frame.iteration,
            cause: riseCause(last.frame, store),
          })
        : ""
    }`
  })
  view(find(host, ".chart-table"), () => {
    const list = all.value
    const first = list[0]
    const last = list.at(-1)
    const rises = list.filter(({ rise }) => rise).length
    const rising = rises === 0 ? "" : t(en.riseCount, { n: rises })
    canvas.ariaLabel =
      first && last
        ? `${t(last.inertia > first.inertia ? en.chartRises : en.chartFalls, {
            first: figure(first.inertia),
            last: figure(last.inertia),
            n: last.frame.iteration,
          })} ${rising}`.trim()
        : t(en.chartIsEmpty)
    return html`<details><summary>${t(en.showTable)}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfInertia)}><table>
      <thead><tr><th scope="col">${t(en.halfStepHead)}</th><th scope="col">${t(en.inertia)}</th><th scope="col">${t(en.pointsMoved)}</th></tr></thead>
      <tbody>${list.map(
        ({ frame, inertia, rise }) => html`<tr aria-current=${frame === store.frame.value ? "step" : "false"}>
          <th scope="row">${moment(frame)}</th><td>${figure(inertia)} ${rise ? t(en.aRise, { cause: riseCause(frame, store).slice(0, -1) }) : ""}</td>
          <td>${frame.kind === "assign" ? frame.changed : "–"}</td></tr>`,
      )}</tbody></table></div></details>`
  })
  const { mountChart } = await import("./chart")
  mountChart(canvas, ctx, look, all)
}
