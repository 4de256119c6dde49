/** What lies over the points: axes, trails, centroids, and what is pointed at. */
import { computed, effect, type ReadonlySignal } from "@preact/signals-core"
import { html } from "lit-html"
import type { Camera } from "../../engine/protocol"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { points } from "../format"
import type { Look } from "../look"
import { find, view } from "../render"
import { axes } from "./axes"
import { equalScales, fit } from "./camera"
import { MOST_HANDLES, mountHandles } from "./handles"
import { mountInspect } from "./inspect"
import { legend } from "./legend"
import { centroidsNow, path } from "./motion"
import type { Size } from "./picture"
import { drawDots, drawTrails } from "./trails"
import { axesOf } from "./units"
import { mountWork } from "./work"
import { closer, mountZoom, WHOLE } from "./zoom"

/** Fills the frame that picture.ts made in `host`, and points the store's camera at the data. */
export function mountOverlay(host: HTMLElement, ctx: Context, look: Look, size: ReadonlySignal<Size>): void {
  const { store } = ctx
  const part = <T extends HTMLElement>(name: string): T => find<T>(host, `.${name}`)
  const plot = part("plot")
  const surface = part<HTMLCanvasElement>("surface")
  const trails = part<HTMLCanvasElement>("trails")

  effect(() => {
    const { width, height, ratio } = size.value
    const plane = store.plane.value
    const info = store.info.value
    if (!width || !plane || !info) {
      store.camera.value = null
      return
    }
    const whole = fit(plane.bounds, width * ratio, height * ratio, equalScales(plane, info))
    store.camera.value = closer(whole, store.zoom.value, width * ratio, height * ratio)
  })
  // Another extent or other axes are looked at as a whole first.
  let shown = ""
  effect(() => {
    if (!store.plane.value) return
    const { plane, bounds } = store.plane.value
    const now = JSON.stringify([plane, bounds])
    if (shown && now !== shown) store.zoom.value = WHOLE
    shown = now
  })

  const cssCamera = computed<Camera | null>(() => {
    const c = store.camera.value
    const { ratio } = size.value
    return c && { sx: c.sx / ratio, tx: c.tx / ratio, sy: c.sy / ratio, ty: c.ty / ratio }
  })
  const bothAxes = computed(() =>
    store.plane.value && store.info.value ? axesOf(store.plane.value, store.info.value) : null,
  )
  const places = computed(() => path(store.frames.value, store.cursor.value))
  const color = (cluster: number): string => look.colors.value[cluster % look.colors.value.length]

  view(part("scales"), () => {
    const camera = cssCamera.value
    const titles = bothAxes.value
    return camera && titles ? axes(camera, size.value.width, size.value.height, titles) : html``
  })

  view(part("legend"), () => html`${legend(store, color)}`)

  // The same array while nothing moves, so that the ticks of an assign draw and place nothing.
  const now = computed(() => centroidsNow(store))
  const pen = trails.getContext("2d")
  effect(() => {
    const centroids = now.value
    const camera = store.camera.value
    const { width, height, ratio } = size.value
    // Read before the early return, so that a later theme redraws.
    const colors = look.colors.value
    if (!pen) return
    const [across, up] = [Math.round(width * ratio), Math.round(height * ratio)]
    // A new size is a new bitmap, even if it is the old size.
    if (trails.width !== across) trails.width = across
    if (trails.height !== up) trails.height = up
    pen.clearRect(0, 0, across, up)
    if (!centroids || !camera) return
    const style = getComputedStyle(plot)
    const drawing = { camera, ratio, colors, ink: style.color, paper: style.backgroundColor }
    if (store.trails.value) drawTrails(pen, places.value, centroids, drawing)
    if (centroids.length / 2 > MOST_HANDLES) drawDots(pen, centroids, drawing)
  })

  mountHandles(part("handles"), ctx, {
    camera: () => cssCamera.value,
    axes: () => bothAxes.value,
    centroids: () => now.value,
    color,
  })
  mountWork(part("work"), ctx)
  mountZoom(plot, part("zoom"), ctx)
  mountInspect(plot, part("tip"), part<HTMLButtonElement>("crosshair"), ctx, () => cssCamera.value)

  effect(() => {
    const info = store.info.value
    const k = store.frame.value?.sizes.length ?? 0
    surface.ariaLabel = info
      ? t(k ? en.pointsInClusters : en.pointsOf, {
          points: points(info.n),
          name: t(info.name),
          n: k,
        })
      : t(en.noPointsYet)
  })
}
