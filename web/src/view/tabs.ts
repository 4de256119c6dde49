/** Chart, program and lessons as the panels of tabs, where the style sheet shows tabs (styles/tabs.css). */
import { place } from "./render"

/** Chooses the tab of what is in a panel, as the browser does when it finds something there. */
export const reveal = (element: Element): boolean => element.dispatchEvent(new Event("beforematch", { bubbles: true }))

/** Resolves when an element has a size, which it has not while another tab is chosen. */
export const shown = (element: HTMLElement): Promise<void> =>
  new Promise((resolve) => {
    new ResizeObserver((_, observer) => {
      if (element.offsetHeight === 0) return
      observer.disconnect()
      resolve()
    }).observe(element)
  })

const panelsOf = (tab: Element): HTMLElement[] => (tab.getAttribute("aria-controls") ?? "").split(" ").map(place)

/** Arrow keys, Home and End choose, as a click does. */
export function mountTabs(list: HTMLElement): void {
  // The style sheet leaves out those of parts that are (embed/hide.css).
  const tabs = [...list.querySelectorAll("button")].filter((tab) => getComputedStyle(tab).display !== "none")
  let chosen = tabs[0]

  /** Without tabs the panels are the regions they are without this. */
  function arrange(): void {
    const tabbed = list.checkVisibility()
    for (const tab of tabs) {
      const on = tab === chosen
      tab.ariaSelected = String(on)
      tab.tabIndex = on ? 0 : -1
      for (const panel of panelsOf(tab))
        for (const [name, value] of [
          ["role", tabbed && "tabpanel"],
          ["aria-labelledby", tabbed && tab.id],
          ["hidden", tabbed && !on && "until-found"],
        ] as const)
          if (value) panel.setAttribute(name, value)
          else panel.removeAttribute(name)
    }
  }

  function choose(tab: HTMLButtonElement): void {
    if (tab === chosen) return
    const leaves = panelsOf(chosen).some((panel) => panel.contains(document.activeElement))
    chosen = tab
    arrange()
    // The focus does not go with what is hidden.
    if (leaves) tab.focus({ preventScroll: true })
  }

  /** From its beginning, wherever the last one was scrolled to. */
  function open(tab: HTMLButtonElement): void {
    choose(tab)
    tab.focus()
    const [panel] = panelsOf(tab)
    if (panel.getBoundingClientRect().top < list.getBoundingClientRect().bottom) panel.scrollIntoView()
  }

  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => open(tab))
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: -1 }[event.key]
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      open(tabs.at(to % tabs.length) ?? tab)
    })
    for (const panel of panelsOf(tab)) panel.addEventListener("beforematch", () => choose(tab))
  })
  arrange()
  new ResizeObserver(arrange).observe(list)
}
