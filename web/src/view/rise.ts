/** Whether the inertia rose, and why it can have. */

import type { Frame } from "../engine/protocol"
import { events as eventTable } from "../generated/late"
import { params as paramTable } from "../generated/tables"
import type { Store } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"

type Told = Pick<Store, "params" | "functions" | "diagnostics">

const choiceOf = (name: string, value = 0) => paramTable.find((entry) => entry.name === name)?.choices[value]

/** Rounding of a sum is not a rise. */
const NOISE = 1e-12

export const isRise = (before: number | null | undefined, now: number): boolean =>
  typeof before === "number" && now > before * (1 + NOISE)

/** The cause in a sentence, the likeliest one first: what the step did, then what the program is. */
export function riseCause(frame: Frame, { params, functions, diagnostics }: Told): string {
  if (frame.events.some(({ type }) => eventTable[type].name === "min_size_split")) return t(en.riseByMinSize)
  if ((params.value.batch ?? 0) > 0) return t(en.riseByBatch)
  // Its halves are measured from their means, whatever the distance and center are.
  if (frame.kind === "assign" && frame.events.some(({ type }) => eventTable[type].name === "empty_split"))
    return t(en.riseBySplit)
  const mismatch = diagnostics.value.find(({ code }) => code === "mismatch")
  const [, named, measured] = /^The (\S+) .* of (.+) distances, so/.exec(mismatch?.message ?? "") ?? []
  if (named && measured) return t(en.riseByMismatch, { center: t(named), distance: t(measured) })
  const own = ["distance", "center"].filter((name) => name in functions.value)
  if (own.length === 2) return t(en.riseByOwnBoth)
  if (own[0] === "center") return t(en.riseByOwnCenter)
  const center = t(choiceOf("center", params.value.center)?.value ?? "")
  if (own[0] === "distance") return t(en.riseByOwnDistance, { center })
  return t(en.riseByMismatch, { center, distance: t(choiceOf("distance", params.value.distance)?.label ?? "") })
}
