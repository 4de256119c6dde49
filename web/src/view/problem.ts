/** What went wrong, until it is dismissed. */
import { html, nothing } from "lit-html"
import type { Context } from "../state"
import { view } from "./render"

export function mountProblem(host: HTMLElement, { store, actions }: Context): void {
  view(host, () => {
    const problem = store.problem.value
    return problem
      ? html`<div class="problem"><p><strong>${problem.title}</strong> ${problem.message}</p>
          <button type="button" @click=${() => actions.dismissProblem()}>Dismiss</button></div>`
      : html`${nothing}`
  })
}
