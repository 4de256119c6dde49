// make bench: the engine in WebAssembly and native, and the obvious loop in JavaScript, side by side in one run. This
// machine may be shared and noisy: contenders alternate, medians of process time are shown, and only ratios count.
import { spawnSync } from "node:child_process"
import { CHOICE, Engine, root, wasmModule } from "../wasm/engine.mjs"
import { useKernel, useProgram } from "../wasm/programs.mjs"
import { plainLloyd } from "./plain.mjs"
import { workloads } from "./workloads.mjs"

const rounds = Number(process.argv[2] ?? 5)
const module = wasmModule()
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

function timed(run) {
  const before = process.cpuUsage()
  run()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

function native(w, { columns, start }) {
  const args = [w.n, w.d, w.k, w.iterations, 1].map(String)
  const input = Buffer.concat([Buffer.from(columns.buffer), Buffer.from(start.buffer)])
  const { stdout, status } = spawnSync(new URL("build/bench-fit", root).pathname, args, { input, encoding: "utf8", maxBuffer: 1 << 20 })
  if (status !== 0) throw new Error(`bench-fit ended with ${status}`)
  const [ms, inertia] = stdout.trim().split("\n").map(Number)
  return { ms, inertia }
}

function loadedEngine(w, { columns }) {
  const engine = new Engine(module)
  const at = engine.copyIn(columns)
  engine.check(engine.x.km_load(engine.e, at, 0, w.n, w.d))
  engine.x.km_free(at)
  engine.set("max_iter", w.iterations)
  engine.set("empty", CHOICE.EMPTY.KEEP) // as the plain loop does
  return engine
}

console.log("Process milliseconds of a whole fit (start to final labels and inertia), median; one thread.\n")
for (const w of workloads) {
  const data = w.make()
  const engine = loadedEngine(w, data)
  const start = Array.from({ length: w.k }, (_, j) => [...data.start.subarray(j * w.d, (j + 1) * w.d)])
  const wasm = () => {
    engine.initAt(start)
    while (engine.check(engine.x.km_run(engine.e, 1000)) === 1);
  }
  wasm() // the first calls run before the optimising tier is ready
  const times = { wasm: [], native: [], plain: [] }
  let plain
  let other
  for (let r = 0; r < rounds; r++) {
    times.wasm.push(timed(wasm))
    other = native(w, data)
    times.native.push(other.ms)
    times.plain.push(timed(() => { plain = plainLloyd(data.columns, w.n, w.d, data.start, w.k, w.iterations) }))
  }
  const iterations = engine.x.km_iteration(engine.e)
  const ms = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
  const pairs = w.n * w.k * (iterations + 1)
  console.log(`${w.name}: ${w.what}, ${iterations} iterations`)
  console.log(`  wasm ${ms.wasm.toFixed(1)}  native ${ms.native.toFixed(1)}  plain JavaScript ${ms.plain.toFixed(1)}`)
  console.log(`  wasm/native ${(ms.wasm / ms.native).toFixed(2)}  plain/wasm ${(ms.plain / ms.wasm).toFixed(2)}  ${((ms.wasm * 1e6) / pairs).toFixed(2)} ns per point and centroid`)
  if (engine.inertia !== other.inertia) throw new Error("wasm and native disagree")
  if (Math.abs(plain - engine.inertia) > 1e-9 * plain) throw new Error(`plain JavaScript disagrees: ${plain}, ${engine.inertia}`)
}

console.log("Assign by a distance of one's own, emitted, against the built-in kernel: 1,000,000 points, 2-D, k = 10.\n")
{
  const w = workloads[0], data = w.make()
  // The factor 1 keeps the texts from being recognised as the built-in distances they are.
  for (const [name, expression] of [["euclidean", "1 * ((x - c)**2).sum(-1)"], ["manhattan", "1 * abs(x - c).sum(-1)"]]) {
    const builtIn = loadedEngine(w, data), emitted = loadedEngine(w, data)
    useProgram(builtIn, `k = ${w.k}\ndistance = "${name}"`)
    useProgram(emitted, `k = ${w.k}\ndef distance(x, c):\n    return ${expression}`)
    useKernel(emitted)
    const engines = [builtIn, emitted]
    for (const engine of engines) engine.check(engine.x.km_init(engine.e, 1))
    const labels = engines.map((engine) => engine.x.km_alloc(4 * w.n))
    const assign = (i) => engines[i].x.km_label_points(engines[i].e, engines[i].x.km_centroids(engines[i].e), w.k, labels[i])
    const times = [[], []]
    let inertias = []
    for (let r = 0; r < 4 * rounds; r++) {
      inertias = [0, 1].map((i) => {
        let inertia
        times[i].push(timed(() => { inertia = assign(i) }))
        return inertia
      })
    }
    const ms = times.map(median)
    console.log(`  ${name}: built-in ${ms[0].toFixed(1)}  emitted ${ms[1].toFixed(1)}  emitted/built-in ${(ms[1] / ms[0]).toFixed(2)}`)
    if (inertias[0] !== inertias[1]) throw new Error("emitted and built-in disagree")
  }
}

console.log("\nCompiling the program a new page shows, median of 200: the target is 1 ms.\n")
{
  const engine = new Engine(module), { x } = engine, p = x.km_program_create()
  const text = new TextEncoder().encode(engine.text(x.km_program_default()).replace("((x - c)**2)", "1 * ((x - c)**2)"))
  engine.load([[0, 0], [1, 1], [2, 2]])
  const times = [[], [], []]
  for (let r = 0; r < 200; r++) {
    const t0 = performance.now()
    new Uint8Array(x.memory.buffer).set(text, x.km_program_text(p))
    if (x.km_program_parse(p, text.length) !== 0) throw new Error("the default program has errors")
    const t1 = performance.now()
    engine.check(x.km_use_program(engine.e, p))
    const size = x.km_emit_kernel(engine.e)
    const t2 = performance.now()
    const bytes = new Uint8Array(x.memory.buffer, x.km_emitted_bytes(engine.e), size)
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: x })
    for (const [i, ms] of [t1 - t0, t2 - t1, performance.now() - t2].entries()) times[i].push(ms)
  }
  const [parse, emit, instantiate] = times.map((list) => median(list).toFixed(3))
  console.log(`  parse ${parse} ms  emit ${emit} ms  instantiate ${instantiate} ms`)
}
