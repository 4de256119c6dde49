/** Keeps the page's address at what is shown. */
import { effect } from "@preact/signals-core"
import { withEmbedding } from "../embed/address"
import { linkTo, shownQuery } from "./link"
import type { Parts } from "./parts"

/** Browsers refuse more than a hundred changes of the address in half a minute. */
const WAIT_MS = 300

/**
 * From now on. The query is always there; the long state only while there is a text or data of a person's own, which a
 * reload would lose, or as long as the address that was `opened` holds.
 */
export function keepAddress(parts: Parts, opened: boolean): void {
  const { signals, program } = parts
  let timer: ReturnType<typeof setTimeout> | undefined
  let before: string | null = null
  const hashNow = async (): Promise<string> => {
    if (signals.lesson.value?.untouched || (program.plain && signals.data.value.name !== "own")) return ""
    // A link that leaves something out would not bring this back.
    const { hash, missing } = await linkTo(parts).catch(() => ({ hash: "", missing: null }))
    return missing === null ? hash : ""
  }
  effect(() => {
    const { speed, regions, trails, zoom, plane, cursor, info, playing } = signals
    const looked = [speed.value, regions.value, trails.value, zoom.value, plane.value?.plane, cursor.value]
    const query = shownQuery(signals)
    const now = JSON.stringify([query, signals.program.value, info.value?.name, info.value?.n, ...looked])
    if (now === before || playing.value) return
    const holds = opened && before === null
    before = now
    clearTimeout(timer)
    if (holds) return
    timer = setTimeout(async () => {
      const search = withEmbedding(query)
      const hash = await hashNow()
      if (now !== before || (search === location.search && hash === location.hash)) return
      // The name of a section is not ours to take away.
      const kept = hash || (location.hash.includes("=") ? "" : location.hash)
      try {
        history.replaceState(history.state, "", location.pathname + search + kept)
      } catch {
        // A frame without an origin may not; the page does without.
      }
    }, WAIT_MS)
  })
}
