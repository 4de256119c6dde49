import type { Engine } from "./engine"
import type { Wasm } from "./memory"

/**
 * The emitted kernel of a program's own distance: a module of its own over the engine's memory, called from C by its
 * place in the function table. There is one place; a new kernel takes that of the one before.
 */
export class Kernel {
  readonly #wasm: Wasm
  #slot = -1

  constructor(wasm: Wasm) {
    this.#wasm = wasm
  }

  /** Emits and hands over the kernel of the engine's program, for its data; nothing when the distance is a built-in one. */
  use(engine: Engine): void {
    const { exports, table } = this.#wasm
    const size = exports.km_emit_kernel(engine.at)
    if (size <= 0) {
      // Without a kernel the evaluator runs the distance: slower, and the same to the bit.
      if (this.#slot >= 0) table.set(this.#slot, null)
      return
    }
    const bytes = this.#wasm.bytes(exports.km_emitted_bytes(engine.at), size).slice()
    const { nearest } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: exports }).exports
    if (this.#slot < 0) this.#slot = table.grow(1)
    table.set(this.#slot, nearest)
    exports.km_use_kernel(engine.at, this.#slot)
  }
}
