/** What went wrong, until it is dismissed. */
import { html, nothing } from "lit-html"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { view } from "./render"

export function mountProblem(host: HTMLElement, { store, actions }: Context): void {
  view(host, () => {
    const problem = store.problem.value
    return problem
      ? html`<div class="problem"><p><strong>${problem.title}</strong> <span lang=${problem.english ? "en" : nothing}>${problem.message}</span></p>
          <button type="button" @click=${() => actions.dismissProblem()}>${t(en.dismiss)}</button></div>`
      : html`${nothing}`
  })
}
