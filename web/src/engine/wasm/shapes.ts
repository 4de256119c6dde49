import { type Block, Refusal, type Wasm } from "./memory"

/** c/shapes.h: n points of 2 coordinates and their true labels. */
export function makeShape(
  wasm: Wasm,
  shape: number,
  n: number,
  noise: number,
  dial: number,
  seed: number,
): { columns: Block; truth: Int32Array } {
  const columns = wasm.alloc(16 * n)
  const labels = wasm.alloc(4 * n)
  try {
    const status = wasm.exports.km_make_shape(shape, n, noise, dial, seed, columns.at, labels.at)
    if (status !== 0) throw new Refusal(`The shape cannot be made: ${wasm.statusText(status)}.`)
    return { columns, truth: labels.i32.slice() }
  } catch (error) {
    columns.free()
    throw error
  } finally {
    labels.free()
  }
}
