/** What a link brings, and the ways to pass on what is shown; their parts are loaded when they are used. */
import { effect } from "@preact/signals-core"
import { html, render } from "lit-html"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { place } from "./render"

export function mountShare(ctx: Context): void {
  const { store } = ctx
  const copy = async (event: Event) => (await import("./share/link")).copyLink(ctx, event.target as HTMLElement)
  const embed = async () => (await import("./share/embed")).openEmbed(ctx)
  render(
    html`<button type="button" class="quiet" @click=${copy}>${t(en.copyLink)}</button>
      <button type="button" class="quiet" aria-haspopup="dialog" @click=${embed}>${t(en.embed)}</button>`,
    place("share"),
  )
  const stop = effect(() => {
    if (!store.held.value) return
    void import("./share/held").then(({ mountHeld }) => mountHeld(ctx))
    queueMicrotask(() => stop())
  })
}
