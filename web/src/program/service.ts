import type { ParamValues } from "../engine/protocol"
import { Wasm } from "../engine/wasm/memory"
import { Program } from "../engine/wasm/program"
import { hooks } from "../generated/language"
import { limits, params } from "../generated/tables"
import type { Diagnostic, TextEdit } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { unitOffsets } from "./offsets"

const severities: readonly Diagnostic["severity"][] = ["error", "warning", "info"]

export interface Parsed {
  /** The values of every parameter; null when the text has errors. */
  values: ParamValues | null
  diagnostics: Diagnostic[]
  /** The functions of the text's own, by name, each as it is written. */
  functions: Record<string, string>
}

/** The compiler of programs on the main thread: an instance of the engine's module of its own, so that it answers at once. */
export class ProgramService {
  readonly #program: Program
  readonly #encoder = new TextEncoder()

  private constructor(program: Program) {
    this.#program = program
  }

  static async open(module: WebAssembly.Module): Promise<ProgramService> {
    return new ProgramService(new Program(await Wasm.open(module)))
  }

  /** The program a new page shows. */
  get defaultText(): string {
    return this.#program.defaultText
  }

  parse(text: string): Parsed {
    const errors = this.#program.parse(this.#encoder.encode(text), limits.programBytes)
    const at = unitOffsets(text)
    const diagnostics = this.#program.diagnostics.map(({ code, severity, from, to, message, fix }) => ({
      code,
      severity: severities[severity],
      from: at(from),
      to: at(to),
      message,
      fix: fix && {
        from: at(fix.from),
        to: at(fix.to),
        insert: fix.insert,
        label: fixLabel(text.slice(at(fix.from), at(fix.to)), fix.insert),
      },
    }))
    const values =
      errors > 0 ? null : Object.fromEntries(params.map(({ name }, number) => [name, this.#program.value(number)]))
    const own = hooks.map(({ name }, number) => ({ name, place: this.#program.definition(number) }))
    const functions = Object.fromEntries(
      own.flatMap(({ name, place }) => (place ? [[name, text.slice(at(place.from), at(place.to))]] : [])),
    )
    return { values, diagnostics, functions }
  }

  /** The smallest edit of a text that gives a parameter a value; null when it has no place for it. */
  edit(text: string, param: string, value: number): TextEdit | null {
    this.#program.parse(this.#encoder.encode(text), limits.programBytes)
    const edit = this.#program.edit(
      params.findIndex(({ name }) => name === param),
      value,
    )
    if (!edit) return null
    const at = unitOffsets(text)
    return { from: at(edit.from), to: at(edit.to), insert: edit.insert }
  }
}

function fixLabel(replaced: string, insert: string): string {
  if (insert.trim() === "") return t(en.remove)
  return replaced.trim() === "" ? t(en.insert, { text: insert.trim() }) : t(en.changeTo, { text: insert.trim() })
}

export const applyEdit = (text: string, { from, to, insert }: TextEdit): string =>
  text.slice(0, from) + insert + text.slice(to)
