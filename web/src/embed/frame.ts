/** The page in a frame: in touch with the page around it, and mannerly. */
import { effect } from "@preact/signals-core"
import type { Context } from "../state"
import { embedding } from "./query"
import { reportHeight } from "./resize"

/** Another page shows this one. */
export const framed = window.parent !== window

/** Says when the page can be used, and from then on how high it is if it sets its height itself. */
export function greet({ store }: Context): void {
  if (!framed || !embedding.on) return
  const stop = effect(() => {
    if (store.phase.value !== "ready") return
    window.parent.postMessage({ kmeans: 1, type: "ready" }, "*")
    queueMicrotask(() => stop())
  })
  if (embedding.autoHeight) reportHeight(document.documentElement)
}

/**
 * A run that nobody sees stops, and says so: browsers slow the timers of a page in the background, not those of a frame
 * scrolled out of view. What is started out of view, from the editor of a phone, goes on.
 */
export function pauseUnseen(picture: Element, { store, actions }: Context): void {
  new IntersectionObserver((entries) => {
    if (!entries.at(-1)?.isIntersecting && store.playing.value) actions.pause("Paused: the picture is out of view.")
  }).observe(picture)
}
