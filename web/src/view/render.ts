/** The bridge between signals and templates. */
import { effect } from "@preact/signals-core"
import { render, type TemplateResult } from "lit-html"

/** Renders a template into an element now and whenever a signal it reads changes, until the result is called. */
export function view(host: HTMLElement, template: () => TemplateResult): () => void {
  return effect(() => {
    render(template(), host)
  })
}

/** An element that is there by construction. */
export function find<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const element = root.querySelector<T>(selector)
  if (!element) throw new Error(`There is no element ${selector}`)
  return element
}

/** An element of index.html. */
export const place = (id: string): HTMLElement => find(document, `#${id}`)
