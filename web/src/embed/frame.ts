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

/**
 * A run that nobody sees stops, and says so: browsers slow the timers of a page in the background, not those of a frame
 * scrolled out of view. What is started out of view, from the editor of a phone, goes on.
 */
export function pauseUnseen(picture: Element, ctx: Context): void {
  const { store, actions } = ctx
  new IntersectionObserver((entries) => {
    if (!entries.at(-1)?.isIntersecting && store.playing.value) actions.pause(t(en.pausedPictureOutView))
  }).observe(picture)
  if (embedding.autoplay) void import("./autoplay").then(({ playWhenSeen }) => playWhenSeen(picture, ctx))
}
