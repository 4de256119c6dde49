/** Whether the inertia rose, and why it can have. */

import type { Frame } from "../engine/protocol"
import { events as eventTable } from "../generated/late"
import { params as paramTable } from "../generated/tables"
import type { Store } from "../state"

type Told = Pick<Store, "params" | "functions" | "diagnostics">

const labelOf = (name: string, value: number): string =>
  paramTable.find((entry) => entry.name === name)?.choices[value]?.label ?? ""

/** Rounding of a sum is not a rise. */
const NOISE = 1e-12

export const isRise = (before: number | null | undefined, now: number): boolean =>
  typeof before === "number" && now > before * (1 + NOISE)

/** The cause in a sentence, the likeliest one first: what the step did, then what the program is. */
export function riseCause(frame: Frame, { params, functions, diagnostics }: Told): string {
  if (frame.events.some(({ type }) => eventTable[type].name === "min_size_split"))
    return "min_size split a cluster, which changes what is minimised."
  if ((params.value.batch ?? 0) > 0) return "a mini-batch moves the centroids by a sample of their points."
  // Its halves are measured from their means, whatever the distance and center are.
  if (frame.kind === "assign" && frame.events.some(({ type }) => eventTable[type].name === "empty_split"))
    return "a cluster was split at its mean to fill an empty one, which is sure to lower squared Euclidean distances only."
  const mismatch = diagnostics.value.find(({ code }) => code === "mismatch")
  if (mismatch) return `${mismatch.message.split(", so")[0].replace(/^The/, "the")}.`
  const own = ["distance", "center"].filter((name) => name in functions.value)
  if (own.length === 2) return "the program's own center does not minimise its own distance."
  if (own[0] === "center") return "the program's own center is not the one that minimises the distances."
  const center = labelOf("center", params.value.center ?? 0).toLowerCase()
  if (own[0] === "distance") return `the ${center} does not minimise the program's own distance.`
  return `the ${center} does not minimise the sum of ${labelOf("distance", params.value.distance ?? 0)} distances.`
}
