/** What takes long enough to be waited for: how far it is, and a way out. */
import { html, nothing, type TemplateResult } from "lit-html"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { view } from "../render"

const MB = 1e6

export function mountWork(host: HTMLElement, { store, actions }: Context): void {
  const bar = (text: string, done: number, total: number): TemplateResult =>
    html`<div class="busy"><label>${text} <progress max=${total} value=${done}></progress></label>
      <button type="button" @click=${() => actions.cancelWork()}>${t(en.cancel)}</button></div>`

  view(host, () => {
    const reading = store.reading.value
    const busy = store.busy.value
    if (reading) {
      const { name, done, total } = reading
      return bar(t(en.readingMb, { name, done: Math.round(done / MB), total: Math.round(total / MB) }), done, total)
    }
    return busy ? bar(t(en.restartOf, busy), busy.done, busy.total) : html`${nothing}`
  })
}
