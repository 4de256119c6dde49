import { effect } from "@preact/signals-core"
import { withEmbedding } from "../embed/address"
import type { Signals } from "../store"
import { formatQuery } from "../url"

/** Browsers refuse more than a hundred changes of the address in half a minute. */
const WAIT_MS = 300

/** Keeps the page's address at what is shown. */
export function writeAddress(signals: Signals): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    if (signals.phase.value !== "ready") return
    const own = formatQuery({
      data: signals.data.value,
      standardize: signals.standardize.value,
      params: signals.params.value,
      theme: signals.theme.value,
      lesson: signals.lesson.value?.untouched ? signals.lesson.value.name : null,
    })
    const search = withEmbedding(own)
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (search === location.search) return
      try {
        history.replaceState(history.state, "", location.pathname + search + location.hash)
      } catch {
        // A frame without an origin may not; the page does without.
      }
    }, WAIT_MS)
  })
}
