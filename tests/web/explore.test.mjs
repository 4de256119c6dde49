// The explorations without a browser: what the worker answers, how work is shared, what is said of the results.
import assert from "node:assert/strict"
import { test } from "node:test"
import { wasmModule } from "../wasm/engine.mjs"
import { load } from "./load.mjs"

const { Session } = await load("engine/session.ts")
const { Explorer } = await load("engine/explorer.ts")
const { Wasm, Refusal } = await load("engine/wasm/memory.ts")
const { params, shapes } = await load("generated/tables.ts")
const { metrics } = await load("generated/late.ts")
const { bins } = await load("view/explore/bins.ts")
const { doubt, verdicts } = await load("view/explore/verdicts.ts")
const { optima } = await load("controller/explore/race.ts")

const names = { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) }
const defaults = Object.fromEntries(params.map(({ name, default: value }) => [name, value]))
const init = (value) => params.find(({ name }) => name === "init").choices.findIndex((choice) => choice.value === value)
const go = () => {}

async function explorer(name = "blobs", change = {}) {
  const wasm = await Wasm.open(wasmModule())
  const session = new Session(wasm, names)
  const shape = shapes.findIndex((entry) => entry.name === name)
  const { n, noise, dial } = shapes[shape]
  const source = { kind: "shape", name, shape, n, noise, dial: dial.default, seed: 0, ...change }
  await session.load({ source, standardize: false, plane: null }, go, go)
  return { session, made: new Explorer(wasm, names, session) }
}

test("a race in parts is the race in one, and each of its runs is the run of its seed", async () => {
  const { made, session } = await explorer("grid")
  const asked = { program: "", params: { ...defaults, k: 9, init: init("random") } }
  const whole = made.sprint({ ...asked, first: 0, runs: 30 })
  const parts = [made.sprint({ ...asked, first: 0, runs: 13 }), made.sprint({ ...asked, first: 13, runs: 17 })]
  for (const key of ["starts", "ends", "iterations", "partitions"]) assert.deepEqual([...whole[key]], parts.flatMap((part) => [...part[key]]))
  for (const seed of [0, 7, 29]) {
    await session.start({ program: "", params: { ...asked.params, seed }, centroids: null, raced: null }, go, go)
    const frames = await session.finish(go)
    assert.equal(frames.at(-1).inertia, whole.ends[seed])
    assert.equal(frames[0].inertia, whole.starts[seed])
    assert.equal(frames.at(-1).iteration, whole.iterations[seed])
  }
})

test("a race runs the program's own functions", async () => {
  const { made, session } = await explorer("anisotropic")
  const program = "k = 3\n\ndef distance(x, c):\n    return np.abs(x - c).sum(-1) + 0.1\n"
  const values = { ...defaults, k: 3, seed: 4 }
  const { ends } = made.sprint({ program, params: values, first: 4, runs: 1 })
  await session.start({ program, params: values, centroids: null, raced: null }, go, go)
  assert.equal((await session.finish(go)).at(-1).inertia, ends[0])
  assert.throws(() => made.sprint({ program: "k = ", params: values, first: 0, runs: 1 }), Refusal)
  assert.throws(() => made.sprint({ program: "", params: { ...values, k: 9999 }, first: 0, runs: 1 }), /k must be between 1 and the number of points/)
})

test("other points are taken without being asked", async () => {
  const { made, session } = await explorer("blobs")
  const before = made.sprint({ program: "", params: defaults, first: 0, runs: 1 }).ends[0]
  session.addPoint({ x: 40, y: 40 })
  assert.notEqual(made.sprint({ program: "", params: defaults, first: 0, runs: 1 }).ends[0], before)
})

async function choose(name, change, most = 6) {
  const { made } = await explorer(name, change)
  const fit = (k, set) => made.fit({ program: "", params: { ...defaults, k, restarts: 10 }, set })
  const ks = Array.from({ length: most }, (_, i) => i + 1)
  const fits = ks.map((k) => {
    const { inertia, seed, reached, metrics: m } = fit(k, null)
    return { k, inertia, seed, silhouette: m.silhouette, calinskiHarabasz: m.calinski_harabasz, daviesBouldin: m.davies_bouldin, reached }
  })
  const sets = 10
  const references = Float64Array.from({ length: sets * most }, (_, i) => fit((i % most) + 1, Math.floor(i / most)).inertia)
  const gap = made.gap({ inertias: Float64Array.from(fits, ({ inertia }) => inertia), references, sets })
  return { ...verdicts({ fits, gap, sets, restarts: 10 }), fits }
}

