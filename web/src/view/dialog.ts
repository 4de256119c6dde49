/** What opens over the page. Its style comes with the first: most visits open none. */
import css from "../styles/dialog.css?inline"
import { adopt } from "./adopt"

/** An empty dialog, named by the element with the id `title`. */
export function makeDialog(kind: string, title: string): HTMLDialogElement {
  adopt(css)
  const dialog = document.createElement("dialog")
  dialog.className = `dialog ${kind}`
  dialog.setAttribute("aria-labelledby", title)
  document.body.append(dialog)
  return dialog
}
