// The engine, in WebAssembly, against scikit-learn, R and NumPy: labels, iterations, inertia of every half-step, metrics.
import assert from "node:assert/strict"
import { test } from "node:test"
import { CHOICE, Engine, METRIC, STATUS, wasmModule } from "../wasm/engine.mjs"
import { chooseKGoldens, kmeansGoldens, medianGoldens, metricCases, near, readData, sameRun } from "./golden.mjs"

const module = wasmModule()

function fit(rows, start, settings = {}) {
  const engine = new Engine(module)
  engine.load(rows)
  for (const [name, value] of Object.entries({ max_iter: 300, ...settings })) engine.set(name, value)
  engine.initAt(start)
  return { engine, ...engine.run() }
}

function metricsOf(engine, truth) {
  const at = engine.copyIn(truth, Int32Array), out = engine.x.km_alloc(8 * Object.keys(METRIC).length)
  engine.check(engine.x.km_metrics(engine.e, at, out))
  const values = engine.f64(out, Object.keys(METRIC).length)
  return Object.fromEntries(Object.entries(METRIC).map(([name, i]) => [name, values[i]]))
}

for (const golden of kmeansGoldens()) {
  const { rows, truth } = readData(golden.csv, golden.standardise)
  for (const run of golden.runs)
    test(`k-means: ${golden.dataset}, k = ${golden.k}, ${run.init} ${run.seed}`, () => {
      const result = fit(rows, run.init_centroids)
      sameRun(result, run)
      run.final_centroids.flat().forEach((v, i) => {
        assert.ok(Math.abs(result.centroids.flat()[i] - v) <= 1e-9 * (1 + Math.abs(v)), `centroid value ${i}`)
      })
      const metrics = metricsOf(result.engine, truth), expected = run.metrics
      near(metrics.SILHOUETTE, expected.silhouette, 1e-9, "silhouette")
      near(metrics.DAVIES_BOULDIN, expected.davies_bouldin, 1e-9, "Davies-Bouldin")
      near(metrics.CALINSKI_HARABASZ, expected.calinski_harabasz, 1e-9, "Calinski-Harabasz")
      near(metrics.ARI, expected.ari, 1e-9, "ARI")
      near(metrics.NMI, expected.nmi_arith, 1e-9, "NMI")
    })
}

for (const golden of medianGoldens()) {
  const { rows } = readData(golden.csv)
  const { DISTANCE, CENTER } = CHOICE
  const variants = [
    ["k-medians", DISTANCE.MANHATTAN, CENTER.MEDIAN, golden.kmedians, "L1", "n_esteps"],
    ["k-medoids", DISTANCE.MANHATTAN, CENTER.MEDOID, golden.kmedoids_alternating_L1, "cost", "n_iter"],
    ["k-means", DISTANCE.EUCLIDEAN, CENTER.MEAN, golden.kmeans, "inertia", null],
  ]
  if (!golden.l1assign_mean.cycle)
    variants.push(["Manhattan with the mean", DISTANCE.MANHATTAN, CENTER.MEAN, golden.l1assign_mean, "L1", "n_esteps"])
  for (const [name, distance, center, expected, total, iterations] of variants)
    test(`${name}: ${golden.csv}, k = ${golden.k}, ${golden.init}`, () => {
      const result = fit(rows, golden.init_centroids, { distance, center })
      assert.deepEqual(result.labels, expected.labels)
      near(result.inertia, expected[total], 1e-9, total)
      if (iterations) assert.equal(result.iterations, expected[iterations])
      for (const [i, step] of (expected.trace ?? []).entries())
        if (step.L1_after_assign) near(result.history[2 * i], step.L1_after_assign, 1e-9, `L1 after assign ${i + 1}`)
    })
}

test("internal metrics of given labels", () => {
  for (const golden of metricCases().internal) {
    // No centroids need give these labels, so they are written over those of an assign.
    const engine = new Engine(module)
    const k = Math.max(...golden.labels) + 1
    engine.load(golden.points)
    engine.initAt(golden.points.slice(0, k))
    engine.check(engine.x.km_assign(engine.e))
    engine.i32(engine.x.km_labels(engine.e), golden.labels.length).set(golden.labels)
    const metrics = metricsOf(engine, golden.labels)
    near(metrics.SILHOUETTE, golden.silhouette, 1e-12, "silhouette")
    near(metrics.DAVIES_BOULDIN, golden.davies_bouldin, 1e-12, "Davies-Bouldin")
    near(metrics.CALINSKI_HARABASZ, golden.calinski_harabasz, 1e-12, "Calinski-Harabasz")
  }
})