test("every measure finds three blobs, and noise is told as noise by those that can", async () => {
  const blobs = await choose("blobs")
  for (const name of ["elbow", "gap", "silhouette", "calinskiHarabasz", "daviesBouldin"]) assert.equal(blobs[name].k, 3, name)
  assert.match(blobs.elbow.words, /^Elbow at k = 3/)
  const noise = await choose("uniform")
  assert.equal(noise.elbow.k, null)
  assert.match(noise.elbow.words, /^No elbow/)
  assert.equal(noise.gap.k, 1)
  assert.match(noise.gap.words, /^One cluster, by the rule: .* is 0\.02\d+ at 1, and -0\.00\d+ with s = 0\.05\d at 2\.$/)
  // The silhouette cannot: it names a k all the same.
  assert.ok(noise.silhouette.k >= 2)
})

test("a measure that is best at the last k says that this is no peak", () => {
  const fits = [1, 2, 3].map((k) => ({ k, inertia: 10 / k, seed: 0, reached: 2, silhouette: k === 1 ? null : 0.1 * k, calinskiHarabasz: k === 1 ? null : 9 - k, daviesBouldin: k === 1 ? null : 1 / k }))
  const said = verdicts({ fits, gap: null, sets: 2, restarts: 10 })
  assert.match(said.silhouette.words, /^Largest at k = 3 \(0\.3\)\. That is the last k tried, not a peak/)
  assert.match(said.daviesBouldin.words, /at k = 3 .*not a trough/)
  assert.equal(said.calinskiHarabasz.words, "Largest at k = 2. It, too, cannot say “one”.")
})

test("the counter-examples come out as they are", async () => {
  // Stretched blobs: the silhouette prefers two to the three they were drawn as.
  assert.equal((await choose("anisotropic")).silhouette.k, 2)
  // A grid: the gap rule stops at one, and the words say that the gap is largest elsewhere.
  const grid = await choose("grid", {}, 12)
  assert.equal(grid.elbow.k, 9)
  assert.equal(grid.gap.k, 1)
  assert.match(grid.gap.words, /largest at k = 9/)
  // Some k were searched too little, and others were not.
  assert.equal(grid.fits[0].reached, 10)
  assert.ok(grid.fits[8].reached > 1 && grid.fits.some(({ reached }) => reached === 1))
  assert.match(doubt({ fits: grid.fits, restarts: 10 }), /^At \d of 12 k only one of 10 restarts reached/)
  assert.equal(doubt({ fits: grid.fits.slice(8, 9), restarts: 10 }), "")
  assert.match(doubt({ fits: grid.fits.filter(({ reached }) => reached === 1).slice(0, 2), restarts: 10 }), /^At k = \d, \d only/)
})

test("a draw tells chances, candidates and where they are", async () => {
  const { made, session } = await explorer("blobs")
  const values = { ...defaults, k: 4, seed: 3, init: init("greedy-kmeans++") }
  const { rows, candidates, chance, most, places, possible } = made.draw({ program: "", params: values, draw: 2 })
  assert.equal(rows.length, 3)
  assert.equal(candidates.length, 3)
  const chances = [...made.chances.f64]
  assert.ok(Math.abs(chances.reduce((a, b) => a + b, 0) - 1) < 1e-12)
  assert.equal(chances[rows[2]], chance)
  assert.equal(Math.max(...chances), most)
  assert.equal(chances.filter((p) => p > 0).length, possible)
  const kept = candidates.reduce((best, c) => (c.left < best.left ? c : best))
  assert.equal(kept.row, rows[2])
  const at = session.engine.rows(rows)
  places.forEach((v, i) => { assert.equal(v, at[i]) })
  const { frame } = await session.start({ program: "", params: values, centroids: null, raced: null }, go, go)
  assert.deepEqual([...frame.centroids.slice(0, 6)], [...at])
})

test("silhouettes and spread are those of the frame asked for", async () => {
  const { made, session } = await explorer("blobs")
  await session.start({ program: "", params: { ...defaults, k: 3, seed: 1 }, centroids: null, raced: null }, go, go)
  assert.equal(made.silhouettes({ index: 0 }), null)
  const frames = await session.finish(go)
  const { k, measured, n, clusters, values } = made.silhouettes({ index: frames.length })
  assert.deepEqual([k, measured, n], [3, 300, 300])
  assert.deepEqual([0, 1, 2].map((j) => clusters.filter((c) => c === j).length), frames.at(-1).sizes)
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  assert.ok(Math.abs(mean - session.metrics().values.silhouette) < 1e-12)
  // The spreads are the inertia, cluster by cluster.
  const inertia = frames.at(-1).sizes.reduce((sum, size, cluster) => sum + size * made.spread({ index: frames.length, cluster }) ** 2, 0)
  assert.ok(Math.abs(inertia / frames.at(-1).inertia - 1) < 1e-6)
})

