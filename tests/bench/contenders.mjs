// Who runs in `make bench`. Each contender: a name, and fit(w, data), which gives process milliseconds of a whole fit, points
// in memory to final labels, and the inertia, or null when it cannot be had here.
import { spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { kmeans } from "ml-kmeans"
import skmeans from "skmeans"
import { root } from "../wasm/engine.mjs"
import { newEngine, weightsOf } from "./engines.mjs"
import { plainLloyd } from "./plain.mjs"

export function timed(run) {
  const before = process.cpuUsage()
  run()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

function wasm(module, name, weighted) {
  const engines = new Map()
  return {
    name,
    fit(w, { columns, start }) {
      if (!engines.has(w)) engines.clear()
      const engine = engines.get(w) ?? newEngine(module, w), { x, e } = engine
      engines.set(w, engine)
      const at = engine.copyIn(columns), places = engine.copyIn(start)
      const weights = weightsOf(engine, w, weighted)
      const ms = timed(() => {
        engine.check(x.km_adopt(e, at, weights, w.n, w.d))
        if (w.restarts) {
          engine.check(x.km_restarts_begin(e))
          while (engine.check(x.km_restarts_advance(e, 1_000_000)) === 1);
        } else {
          engine.check(x.km_init_at(e, places, w.k))
          while (engine.check(x.km_run(e, 1_000_000)) === 1);
        }
        x.km_labels(e)
      })
      x.km_free(places)
      if (weights) x.km_free(weights)
      const bytes = (at, length) => Buffer.from(x.memory.buffer.slice(at, at + length))
      const labels = bytes(x.km_labels(e), 4 * w.n), centroids = bytes(x.km_centroids(e), 8 * w.k * w.d)
      return { ms, inertia: engine.inertia, labels, centroids, iterations: x.km_iteration(e), digest: engine.digest }
    },
  }
}

function native(name, plain) {
  return {
    name,
    fit(w, { columns, start }) {
      const args = [w.n, w.d, w.k, w.iterations, w.restarts, Number(plain)].map(String)
      const input = Buffer.concat([Buffer.from(columns.buffer), Buffer.from(start.buffer)])
      const { stdout, status } = spawnSync(new URL("build/bench-fit", root).pathname, args, { input, encoding: "utf8", maxBuffer: 1 << 20 })
      if (status !== 0) throw new Error(`bench-fit ended with ${status}`)
      const [digest, ...numbers] = stdout.trim().split("\n")
      const [ms, inertia, iterations, reading, iteration] = numbers.map(Number)
      return { ms, inertia, iterations, digest, reading, iteration }
    },
  }
}

const rowsOf = (w, columns) => Array.from({ length: w.n }, (_, i) => Array.from({ length: w.d }, (_, t) => columns[t * w.n + i]))
const placesOf = (w, start) => Array.from({ length: w.k }, (_, j) => [...start.subarray(j * w.d, (j + 1) * w.d)])

function inertiaOf(w, columns, centroids) {
  let total = 0
  for (let i = 0; i < w.n; i++) {
    let least = Infinity
    for (const c of centroids) {
      let sq = 0
      for (let t = 0; t < w.d; t++) sq += (columns[t * w.n + i] - c[t]) ** 2
      if (sq < least) least = sq
    }
    total += least
  }
  return total
}

/** run(rows, w, places) gives centroids; places null: one run from a start of its own. */
function library(name, run) {
  let rows, of
  return {
    name,
    fit(w, { columns, start }) {
      if (of !== w) [rows, of] = [rowsOf(w, columns), w]
      let best = Infinity, centroids
      const ms = timed(() => {
        for (let r = 0; r < Math.max(1, w.restarts); r++) centroids = run(rows, w, w.restarts ? null : placesOf(w, start), r)
      })
      if (!w.restarts) best = inertiaOf(w, columns, centroids)
      return { ms, inertia: w.restarts ? NaN : best }
    },
  }
}

function script(name, command, file) {
  return {
    name,
    fit(w, { columns, start }) {
      const folder = new URL("build/bench/", root)
      mkdirSync(folder, { recursive: true })
      const paths = [new URL("points.f32", folder).pathname, new URL("start.f32", folder).pathname]
      writeFileSync(paths[0], Float32Array.from({ length: w.n * w.d }, (_, i) => columns[(i % w.d) * w.n + Math.floor(i / w.d)]))
      writeFileSync(paths[1], Float32Array.from(start))
      const args = [new URL(file, import.meta.url).pathname, ...paths, ...[w.n, w.d, w.k, w.iterations, w.restarts].map(String)]
      const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8" })
      if (status === null || stdout.trim() === "") {
        if (status) console.log(`  ${name} failed: ${stderr.trim().split("\n").at(-1)}`)
        return null
      }
      const [ms, inertia] = stdout.trim().split(" ").map(Number)
      return { ms, inertia }
    },
  }
}

export const contenders = (module) => [
  wasm(module, "wasm", false),
  native("native", false),
  wasm(module, "wasm, brute force", true),
  native("native, brute force", true),
  {
    name: "plain JavaScript",
    fit(w, { columns, start }) {
      if (w.restarts) return null
      let inertia
      return { ms: timed(() => { inertia = plainLloyd(columns, w.n, w.d, start, w.k, w.iterations) }), inertia }
    },
  },
  library("ml-kmeans", (rows, w, places, seed) =>
    kmeans(rows, w.k, { initialization: places ?? "kmeans++", seed, maxIterations: w.iterations, tolerance: 0 }).centroids),
  library("skmeans", (rows, w, places) => skmeans(rows, w.k, places ?? "kmpp", w.iterations).centroids),
  script("scikit-learn, 1 thread", process.env.PYTHON || "python3", "peers.py"),
  script("R, Lloyd", "Rscript", "peers.R"),
]
