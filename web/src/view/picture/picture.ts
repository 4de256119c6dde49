/** The picture's frame: the canvas the worker draws on, its size, and what stands there with nothing to draw. */
import { type ReadonlySignal, signal } from "@preact/signals-core"
import { html, nothing, render } from "lit-html"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { find, view } from "../render"

/** Overlay (overlay.ts) fills what lies over the first canvas. */
const frameTemplate =
  () => html`<div class="plot" tabindex="0" role="group" aria-label=${t(en.picture)} aria-describedby="picture-help">
    <canvas class="surface" role="img"></canvas>
    <canvas class="trails" aria-hidden="true"></canvas>
    <div class="scales"></div>
    <div class="handles" role="group" aria-label=${t(en.centroids)}></div>
    <button type="button" class="crosshair" hidden></button>
    <div class="zoom"></div>
    <div class="tip" hidden></div>
    <div class="veil"></div>
    <div class="work"></div>
    <p class="legend" aria-hidden="true"></p>
  </div>
  <p id="picture-help" hidden>${t(en.pictureHelp)}</p>
  <p id="handle-help" hidden>${t(en.centroidHelp)}</p>`

/** CSS pixels of the plot, and device pixels of one. */
export interface Size {
  width: number
  height: number
  ratio: number
}

/** Returns the size, all zero before there is one. */
export function mountPicture(host: HTMLElement, { store, actions }: Context): ReadonlySignal<Size> {
  render(frameTemplate(), host)
  const size = signal<Size>({ width: 0, height: 0, ratio: 1 })
  actions.attachPicture(find<HTMLCanvasElement>(host, ".surface"))
  new ResizeObserver(([entry]) => {
    if (!entry) return
    const { width, height } = entry.contentRect
    if (width === 0 || height === 0) return
    // Safari has no device pixel box; the product is right there up to rounding.
    const exact = entry.devicePixelContentBoxSize?.[0]
    const across = exact?.inlineSize ?? Math.round(width * devicePixelRatio)
    const up = exact?.blockSize ?? Math.round(height * devicePixelRatio)
    actions.resizePicture(across, up)
    size.value = { width, height, ratio: across / width }
  }).observe(find(host, ".plot"))

  view(find(host, ".veil"), () => {
    const phase = store.phase.value
    if (phase === "loading") return html`<p class="veil-text">${t(en.loadingEngine)}</p>`
    if (phase === "failed") return html`<p class="veil-text">${t(en.engineNeedsWebAssembly)}</p>`
    if (store.info.value?.n === 0) return html`<p class="veil-text">${t(en.pictureIsEmpty)}</p>`
    return html`${nothing}`
  })
  return size
}
