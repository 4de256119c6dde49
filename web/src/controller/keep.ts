/** Keeps a link to what is shown at hand, and the page's address at it. */
import { effect } from "@preact/signals-core"
import { withEmbedding } from "../embed/address"
import type { Link } from "../state"
import { linkTo, whatIsSaid } from "./link"
import type { Parts } from "./parts"

/** Browsers refuse more than a hundred changes of the address in half a minute. */
const WAIT_MS = 300

/**
 * From now on. In the address the query is always there; the long state only while there is a text or data of a person's
 * own, which a reload would lose, or as long as the address that was `opened` holds.
 */
export async function keepAddress(parts: Parts, opened: boolean): Promise<void> {
  const link = (): Promise<Link> =>
    linkTo(parts).catch(() => ({ query: whatIsSaid(parts).query, hash: "", missing: null }))
  const there = opened ? await link() : null
  parts.signals.link.value = there
  keepLink(parts, link)
  followLink(parts, there && there.query + there.hash)
}

/**
 * A moment after anything changes that a link says. Points of one's own are fetched and packed each time, a tenth of a
 * second for the most that a link takes: of a run that plays on them the link waits until it pauses.
 */
function keepLink(parts: Parts, link: () => Promise<Link>): void {
  const { signals } = parts
  let due = false
  let turns = 0
  effect(() => {
    whatIsSaid(parts)
    const busy = signals.playing.value && signals.data.value.name === "own"
    if (due || busy) return
    due = true
    setTimeout(async () => {
      due = false
      const turn = ++turns
      const made = await link()
      if (turn === turns) signals.link.value = made
    }, WAIT_MS)
  })
}

/** Writes links into the address, but for the one that is there; not each half-step of a run that plays. */
function followLink({ signals, program }: Parts, there: string | null): void {
  let before = there
  effect(() => {
    const link = signals.link.value
    const playing = signals.playing.value
    if (!link || link.query + link.hash === before) return
    const own = !program.plain.peek() || signals.data.peek().name === "own"
    // A link that leaves something out would not bring this back.
    const holds = own && link.missing === null && !signals.lesson.peek()?.untouched
    if (holds && playing) return
    before = link.query + link.hash
    const search = withEmbedding(link.query)
    const hash = holds ? link.hash : ""
    if (search === location.search && hash === location.hash) return
    // The name of a section is not ours to take away.
    const kept = hash || (location.hash.includes("=") ? "" : location.hash)
    try {
      history.replaceState(history.state, "", location.pathname + search + kept)
    } catch {
      // A frame without an origin may not; the page does without.
    }
  })
}
