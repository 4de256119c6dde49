/** Keys that work anywhere on the page but where a person types or a control wants them. */
import type { Context } from "../state"

/** What takes a key itself: all of them, the space bar, the arrows and ends. */
export const TYPES =
  "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog, .editor"
const PRESSES = "button, summary, a, input"
const MOVES = "input, summary, .scroll"

export function mountKeys({ store, actions }: Context): void {
  const keys: Record<string, { taken: string; act: () => void }> = {
    " ": { taken: PRESSES, act: () => (store.playing.value ? actions.pause() : actions.run()) },
    ArrowRight: { taken: MOVES, act: () => actions.step() },
    ArrowLeft: { taken: MOVES, act: () => actions.back() },
    Home: { taken: MOVES, act: () => actions.seek(0) },
    End: { taken: MOVES, act: () => actions.seek(store.frames.value.length - 1) },
    r: { taken: "", act: () => actions.reset() },
  }
  document.addEventListener("keydown", (event) => {
    const key = keys[event.key === "R" ? "r" : event.key]
    // The editor lives in a shadow root; the composed path shows who really has the focus.
    const target = event.composedPath()[0]
    if (
      !key ||
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      store.phase.value !== "ready"
    )
      return
    if (target instanceof Element && (inside(event, TYPES) || (key.taken && target.closest(key.taken)))) return
    event.preventDefault()
    key.act()
  })
}

/** Whether a key or paste event comes from an element, or one inside it, that the selector names. */
export function inside(event: Event, selector: string): boolean {
  return event.composedPath().some((node) => node instanceof Element && node.matches(selector))
}
