/** Running by itself, where the address asks for it. */
import { effect } from "@preact/signals-core"
import type { Context } from "../state"

/**
 * Plays, once, when the page is ready and the picture is seen. Not for those who asked for less motion, and never a
 * program that came with a link.
 */
export function playWhenSeen(picture: Element, { store, actions }: Context): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
  const observer = new IntersectionObserver((entries) => {
    if (!entries.at(-1)?.isIntersecting) return
    observer.disconnect()
    if (!store.held.value && !store.playing.value) actions.run()
  })
  const stop = effect(() => {
    if (store.phase.value !== "ready") return
    observer.observe(picture)
    queueMicrotask(() => stop())
  })
}