test("agreement of two labellings", () => {
  for (const golden of metricCases().external) {
    const engine = new Engine(module)
    const k = Math.max(...golden.b) + 1
    engine.load(golden.b.map((b) => [b]))
    engine.initAt(Array.from({ length: k }, (_, j) => [j]))
    engine.run()
    assert.deepEqual(engine.labels, golden.b)
    const metrics = metricsOf(engine, golden.a)
    assert.ok(Math.abs(metrics.ARI - golden.ari) < 1e-12, `ARI ${metrics.ARI}, expected ${golden.ari}`)
    assert.ok(Math.abs(metrics.NMI - golden.nmi_arith) < 1e-12, `NMI ${metrics.NMI}, expected ${golden.nmi_arith}`)
  }
})

for (const golden of chooseKGoldens().gap)
  test(`gap statistic: ${golden.csv}`, () => {
    const { rows } = readData(golden.csv)
    const { most_k: mostK, sets } = golden
    const engine = new Engine(module), reference = new Engine(module)
    engine.load(rows)
    const bestOf = (fitted) =>
      Array.from({ length: mostK }, (_, i) => {
        for (const [name, value] of Object.entries({ k: i + 1, restarts: 100, max_iter: 1000 })) fitted.set(name, value)
        fitted.check(fitted.x.km_restarts_begin(fitted.e))
        while (fitted.check(fitted.x.km_restarts_advance(fitted.e, 1000)) === STATUS.MORE);
        return fitted.inertia
      })
    // The best of a hundred restarts against the best of scikit-learn's twenty: either may miss the best there is.
    const alike = (inertia, theirs, what) => near(inertia, theirs, 5e-3, what)
    bestOf(engine).forEach((inertia, i) => { alike(inertia, golden.inertias[i], `inertia at k = ${i + 1}`) })
    // The reference sets are the engine's own; scikit-learn has fitted them too.
    const n = rows.length, d = rows[0].length, at = engine.x.km_alloc(8 * n * d)
    for (let b = 0; b < 2; b++) {
      engine.x.km_reference(engine.e, b, at)
      const columns = engine.f64(at, n * d).slice()
      reference.load(rows.map((_, i) => Array.from({ length: d }, (_, t) => columns[t * n + i])))
      bestOf(reference).forEach((inertia, i) => { alike(inertia, golden.references[b][i], `reference ${b} at k = ${i + 1}`) })
    }
    const data = engine.copyIn(golden.inertias), references = engine.copyIn(golden.references.flat())
    const out = engine.x.km_alloc(16 * mostK)
    engine.x.km_gap(data, references, mostK, sets, out, out + 8 * mostK)
    const values = engine.f64(out, 2 * mostK)
    for (let i = 0; i < mostK; i++) {
      assert.ok(Math.abs(values[i] - golden.gaps[i]) < 1e-12, `gap at k = ${i + 1}`)
      near(values[mostK + i], golden.errors[i], 1e-12, `error at k = ${i + 1}`)
    }
    assert.equal(engine.x.km_gap_choice(out, out + 8 * mostK, mostK), golden.choice)
  })

for (const golden of chooseKGoldens().silhouettes)
  test(`silhouettes of points: ${golden.csv}, k = ${golden.k}`, () => {
    const engine = new Engine(module)
    engine.load(readData(golden.csv).rows)
    const n = golden.labels.length, labels = engine.copyIn(golden.labels, Int32Array)
    const values = engine.x.km_alloc(8 * n), rows = engine.x.km_alloc(4 * n)
    assert.equal(engine.x.km_point_silhouettes(engine.e, labels, golden.k, rows, values), n)
    const order = engine.i32(rows, n), silhouettes = engine.f64(values, n)
    order.forEach((row, i) => {
      assert.ok(Math.abs(silhouettes[i] - golden.silhouettes[row]) < 1e-12, `point ${row}`)
      if (i > 0) assert.ok(golden.labels[row] >= golden.labels[order[i - 1]])
    })
  })
