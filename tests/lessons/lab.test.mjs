// Runs beside the one that is shown are the engine's runs.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Engine } from "../wasm/engine.mjs"
import { load } from "../web/load.mjs"
import { laboratory } from "./laboratory.mjs"

const { Stale } = await load("engine/queue.ts")
const { Refusal } = await load("engine/wasm/memory.ts")
const { shapeSource } = await load("sources.ts")
const { shapeChoice } = await load("store.ts")
const rows = Array.from({ length: 60 }, (_, i) => [(i % 3) * 5 + ((i * 37) % 11) / 6, ((i * 53) % 13) / 7])
const file = new Blob([`x,y\n${rows.map((row) => row.join()).join("\n")}`])
const source = { kind: "csv", name: "rows", file, columns: null, label: "" }
const experiment = (change = {}) => ({ source, standardize: false, program: "", params: { k: 4 }, seeds: { first: 3, count: 5, step: 2 }, metrics: [], ...change })

test("an outcome is the run of its seed, to the bit", async () => {
  const { run } = await laboratory()
  const outcomes = await run(experiment())
  const engine = new Engine()
  engine.load(rows)
  engine.set("k", 4)
  for (const [i, outcome] of outcomes.entries()) {
    engine.check(engine.x.km_init(engine.e, 3 + 2 * i))
    const { history, inertia, iterations } = engine.run()
    assert.deepEqual(outcome, { seed: 3 + 2 * i, start: history[0], inertia, iterations, rises: 0, metrics: {} })
  }
})

test("with restarts it is the best of them, and metrics are measured when they are asked for", async () => {
  const { run } = await laboratory()
  const singles = await run(experiment({ seeds: { first: 7, count: 6 } }))
  const [best] = await run(experiment({ params: { k: 4, restarts: 6 }, seeds: { first: 7, count: 1 }, metrics: ["silhouette", "ari"] }))
  assert.equal(best.inertia, Math.min(...singles.map(({ inertia }) => inertia)))
  assert.ok(best.metrics.silhouette > 0 && Number.isNaN(best.metrics.ari), "there are no true labels")
})

test("draws vary the data and not the run", async () => {
  const { run } = await laboratory()
  const drawn = { ...experiment({ source: shapeSource(shapeChoice("moons")), program: "k = 2\nseed = 5", params: {} }), draws: true }
  const outcomes = await run({ ...drawn, seeds: { first: 1, count: 3 } })
  for (const [i, outcome] of outcomes.entries()) {
    const source = shapeSource({ ...shapeChoice("moons"), seed: 1 + i })
    assert.deepEqual([outcome], await run({ ...drawn, draws: false, source, seeds: { first: 5, count: 1 } }))
  }
  assert.equal(new Set(outcomes.map(({ inertia }) => inertia)).size, 3)
})

test("a newer experiment makes the one before stale, and a bad program is refused", async () => {
  const { run } = await laboratory()
  const long = run(experiment({ source: shapeSource({ ...shapeChoice("grid"), n: 20_000 }), params: { k: 50 }, seeds: { first: 0, count: 500 } }))
  const [, outcomes] = await Promise.all([assert.rejects(long, Stale), run(experiment())])
  assert.equal(outcomes.length, 5)
  await assert.rejects(run(experiment({ program: "k = " })), Refusal)
  assert.equal((await run(experiment())).length, 5)
})
