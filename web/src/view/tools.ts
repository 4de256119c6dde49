/** The line above the picture: what it shows and what a click on it does. */
import { html, nothing, type TemplateResult } from "lit-html"
import { locked } from "../embed/lock"
import type { Plane } from "../engine/protocol"
import type { Context, PointerMode } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { selectField } from "./fields"
import { columnTitle } from "./picture/units"
import { view } from "./render"

const modes: { value: PointerMode; label: string; help: string }[] = [
  { value: "move", label: t(en.move), help: t(en.moveHelp) },
  { value: "add", label: t(en.add), help: t(en.addHelp) },
  { value: "remove", label: t(en.remove), help: t(en.removeHelp) },
]

export function mountTools(host: HTMLElement, { store, actions }: Context): void {
  /** The chooser of one axis: a column, or the component in its place. */
  function axis(id: "x" | "y", label: string): TemplateResult | typeof nothing {
    const plane = store.plane.value?.plane
    const info = store.info.value
    if (!plane || !info || info.d < 3) return nothing
    const component = id === "x" ? "PC 1" : "PC 2"
    return selectField({
      id: `axis-${id}`,
      label,
      help: t(en.axisHelp),
      disabled: locked("plane"),
      value: plane.kind === "pca" ? "pca" : String(plane[id]),
      options: [
        { value: "pca", label: component },
        ...info.names.map((name, i) => ({ value: String(i), label: columnTitle(name) })),
      ],
      set: (chosen) => actions.setPlane(next(plane, id, chosen)),
    })
  }

  const toggle = (name: "regions" | "trails" | "cells", label: string): TemplateResult =>
    html`<label><input type="checkbox" ?disabled=${locked(name)} .checked=${store[name].value}
      @change=${(event: Event) => (store[name].value = (event.target as HTMLInputElement).checked)}>${label}</label>`

  /** The assigns of the run shown decide whole boxes of points, which the picture can show (how.ts). */
  const boxed = (): boolean =>
    (store.info.value?.d ?? 0) <= 2 && store.frames.value.some(({ work }) => work?.method === "boxes")

  view(
    host,
    () => html`<div class="axes-choice">${axis("x", t(en.xAxis))}${axis("y", t(en.yAxis))}</div>
      <div class="toggles">${toggle("regions", t(en.regions))}${toggle("trails", t(en.trails))}${boxed() ? toggle("cells", t(en.boxes)) : nothing}</div>
      <fieldset class="segments" ?hidden=${locked("points")}><legend>${t(en.pointer)}</legend>${modes.map(
        ({ value, label, help }) => html`<label title=${help}><input type="radio" name="mode" value=${value}
          .checked=${store.pointerMode.value === value} @change=${() => (store.pointerMode.value = value)}><span>${label}</span></label>`,
      )}</fieldset>`,
  )
}

/** Coming from components, the other axis takes the first column that is free. */
function next(plane: Plane, id: "x" | "y", chosen: string): Plane {
  if (chosen === "pca") return { kind: "pca" }
  const column = Number(chosen)
  const other = plane.kind === "pca" ? (column === 0 ? 1 : 0) : plane[id === "x" ? "y" : "x"]
  return id === "x" ? { kind: "columns", x: column, y: other } : { kind: "columns", x: other, y: column }
}
