// The engine in node as the lessons use it: the page's own code of the worker, without the worker.
import { readFileSync } from "node:fs"
import { root, wasmModule } from "../wasm/engine.mjs"
import { load } from "../web/load.mjs"

const { Lab } = await load("engine/lab.ts")
const { Wasm } = await load("engine/wasm/memory.ts")
const { params } = await load("generated/tables.ts")
const { metrics } = await load("generated/late.ts")
const { datasets } = await load("datasets.ts")

/** A Laboratory (web/src/lessons/measures.ts). */
export async function laboratory() {
  const lab = new Lab(await Wasm.open(wasmModule()), { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) })
  return {
    run: (experiment) => lab.run(experiment, () => {}),
    file: async (name) => {
      const { label, truth } = datasets.find((entry) => entry.name === name)
      return { kind: "csv", name: label, file: new Blob([readFileSync(new URL(`datasets/${name}.csv`, root))]), columns: null, label: truth }
    },
  }
}
