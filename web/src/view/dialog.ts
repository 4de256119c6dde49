/** What opens over the page. Its style comes with the first: most visits open none. */
import css from "../styles/dialog.css?inline"

let worn = false

/** An empty dialog, named by the element with the id `title`. */
export function makeDialog(kind: string, title: string): HTMLDialogElement {
  if (!worn) {
    // Made by script, and so neither a request nor in the way of the page's policy.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets.push(sheet)
    worn = true
  }
  const dialog = document.createElement("dialog")
  dialog.className = `dialog ${kind}`
  dialog.setAttribute("aria-labelledby", title)
  document.body.append(dialog)
  return dialog
}
