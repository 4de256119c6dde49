/** Sorting of numbers into equal bins. */
import { ticks } from "../picture/axes"

export interface Bins {
  /** Lower edges, and the upper edge of the last. */
  edges: number[]
  /** Of each value: its bin. */
  of: (value: number) => number
}

const WANTED = 25

/** Bins of a round width that hold all values; of whole width for whole numbers. One of no width when all are alike. */
export function bins(values: readonly number[], whole = false): Bins {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const v of values) {
    if (v < low) low = v
    if (v > high) high = v
  }
  if (!(high - low > 1e-9 * Math.abs(high))) return { edges: [low, high], of: () => 0 }
  const width = whole ? Math.ceil((high - low + 1) / WANTED) : ticks(low, high, WANTED).step
  // A whole number stands in the middle of its bin.
  const first = whole ? low - 0.5 : Math.floor(low / width) * width
  const many = Math.floor((high - first) / width) + 1
  const edges = Array.from({ length: many + 1 }, (_, i) => first + i * width)
  return { edges, of: (v) => Math.max(0, Math.min(many - 1, Math.floor((v - first) / width))) }
}
