/** The draws of the start, one at a time: each point's chance as its size on the picture. */
import { effect } from "@preact/signals-core"
import { html, nothing, render, type TemplateResult } from "lit-html"
import { params as paramTable } from "../../generated/tables"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { count, figure, percent } from "../format"
import { find, view } from "../render"
import type { MountPanel } from "./section"
import { goBack, goToPicture, stageBar, stageLayer } from "./stage"

const choices = paramTable.find(({ name }) => name === "init")?.choices ?? []
const named = (value: string): number => choices.findIndex((choice) => choice.value === value)
const RANDOM = named("random")
const GREEDY = named("greedy-kmeans++")
const FIRST = named("first")

/** 0.031 as "3.1%"; very small chances as "1 in 12,345". */
const chanceText = (p: number): string => (p >= 0.001 || p === 0 ? percent(p) : t(en.oneIn, { n: Math.round(1 / p) }))

export const mount: MountPanel = (host, ctx, _look, { draws }) => {
  const { store } = ctx
  render(html`<p class="finding"></p><div class="panel-controls"></div><div class="draws-table"></div>`, host)
  const part = (name: string): HTMLElement => find(host, `.${name}`)
  const init = (): number => store.params.value.init ?? 0
  const bar = stageBar()
  /** The picture is to be shown when the first draw is there. */
  let opening = false

  view(part("panel-controls"), () => {
    const shown = draws.draw.value !== null
    return html`<button type="button" class="primary" ?disabled=${shown || store.phase.value !== "ready"} @click=${() => {
      opening = true
      draws.open()
    }}>${t(en.showDraws)}</button>`
  })
  view(
    part("finding"),
    () =>
      html`${
        draws.error.value
          ? t(en.drawsCannotShown, { error: t(draws.error.value).replace(/\.$/, "") })
          : draws.draw.value
            ? t(en.drawsAreOnPicture)
            : t(en.drawsIntro)
      }`,
  )
  view(bar, () => {
    if (!draws.draw.value) return html`${nothing}`
    const end = draws.drawn.value && draws.at.value + 1 === store.params.value.k
    return html`<p role="status">${sentence()}</p><div class="buttons">
      <button type="button" class="primary next" ?disabled=${end} @click=${() => draws.next()}>${draws.drawn.value ? t(en.nextChances) : t(en.draw)}</button>
      <button type="button" ?disabled=${draws.at.value === 0 && !draws.drawn.value} @click=${() => draws.back()}>${t(en.undo)}</button>
      <button type="button" @click=${() => draws.first()}>${t(en.fromTheFirst)}</button>
      <button type="button" @click=${leave}>${t(en.showRunAgain)}</button></div>`
  })
  const leave = (): void => {
    draws.close()
    goBack(find(host, "button"))
  }
  effect(() => {
    if (!draws.draw.value || !opening) return
    opening = false
    queueMicrotask(() => goToPicture(bar))
  })

  const law = (): string => {
    if (init() === FIRST) return t(en.lawOfFirst)
    if (init() === RANDOM) return t(en.lawOfRandom)
    const weight =
      "seed_weight" in store.functions.value
        ? t(en.weightOfProgram)
        : store.params.value.distance === 0
          ? t(en.weightSquaredDistance)
          : t(en.weightDistance)
    return t(en.lawOfKMeansPlusPlus, { weight })
  }

  function sentence(): string {
    const draw = draws.draw.value
    if (!draw) return ""
    const { k, seed, restarts } = store.params.value
    const which = t(restarts > 1 ? en.drawOfFirstRestart : en.drawOfK, {
      at: draws.at.value + 1,
      k,
      seed: String(seed),
    })
    if (!draws.drawn.value) {
      const first = draws.at.value === 0 && init() !== FIRST ? t(en.lawOfFirstDraw) : law()
      return `${which} ${first} ${t(en.likeliestPoint, {
        n: draw.possible,
        most: chanceText(draw.most),
      })}`
    }
    const tried = draw.candidates.length
    const row = draw.rows.at(-1) ?? 0
    const best = draw.candidates.find((candidate) => candidate.row === row)
    const greedy = tried > 1 ? t(en.greedyCandidates, { tried, left: figure(best?.left) }) : ""
    const drawn = t(en.pointDrawn, { row: row + 1, chance: chanceText(draw.chance) })
    return `${which} ${drawn} ${greedy}`.trim()
  }

  view(part("draws-table"), () => {
    const draw = draws.draw.value
    if (!draw || !draws.drawn.value) return html`${nothing}`
    const greedy = init() === GREEDY && draw.candidates.length > 1
    const row = draw.rows.at(-1)
    return html`<details><summary>${t(en.showTable)}</summary><div class="scroll" tabindex="0" role="region" aria-label=${t(en.pointsDrawn)}><table>
      <thead><tr><th scope="col">${greedy ? t(en.candidate) : t(en.drawn)}</th><th scope="col">${t(en.pointHead)}</th><th scope="col">${t(en.chance)}</th>${greedy ? html`<th scope="col">${t(en.inertiaLeft)}</th>` : nothing}</tr></thead>
      <tbody>${
        greedy
          ? draw.candidates.map((c, i) =>
              line(`${i + 1} ${c.row === row ? t(en.kept) : ""}`, c.row, chanceText(c.chance), figure(c.left)),
            )
          : draw.rows.map((r, i) =>
              line(String(i + 1), r, i === draw.rows.length - 1 ? chanceText(draw.chance) : "–", null),
            )
      }</tbody></table></div></details>`
  })
  const line = (name: string, row: number, chance: string, left: string | null): TemplateResult =>
    html`<tr><th scope="row">${name}</th><td>${count(row + 1)}</td><td>${chance}</td>${left === null ? nothing : html`<td>${left}</td>`}</tr>`

  const layer = stageLayer(ctx, "draws")
  effect(() => {
    const draw = draws.draw.value
    void store.camera.value
    layer.host.replaceChildren()
    if (!draw) return
    const ring = (name: string, text: string, x: number, y: number): void => {
      const element = document.createElement("span")
      element.className = name
      element.textContent = text
      layer.put(element, x, y)
      layer.host.append(element)
    }
    if (draws.drawn.value && draw.candidates.length > 1)
      for (const { x, y } of draw.candidates) ring("candidate", "", x, y)
    const chosen = draws.drawn.value ? draw.rows.length : draw.rows.length - 1
    for (let j = 0; j < chosen; j++) {
      const now = draws.drawn.value && j === draw.rows.length - 1
      ring(now ? "chosen now" : "chosen", String(j + 1), draw.places[2 * j] ?? 0, draw.places[2 * j + 1] ?? 0)
    }
  })
  return { close: () => draws.close() }
}
