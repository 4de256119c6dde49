// The workloads of `make bench`, whole: at each half-step the engine's faster ways give what its brute force gives, which
// weights of 1 leave it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { loadedEngine } from "../bench/engines.mjs"
import { workloads } from "../bench/workloads.mjs"
import { PHASE_DONE, STATUS, wasmModule } from "./engine.mjs"

const module = wasmModule()

const near = (a, b, what) => assert.ok(Math.abs(a - b) <= 1e-12 * Math.abs(b), `${what}: ${a}, by brute force ${b}`)
const bytes = ({ x }, at, length) => Buffer.from(x.memory.buffer, at, length)
const labelsOf = (w, engine) => bytes(engine, engine.x.km_labels(engine.e), 4 * w.n)

function compareRuns(w, engines, start) {
  for (const engine of engines) engine.check(engine.x.km_init_at(engine.e, engine.copyIn(start), w.k))
  const [fast, plain] = engines
  assert.notEqual(fast.x.km_method_used(fast.e), plain.x.km_method_used(plain.e))
  for (let step = 0; fast.x.km_phase_next(fast.e) !== PHASE_DONE; step++) {
    const what = `half-step ${step}`
    for (const engine of engines) engine.check(engine.x.km_half_step(engine.e))
    const [now, expected] = engines.map((engine) => ({
      next: engine.x.km_phase_next(engine.e),
      changed: engine.x.km_changed(engine.e),
      shift: engine.x.km_shift(engine.e),
      sizes: engine.sizes,
    }))
    assert.deepEqual(now, expected, what)
    const [here, there] = engines.map((engine) => bytes(engine, engine.x.km_centroids(engine.e), 8 * w.k * w.d))
    assert.ok(here.equals(there), `${what}: centroids`)
    near(fast.inertia, plain.inertia, what)
    if (step % 8 === 0) assert.ok(labelsOf(w, fast).equals(labelsOf(w, plain)), `${what}: labels`)
  }
}

function compareRestarts(w, engines) {
  const seen = engines.map((engine) => {
    const { x, e } = engine
    engine.check(x.km_restarts_begin(e))
    while (engine.check(x.km_restarts_advance(e, 1_000_000)) === STATUS.MORE);
    return Array.from({ length: w.restarts }, (_, r) => [x.km_restart_inertia(e, r), x.km_restart_iterations(e, r)])
  })
  assert.deepEqual(seen[0], seen[1])
}

for (const w of workloads)
  test(`${w.name}: ${w.what}`, () => {
    const data = w.make()
    const engines = [loadedEngine(module, w, data, false), loadedEngine(module, w, data, true)]
    if (w.restarts) compareRestarts(w, engines)
    else compareRuns(w, engines, data.start)
    assert.equal(engines[0].digest, engines[1].digest)
    assert.ok(labelsOf(w, engines[0]).equals(labelsOf(w, engines[1])))
    assert.equal(engines[0].inertia, engines[1].inertia)
  })
