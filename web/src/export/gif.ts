/** The run as an animated GIF: one picture a half-step, with those between where there are few. */
import { applyPalette, GIFEncoder, quantize } from "gifenc"

export interface Still {
  /** Index of the frame, and how far it has come from the one before, 0 to 1. */
  index: number
  share: number
  /** How long it is shown, in ms. */
  ms: number
}

/** More frames make a file that no page wants; a longer run is shown at even distances. */
const MOST = 90
/** Half-steps up to which the way from each to the next is shown, too. */
const MOST_SMOOTH = 24
const BETWEEN = [1 / 3, 2 / 3]
const BETWEEN_MS = 80
const STILL_MS = 600
const END_MS = 3000

/** What to show of a run of so many frames. */
export function stills(frames: number): Still[] {
  const shown = Math.min(frames, MOST)
  const out: Still[] = []
  for (let i = 0; i < shown; i++) {
    const index = shown > 1 ? Math.round((i * (frames - 1)) / (shown - 1)) : 0
    if (i > 0 && frames <= MOST_SMOOTH) out.push(...BETWEEN.map((share) => ({ index, share, ms: BETWEEN_MS })))
    out.push({ index, share: 1, ms: i === shown - 1 ? END_MS : STILL_MS })
  }
  return out
}

export function startGif(): { add: (image: ImageData, ms: number) => void; end: () => Blob } {
  const encoder = GIFEncoder()
  return {
    add({ data, width, height }, delay) {
      const palette = quantize(data, 256)
      encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay })
    },
    end() {
      encoder.finish()
      return new Blob([encoder.bytes() as Uint8Array<ArrayBuffer>], { type: "image/gif" })
    },
  }
}
