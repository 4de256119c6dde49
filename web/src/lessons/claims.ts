/**
 * Every number that the text of the page states, as the engine measured it. `make lessons` measures them again and
 * prints both; `make test` fails when one no longer holds. A card writes what it has just measured in the same manner.
 */
import type { Group } from "./measures"

export interface Claim {
  /** What it is the number of, for the table of `make lessons`. */
  says: string
  value: number
  /** Digits after the point on the page. */
  digits: number
  unit: "" | "%"
  /** How far from `value` the measured number may be; by default so far that the page would write the same. */
  tolerance?: number
}

const number = (says: string, value: number, digits = 0): Claim => ({ says, value, digits, unit: "" })
const share = (says: string, value: number, digits = 0): Claim => ({ says, value, digits, unit: "%" })

type ClaimId = `${Group}.${string}`

export const claims: Readonly<Record<ClaimId, Claim>> = {
  "over-segmentation.inertia1": number("blobs, k = 1, least inertia of 50 restarts", 1845.77),
  "over-segmentation.inertia2": number("the same, k = 2", 986.91),
  "over-segmentation.inertia3": number("the same, k = 3", 202.52),
  "over-segmentation.inertia4": number("the same, k = 4", 175.34),
  "over-segmentation.inertia5": number("the same, k = 5", 149.72),
  "over-segmentation.inertia6": number("the same, k = 6", 129.02),
  "over-segmentation.bestK": number("blobs, k from 2 to 6 with the largest silhouette", 3),
  "over-segmentation.silhouette3": number("blobs, k = 3, silhouette", 0.727, 2),
  "over-segmentation.silhouette6": number("blobs, k = 6, silhouette", 0.338, 2),
  "over-segmentation.stretched2": number("stretched blobs, k = 2, silhouette", 0.627, 2),
  "over-segmentation.stretched3": number("stretched blobs, k = 3, silhouette", 0.504, 2),
  "over-segmentation.uniform": number("uniform, largest silhouette of k from 2 to 6", 0.397, 2),
  "over-segmentation.uniformK": number("the k that has it", 4),
  "over-segmentation.notMonotone": share("blobs, random, 200 seeds: a larger k from 1 to 6 ends with more inertia", 2),

  "initialisation.moonsStart": share("moons, k = 2, 200 seeds: less first inertia with k-means++", 24.9),
  "initialisation.moonsFinal": share("moons, k = 2: less final inertia", 0, 1),
  "initialisation.moonsIterations": share("moons, k = 2: fewer iterations", 8.6),
  "initialisation.best": number("grid of 9 blobs, least inertia found", 202.459, 1),
  "initialisation.ratioRandom": number("grid of 9: mean inertia over the least, random", 5.61, 1),
  "initialisation.ratioPlusplus": number("grid of 9: mean inertia over the least, k-means++", 2.1, 1),
  "initialisation.foundRandom": share("grid of 9: seeds that reach the least, random", 12.5, 1),
  "initialisation.foundPlusplus": share("grid of 9: seeds that reach the least, k-means++", 73),
  "initialisation.foundGreedy": share("grid of 9: seeds that reach the least, greedy k-means++", 100),

  "non-convex.most": number("rings, k = 2, largest ARI of 200 seeds", -0.0022, 2),
  "non-convex.cuts": number("rings, k = 2: different results of 200 seeds", 55),
  "non-convex.radius": number("rings, squared radius: least ARI of 200 seeds", 1, 2),
  "non-convex.moons": number("moons, k = 2, mean ARI of 200 seeds", 0.267, 2),

  "small-cluster.flip2_0": share("small group at 2.0: best of 20 restarts isolates it, of 50 draws", 0),
  "small-cluster.flip2_5": share("the same at 2.5", 0),
  "small-cluster.flip2_8": share("the same at 2.8", 34),
  "small-cluster.flip3_0": share("the same at 3.0", 64),
  "small-cluster.flip3_2": share("the same at 3.2", 98),
  "small-cluster.flip3_5": share("the same at 3.5", 100),
  "small-cluster.flip4_0": share("the same at 4.0", 100),
  "small-cluster.random": share("at 4.0, one run isolates it, 200 seeds, random", 37),
  "small-cluster.plusplus": share("at 4.0, one run isolates it, 200 seeds, k-means++", 45.5, 1),

  "min-size.smallOff": share("small group at 3.5, min_size 0, 200 seeds: isolated", 45),
  "min-size.smallOn": share("small group at 3.5, min_size 20: isolated", 0),
  "min-size.smallRises": share("small group at 3.5, min_size 20: runs in which the inertia rises", 26),
  "min-size.outlierOff": share("outlier at 15, min_size 0, 200 seeds: the three blobs are found", 76.5, 1),
  "min-size.outlierOn": share("outlier at 15, min_size 5: the three blobs are found", 98),

  "manhattan.mean": share("stretched blobs, L1 and mean, 200 seeds: runs with a rise", 65.5, 1),
  "manhattan.median": share("stretched blobs, L1 and median: runs with a rise", 0),
  "manhattan.squared": share("stretched blobs, squared Euclidean and mean: runs with a rise", 0),

  "restarts.best": number("grid of 16 blobs, least inertia found", 130.551, 1),
  "restarts.random1": share("grid of 16: one run reaches the least, 200 seeds, random", 2),
  "restarts.random10": share("grid of 16: the best of 10 reaches it, random", 9.5, 1),
  "restarts.plusplus1": share("grid of 16: one run reaches it, k-means++", 39.5, 1),
  "restarts.plusplus10": share("grid of 16: the best of 10 reaches it, k-means++", 99.5, 1),
  "restarts.greedy1": share("grid of 16: one run reaches it, greedy k-means++", 99),

  "wine.random": share("raw wine, k = 3, 200 seeds: random reaches the least inertia", 77),
  "wine.plusplus": share("raw wine, k = 3: k-means++ reaches it", 56),
  "wine.rawAri": number("raw wine, least inertia: ARI", 0.371, 2),
  "wine.ari": number("standardized wine, least inertia: ARI", 0.897, 2),

  "maths.partitions10": number("S(10, 3)", 9330),
  "maths.mantissa300": number("S(300, 3), mantissa", 2.28, 1),
  "maths.exponent300": number("S(300, 3), power of ten", 142),
  "maths.bound3": number("8 (ln 3 + 2)", 24.79, 1),
}

export const claimOf = (id: string): Claim => {
  const claim = (claims as Readonly<Record<string, Claim>>)[id]
  if (!claim) throw new Error(`There is no claim ${id}`)
  return claim
}

/** A number as the page writes it. */
export function written(value: number, { digits, unit }: Pick<Claim, "digits" | "unit">): string {
  if (!Number.isFinite(value)) return "–"
  // Adding zero turns a rounded "-0" into "0".
  const text = (Number(value.toFixed(digits)) + 0).toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return `${text}${unit}`
}

/** Whether what was measured is what the page says. */
export const holds = (measured: number, claim: Claim): boolean =>
  claim.tolerance === undefined
    ? written(measured, claim) === written(claim.value, claim)
    : Math.abs(measured - claim.value) <= claim.tolerance
