// The engine in WebAssembly for a workload.
import { CHOICE, Engine } from "../wasm/engine.mjs"

export function newEngine(module, w) {
  const engine = new Engine(module)
  engine.set("k", w.k)
  engine.set("max_iter", w.iterations)
  engine.set("restarts", w.restarts || 1)
  engine.set("empty", CHOICE.EMPTY.KEEP) // as the plain loop does
  return engine
}

/** Weights of one each: the engine's faster ways do not take weights. */
export const weightsOf = (engine, w, weighted) => (weighted ? engine.copyIn(new Float64Array(w.n).fill(1)) : 0)

/** With the points of the workload in it. */
export function loadedEngine(module, w, { columns }, weighted) {
  const engine = newEngine(module, w)
  engine.check(engine.x.km_adopt(engine.e, engine.copyIn(columns), weightsOf(engine, w, weighted), w.n, w.d))
  return engine
}
