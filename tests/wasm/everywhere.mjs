// The digests and pictures as a text to evaluate in a browser, and what they must be.
import { readFileSync } from "node:fs"
import { digestCases, digestOf } from "./digests.mjs"
import { root, textsOf, wasmModule } from "./engine.mjs"
import { picturesOf } from "./pictures.mjs"

/** What digestOf() wants to know of c/defs. */
export const tables = {
  shapes: textsOf("shapes"),
  params: textsOf("params"),
  choices: Object.fromEntries(["init", "distance", "center", "empty"].map((list) => [list, textsOf(list)])),
}

/** An expression: a promise of the digest of every case and the hash of every picture. */
export function digestScript() {
  const bytes = readFileSync(new URL("build/kmeans.wasm", root)).toString("base64")
  return `(async () => {
    const module = await WebAssembly.compile(Uint8Array.from(atob("${bytes}"), (c) => c.charCodeAt(0)))
    const tables = ${JSON.stringify(tables)}
    return [...${JSON.stringify(digestCases)}.map((c) => (${digestOf})(module, tables, c)), ...(${picturesOf})(module, tables)]
  })()`
}

export const digestsInNode = () => [...digestCases.map((c) => digestOf(wasmModule(), tables, c)), ...picturesOf(wasmModule(), tables)]
