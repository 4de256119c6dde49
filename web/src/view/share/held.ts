/** The notice that a program came with the link, and waits. */
import { html, nothing } from "lit-html"
import type { Context } from "../../state"
import { place, view } from "../render"

export function mountHeld({ store, actions }: Context): void {
  const host = document.createElement("div")
  place("problem").after(host)
  view(host, () => {
    const held = store.held.value
    if (!held) return html`${nothing}`
    return html`<div class="problem held" role="status"><p><strong>This link came with a program of its own.</strong>
        It is shown below and has not run; the picture is the start of a plain run.</p>
      <button type="button" class="primary" @click=${() => actions.runHeld()}>${held.step > 0 ? `Run it to half-step ${held.step}` : "Run it"}</button></div>`
  })
}
