/** A closed <details> whose content is loaded when it is first opened. */
import * as en from "../text/en"
import { t } from "../text/text"
import { find } from "./render"

/** What happens when a panel is opened and closed after it has been mounted. */
export interface Panel {
  open?: () => void
  close?: () => void
}

/** `mount` fills the body of the panel, which it must load first. */
export function fillWhenOpened(details: HTMLDetailsElement, mount: (body: HTMLElement) => Promise<Panel>): void {
  let panel: Promise<Panel> | null = null
  const mounted = async (): Promise<Panel> => {
    const body = find(details, ".panel-body")
    try {
      return await mount(body)
    } catch {
      panel = null
      body.textContent = t(en.partNotLoaded)
      return {}
    }
  }
  details.addEventListener("toggle", async () => {
    if (details.open) {
      panel ??= mounted()
      const { open } = await panel
      if (details.open) open?.()
    } else (await panel)?.close?.()
  })
}
