/** German, loaded for a page that asks for it. */

import { adopt } from "../view/adopt"
import style from "./de.css?inline"
import { lines } from "./de.ts?catalogue"
import { keyOf, LETTERS } from "./key"

/** Parts of index.html whose text stays English: a screen reader is told so. */
const english = ["cards", "maths", "questions", "references"]
const attributes = ["aria-label", "content"]

/** Puts the page's own text into German; answers for every other. */
export function speak(): (text: string) => string {
  const texts = new Map(lines.split("\n").map((line) => [line.slice(0, LETTERS), line.slice(LETTERS)]))
  const german = (text: string): string => texts.get(keyOf(text)) ?? text

  document.documentElement.lang = "de"
  adopt(style)
  // In the single file script and style are text, too.
  const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
    parentElement?.matches("script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  while (nodes.nextNode()) {
    const { currentNode: node } = nodes
    const text = node.nodeValue ?? ""
    node.nodeValue = text.replace(text.trim(), german)
  }
  for (const name of attributes)
    for (const element of document.querySelectorAll(`[${name}]`))
      element.setAttribute(name, german(element.getAttribute(name) ?? ""))
  for (const id of english) document.getElementById(id)?.setAttribute("lang", "en")
  return german
}
