/** Copying a link to what is shown. */
import { signal } from "@preact/signals-core"
import { html, nothing } from "lit-html"
import type { Context, Link } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { addressOf } from "../address"
import { makeDialog } from "../dialog"
import { find, view } from "../render"

/** How long a button says what came of it. */
const SAID_MS = 2000

/** Puts a text on the clipboard; false where that is forbidden, as in most frames. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Says in a button what came of pressing it. */
export function say(button: HTMLElement, text: string): void {
  const label = button.dataset.label ?? button.textContent ?? ""
  button.dataset.label = label
  button.textContent = text
  setTimeout(() => {
    button.textContent = label
  }, SAID_MS)
}

/** Copies the link; shows it where it cannot, or where there is something to say about it. */
export async function copyLink({ actions }: Context, button: HTMLElement): Promise<void> {
  const link = await actions.makeLink()
  if (!link) return
  const copied = await toClipboard(addressOf(link))
  if (copied && !link.missing) say(button, t(en.copied))
  else show(link, copied)
}

const shown = signal<{ link: Link; copied: boolean } | null>(null)
let dialog: HTMLDialogElement | null = null

function show(link: Link, copied: boolean): void {
  shown.value = { link, copied }
  dialog ??= mount()
  dialog.showModal()
  find<HTMLTextAreaElement>(dialog, "textarea").select()
}

function mount(): HTMLDialogElement {
  const dialog = makeDialog("link", "link-title")
  view(dialog, () => {
    if (!shown.value) return html`${nothing}`
    const { link, copied } = shown.value
    return html`<div class="dialog-head"><h2 id="link-title">${t(en.aLinkToThis)}</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>${t(en.close)}</button></div>
      ${link.missing ? html`<p>${link.missing}</p>` : nothing}
      <p>${copied ? t(en.linkIsCopied) : t(en.linkNotCopied)}</p>
      <textarea readonly rows="5" spellcheck="false" aria-label=${t(en.link)} .value=${addressOf(link)}></textarea>`
  })
  return dialog
}
