// make bench: the engine in WebAssembly and native against its own brute force, the obvious loop in JavaScript, ml-kmeans,
// skmeans, and scikit-learn and R where they are installed, side by side in one run. This machine may be shared and noisy:
// contenders alternate, medians of process time are shown, and only ratios count. node bench.mjs [ROUNDS [WORKLOAD...]]
import { PHASE_DONE, wasmModule } from "../wasm/engine.mjs"
import { contenders } from "./contenders.mjs"
import { loadedEngine } from "./engines.mjs"
import { benchKernels } from "./kernels.mjs"
import { median } from "./median.mjs"
import { workloads } from "./workloads.mjs"

const [rounds = "3", ...only] = process.argv.slice(2)
const slow = 10_000 // a contender that takes longer runs once
const module = wasmModule()
const runners = contenders(module)

/** What a run looks at, from the engine's own counts; the restarts are left out: they are many runs. */
function counts(w, data) {
  const engine = loadedEngine(module, w, data), { x, e } = engine
  engine.check(x.km_init_at(e, engine.copyIn(data.start), w.k))
  const base = x.memory.buffer.byteLength
  let touched = 0, computed = 0, assigns = 0, last = -1
  while (x.km_phase_next(e) !== PHASE_DONE) {
    engine.check(x.km_half_step(e))
    if (x.km_iteration(e) === last && x.km_phase_next(e) !== PHASE_DONE) continue
    last = x.km_iteration(e)
    touched += x.km_points_touched(e)
    computed += x.km_distances_computed(e)
    assigns++
  }
  return { iterations: x.km_iteration(e), touched: touched / (assigns * w.n), computed: computed / (assigns * w.n * w.k), bytes: base / w.n }
}

/** The engine's ways agree: by memory where it is at hand, else by the digest of labels, centroids and inertia. */
function checkEqual(result, others) {
  for (const [name, other] of others) {
    const same = other.labels ? other.labels.equals(result.labels) && other.centroids.equals(result.centroids) : other.digest === result.digest
    if (!same || other.iterations !== result.iterations || !(Math.abs(other.inertia / result.inertia - 1) < 1e-12)) throw new Error(`${name} disagrees: ${other.inertia}, ${result.inertia}`)
  }
}

async function race(w) {
  const data = w.make(), times = new Map(runners.map((c) => [c, []])), last = new Map()
  for (let i = 0; i < 12; i++) runners[0].fit(w, data) // the first calls run before the optimising tier is ready
  await new Promise((resolve) => setTimeout(resolve, 200)) // the threads that compile it come to an end
  for (let r = 0; r < rounds; r++)
    for (const c of runners) {
      if (r > 0 && (!last.get(c) || times.get(c)[0] > slow)) continue
      const result = c.fit(w, data)
      last.set(c, result)
      if (result) times.get(c).push(result.ms)
    }
  const ms = new Map([...times].map(([c, values]) => [c, median(values)]))
  const [wasm, native] = runners, reference = last.get(wasm).inertia
  console.log(`\n${w.name}: ${w.what}`)
  for (const c of runners) {
    if (!last.get(c)) {
      console.log(`  ${c.name.padEnd(24)} skipped: ${c.name === "plain JavaScript" ? "has no restarts" : "not installed"}`)
      continue
    }
    const off = Math.abs(last.get(c).inertia / reference - 1)
    console.log(`  ${c.name.padEnd(24)} ${ms.get(c).toFixed(1).padStart(9)} ms ${(ms.get(c) / ms.get(wasm)).toFixed(2).padStart(9)} x wasm${off > 1e-9 ? `   inertia differs by ${off.toExponential(1)}` : ""}`)
  }
  checkEqual(last.get(wasm), runners.slice(1, 4).map((c) => [c.name, last.get(c)]))
  const plain = last.get(runners[4])
  if (plain && !(Math.abs(plain.inertia / reference - 1) < 1e-9)) throw new Error(`${runners[4].name} disagrees: ${plain.inertia}, ${reference}`)
  console.log("  equal to brute force, wasm and native: every label, centroid and count of iterations to the bit, inertia to 1e-12")
  console.log(`  wasm/native ${(ms.get(wasm) / ms.get(native)).toFixed(2)}`)
  if (w.restarts) return
  const { iterations, touched, computed, bytes } = counts(w, data)
  const { reading, iteration } = last.get(native)
  console.log(`  ${iterations} iterations, ${((ms.get(wasm) * 1e6) / (w.n * iterations)).toFixed(2)} ns per point and iteration; of the points ${(100 * touched).toFixed(1)} % were looked at, of the distances ${(100 * computed).toFixed(2)} % computed`)
  console.log(`  ${bytes.toFixed(0)} bytes of memory per point, the ${8 * w.d} of its coordinates included`)
  console.log(`  native: one of the last iterations ${iteration.toFixed(3)} ms, reading the coordinates once ${reading.toFixed(3)} ms`)
}

function benchSeeding() {
  const w = workloads[0], engine = loadedEngine(module, w, w.make())
  // So many that most are by functions compiled in full, as they are on a page that has warmed up.
  const times = Array.from({ length: 31 }, (_, seed) => {
    const before = performance.now()
    engine.check(engine.x.km_init(engine.e, seed))
    return performance.now() - before
  })
  console.log(`\nk-means++ start, ${w.what}: ${median(times).toFixed(1)} ms`)
}

console.log("Process milliseconds of a whole fit (points in memory to final labels and inertia), median; one thread.")
for (const w of workloads) if (only.length === 0 || only.includes(w.name)) await race(w)
if (only.length === 0) {
  benchSeeding()
  benchKernels(module, Number(rounds))
}
