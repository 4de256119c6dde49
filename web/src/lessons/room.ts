/** How much of an open experiment is shown: in a small frame one line, so that the picture keeps its room. */
import { type ReadonlySignal, signal } from "@preact/signals-core"
import { embedding } from "../embed/query"

/** Less than this has no room for the card beside the picture. */
const SMALL = "(max-width: 44rem), (max-height: 40rem)"

/** Whether there is room for one line only; changes with the frame. */
export function onlyLine(): ReadonlySignal<boolean> {
  if (!embedding.on || embedding.ui === "min") return signal(embedding.on)
  // A frame that takes the height of its content has as much as it needs.
  if (embedding.autoHeight) return signal(false)
  const small = matchMedia(SMALL)
  const line = signal(small.matches)
  small.addEventListener("change", () => {
    line.value = small.matches
  })
  return line
}
