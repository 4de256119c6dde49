// build/program.wasm: the engine's module with tests/program/call.h: programs whose functions are called one by one, by
// the evaluator, and by the kernel emitted for a distance.
import { readFileSync } from "node:fs"
import { enumOf, root } from "./engine.mjs"

export const HOOK = Object.fromEntries(Object.entries(enumOf("hooks")).map(([name, i]) => [name.toLowerCase(), i]))
const BLOCK = 8, ROOM = 512 * 1024, TEXT_ROOM = 16 * 1024

export class Programs {
  constructor() {
    const module = new WebAssembly.Module(readFileSync(new URL("build/program.wasm", root)))
    this.x = new WebAssembly.Instance(module, {}).exports
    this.x._initialize?.()
    this.p = this.x.km_program_create()
    this.scratch = this.x.km_alloc(ROOM)
  }

  /** Parses bytes; the number of errors. */
  parse(bytes) {
    new Uint8Array(this.x.memory.buffer).set(bytes.subarray(0, TEXT_ROOM), this.x.km_program_text(this.p))
    return this.x.km_program_parse(this.p, bytes.length)
  }

  #write(at, values) {
    new Float64Array(this.x.memory.buffer, at, values.length).set(values)
  }

  #read(at, count) {
    return [...new Float64Array(this.x.memory.buffer, at, count)]
  }

  /** A function's values for these arguments by the evaluator; empty when the program has none that fits. */
  call(hook, args, d, members = 0) {
    const out = this.scratch + 8 * args.length
    this.#write(this.scratch, args)
    return this.#read(out, this.x.call_hook(this.p, hook, this.scratch, d, members, out))
  }

  /** The module of the distance for d dimensions; null when there is none that fits. */
  emit(d) {
    const size = this.x.call_emit(this.p, d, this.scratch, ROOM)
    return size > 0 ? new Uint8Array(this.x.memory.buffer, this.scratch, size).slice() : null
  }

  /**
   * Eight points against one centroid by the kernel in a module: the distances, and whether it saw one that is not
   * finite. A distance that is NaN or inf comes out as the inf that it was compared with.
   */
  nearest(bytes, points, c) {
    const d = c.length
    const { nearest } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: this.x }).exports
    const columns = this.scratch, centroid = columns + 8 * BLOCK * d, labels = centroid + 8 * d, out = labels + 4 * BLOCK
    this.#write(columns, Array.from({ length: BLOCK * d }, (_, i) => points[i % BLOCK][Math.floor(i / BLOCK)]))
    this.#write(centroid, c)
    const bad = nearest(columns, 8 * BLOCK, BLOCK, centroid, 1, labels, out, this.x.call_constants(this.p))
    return { distances: this.#read(out, BLOCK), bad: bad !== 0 }
  }
}
