/** The page in a frame: in touch with the page around it, and mannerly. */
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { embedding } from "./query"

/** Another page shows this one. */
export const framed = window.parent !== window

/** Talks with the page around, if there is one. */
export function greet(ctx: Context): void {
  if (framed && embedding.on) void import("./talk").then(({ talk }) => talk(ctx))
}

const UNSEEN = en.pausedOutOfView

/**
 * A run that nobody sees, neither picture nor chart, stops, and says so: browsers slow the timers of a page in the
 * background, not those of a frame scrolled out of view. What is started out of view, from the editor of a phone, goes
 * on. An experiment, whose card stands above the picture and may fill a phone, goes on when the picture is seen.
 */
export function pauseUnseen(picture: Element, ctx: Context): void {
  const { store, actions } = ctx
  const seen = new Set<Element>()
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) seen.add(target)
      else seen.delete(target)
    if (seen.size === 0 && store.playing.value) actions.pause(t(UNSEEN))
    else if (seen.has(picture) && store.lesson.value && store.status.value === t(UNSEEN)) actions.run()
  })
  for (const view of [picture, ...document.querySelectorAll(".chart-box")]) observer.observe(view)
  if (embedding.autoplay) void import("./autoplay").then(({ playWhenSeen }) => playWhenSeen(picture, ctx))
}
