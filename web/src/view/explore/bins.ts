/** Sorting of numbers into equal bins. */

export interface Bins {
  /** Lower edges, and the upper edge of the last. */
  edges: number[]
  /** Of each value: its bin. */
  of: (value: number) => number
}

const MOST = 30

/** At most 30 bins from the least value to the largest; whole numbers get bins of whole width. One when all are alike. */
export function bins(values: readonly number[], whole = false): Bins {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const v of values) {
    if (v < low) low = v
    if (v > high) high = v
  }
  if (!(high - low > 1e-9 * Math.abs(high))) return { edges: [low, high], of: () => 0 }
  const span = whole ? high - low + 1 : high - low
  const width = whole ? Math.ceil(span / MOST) : span / MOST
  const many = Math.ceil(span / width - 1e-9)
  const edges = Array.from({ length: many + 1 }, (_, i) => low + i * width)
  return { edges, of: (v) => Math.max(0, Math.min(many - 1, Math.floor((v - low) / width))) }
}
