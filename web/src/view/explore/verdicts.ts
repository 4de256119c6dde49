/** What each measure of a choice of k suggests, in words, and what it cannot say. */
import type { ChoiceResult, KFit } from "../../explore"
import { figure } from "../format"

/** More k than this are counted, not named. */
const MOST_NAMED = 4

export interface Verdict {
  /** The k suggested, or null when the measure suggests none. */
  k: number | null
  words: string
}

const short = (x: number, digits = 3): string => figure(Number(x.toPrecision(digits)))

/**
 * The k of the largest value (sign 1) or the smallest (-1), the smaller k on ties, and what is to be said when that is
 * the last k with a value; null when it is undefined for all.
 */
function extreme(
  fits: readonly KFit[],
  of: (fit: KFit) => number | null,
  sign: 1 | -1,
): { k: number; value: number; edge: string } | null {
  let best: { k: number; value: number } | null = null
  let last = 0
  for (const fit of fits) {
    const value = of(fit)
    if (value === null) continue
    last = fit.k
    if (best === null || sign * value > sign * best.value) best = { k: fit.k, value }
  }
  const edge = ` That is the last k tried, not a ${sign === 1 ? "peak" : "trough"}: look further, or trust it less.`
  return best && { ...best, edge: best.k === last ? edge : "" }
}

function elbow({ gap, fits }: ChoiceResult): Verdict | null {
  if (!gap) return null
  if (fits.length < 3) return { k: null, words: "A bend needs three values of k." }
  if (Number.isNaN(gap.bend)) return { k: null, words: "J is 0, and no bend can be measured." }
  if (gap.elbow === 0)
    return {
      k: null,
      words: `No elbow: J bends nowhere more than ${short(gap.bend)} times as sharply as in points without structure. Chance, or a smooth density, does as much.`,
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
  const next = gap.choice + 1
  const head = gap.choice === 1 ? "One cluster" : `k = ${gap.choice}`
  const [here, there] = [gap.gaps[gap.choice - 1], gap.gaps[next - 1]].map((g) => short(g))
  const rule = `${head}, by the rule: the first k whose gap is at least that of k + 1 less its error s. The gap is ${here} at ${gap.choice}, and ${there} with s = ${short(gap.errors[next - 1], 2)} at ${next}.`
  const later =
    largest + 1 > gap.choice && gap.gaps[largest] - gap.errors[largest] > gap.gaps[gap.choice - 1]
      ? ` But the gap goes on to rise and is largest at k = ${largest + 1}. The rule ends at the first pause, and groups within groups, or evenly spread ones, make one early: look at the whole curve.`
      : ""
  return { k: gap.choice, words: rule + later }
}

/**
 * For which k the best was the end of a single restart, in a sentence, or "". Where restarts agree a lower inertia may
 * still exist; where they do not, it is likely, and every measure is then of a clustering that is not the best.
 */
export function doubt({ fits, restarts }: ChoiceResult): string {
  const single = fits.filter(({ reached }) => reached === 1).map(({ k }) => k)
  if (restarts === 1) return "One run for each k says little: more restarts may find a lower J."
  if (single.length === 0) return ""
  const where = single.length <= MOST_NAMED ? `k = ${single.join(", ")}` : `${single.length} of ${fits.length} k`
  return `At ${where} only one of ${restarts} restarts reached the J shown: more restarts, or greedy k-means++, may find a lower one, and move the bend.`
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
      words: `Largest at k = ${silhouette.k} (${short(silhouette.value)}).${silhouette.edge} It is undefined for one cluster, so it names two or more whatever the data.`,
    },
    calinskiHarabasz: calinski && {
      k: calinski.k,
      words: `Largest at k = ${calinski.k}.${calinski.edge} It, too, cannot say “one”.`,
    },
    daviesBouldin: davies && {
      k: davies.k,
      words: `Smallest, so best, at k = ${davies.k} (${short(davies.value)}).${davies.edge} It, too, cannot say “one”.`,
    },
  }
}
