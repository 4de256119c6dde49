import type { History } from "./history"
import type { Engine } from "./wasm/engine"
import type { Block, Wasm } from "./wasm/memory"

/** As many as one picture needs: the labels shown and those they fade from, plus one to step either way. */
const CAPACITY = 3

/** Labels of frames, recomputed where they are not at hand; a few are remembered. */
export class LabelCache {
  readonly #wasm: Wasm
  readonly #engine: Engine
  readonly #history: History
  /** By the key of LabelSource, the least recently used first. */
  readonly #blocks = new Map<number, Block>()

  constructor(wasm: Wasm, engine: Engine, history: History) {
    this.#wasm = wasm
    this.#engine = engine
    this.#history = history
  }

  clear(): void {
    for (const block of this.#blocks.values()) block.free()
    this.#blocks.clear()
  }

  /** The labels of a frame; null while no point has one. Valid until the next call but one. */
  at(index: number): Block | null {
    const source = this.#history.labelsOf(index)
    if (!source) return null
    const found = this.#blocks.get(source.key)
    const block = found ?? this.#room()
    this.#blocks.delete(source.key)
    this.#blocks.set(source.key, block)
    if (!found) {
      if (source.key === this.#history.labelsOf(Number.POSITIVE_INFINITY)?.key) this.#engine.copyLabels(block)
      else if (source.kept) block.i32.set(source.kept)
      else this.#engine.labelPoints(source.centroids, block)
    }
    return block
  }

  #room(): Block {
    for (const [key, oldest] of this.#blocks) {
      if (this.#blocks.size < CAPACITY) break
      this.#blocks.delete(key)
      return oldest
    }
    return this.#wasm.alloc(4 * this.#engine.n)
  }
}
