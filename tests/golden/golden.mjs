// The reference results and the data they were made from.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"

const here = new URL("./", import.meta.url)
const json = (name) => JSON.parse(readFileSync(new URL(name, here), "utf8"))

/** Every kmeans_*.json: scikit-learn's runs from given centroids, with a NumPy trace of each half-step. */
export const kmeansGoldens = () =>
  readdirSync(here).filter((name) => /^kmeans_.*\.json$/.test(name)).map(json)
export const medianGoldens = () => json("kmedians_kmedoids.json").cases
export const metricCases = () => json("metric_cases.json")
export const chooseKGoldens = () => json("choose_k.json")

export const dataPath = (csv) => new URL(`data/${csv}`, here).pathname

/** Rows of a reference data set without its label column, and the labels. */
export function readData(csv, standardise = false) {
  const [header, ...lines] = readFileSync(dataPath(csv), "utf8").trim().split(/\r?\n/)
  const label = header.split(",").indexOf("label")
  const cells = lines.map((line) => line.split(",").map(Number))
  const rows = cells.map((row) => row.filter((_, j) => j !== label))
  return { rows: standardise ? standardised(rows) : rows, truth: cells.map((row) => row[label]) }
}

/** z-scores with the population standard deviation, as scikit-learn's StandardScaler. */
function standardised(rows) {
  const n = rows.length
  const columns = rows[0].map((_, t) => {
    const mean = rows.reduce((sum, row) => sum + row[t], 0) / n
    const variance = rows.reduce((sum, row) => sum + (row[t] - mean) ** 2, 0) / n
    return { mean, sd: Math.sqrt(variance) || 1 }
  })
  return rows.map((row) => row.map((v, t) => (v - columns[t].mean) / columns[t].sd))
}

/** Throws unless the two numbers agree to a relative error. */
export function near(actual, expected, relative, what) {
  const error = Math.abs(actual - expected)
  if (!(error <= relative * Math.abs(expected))) throw new Error(`${what} is ${actual}, expected ${expected}`)
}

/** Throws unless a run from the start of scikit-learn's came to the same; `history` is the inertia of each half-step. */
export function sameRun({ labels, iterations, converged, inertia, history }, run) {
  assert.deepEqual(labels, run.labels)
  assert.equal(iterations, run.n_iter_sklearn)
  assert.equal(converged, true)
  near(inertia, run.inertia, 1e-9, "inertia")
  for (const [i, step] of run.trace.entries()) {
    near(history[2 * i], step.J_after_assign, 1e-9, `inertia after assign ${i + 1}`)
    const after = history[2 * i + 1]
    if (after !== undefined) near(after, step.J_after_update, 1e-9, `inertia after update ${i + 1}`)
  }
}
