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

const SEEDS = "init: other random numbers, so another start from the same seed"

/** The argument init, and what to know of it. */
function start({ params, rows, centroids }: RunRecord): { init: string; notes: string[]; given: boolean } {
  if (!rows) return { init: centroidsText(centroids, params.k), notes: ["init: as placed by hand"], given: true }
  switch (choiceOf("init", params.init)) {
    case "first":
      return { init: `X[:${params.k}]`, notes: ["init: the first rows"], given: true }
    case "random":
      return { init: '"random"', notes: [SEEDS], given: false }
    case "greedy-kmeans++":
      return { init: '"k-means++"', notes: [SEEDS], given: false }
    default:
      return {
        init: '"k-means++"',
        notes: ['init: its k-means++ tries several candidates, as "greedy-kmeans++" here', SEEDS],
        given: false,
      }
  }
}

/** Mini-batches: scikit-learn counts passes over the data where the page counts updates, and has stops of its own. */
function batchArguments({ params, data }: RunRecord): { args: string[]; notes: string[] } {
  const passes = Math.max(1, Math.ceil((params.max_iter * params.batch) / data.n))
  return {
    args: [`max_iter=${passes}`, `batch_size=${params.batch}`, "max_no_improvement=None", "reassignment_ratio=0"],
    notes: [
      `max_iter: counts passes over the data; ${params.max_iter} updates by ${params.batch} points are ${passes}`,
    ],
  }
}

/** X stands for the points. */
export function sklearnCall(run: RunRecord): string {
  const { params, data } = run
  const batch = params.batch > 0 && params.batch < data.n ? batchArguments(run) : null
  const model = batch ? "MiniBatchKMeans" : "KMeans"
  const { init, notes, given } = start(run)
  const left = differences(run)
  const args = [
    `n_clusters=${params.k}`,
    `init=${init}`,
    `n_init=${given ? 1 : params.restarts}`,
    ...(batch ? batch.args : [`max_iter=${params.max_iter}`]),
    `tol=${params.tol}`,
    // Its seeds have 32 bits.
    ...(given && !batch ? [] : [`random_state=${params.seed % 2 ** 32}`]),
    ...(batch ? [] : ['algorithm="lloyd"']),
  ]
  const imports = [
    ...(init.startsWith("np.") ? ["import numpy as np"] : []),
    `from sklearn.cluster import ${model}`,
    ...(data.standardized ? ["from sklearn.preprocessing import StandardScaler"] : []),
  ]
  const comments = [
    `X: the ${data.n} points, ${data.d} ${data.d === 1 ? "column" : "columns"}`,
    ...notes,
    ...(batch?.notes ?? []),
    ...(left.length
      ? ["Not in scikit-learn, so this is not the run of the page:", ...left.map((text) => `  ${text}`)]
      : []),
  ]
  return `${imports.join("\n")}

${comments.map((text) => `# ${text}`).join("\n")}
${data.standardized ? "X = StandardScaler().fit_transform(X)\n" : ""}model = ${model}(
${args.map((arg) => `    ${arg},`).join("\n")}
).fit(X)
print(model.inertia_, model.n_iter_, model.labels_)
`
}
