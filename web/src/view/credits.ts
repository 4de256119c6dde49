/** Where the data shown come from and under which terms. */
import { html, type TemplateResult } from "lit-html"
import { datasets } from "../datasets"
import { stories } from "../generated/late"
import { shapes } from "../generated/tables"
import type { Context } from "../state"
import { count } from "./format"
import { view } from "./render"
import { leftOut, story } from "./story"

export function mountCredits(host: HTMLElement, { store }: Context): void {
  view(host, (): TemplateResult => {
    const choice = store.data.value
    const info = store.info.value
    const shape = shapes.find(({ name }) => name === choice.name)
    if (shape)
      return html`<p><strong>${shape.label}.</strong> ${stories[shape.name]} The engine draws ${count(choice.n)} points from this rule with
        seed ${choice.seed}: the same settings give the same points on every machine.</p>`
    const set = datasets.find(({ name }) => name === choice.name)
    if (!set) return html`<p><strong>Your own data.</strong> ${story(choice, info)}</p>`
    return html`<p><strong>${set.label}.</strong> ${set.story} ${info ? leftOut(info) : ""}</p>
      <p>${set.source} Licence: ${set.licence}.</p>`
  })
}
