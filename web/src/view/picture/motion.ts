/** Where the centroids are at this moment of the animation. */
import type { Frame } from "../../engine/protocol"
import type { Store } from "../../state"

/** Slow at both ends. */
const ease = (t: number): number => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2)

/** k x 2 plane units, at this share of the time from the frame before: to an update they glide. */
export function glide(frames: Frame[], index: number, share: number): Float64Array {
  const { kind, drawn } = frames[index]
  if (share >= 1 || kind !== "update") return drawn
  const from = frames[index - 1].drawn
  return drawn.map((to, i) => from[i] + (to - from[i]) * ease(share))
}

/** k x 2 plane units: those dragged, else those on the way to the frame shown. */
export function centroidsNow(store: Store): Float64Array | null {
  const preview = store.preview.value
  if (preview) return preview.drawn
  return store.frame.value ? glide(store.frames.value, store.cursor.value, store.progress.value) : null
}

/** The places of the centroids so far, oldest first: the start, then each update before the frame shown. */
export function path(frames: Frame[], cursor: number): Float64Array[] {
  return frames
    .slice(0, cursor + 1)
    .filter(({ kind }) => kind !== "assign")
    .map(({ drawn }) => drawn)
}
