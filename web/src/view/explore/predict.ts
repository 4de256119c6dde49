/** Predict where a centroid goes, then see. */
import { effect } from "@preact/signals-core"
import { html, nothing, render } from "lit-html"
import type { Guess } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure, percent } from "../format"
import { toPixel, toPlane } from "../picture/camera"
import { axesOf } from "../picture/units"
import { find, view } from "../render"
import type { MountPanel } from "./section"
import { goBack, goToPicture, stageBar, stageLayer } from "./stage"

/** CSS pixels an arrow key moves the ghost, alone and with Shift. */
const STEP = 4
const LARGE_STEP = 24

const directions: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

export const mount: MountPanel = (host, ctx, _look, { predict }) => {
  const { store } = ctx
  render(html`<p class="finding"></p><div class="panel-controls"></div><div class="tally"></div>`, host)
  const part = (name: string): HTMLElement => find(host, `.${name}`)
  const bar = stageBar()
  /** The picture is to be shown when the question is there. */
  let opening = false

  /** A distance in the units of the data, or of what the points are measured in. */
  function distance(plane: number): string {
    const info = store.info.value
    const axes = store.plane.value && info ? axesOf(store.plane.value, info) : null
    const same = axes && axes[0].scale === axes[1].scale
    const scale = same ? axes[0].scale : 1
    const size = figure(Number((plane * scale).toPrecision(3)))
    return info?.standardized && !same ? t(en.standardDeviations, { size }) : size
  }

  const asking = (): boolean => store.stage.value === "predict"

  view(
    part("panel-controls"),
    () =>
      html`<button type="button" class="primary" ?disabled=${asking() || store.phase.value !== "ready"} @click=${() => {
        opening = true
        predict.open()
      }}>${t(en.askMe)}</button>`,
  )
  view(part("finding"), () => html`${asking() ? t(en.questionIsOnPicture) : t(en.predictIntro)}`)

  view(bar, () => {
    if (!asking()) return html`${nothing}`
    const revealed = predict.revealed.value !== null
    const stop = html`<button type="button" @click=${leave}>${t(en.stop)}</button>`
    if (predict.obstacle.value)
      return html`<p role="status">${predict.obstacle.value}</p><div class="buttons">${stop}</div>`
    return html`<p role="status">${sentence()}</p><div class="buttons">
      <div class="field choice"><label for="predict-cluster">${t(en.cluster)}</label><select id="predict-cluster" ?disabled=${revealed}
        @change=${(event: Event) => predict.choose((event.target as HTMLSelectElement).selectedIndex)}>${(
          store.frame.value?.sizes ?? []
        ).map(
          (size, j) => html`<option .selected=${j === predict.cluster.value} ?disabled=${size === 0}>${j + 1}</option>`,
        )}</select></div>
      ${
        revealed
          ? html`<button type="button" class="primary" @click=${() => predict.next()}>${t(en.nextUpdate)}</button>`
          : html`<button type="button" class="primary" @click=${() => predict.reveal()}>${t(en.reveal)}</button>`
      }${stop}</div>`
  })
  function sentence(): string {
    const last = predict.last.value
    if (!last) return t(en.predictQuestion, { cluster: predict.cluster.value + 1 })
    const off = t(last.share === null ? en.offBy : en.offByShareOfSpread, {
      distance: distance(last.distance),
      share: percent(last.share ?? 0),
    })
    const { center, batch } = store.params.value
    if (batch) return `${off} ${t(en.wentPartOfTheWay)}`
    return center === 0 && !("center" in store.functions.value)
      ? `${off} ${t(en.wentToMean)}`
      : `${off} ${t(en.wentWhereCenterPuts)}`
  }
  const leave = (): void => {
    predict.close()
    goBack(find(host, "button"))
  }
  effect(() => {
    const ready = predict.ghost.value !== null || predict.obstacle.value !== ""
    if (!asking() || !ready || !opening) return
    opening = false
    queueMicrotask(() => {
      goToPicture(bar)
      if (!ghost.hidden) ghost.focus({ preventScroll: true })
    })
  })

  view(part("tally"), () => {
    const list = predict.tally.value
    if (list.length === 0) return html`${nothing}`
    const shares = list.flatMap(({ share }) => (share === null ? [] : [share]))
    const average = shares.length ? shares.reduce((sum, v) => sum + v, 0) / shares.length : null
    const row = ({ cluster, iteration, distance: d, share }: Guess, i: number) =>
      html`<tr><th scope="row">${i + 1}</th><td>${cluster + 1}</td><td>${iteration}</td><td>${distance(d)}</td><td>${share === null ? "–" : percent(share)}</td></tr>`
    return html`<p>${t(average === null ? en.guessCount : en.guessesOnAverage, {
      n: list.length,
      average: percent(average ?? 0),
    })}</p>
      <details><summary>${t(en.showGuessesTable)}</summary><div class="scroll" tabindex="0" role="region" aria-label=${t(en.guesses)}><table>
      <thead><tr><th scope="col">${t(en.guess)}</th><th scope="col">${t(en.cluster)}</th><th scope="col">${t(en.iteration)}</th><th scope="col">${t(en.offByHead)}</th><th scope="col">${t(en.ofTheSpread)}</th></tr></thead>
      <tbody>${list.map(row)}</tbody></table></div></details>`
  })

  const layer = stageLayer(ctx, "predict")
  render(
    html`<svg class="miss" aria-hidden="true"><line></line></svg>
      <button type="button" class="ghost" aria-describedby="ghost-help" hidden>?</button><span id="ghost-help" hidden>${t(en.ghostHelp)}</span>`,
    layer.host,
  )
  const ghost = find<HTMLButtonElement>(layer.host, ".ghost")
  const miss = find<SVGLineElement>(layer.host, "line")

  function move(px: number, py: number): void {
    const camera = layer.camera()
    if (!camera) return
    const { clientWidth, clientHeight } = layer.host
    const [x, y] = toPlane(camera, Math.min(clientWidth, Math.max(0, px)), Math.min(clientHeight, Math.max(0, py)))
    predict.place(x, store.info.value?.d === 1 ? 0 : y)
  }
  let grip: [number, number] | null = null
  ghost.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    // The plot would move under it.
    event.stopPropagation()
    const box = ghost.getBoundingClientRect()
    grip = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2]
    ghost.setPointerCapture(event.pointerId)
  })
  ghost.addEventListener("pointermove", (event) => {
    if (!grip) return
    const box = layer.host.getBoundingClientRect()
    move(event.clientX - box.x - grip[0], event.clientY - box.y - grip[1])
  })
  const release = (): void => {
    grip = null
  }
  ghost.addEventListener("pointerup", release)
  ghost.addEventListener("pointercancel", release)
  ghost.addEventListener("keydown", (event) => {
    const direction = directions[event.key]
    const camera = layer.camera()
    const at = predict.ghost.value
    if (event.key === "Enter") predict.reveal()
    else if (direction && camera && at && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const step = event.shiftKey ? LARGE_STEP : STEP
      const [px, py] = toPixel(camera, ...at)
      move(px + direction[0] * step, py + direction[1] * step)
    } else return
    event.preventDefault()
    event.stopPropagation()
  })

  effect(() => {
    const at = predict.ghost.value
    const to = predict.revealed.value
    void store.camera.value
    ghost.hidden = at === null
    ghost.disabled = to !== null
    ghost.ariaLabel = t(en.ghostCentroid, { cluster: predict.cluster.value + 1 })
    miss.toggleAttribute("hidden", !at || !to)
    if (at) layer.put(ghost, ...at)
    const camera = layer.camera()
    if (!at || !to || !camera) return
    const [x1, y1] = toPixel(camera, ...at)
    const [x2, y2] = toPixel(camera, ...to)
    for (const [name, v] of Object.entries({ x1, y1, x2, y2 })) miss.setAttribute(name, String(v))
  })
  return { close: () => predict.close() }
}
