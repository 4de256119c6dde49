// The command against scikit-learn's runs, from files, as a person would call it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { dataPath, kmeansGoldens, medianGoldens, near, readData, sameRun } from "../golden/golden.mjs"
import { file, result } from "./command.mjs"

const csvOf = (rows) => rows.map((row) => row.join(",")).join("\n")

for (const golden of kmeansGoldens()) {
  const { rows } = readData(golden.csv)
  for (const run of golden.runs)
    test(`${golden.dataset}, k = ${golden.k}, ${run.init} ${run.seed}`, () => {
      // Standardized or not, the start is given in the units of the file.
      const start = golden.standardise ? run.init_rows.map((i) => rows[i]) : run.init_centroids
      const init = file("init.csv", csvOf(start))
      const args = ["--init", init, "--set", "max_iter=300", ...(golden.standardise ? ["--standardize"] : [])]
      const got = result([...args, dataPath(golden.csv)])
      assert.deepEqual([got.n, got.d, got.k], [golden.n, golden.d, golden.k])
      sameRun({ ...got, history: got.inertia_history }, run)
      assert.deepEqual(got.sizes, got.centroids.map((_, j) => run.labels.filter((l) => l === j).length))
      near(got.metrics.silhouette, run.metrics.silhouette, 1e-9, "silhouette")
      near(got.metrics.ari, run.metrics.ari, 1e-9, "ARI")
      // Centroids in original units are the means of the rows of the file.
      got.centroids.forEach((centroid, j) => {
        const members = rows.filter((_, i) => run.labels[i] === j)
        centroid.forEach((v, t) => {
          const mean = members.reduce((sum, row) => sum + row[t], 0) / members.length
          assert.ok(Math.abs(v - mean) <= 1e-9 * (1 + Math.abs(mean)), `centroid ${j}, column ${t}: ${v}, mean ${mean}`)
        })
      })
    })
}

for (const golden of medianGoldens())
  test(`k-medians: ${golden.csv}, k = ${golden.k}, ${golden.init}`, () => {
    const init = file("init.csv", csvOf(golden.init_centroids))
    const set = ["--set", "distance=manhattan", "--set", "center=median", "--set", "max_iter=300"]
    const got = result(["--init", init, ...set, dataPath(golden.csv)])
    assert.deepEqual(got.labels, golden.kmedians.labels)
    near(got.inertia, golden.kmedians.L1, 1e-9, "L1")
  })
