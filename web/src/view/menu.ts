/** A button that opens a list of choices, each with a line of why under its name. */
import { html, render } from "lit-html"
import { find } from "./render"

export interface MenuEntry {
  name: string
  why: string
}

/** Room kept between the list and the edges of the window, in pixels. */
const MARGIN = 8

/** Arrow keys, Home and End move; Enter chooses; Escape, or a click elsewhere, closes. */
export function mountMenu(
  host: HTMLElement,
  label: string,
  entries: readonly MenuEntry[],
  choose: (i: number) => void,
) {
  const id = `menu-${label.toLowerCase()}`
  render(
    html`<button type="button" class="quiet" popovertarget=${id} aria-haspopup="menu">${label}</button>
      <div class="menu" id=${id} popover role="menu" aria-label=${label}>${entries.map(
        ({ name, why }, i) => html`<button type="button" role="menuitem" tabindex="-1" @click=${() => pick(i)}>
          <strong>${name}</strong><span>${why}</span></button>`,
      )}</div>`,
    host,
  )
  const button = find(host, "button")
  const list = find(host, ".menu")
  const items = [...list.querySelectorAll<HTMLButtonElement>("[role=menuitem]")]

  function pick(i: number): void {
    list.hidePopover()
    choose(i)
  }

  /** Below the button, as wide as the window lets it, and no lower than its edge. */
  function place(): void {
    const { bottom, right } = button.getBoundingClientRect()
    const width = Math.min(list.offsetWidth, window.innerWidth - 2 * MARGIN)
    const below = window.innerHeight - bottom - 2 * MARGIN
    const height = Math.min(list.scrollHeight, Math.max(below, window.innerHeight / 2))
    list.style.left = `${Math.max(MARGIN, right - width)}px`
    list.style.top = `${Math.max(MARGIN, Math.min(bottom, window.innerHeight - MARGIN - height))}px`
    list.style.maxHeight = `${height}px`
  }

  list.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState !== "open") return
    place()
    items[0]?.focus()
  })
  list.addEventListener("keydown", (event) => {
    const at = items.indexOf(event.target as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    items[(to + items.length) % items.length]?.focus()
  })
}
