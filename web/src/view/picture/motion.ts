/** Where the centroids are at this moment of the animation. */
import type { Frame } from "../../engine/protocol"
import type { Store } from "../../state"

/** Slow at both ends. */
export const ease = (t: number): number => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2)

/** k x 2 plane units: those dragged, else those between the frame before and the frame shown. */
export function centroidsNow(store: Store): Float64Array | null {
  const preview = store.preview.value
  if (preview) return preview.drawn
  const frame = store.frame.value
  if (!frame) return null
  const before = store.frames.value[store.cursor.value - 1]
  if (store.progress.value >= 1 || frame.kind !== "update" || before?.drawn.length !== frame.drawn.length)
    return frame.drawn
  const t = ease(store.progress.value)
  return frame.drawn.map((v, i) => before.drawn[i] + (v - before.drawn[i]) * t)
}

/** The places of the centroids so far, oldest first: the start, then each update before the frame shown. */
export function path(frames: Frame[], cursor: number): Float64Array[] {
  return frames
    .slice(0, cursor + 1)
    .filter(({ kind }) => kind !== "assign")
    .map(({ drawn }) => drawn)
}
