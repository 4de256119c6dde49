// What a program's own functions cost: emitted kernels against the built-in ones, and compiling.
import { Engine } from "../wasm/engine.mjs"
import { useKernel, useProgram } from "../wasm/programs.mjs"
import { timed } from "./contenders.mjs"
import { loadedEngine } from "./engines.mjs"
import { median } from "./median.mjs"
import { workloads } from "./workloads.mjs"

export function benchKernels(module, rounds) {
  console.log("Assign by a distance of one's own, emitted, against the built-in kernel: 1,000,000 points, 2-D, k = 10.\n")
  {
    const w = workloads[0], data = w.make()
    // The factor 1 keeps the texts from being recognised as the built-in distances they are.
    for (const [name, expression] of [["euclidean", "1 * ((x - c)**2).sum(-1)"], ["manhattan", "1 * abs(x - c).sum(-1)"]]) {
      const builtIn = loadedEngine(module, w, data, true), emitted = loadedEngine(module, w, data, true)
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
}
