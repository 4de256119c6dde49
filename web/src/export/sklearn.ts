/** The nearest call of scikit-learn, with what it cannot say in comments. */
import type { RunRecord } from "./run"
import { centroidsText, choiceOf } from "./text"

const NOT_THERE: Record<string, string> = {
  distance: "a distance of one's own: scikit-learn's k-means is Euclidean",
  center: "a center of one's own: scikit-learn's is the mean",
  seed_weight: 'a seed_weight of one\'s own: "k-means++" draws by squared distance',
  stop: "a stop of one's own: scikit-learn stops by tol and max_iter",
}

/** What the call leaves out, a sentence each. */
function differences({ params, functions }: RunRecord): string[] {
  const distance = choiceOf("distance", params.distance)
  const center = choiceOf("center", params.center)
  const empty = choiceOf("empty", params.empty)
  return [
    ...functions.map((name) => NOT_THERE[name] ?? `${name} of one's own`),
    ...(distance !== "euclidean" && !functions.includes("distance")
      ? [`distance = "${distance}": scikit-learn's k-means is Euclidean`]
      : []),
    ...(center !== "mean" && !functions.includes("center") ? [`center = "${center}": scikit-learn's is the mean`] : []),
    ...(empty !== "farthest" ? [`empty = "${empty}": an empty cluster takes the farthest point`] : []),
    ...(params.min_size > 0 ? [`min_size = ${params.min_size} with n_moves = ${params.n_moves}: nothing like it`] : []),
  ]
}

/** The argument init, and what to know of it. */
function start(run: RunRecord): { init: string; note: string; given: boolean } {
  const { params, rows, centroids } = run
  if (!rows) return { init: centroidsText(centroids, params.k), note: "placed by hand", given: true }
  switch (choiceOf("init", params.init)) {
    case "first":
      return { init: `X[:${params.k}]`, note: "the first rows", given: true }
    case "random":
      return { init: '"random"', note: "other random numbers, so another start from the same seed", given: false }
    case "greedy-kmeans++":
      return { init: '"k-means++"', note: "other random numbers, so another start from the same seed", given: false }
    default:
      return {
        init: '"k-means++"',
        note: 'scikit-learn\'s tries several candidates each time: "greedy-kmeans++" on the page; and its random numbers are others',
        given: false,
      }
  }
}

/** X stands for the points. */
export function sklearnCall(run: RunRecord): string {
  const { params, data } = run
  const { init, note, given } = start(run)
  const left = differences(run)
  const numpy = init.startsWith("np.") ? "import numpy as np\n" : ""
  const args = [
    `n_clusters=${params.k},`,
    `init=${init},  # ${note}`,
    `n_init=${given ? 1 : params.restarts},`,
    `max_iter=${params.max_iter},`,
    `tol=${params.tol},`,
    ...(given
      ? []
      : [`random_state=${params.seed % 2 ** 32},${params.seed >= 2 ** 32 ? "  # at most 2**32 - 1" : ""}`]),
    'algorithm="lloyd",',
  ]
  const standardized = data.standardized
    ? "\nfrom sklearn.preprocessing import StandardScaler\n\nX = StandardScaler().fit_transform(X)"
    : ""
  const missing = left.length
    ? `# Not in scikit-learn, so this is not the run of the page:\n${left.map((text) => `#   ${text}`).join("\n")}\n`
    : ""
  return `${numpy}from sklearn.cluster import KMeans${standardized}

# X: the ${data.n} points, ${data.d} columns
${missing}model = KMeans(
${args.map((arg) => `    ${arg}`).join("\n")}
).fit(X)
print(model.inertia_, model.n_iter_, model.labels_)
`
}
