import type { Gap, RacePart } from "../explore"
import type { Engine } from "./engine"
import { type Block, Refusal, type Wasm } from "./memory"
import { status } from "./status"

/** KM_MAX_CANDIDATES of c/explore.h. */
const MOST_CANDIDATES = 11

/** c/explore.h: what takes many runs of an engine. */
export class Exploration {
  readonly #wasm: Wasm

  constructor(wasm: Wasm) {
    this.#wasm = wasm
  }

  #error(engine: Engine): Refusal {
    return new Refusal(this.#wasm.text(this.#wasm.exports.km_error(engine.at)))
  }

  race(engine: Engine, first: number, runs: number): RacePart {
    const wasm = this.#wasm
    const block = wasm.alloc(28 * runs)
    try {
      const starts = block.at
      const ends = starts + 8 * runs
      const iterations = ends + 8 * runs
      const partitions = iterations + 4 * runs
      if (wasm.exports.km_race(engine.at, first, runs, starts, ends, iterations, partitions) !== status.OK)
        throw this.#error(engine)
      const halves = wasm.u32(partitions, 2 * runs)
      return {
        starts: wasm.f64(starts, runs).slice(),
        ends: wasm.f64(ends, runs).slice(),
        iterations: wasm.i32(iterations, runs).slice(),
        partitions: Array.from({ length: runs }, (_, r) => `${hex(halves[2 * r])}${hex(halves[2 * r + 1])}`),
      }
    } finally {
      block.free()
    }
  }

  /** A reference set for the engine's points: column-major, the same n and d. */
  reference(engine: Engine, set: number): Block {
    const block = this.#wasm.alloc(8 * engine.n * engine.d)
    this.#wasm.exports.km_reference(engine.at, set, block.at)
    return block
  }

  gap(inertias: Float64Array, references: Float64Array, sets: number): Gap {
    const { km_gap, km_gap_choice, km_elbow } = this.#wasm.exports
    const k = inertias.length
    return this.#wasm.lend(inertias, (data) =>
      this.#wasm.lend(references, (null_) => {
        let choice = 0
        let elbow = 0
        const out = this.#wasm.receive(2 * k + 1, (at) => {
          km_gap(data, null_, k, sets, at, at + 8 * k)
          choice = km_gap_choice(at, at + 8 * k, k)
          elbow = km_elbow(data, null_, k, sets, at + 16 * k)
        })
        return { gaps: out.slice(0, k), errors: out.slice(k, 2 * k), choice, elbow, bend: out[2 * k] }
      }),
    )
  }

  /** Draw number `draw` of the start with this seed; `chances` takes a value a point. */
  draw(
    engine: Engine,
    seed: number,
    draw: number,
    chances: Block,
  ): { rows: number[]; candidates: number[]; left: number[] } {
    const wasm = this.#wasm
    const block = wasm.alloc(12 * MOST_CANDIDATES)
    try {
      const rows = block.at + 8 * MOST_CANDIDATES
      const count = wasm.exports.km_show_draw(engine.at, seed, draw, chances.at, rows, block.at)
      if (count < 0) throw this.#error(engine)
      return {
        rows: Array.from(wasm.i32(wasm.exports.km_start_rows(engine.at), draw + 1)),
        candidates: Array.from(wasm.i32(rows, count)),
        left: Array.from(wasm.f64(block.at, count)),
      }
    } finally {
      block.free()
    }
  }

  /** Row and silhouette of each point measured, by cluster. */
  silhouettes(engine: Engine, labels: Block, k: number, most: number): { rows: Int32Array; values: Float64Array } {
    const wasm = this.#wasm
    const room = Math.min(engine.n, most)
    const block = wasm.alloc(12 * room)
    try {
      const rows = block.at + 8 * room
      const count = wasm.exports.km_point_silhouettes(engine.at, labels.at, k, rows, block.at)
      if (count < 0) throw new Refusal("There is not enough memory for the silhouettes.")
      return { rows: wasm.i32(rows, count).slice(), values: wasm.f64(block.at, count).slice() }
    } finally {
      block.free()
    }
  }
}

const hex = (half: number): string => half.toString(16).padStart(8, "0")
