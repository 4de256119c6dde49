import { type Block, Refusal, type Wasm } from "./memory"

/** c/standardize.h: z-scores in place. Returns what turns them back: original = value * scale + offset. */
export function standardize(wasm: Wasm, columns: Block, n: number, d: number): { scale: number[]; offset: number[] } {
  const units = wasm.receive(2 * d, (out) => {
    const status = wasm.exports.km_standardize(columns.at, n, d, out, out + 8 * d)
    if (status !== 0) throw new Refusal(`The columns cannot be standardized: ${wasm.statusText(status)}.`)
  })
  return { scale: Array.from(units.subarray(0, d)), offset: Array.from(units.subarray(d)) }
}
