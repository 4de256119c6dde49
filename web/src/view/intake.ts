/** Files dropped and text pasted anywhere on the page. */
import { html, render } from "lit-html"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { inside, TYPES } from "./keys"

/** What a paste must look like to be taken for data: more than one line, with something that separates or is a number. */
const TABLE = /\n.*\d/

export function mountIntake(overlay: HTMLElement, { actions }: Context): void {
  render(html`<p>${t(en.dropFile)}</p>`, overlay)
  const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false
  /** Every child that is entered is left too; the overlay goes with the last. */
  let depth = 0
  const show = (): void => {
    overlay.hidden = depth === 0
  }
  document.addEventListener("dragenter", (event) => {
    if (!hasFile(event)) return
    depth += 1
    show()
  })
  document.addEventListener("dragleave", (event) => {
    if (!hasFile(event)) return
    depth = Math.max(0, depth - 1)
    show()
  })
  document.addEventListener("dragover", (event) => {
    if (hasFile(event)) event.preventDefault()
  })
  document.addEventListener("drop", (event) => {
    if (!hasFile(event)) return
    event.preventDefault()
    depth = 0
    show()
    const file = event.dataTransfer?.files[0]
    if (file) actions.loadFile(file)
  })
  document.addEventListener("paste", (event) => {
    if (inside(event, TYPES)) return
    const file = event.clipboardData?.files[0]
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (file) actions.loadFile(file)
    else if (TABLE.test(text)) actions.loadText(text, t(en.pastedData))
  })
}