test("bins hold every value, on round edges", () => {
  for (const values of [[1, 2, 3.7, 12], [-5, 5], [198.2, 198.3, 205], [1e-9, 3e-9]]) {
    const { edges, of } = bins(values)
    for (const v of values) assert.ok(edges[of(v)] <= v + 1e-12 && v <= edges[of(v) + 1] + 1e-12, `${v} of ${values}`)
    assert.ok(edges.length <= 31)
  }
  const whole = bins([3, 4, 9], true)
  assert.deepEqual(whole.edges, [2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5])
  assert.deepEqual([3, 4, 9].map(whole.of), [0, 1, 6])
  assert.deepEqual(bins([7, 7, 7]).edges, [7, 7])
})

test("optima are partitions, the least inertia first", () => {
  const run = (seed, end, partition) => ({ init: 0, seed, start: 9, end, iterations: 2, partition })
  const found = optima([run(0, 5, "b"), run(1, 3, "a"), run(2, 5, "b"), run(3, 3, "a"), run(4, 3 + 1e-12, "c")])
  assert.deepEqual(found.map(({ run: { seed }, count }) => [seed, count]), [[1, 2], [4, 1], [0, 2]])
})

test("work is shared in parts, ends at the first failure, and never mixes points", async () => {
  // Node 20 has none.
  globalThis.navigator ??= { hardwareConcurrency: 3 }
  const { Pool } = await load("engine/pool.ts")
  const calls = []
  class FakeWorker {
    postMessage({ id, name, args }) {
      calls.push(name)
      queueMicrotask(() =>
        this.onmessage({ data: name === "gap" && args.bad ? { id, ok: false, stale: false, message: "no", row: 0, column: 0 } : { id, ok: true, value: name === "gap" ? args.part * 2 : null } }),
      )
    }
    terminate() {}
  }
  const pool = new Pool({ module: Promise.resolve(null), names, spawn: () => new FakeWorker() })
  const data = (key) => ({ key, n: 1, d: 1, points: async () => new Float64Array(1) })
  const tasks = Array.from({ length: 9 }, (_, i) => i)
  const done = []
  const key = {}
  await pool.work(data(key), () => tasks.shift(), async (worker, part) => { done.push(await worker.call("gap", { part })) }, new AbortController().signal)
  assert.deepEqual(done.sort((a, b) => a - b), Array.from({ length: 9 }, (_, i) => 2 * i))
  assert.equal(calls.filter((name) => name === "adopt").length, pool.size)

  let handed = 0
  await assert.rejects(pool.work(data(key), () => handed++, async (worker) => { await worker.call("gap", { bad: true }) }, new AbortController().signal), /no/)
  assert.ok(handed <= 2 * pool.size)

  const stop = new AbortController()
  handed = 0
  await pool.work(data(key), () => handed++, async () => { stop.abort() }, stop.signal)
  assert.ok(handed <= 2 * pool.size)

  handed = 0
  const other = {}
  const late = pool.work(data(key), () => handed++, async () => { await pool.work(data(other), () => undefined, async () => {}, new AbortController().signal) }, new AbortController().signal)
  await assert.rejects(late, { constructor: (await load("engine/client.ts")).StaleError })
  pool.close()
})

test("restarts and experiments are shared in pieces, and come back in order", async () => {
  const { Pool } = await load("engine/pool.ts")
  const { StaleError } = await load("engine/client.ts")
  const answers = {
    race: ({ from, count }) => Array.from({ length: count }, (_, r) => ({ seed: from + r, inertia: Math.abs(from + r - 17), iterations: 1 })),
    experiment: ({ seeds: { first, count, step } }) => Array.from({ length: count }, (_, i) => ({ seed: first + i * step })),
  }
  class FakeWorker {
    postMessage({ id, name, args }) {
      setTimeout(() => this.onmessage({ data: { id, ok: true, value: answers[name]?.(args) ?? null } }), Math.random() * 5)
    }
    terminate() {}
  }
  const pool = new Pool({ module: Promise.resolve(null), names, spawn: () => new FakeWorker() })
  const data = { key: {}, n: 1, d: 1, points: async () => new Float64Array(1) }
  let told = 0
  const race = () => pool.run({ program: "", params: { restarts: 40 } }, data, (done, total) => { assert.ok(done > told && total === 40); told = done })
  const { list, best } = await race()
  assert.deepEqual(list.map(({ seed }) => seed), Array.from({ length: 40 }, (_, r) => r))
  assert.deepEqual([best, told], [17, 40])
  told = 0
  const older = race()
  const newer = pool.run({ program: "", params: { restarts: 3 } }, data, () => {})
  assert.equal(await older, null)
  assert.equal((await newer).list.length, 3)

  const outcomes = await pool.experiment({ seeds: { first: 5, count: 50, step: 10 } }, new AbortController().signal)
  assert.deepEqual(outcomes.map(({ seed }) => seed), Array.from({ length: 50 }, (_, i) => 5 + 10 * i))
  const stop = new AbortController()
  const given = pool.experiment({ seeds: { first: 0, count: 50 } }, stop.signal)
  stop.abort()
  await assert.rejects(given, { constructor: StaleError })
  pool.close()
})
