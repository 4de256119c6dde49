// One workload of a race against other libraries: node peer.mjs W1 reads data/W1.f32 (row-major float32), data/W1.init.f32
// (k rows; W5 has none and seeds itself) and data/W1.json (n, d, k) of the current folder, and prints one line: the median of
// 7 fits after 3 more, warmed up as the page is, from points in the engine's memory to final labels and inertia.
import { readFileSync } from "node:fs"
import { CHOICE, Engine } from "../wasm/engine.mjs"
import { median } from "./median.mjs"

const iterations = { W1: 20, W3: 20, W6: 10 } // the others run to convergence
const restarts = 1000

const [name, repeats = "7"] = process.argv.slice(2)
const floats = (file) => {
  const bytes = readFileSync(`data/${file}`)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
const { n, d, k } = JSON.parse(readFileSync(`data/${name}.json`, "utf8"))
const rows = floats(`${name}.f32`)
const columns = Float64Array.from({ length: n * d }, (_, i) => rows[(i % n) * d + Math.floor(i / n)])

const engine = new Engine()
const { x, e } = engine
const start = name === "W5" ? 0 : engine.copyIn(floats(`${name}.init.f32`))
engine.set("k", k)
engine.set("max_iter", iterations[name] ?? 100000)
engine.set("empty", CHOICE.EMPTY.KEEP)
if (name === "W5") engine.set("restarts", restarts)

function fit(points, rows = n) {
  engine.check(x.km_adopt(e, points, 0, rows, d))
  if (name === "W5") {
    engine.check(x.km_restarts_begin(e))
    while (engine.check(x.km_restarts_advance(e, 1_000_000)) === 1);
  } else {
    engine.check(x.km_init_at(e, start, k))
    while (engine.check(x.km_run(e, 1_000_000)) === 1);
  }
  x.km_labels(e)
}

/** As the page does at idle (web/src/engine/warm.ts): fits small enough to be quick, large enough for the paths that many
 * points take, so that the engine's functions are compiled in full before anybody waits for a result. V8 compiles them on
 * threads of its own, whose time would else be counted as that of the first fits, and be no part of a later one. Then a
 * pause lets those threads end. The data are the first rows; nothing of them is kept: a fit begins by loading its points. */
async function warmUp() {
  const most = 20_000, rounds = 12, rows = Math.min(n, most)
  const few = Float64Array.from({ length: rows * d }, (_, i) => columns[Math.floor(i / rows) * n + (i % rows)])
  for (let i = 0; i < rounds; i++) fit(engine.copyIn(few), rows)
  await new Promise((resolve) => setTimeout(resolve, 200))
}

const ms = [], cpu = []
await warmUp()
for (let i = 0; i < 3 + Number(repeats); i++) {
  const points = engine.copyIn(columns)
  const used = process.cpuUsage(), began = performance.now()
  fit(points)
  const wall = performance.now() - began, { user, system } = process.cpuUsage(used)
  if (i < 3) continue
  ms.push(wall)
  cpu.push((user + system) / 1000)
}
console.log(JSON.stringify({ w: name, peer: "engine", ms: median(ms), cpu: median(cpu), inertia: engine.inertia, iterations: x.km_iteration(e), method: x.km_method_used(e), touched: x.km_points_touched(e), computed: x.km_distances_computed(e), memory: x.memory.buffer.byteLength }))
