/** The centroids as buttons that can be dragged, by pointer and by keyboard. */
import { effect } from "@preact/signals-core"
import { locked } from "../../embed/lock"
import type { Camera } from "../../engine/protocol"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { points, value } from "../format"
import { toPixel, toPlane } from "./camera"
import type { Axis } from "./units"

/** With more centroids than this they are drawn as dots only; nobody drags one of a thousand. */
export const MOST_HANDLES = 200
/** With more than this they are small, or they would hide the points. */
const MOST_LARGE = 40

/** CSS pixels an arrow key moves a centroid, alone and with Shift. */
const STEP = 4
const LARGE_STEP = 24

export interface Stage {
  /** In CSS pixels; null before there is a size. */
  camera: () => Camera | null
  axes: () => [Axis, Axis] | null
  /** Where they are now, k x 2 plane units. */
  centroids: () => Float64Array | null
  color: (cluster: number) => string
}

const directions: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

export function mountHandles(host: HTMLElement, { store, actions }: Context, stage: Stage): void {
  const handles: HTMLButtonElement[] = []
  /** Moved by the keyboard and not dropped yet. */
  let lifted = -1

  function drag(j: number, px: number, py: number): void {
    const camera = stage.camera()
    const width = host.clientWidth
    const height = host.clientHeight
    if (!camera) return
    actions.dragCentroid(j, ...toPlane(camera, Math.min(width, Math.max(0, px)), Math.min(height, Math.max(0, py))))
  }

  function drop(): void {
    lifted = -1
    actions.dropCentroid()
  }

  function putBack(): void {
    lifted = -1
    actions.cancelDrag()
  }

  function make(j: number): HTMLButtonElement {
    const handle = document.createElement("button")
    handle.type = "button"
    handle.className = "centroid"
    handle.disabled = locked("centroids")
    handle.textContent = String(j + 1)
    handle.setAttribute("aria-describedby", "handle-help")
    let grip: [number, number] | null = null
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return
      const box = handle.getBoundingClientRect()
      grip = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2]
      handle.setPointerCapture(event.pointerId)
    })
    handle.addEventListener("pointermove", (event) => {
      if (!grip) return
      const box = host.getBoundingClientRect()
      lifted = j
      drag(j, event.clientX - box.x - grip[0], event.clientY - box.y - grip[1])
    })
    const released = (): void => {
      grip = null
      if (lifted === j) drop()
    }
    handle.addEventListener("pointerup", released)
    handle.addEventListener("pointercancel", released)
    handle.addEventListener("blur", released)
    handle.addEventListener("keydown", (event) => {
      const direction = directions[event.key]
      const now = stage.centroids()
      const camera = stage.camera()
      if (direction && now && camera && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const step = event.shiftKey ? LARGE_STEP : STEP
        const [px, py] = toPixel(camera, now[2 * j], now[2 * j + 1])
        lifted = j
        drag(j, px + direction[0] * step, py + direction[1] * step)
      } else if (event.key === "Enter" && lifted === j) drop()
      else if (event.key === "Escape" && lifted === j) {
        grip = null
        putBack()
      } else return
      event.preventDefault()
      event.stopPropagation()
    })
    return handle
  }

  effect(() => {
    const now = stage.centroids()
    const k = (now?.length ?? 0) / 2
    const shown = k > MOST_HANDLES ? 0 : k
    while (handles.length > shown) handles.pop()?.remove()
    while (handles.length < shown) {
      const handle = make(handles.length)
      handles.push(handle)
      host.append(handle)
    }
    host.toggleAttribute("data-many", k > MOST_LARGE)
    const camera = stage.camera()
    if (!now || !camera) return
    handles.forEach((handle, j) => {
      const [px, py] = toPixel(camera, now[2 * j], now[2 * j + 1])
      const outside = px < 0 || py < 0 || px > host.clientWidth || py > host.clientHeight
      handle.style.visibility = outside ? "hidden" : ""
      handle.style.transform = `translate(${px}px, ${py}px) translate(-50%, -50%)`
      handle.style.setProperty("--cluster", stage.color(j))
    })
  })

  // Names change only at rest, so that a screen reader is not fed every frame of a glide.
  effect(() => {
    const axes = stage.axes()
    const camera = stage.camera()
    const frame = store.frame.value
    const preview = store.preview.value
    if (store.progress.value < 1 || !axes || !camera || !frame) return
    const drawn = preview?.drawn ?? frame.drawn
    const sizes = preview?.sizes ?? frame.sizes
    handles.forEach((handle, j) => {
      const places = axes
        .map(({ name, scale, offset, measured }, i) => {
          const pixel = Math.abs(scale / (i === 0 ? camera.sx : camera.sy))
          return measured ? `${name} ${value((drawn[2 * j + i] ?? 0) * scale + offset, pixel)}` : ""
        })
        .filter(Boolean)
      handle.ariaLabel = t(en.centroidAt, {
        cluster: j + 1,
        places: places.join("; "),
        points: points(sizes[j] ?? 0),
      })
    })
  })
}
