/** A layer over the picture for an experiment that happens on it. */
import { effect } from "@preact/signals-core"
import { html, nothing, render } from "lit-html"
import type { Camera } from "../../engine/protocol"
import type { Context, Stage } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { toPixel } from "../picture/camera"
import { find, place } from "../render"
import { reveal } from "../tabs"

export interface StageLayer {
  /** Fills the plot. */
  host: HTMLElement
  /** From plane units to CSS pixels of the plot; null before the picture has a size. */
  camera: () => Camera | null
  /** Puts the middle of an element at a place of the plane. */
  put: (element: HTMLElement, x: number, y: number) => void
}

/** The layer of one stage; it is seen while the picture shows that stage. */
export function stageLayer({ store }: Context, stage: Stage): StageLayer {
  const plot = find(place("picture"), ".plot")
  const host = document.createElement("div")
  host.className = "stage-layer"
  plot.append(host)
  effect(() => {
    plot.dataset.stage = store.stage.value
    host.hidden = store.stage.value !== stage
  })
  const camera = (): Camera | null => {
    const c = store.camera.value
    const ratio = devicePixelRatio
    return c && { sx: c.sx / ratio, tx: c.tx / ratio, sy: c.sy / ratio, ty: c.ty / ratio }
  }
  return {
    host,
    camera,
    put: (element, x, y) => {
      const c = camera()
      if (!c) return
      const [px, py] = toPixel(c, x, y)
      element.style.left = `${px}px`
      element.style.top = `${py}px`
    },
  }
}

/**
 * A bar between the picture and its transport, where an experiment on the picture has its controls: they must be seen
 * together. Empty, it takes no room.
 */
export function stageBar(): HTMLElement {
  const bar = document.createElement("div")
  bar.className = "stage-bar"
  place("picture").after(bar)
  return bar
}

/** Takes away the way back from the run shown last. */
let endVisit = (): void => {}

/** Brings the picture into view, and the focus to the bar below it, which takes the place of a way back. */
export function goToPicture(bar: HTMLElement): void {
  endVisit()
  showBar(bar)
}

/** Brings the keyboard back to where the picture was asked for. */
export function goBack(to: HTMLElement): void {
  reveal(to)
  to.focus()
}

function showBar(bar: HTMLElement): void {
  place("picture").scrollIntoView({ block: "start" })
  bar.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true })
}

/** Says which run, asked for from further down, is shown, and how to go back; until another run is. */
export function visit(
  { store }: Context,
  bar: HTMLElement,
  sentence: string,
  from: Element | null,
  wayBack: string,
): void {
  endVisit()
  const { info, params, functions } = store
  const shown = [info.value, params.value, functions.value]
  const stop = effect(() => {
    const now = [info.value, params.value, functions.value]
    if (now.some((value, i) => value !== shown[i])) queueMicrotask(() => endVisit === leave && leave())
  })
  function leave(): void {
    stop()
    render(nothing, bar)
    endVisit = () => {}
  }
  endVisit = leave
  const back = (): void => {
    leave()
    if (from instanceof HTMLElement && from.isConnected) goBack(from)
    else {
      reveal(place("explore"))
      place("explore").scrollIntoView({ block: "start" })
    }
  }
  render(
    html`<p role="status">${sentence}</p><div class="buttons"><button type="button" @click=${back}>${wayBack}</button>
      <button type="button" class="quiet" @click=${leave}>${t(en.stayHere)}</button></div>`,
    bar,
  )
  showBar(bar)
}
