/** Looking closer at a part of the picture: by wheel, pinch, drag, keys and buttons. */
import { html } from "lit-html"
import type { Camera } from "../../engine/protocol"
import { type Context, MOST_ZOOM, type Zoom } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { icon } from "../icons"
import { view } from "../render"

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 }
/** One press of a button or key. */
const STEP = 1.5
/** Of e, for each CSS pixel of the wheel. */
const WHEEL = 1 / 300
/** Share of the picture that an arrow key moves it. */
const ARROW = 0.1
/** CSS pixels after which a press is a drag and no click. */
const SLACK = 4

const plus = icon("M7 3h2v4h4v2H9v4H7V9H3V7h4z")
const minus = icon("M3 7h10v2H3z")

/** The part shown never leaves the whole. */
function clamp({ scale, x, y }: Zoom): Zoom {
  const s = Math.min(MOST_ZOOM, Math.max(1, scale))
  const within = (v: number): number => Math.min(0, Math.max(1 - s, v))
  return { scale: s, x: within(x), y: within(y) }
}

/** Scales about the place (px, py), shares of the picture, which stays where it is. */
export function zoomAt(zoom: Zoom, factor: number, px: number, py: number): Zoom {
  const scale = Math.min(MOST_ZOOM, Math.max(1, zoom.scale * factor))
  const ratio = scale / zoom.scale
  return clamp({ scale, x: px - (px - zoom.x) * ratio, y: py - (py - zoom.y) * ratio })
}

/** Moves the picture by shares of its size. */
export const pan = (zoom: Zoom, dx: number, dy: number): Zoom => clamp({ ...zoom, x: zoom.x + dx, y: zoom.y + dy })

/** The camera that shows this part of what `whole` shows on width x height. */
export const closer = (whole: Camera, { scale, x, y }: Zoom, width: number, height: number): Camera => ({
  sx: whole.sx * scale,
  tx: whole.tx * scale + x * width,
  sy: whole.sy * scale,
  ty: whole.ty * scale + y * height,
})

export function mountZoom(plot: HTMLElement, buttons: HTMLElement, { store }: Context): void {
  const { zoom } = store
  const by = (factor: number, px = 0.5, py = 0.5): void => {
    zoom.value = zoomAt(zoom.value, factor, px, py)
  }
  const reset = (): void => {
    zoom.value = WHOLE
  }
  const inButton = (event: Event): boolean => event.target instanceof Element && event.target.closest("button") !== null
  const place = (event: MouseEvent): [number, number] => {
    const { x, y, width, height } = plot.getBoundingClientRect()
    return [(event.clientX - x) / width, (event.clientY - y) / height]
  }

  // A wheel alone scrolls the page. A pinch on a trackpad arrives as a wheel with Ctrl.
  plot.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 * event.deltaY : event.deltaY
      by(Math.exp(-pixels * WHEEL), ...place(event))
    },
    { passive: false },
  )

  /** Pointers that hold the background, where they were last seen: one drags it, two pinch it. */
  const held = new Map<number, [number, number]>()
  let dragged = 0
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || inButton(event)) return
    if (held.size === 0) dragged = 0
    held.set(event.pointerId, place(event))
  })
  plot.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId)
    if (!before) return
    const now = place(event)
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1]
    held.set(event.pointerId, now)
    const dx = now[0] - before[0]
    const dy = now[1] - before[1]
    dragged += Math.hypot(dx * plot.clientWidth, dy * plot.clientHeight)
    if (other) {
      const apart = (p: [number, number]): number =>
        Math.hypot((p[0] - other[0]) * plot.clientWidth, (p[1] - other[1]) * plot.clientHeight)
      zoom.value = pan(
        zoomAt(zoom.value, apart(now) / Math.max(1, apart(before)), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2),
        dx / 2,
        dy / 2,
      )
    } else if (zoom.value.scale > 1 && dragged > SLACK) {
      if (!plot.hasPointerCapture(event.pointerId)) plot.setPointerCapture(event.pointerId)
      zoom.value = pan(zoom.value, dx, dy)
    }
  })
  const release = (event: PointerEvent): void => {
    held.delete(event.pointerId)
  }
  plot.addEventListener("pointerup", release)
  plot.addEventListener("pointercancel", release)
  plot.addEventListener("lostpointercapture", release)
  // The end of a drag is no click on the picture.
  plot.addEventListener(
    "click",
    (event) => {
      if (dragged > SLACK && zoom.value.scale > 1 && !inButton(event)) event.stopImmediatePropagation()
    },
    { capture: true },
  )
  plot.addEventListener("dblclick", (event) => {
    if (!inButton(event) && store.pointerMode.value === "move") reset()
  })

  const host = plot.parentElement
  host?.addEventListener("keydown", (event) => {
    // A centroid's or the crosshair's arrows are its own.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const arrows: Record<string, [number, number]> = {
      ArrowLeft: [ARROW, 0],
      ArrowRight: [-ARROW, 0],
      ArrowUp: [0, ARROW],
      ArrowDown: [0, -ARROW],
    }
    const arrow = arrows[event.key]
    if (event.key === "+" || event.key === "=") by(STEP)
    else if (event.key === "-") by(1 / STEP)
    else if (event.key === "0") reset()
    // The whole picture has nowhere to go: its arrows step the run, as elsewhere.
    else if (arrow && (event.target === plot || event.target === host) && zoom.value.scale > 1)
      zoom.value = pan(zoom.value, ...arrow)
    else return
    event.preventDefault()
  })

  view(buttons, () => {
    const { scale } = zoom.value
    plot.classList.toggle("zoomed", scale > 1)
    return html`<button type="button" aria-label=${t(en.zoomIn)} title=${t(en.zoomInKey)}
        ?disabled=${scale >= MOST_ZOOM} @click=${() => by(STEP)}>${plus}</button>
      <button type="button" aria-label=${t(en.zoomOut)} title=${t(en.zoomOutKey)}
        ?disabled=${scale <= 1} @click=${() => by(1 / STEP)}>${minus}</button>
      <button type="button" class="whole" title=${t(en.showAllKey)}
        ?hidden=${scale <= 1} @click=${reset}>${t(en.showAll)}</button>`
  })
}
