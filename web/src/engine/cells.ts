import type { History } from "./history"
import type { CellCount } from "./protocol"
import type { Cells, Engine } from "./wasm/engine"

/** Bytes to keep: an assign of a million points ends in a few thousand boxes, of 36 bytes each. */
const CAPACITY = 32e6

export interface KeptCells extends Cells {
  count: CellCount
}

/**
 * The boxes in which the assigns of a run ended. The engine has those of the newest only, so they are copied as the run
 * goes on, of as many as there is room for.
 */
export class CellCache {
  readonly #engine: Engine
  readonly #history: History
  /** By the index of the assign, the oldest first. */
  readonly #kept = new Map<number, KeptCells>()
  #bytes = 0

  constructor(engine: Engine, history: History) {
    this.#engine = engine
    this.#history = history
  }

  /** To be called after every assign. */
  keep(index: number): void {
    // In a picture of two columns, boxes of three would hide each other.
    const cells = this.#engine.d <= 2 ? this.#engine.cells : null
    if (!cells) return
    this.#kept.set(index, { ...cells, count: countOf(cells) })
    this.#bytes += cells.boxes.bytes + cells.labels.bytes
    for (const index of this.#kept.keys()) {
      if (this.#bytes <= CAPACITY || this.#kept.size === 1) break
      this.#drop(index)
    }
  }

  clear(): void {
    for (const index of this.#kept.keys()) this.#drop(index)
  }

  /** Those of the last assign up to a frame; null when they are not at hand. */
  at(index: number): KeptCells | null {
    return this.#kept.get(this.#history.assignOf(index)?.index ?? -1) ?? null
  }

  #drop(index: number): void {
    const cells = this.#kept.get(index)
    if (!cells) return
    this.#kept.delete(index)
    this.#bytes -= cells.boxes.bytes + cells.labels.bytes
    cells.boxes.free()
    cells.labels.free()
  }
}

function countOf({ labels }: Cells): CellCount {
  const all = labels.i32
  let mixed = 0
  for (let i = 0; i < all.length; i++) mixed += Number(all[i] < 0)
  return { whole: all.length - mixed, mixed }
}
