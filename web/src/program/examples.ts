/** Programs to begin from, each with one line of why. A test compiles and runs every one. */
import type { ParamValues } from "../engine/protocol"

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
  { name: "k-means", why: "Squared Euclidean distance and the mean: the pair for which the inertia never rises." },
  {
    name: "k-medians",
    why: "Absolute differences and the median: a few far points pull less.",
    distance: ["return np.abs(x - c).sum(-1)"],
    center: ["return np.median(points, axis=0)"],
  },
  {
    name: "Manhattan with the mean",
    why: "The mean does not minimise absolute differences: watch the curve rise.",
    distance: ["return np.abs(x - c).sum(-1)"],
  },
  {
    name: "Damped",
    why: "Each centroid goes half of the way: the same end, in more steps that are easier to watch.",
    center: ["return c + 0.5 * (points.mean(0) - c)"],
  },
  {
    name: "Mini-batch",
    why: "Each update looks at 64 points drawn at random: rougher steps, and less work when there are millions.",
    settings: ["batch = 64"],
  },
  {
    name: "Trimmed mean",
    why: "Points more than 2 from the median in a coordinate do not pull the centroid in it.",
    center: [
      "m = np.median(points, axis=0)",
      "near = abs(points - m) <= 2",
      "return (near * points).sum(0) / np.maximum(near.sum(0), 1)",
    ],
  },
  {
    name: "Huber",
    why: "Squared near the centroid and linear beyond 1: between k-means and k-medians.",
    distance: ["d = abs(x - c)", "return np.where(d < 1, d**2 / 2, d - 0.5).sum(-1)"],
  },
  {
    name: "Minkowski, p = 4",
    why: "Between Euclidean and Chebyshev: regions with rounder corners than squares.",
    distance: ["return (abs(x - c)**4).sum(-1)"],
  },
  {
    name: "Weighted axes",
    why: "One coordinate weighs nine times: what scaling a column does.",
    distance: ["d = (x - c)**2", "return d.sum(-1) + 8 * d[0]"],
  },
  {
    name: "Mahalanobis",
    why: "Measured along and across the stretched blobs, in their own widths: try it on that data set.",
    distance: [
      "d = x - c",
      "along = 0.6 * d[0] - 0.8 * d[1]",
      "across = 0.8 * d[0] + 0.6 * d[1]",
      "return along**2 / 6 + 6 * across**2",
    ],
  },
  {
    name: "Spherical",
    why: "Only the direction from the origin counts, one minus the cosine: for texts and other counts.",
    distance: [
      "norms = np.sqrt((x * x).sum(-1) * (c * c).sum(-1))",
      "return 1 - (x * c).sum(-1) / np.maximum(norms, 1e-12)",
    ],
  },
  {
    name: "Euclidean, not squared",
    why: "The same regions, for the root changes no order; but the mean does not minimise this sum, so it may rise.",
    distance: ["return np.sqrt(((x - c)**2).sum(-1))"],
  },
  {
    name: "Bolder seeding",
    why: "Chance by distance to the fourth power: nearly farthest-first, and drawn to outliers.",
    seedWeight: ["return d**2"],
  },
  {
    name: "Stop early",
    why: "Ends when an iteration wins less than 0.1 %: most of the gain comes first.",
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
