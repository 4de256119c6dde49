/** What each measure of a choice of k suggests, in words, and what it cannot say. */
import type { ChoiceResult, KFit } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
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
  const edge = ` ${t(sign === 1 ? en.lastNotPeak : en.lastNotTrough)}`
  return best && { ...best, edge: best.k === last ? edge : "" }
}

function elbow({ gap, fits }: ChoiceResult): Verdict | null {
  if (!gap) return null
  if (fits.length < 3) return { k: null, words: t(en.bendNeedsThreeValues) }
  if (Number.isNaN(gap.bend)) return { k: null, words: t(en.noBendAtZero) }
  if (gap.elbow === 0)
    return {
      k: null,
      words: t(en.noElbow, { bend: short(gap.bend) }),
    }
  return {
    k: gap.elbow,
    words: t(en.elbowAt, { elbow: gap.elbow, bend: short(gap.bend) }),
  }
}

function gapRule({ gap, fits }: ChoiceResult): Verdict | null {
  if (!gap) return null
  const most = fits.length
  let largest = 0
  gap.gaps.forEach((g, i) => {
    if (g > (gap.gaps[largest] ?? Number.NaN)) largest = i
  })
  if (gap.choice === 0) return { k: null, words: t(en.noGapMeetsRule, { most }) }
  const next = gap.choice + 1
  const head = gap.choice === 1 ? t(en.oneCluster) : `k = ${gap.choice}`
  const [here, there] = [gap.gaps[gap.choice - 1], gap.gaps[next - 1]].map((g) => short(g))
  const rule = t(en.gapRule, {
    head,
    here,
    there,
    next,
    choice: gap.choice,
    error: short(gap.errors[next - 1], 2),
  })
  const later =
    largest + 1 > gap.choice && gap.gaps[largest] - gap.errors[largest] > gap.gaps[gap.choice - 1]
      ? t(en.gapRisesOn, { largest: largest + 1 })
      : ""
  return { k: gap.choice, words: `${rule} ${later}`.trim() }
}

/**
 * For which k the best was the end of a single restart, in a sentence, or "". Where restarts agree a lower inertia may
 * still exist; where they do not, it is likely, and every measure is then of a clustering that is not the best.
 */
export function doubt({ fits, restarts }: ChoiceResult): string {
  const single = fits.filter(({ reached }) => reached === 1).map(({ k }) => k)
  if (restarts === 1) return t(en.oneRunSaysLittle)
  if (single.length === 0) return ""
  const where =
    single.length <= MOST_NAMED ? `k = ${single.join(", ")}` : t(en.partOfK, { part: single.length, all: fits.length })
  return t(en.onlyOneReached, { where, restarts })
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
      words: `${t(en.largestAt, { k: silhouette.k, value: short(silhouette.value) })}${silhouette.edge} ${t(en.undefinedForOne)}`,
    },
    calinskiHarabasz: calinski && {
      k: calinski.k,
      words: `${t(en.largestAtK, { k: calinski.k })}${calinski.edge} ${t(en.cannotSayOne)}`,
    },
    daviesBouldin: davies && {
      k: davies.k,
      words: `${t(en.smallestAt, { k: davies.k, value: short(davies.value) })}${davies.edge} ${t(en.cannotSayOne)}`,
    },
  }
}
