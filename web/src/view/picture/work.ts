/** What takes long enough to be waited for: how far it is, and a way out. */
import { html, nothing, type TemplateResult } from "lit-html"
import type { Context } from "../../state"
import { count } from "../format"
import { view } from "../render"

const MB = 1e6

export function mountWork(host: HTMLElement, { store, actions }: Context): void {
  const bar = (text: string, done: number, total: number): TemplateResult =>
    html`<div class="busy"><label>${text} <progress max=${total} value=${done}></progress></label>
      <button type="button" @click=${() => actions.cancelWork()}>Cancel</button></div>`

  view(host, () => {
    const reading = store.reading.value
    const busy = store.busy.value
    if (reading) {
      const { name, done, total } = reading
      return bar(`Reading ${name}: ${(done / MB).toFixed(0)} of ${(total / MB).toFixed(0)} MB`, done, total)
    }
    return busy ? bar(`Restart ${count(busy.done)} of ${count(busy.total)}`, busy.done, busy.total) : html`${nothing}`
  })
}
