/** Where the data shown come from and under which terms. */
import { html, type TemplateResult } from "lit-html"
import { credits } from "../../../datasets/manifest.json?credits"
import { datasets } from "../datasets"
import { stories } from "../generated/late"
import { shapes } from "../generated/tables"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { view } from "../view/render"
import { leftOut, story } from "../view/story"

export function mountCredits(host: HTMLElement, { store }: Context): void {
  view(host, (): TemplateResult => {
    const choice = store.data.value
    const info = store.info.value
    const shape = shapes.find(({ name }) => name === choice.name)
    if (shape)
      return html`<p><strong>${t(shape.label)}.</strong> ${t(stories[shape.name])} ${t(en.shapeSource, {
        n: choice.n,
        seed: String(choice.seed),
      })}</p>`
    const set = datasets.find(({ name }) => name === choice.name)
    if (!set) return html`<p><strong>${t(en.yourOwnData)}</strong> ${story(choice, info)}</p>`
    return html`<p><strong>${t(set.label)}.</strong> ${t(set.story)} ${info ? leftOut(info) : ""}</p>
      ${credits
        .filter(({ name }) => name === set.name)
        .map(({ source, licence }) => html`<p lang="en">${source} Licence: ${licence}.</p>`)}`
  })
}
