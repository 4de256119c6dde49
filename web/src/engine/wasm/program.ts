import type { ParamValues } from "../protocol"
import type { Wasm } from "./memory"

/** A diagnostic as the compiler gives it: offsets are bytes of the UTF-8 text. */
export interface ByteDiagnostic {
  code: string
  severity: number
  from: number
  to: number
  message: string
  fix: { from: number; to: number; insert: string } | null
}

/** c/program/program.h: one text and what the compiler found in it. */
export class Program {
  readonly at: number
  readonly #wasm: Wasm

  constructor(wasm: Wasm) {
    this.#wasm = wasm
    this.at = wasm.exports.km_program_create()
    if (this.at === 0) throw new Error("There is not enough memory for the program.")
  }

  free(): void {
    this.#wasm.exports.km_program_destroy(this.at)
  }

  get defaultText(): string {
    return this.#wasm.text(this.#wasm.exports.km_program_default())
  }

  /** Parses; returns the number of errors. `room` is how many bytes of text the compiler can hold. */
  parse(text: Uint8Array, room: number): number {
    const { km_program_text, km_program_parse } = this.#wasm.exports
    // One byte beyond the room is enough for the compiler to see that the text is too long.
    const bytes = text.subarray(0, room + 1)
    this.#wasm.bytes(km_program_text(this.at), bytes.length).set(bytes)
    return km_program_parse(this.at, bytes.length)
  }

  value(param: number): number {
    return this.#wasm.exports.km_program_value(this.at, param)
  }

  /** Of all parameters, by these names in the order of the table. */
  values(names: string[]): ParamValues {
    return Object.fromEntries(names.map((name, number) => [name, this.value(number)]))
  }

  /** Where the definition of a function of the text's own stands, in bytes; null when it is a built-in one or absent. */
  definition(hook: number): { from: number; to: number } | null {
    const { km_program_definition_from, km_program_definition_to } = this.#wasm.exports
    const from = km_program_definition_from(this.at, hook)
    return from < 0 ? null : { from, to: km_program_definition_to(this.at, hook) }
  }

  get diagnostics(): ByteDiagnostic[] {
    const x = this.#wasm.exports
    return Array.from({ length: x.km_program_diagnostics(this.at) }, (_, i) => {
      const fix = x.km_diagnostic_fix(this.at, i)
      return {
        code: this.#wasm.text(x.km_diagnostic_code(this.at, i)),
        severity: x.km_diagnostic_severity(this.at, i),
        from: x.km_diagnostic_from(this.at, i),
        to: x.km_diagnostic_to(this.at, i),
        message: this.#wasm.text(x.km_diagnostic_message(this.at, i)),
        fix:
          fix === 0
            ? null
            : {
                from: x.km_diagnostic_fix_from(this.at, i),
                to: x.km_diagnostic_fix_to(this.at, i),
                insert: this.#wasm.text(fix),
              },
      }
    })
  }

  /** The smallest edit of the last parsed text that gives a parameter a value; null when there is none. */
  edit(param: number, value: number): { from: number; to: number; insert: string } | null {
    const x = this.#wasm.exports
    const insert = x.km_program_edit(this.at, param, value)
    if (insert === 0) return null
    const text = this.#wasm.text(insert)
    return { from: x.km_program_edit_from(this.at), to: x.km_program_edit_to(this.at), insert: text }
  }
}
