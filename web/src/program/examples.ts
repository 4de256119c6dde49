/** Programs to begin from, each with one line of why. A test compiles and runs every one. */
import type { ParamValues } from "../engine/protocol"
import * as en from "../text/en"
import { t } from "../text/text"

export interface Example {
  name: string
  why: string
  /** Lines that set parameters, beside k and seed, which stay as they are. */
  settings?: string[]
  distance?: string[]
  center?: string[]
  seedWeight?: string[]
  stop?: string[]
}

export const examples: readonly Example[] = [
  { name: "k-means", why: t(en.whyKMeans) },
  {
    name: "k-medians",
    why: t(en.whyKMedians),
    distance: ["return np.abs(x - c).sum(-1)"],
    center: ["return np.median(points, axis=0)"],
  },
  {
    name: t(en.manhattanMean),
    why: t(en.whyManhattanMean),
    distance: ["return np.abs(x - c).sum(-1)"],
  },
  {
    name: t(en.damped),
    why: t(en.whyDamped),
    center: ["return c + 0.5 * (points.mean(0) - c)"],
  },
  {
    name: t(en.miniBatch),
    why: t(en.whyMiniBatch),
    settings: ["batch = 64"],
  },
  {
    name: t(en.trimmedMean),
    why: t(en.whyTrimmedMean),
    center: [
      "m = np.median(points, axis=0)",
      "near = abs(points - m) <= 2",
      "return (near * points).sum(0) / np.maximum(near.sum(0), 1)",
    ],
  },
  {
    name: "Huber",
    why: t(en.whyHuber),
    distance: ["d = abs(x - c)", "return np.where(d < 1, d**2 / 2, d - 0.5).sum(-1)"],
  },
  {
    name: "Minkowski, p = 4",
    why: t(en.whyMinkowski),
    distance: ["return (abs(x - c)**4).sum(-1)"],
  },
  {
    name: t(en.weightedAxes),
    why: t(en.whyWeightedAxes),
    distance: ["d = (x - c)**2", "return d.sum(-1) + 8 * d[0]"],
  },
  {
    name: "Mahalanobis",
    why: t(en.whyMahalanobis),
    distance: [
      "d = x - c",
      "along = 0.6 * d[0] - 0.8 * d[1]",
      "across = 0.8 * d[0] + 0.6 * d[1]",
      "return along**2 / 6 + 6 * across**2",
    ],
  },
  {
    name: t(en.spherical),
    why: t(en.whySpherical),
    distance: [
      "norms = np.sqrt((x * x).sum(-1) * (c * c).sum(-1))",
      "return 1 - (x * c).sum(-1) / np.maximum(norms, 1e-12)",
    ],
  },
  {
    name: t(en.euclideanNotSquared),
    why: t(en.whyEuclideanNotSquared),
    distance: ["return np.sqrt(((x - c)**2).sum(-1))"],
  },
  {
    name: t(en.bolderSeeding),
    why: t(en.whyBolderSeeding),
    seedWeight: ["return d**2"],
  },
  {
    name: t(en.stopEarly),
    why: t(en.whyStopEarly),
    stop: ["return abs(inertia - previous) / previous < 1e-3"],
  },
]

const definition = (signature: string, lines: string[]): string =>
  [`def ${signature}:`, ...lines.map((line) => `    ${line}`), ""].join("\n")

/** The text of an example, with k and seed of the program that runs. */
export function exampleText(example: Example, { k, seed }: ParamValues): string {
  const parts = [
    `# ${example.name}`,
    `k = ${k}`,
    `seed = ${seed}`,
    ...(example.settings ?? []),
    "",
    definition("distance(x, c)", example.distance ?? ["return ((x - c)**2).sum(-1)"]),
    definition("center(points, c)", example.center ?? ["return points.mean(0)"]),
  ]
  if (example.seedWeight) parts.push(definition("seed_weight(d)", example.seedWeight))
  if (example.stop) parts.push(definition("stop(inertia, previous, shift, iteration)", example.stop))
  return parts.join("\n")
}
