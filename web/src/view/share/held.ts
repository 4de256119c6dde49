/** The notice that a program came with the link, and waits. */
import { html, nothing } from "lit-html"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { place, view } from "../render"

export function mountHeld({ store, actions }: Context): void {
  const host = document.createElement("div")
  place("problem").after(host)
  view(host, () => {
    const held = store.held.value
    if (!held) return html`${nothing}`
    return html`<div class="problem held" role="status"><p><strong>${t(en.linkBringsProgram)}</strong>
        ${t(en.programWaits)}</p>
      <button type="button" class="primary" @click=${() => actions.runHeld()}>${held.step > 0 ? t(en.runToHalfStep, { step: held.step }) : t(en.runIt)}</button></div>`
  })
}
