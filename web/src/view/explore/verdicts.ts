/** What each measure of a choice of k suggests, in words, and what it cannot say. */
import type { ChoiceResult, KFit } from "../../explore"
import { figure } from "../format"

export interface Verdict {
  /** The k suggested, or null when the measure suggests none. */
  k: number | null
  words: string
}

const short = (x: number, digits = 3): string => figure(Number(x.toPrecision(digits)))

/** The k of the largest value (sign 1) or the smallest (-1), the smaller k on ties; null when it is undefined for all. */
function extreme(
  fits: readonly KFit[],
  of: (fit: KFit) => number | null,
  sign: 1 | -1,
): { k: number; value: number } | null {
  let best: { k: number; value: number } | null = null
  for (const fit of fits) {
    const value = of(fit)
    if (value !== null && (best === null || sign * value > sign * best.value)) best = { k: fit.k, value }
  }
  return best
}

function elbow({ gap, fits, sets }: ChoiceResult): Verdict | null {
  if (!gap) return null
  if (fits.length < 3) return { k: null, words: "A bend needs three values of k." }
  if (Number.isNaN(gap.bend)) return { k: null, words: "J is 0, and no bend can be measured." }
  if (gap.elbow === 0)
    return {
      k: null,
      words: `No elbow. The sharpest bend is ${short(gap.bend)} times that of points without structure, no more than chance in ${sets} sets or a smooth density gives.`,
    }
  return {
    k: gap.elbow,
    words: `Elbow at k = ${gap.elbow}: J bends there ${short(gap.bend)} times as sharply as in points without structure.`,
  }
}

function gapRule({ gap, fits }: ChoiceResult): Verdict | null {
  if (!gap) return null
  const most = fits.length
  let largest = 0
  gap.gaps.forEach((g, i) => {
    if (g > (gap.gaps[largest] ?? Number.NaN)) largest = i
  })
  if (gap.choice === 0)
    return { k: null, words: `No k below ${most} meets the rule: the gap still grows. Try larger k.` }
  const rule =
    gap.choice === 1
      ? "One cluster: the gap at k = 1 is not below that at 2 by more than its error."
      : `k = ${gap.choice}: the smallest whose gap is at least that of the next less its error.`
  // The rule stops at the first pause; groups that lie evenly make one early.
  const later =
    largest + 1 > gap.choice && gap.gaps[largest] - gap.gaps[gap.choice - 1] > 3 * gap.errors[largest]
      ? ` Yet the gap is largest at k = ${largest + 1}, by far: the rule stops at the first pause, and groups that lie evenly make one early.`
      : ""
  return { k: gap.choice, words: rule + later }
}

/** In the words of a person who knows what each measure is blind to. */
export function verdicts(
  result: ChoiceResult,
): Record<"elbow" | "gap" | "silhouette" | "calinskiHarabasz" | "daviesBouldin", Verdict | null> {
  const silhouette = extreme(result.fits, (fit) => fit.silhouette, 1)
  const calinski = extreme(result.fits, (fit) => fit.calinskiHarabasz, 1)
  const davies = extreme(result.fits, (fit) => fit.daviesBouldin, -1)
  return {
    elbow: elbow(result),
    gap: gapRule(result),
    silhouette: silhouette && {
      k: silhouette.k,
      words: `Largest at k = ${silhouette.k} (${short(silhouette.value)}). It is undefined for one cluster, so it names two or more whatever the data.`,
    },
    calinskiHarabasz: calinski && {
      k: calinski.k,
      words: `Largest at k = ${calinski.k}. It, too, cannot say “one”.`,
    },
    daviesBouldin: davies && {
      k: davies.k,
      words: `Smallest, so best, at k = ${davies.k} (${short(davies.value)}). It, too, cannot say “one”.`,
    },
  }
}
