/** What pointing at the picture does: values of the point under the pointer, adding and removing points. */
import { effect, signal } from "@preact/signals-core"
import { html, nothing, render, type TemplateResult } from "lit-html"
import type { Camera, DataInfo } from "../../engine/protocol"
import type { Context, Picked } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure } from "../format"
import { toPlane } from "./camera"
import { columnTitle } from "./units"

/** CSS pixels around the pointer in which a point counts as pointed at. */
const REACH = 12
/** Values listed for a point; a person reads no more at a glance. */
const MOST_VALUES = 6
/** CSS pixels an arrow key moves the crosshair, alone and with Shift. */
const STEP = 4
const LARGE_STEP = 24

function tip({ row, values, cluster, label }: Picked, info: DataInfo): TemplateResult {
  const more = values.length - MOST_VALUES
  return html`<p class="tip-head">${t(cluster < 0 ? en.pointNumber : en.pointInCluster, { row: row + 1, cluster: cluster + 1 })}</p>
    <dl>${values.slice(0, MOST_VALUES).map((v, i) => html`<dt>${columnTitle(info.names[i] ?? "")}</dt><dd>${figure(v)}</dd>`)}
    ${label < 0 || info.label === null ? nothing : html`<dt>${columnTitle(info.label)}</dt><dd>${info.labelTexts[label] ?? label}</dd>`}</dl>
    ${more > 0 ? html`<p>${t(en.moreColumn, { n: more })}</p>` : nothing}`
}

/** `camera` is in CSS pixels of the plot. */
export function mountInspect(
  plot: HTMLElement,
  box: HTMLElement,
  crosshair: HTMLButtonElement,
  { store, actions }: Context,
  camera: () => Camera | null,
): void {
  const picked = signal<{ point: Picked; px: number; py: number } | null>(null)
  let wanted: [number, number] | null = null
  let asking = false

  /** The point drawn within reach of a place. */
  async function near(px: number, py: number): Promise<Picked | null> {
    const c = camera()
    return c && actions.pick(...toPlane(c, px, py), REACH * devicePixelRatio)
  }

  /** One question at a time; the latest place wins. */
  async function ask(): Promise<void> {
    if (asking) return
    asking = true
    while (wanted) {
      const [px, py] = wanted
      wanted = null
      const point = await near(px, py)
      if (!wanted) picked.value = point && { point, px, py }
    }
    asking = false
  }

  function forget(): void {
    wanted = null
    picked.value = null
  }

  function act(px: number, py: number): void {
    const c = camera()
    if (!c) return
    if (store.pointerMode.value === "add") actions.addPoint(...toPlane(c, px, py))
    else if (store.pointerMode.value === "remove") actions.removePoint(...toPlane(c, px, py), REACH * devicePixelRatio)
    else return
    forget()
  }

  const local = (event: PointerEvent | MouseEvent): [number, number] => {
    const { x, y } = plot.getBoundingClientRect()
    return [event.clientX - x, event.clientY - y]
  }
  const look = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest("button")) {
      forget()
      return
    }
    wanted = local(event)
    void ask()
  }
  plot.addEventListener("pointermove", (event) => {
    if (event.buttons === 0) look(event)
  })
  plot.addEventListener("pointerdown", look)
  plot.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") forget()
  })
  plot.addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.closest("button"))) act(...local(event))
  })

  // A keyboard has no pointer: in the modes that need one, a crosshair moved by the arrows stands for it.
  let at: [number, number] | null = null
  const aim = (px: number, py: number): void => {
    at = [Math.min(plot.clientWidth, Math.max(0, px)), Math.min(plot.clientHeight, Math.max(0, py))]
    crosshair.style.transform = `translate(${at[0]}px, ${at[1]}px) translate(-50%, -50%)`
  }
  effect(() => {
    const mode = store.pointerMode.value
    plot.dataset.mode = mode
    crosshair.hidden = mode === "move"
    crosshair.ariaLabel = mode === "add" ? t(en.crosshairAdds) : t(en.crosshairRemoves)
    if (!at || mode !== "move") aim(...(at ?? [plot.clientWidth / 2, plot.clientHeight / 2]))
  })
  crosshair.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? LARGE_STEP : STEP
    const [px, py] = at ?? [0, 0]
    if (event.key === "ArrowLeft") aim(px - step, py)
    else if (event.key === "ArrowRight") aim(px + step, py)
    else if (event.key === "ArrowUp") aim(px, py - step)
    else if (event.key === "ArrowDown") aim(px, py + step)
    else return
    event.preventDefault()
    event.stopPropagation()
    // What is below it is told as to a pointer, and read out.
    box.role = "status"
    wanted = at
    void ask()
  })
  crosshair.addEventListener("blur", forget)
  crosshair.addEventListener("click", () => at && act(...at))

  // A new frame may give the point another cluster; what was asked is then old.
  effect(() => {
    if (store.frame.value && store.info.value) forget()
  })
  effect(() => {
    const shown = picked.value
    const info = store.info.value
    store.lit.value = shown?.point.row ?? -1
    box.hidden = !shown
    if (!shown || !info) return
    render(tip(shown.point, info), box)
    // Towards the middle of the plot, so that it never leaves it.
    box.classList.toggle("leftwards", shown.px > plot.clientWidth / 2)
    box.classList.toggle("upwards", shown.py > plot.clientHeight / 2)
    box.style.transform = `translate(${shown.px}px, ${shown.py}px)`
  })
}
