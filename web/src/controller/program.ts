import { batch, computed } from "@preact/signals-core"
import { params as paramTable } from "../generated/tables"
import { applyEdit, type ProgramService } from "../program/service"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"

/** The program text: the single source of truth of the parameters. */
export class ProgramText {
  readonly #signals: Signals
  #service: ProgramService | null = null
  /** The text is that of a new page with these parameters. */
  readonly plain = computed(() => {
    const { program, params } = this.#signals
    let text = this.#service?.defaultText ?? ""
    for (const { name, default: usual } of paramTable) {
      const edit = params.value[name] === usual ? null : this.#service?.edit(text, name, params.value[name])
      if (edit) text = applyEdit(text, edit)
    }
    return text === program.value
  })

  constructor(signals: Signals) {
    this.#signals = signals
  }

  /** Takes the compiler and shows the default program. */
  open(service: ProgramService): void {
    this.#service = service
    this.set(service.defaultText)
  }

  /** A whole new text. True when it changed the parameters or the functions. */
  set(text: string): boolean {
    const { program, diagnostics, params, programStale, running, functions, held } = this.#signals
    if (!this.#service) return false
    const parsed = this.#service.parse(text)
    const { values } = parsed
    const changedValues =
      values !== null && Object.entries(values).some(([name, value]) => params.value[name] !== value)
    const changedFunctions = values !== null && JSON.stringify(parsed.functions) !== JSON.stringify(functions.value)
    batch(() => {
      program.value = text
      held.value = null
      diagnostics.value = parsed.diagnostics
      programStale.value = values === null
      if (values !== null) running.value = text
      if (changedValues) params.value = values
      if (changedFunctions) functions.value = parsed.functions
    })
    return changedValues || changedFunctions
  }

  /**
   * A text that nobody here wrote: it is shown with its values and problems, but what ran before keeps running until
   * someone runs it (Run.ready) or changes it. True when there is something of its own that would run.
   */
  hold(text: string, step: number): boolean {
    const { running, held } = this.#signals
    const before = running.value
    this.set(text)
    if (running.value !== text || Object.keys(this.#signals.functions.value).length === 0) return false
    running.value = before
    held.value = { text, step }
    return true
  }

  /** Edits the literals of parameters in the text. True when that changed the parameters. */
  setParams(values: Record<string, number>): boolean {
    const { program, params, programStale, functions } = this.#signals
    if (!this.#service) return false
    let text = program.value
    for (const [name, value] of Object.entries(values)) {
      if (params.value[name] === value && !programStale.value && !(name in functions.value)) continue
      const edit = this.#service.edit(text, name, value)
      if (edit) text = applyEdit(text, edit)
      else this.#refuse(name, value)
    }
    return text !== program.value && this.set(text)
  }

  /** The default program. True when that changed the parameters. */
  reset(values: Record<string, number>): boolean {
    const before = this.#signals.params.value
    const functions = this.#signals.functions.value
    if (!this.#service) return false
    return batch(() => {
      const byText = this.set(this.#service?.defaultText ?? "")
      const byValues = this.setParams(values)
      const now = this.#signals.params.value
      const changed = Object.keys(now).some((name) => now[name] !== before[name])
      return (byText || byValues) && (changed || functions !== this.#signals.functions.value)
    })
  }

  #refuse(name: string, value: number): void {
    const param = paramTable.find((entry) => entry.name === name)
    const outside = param && param.type !== "choice" && !(value >= param.min && value <= param.max)
    this.#signals.problem.value = {
      title: t(en.notChanged, { label: t(param?.label ?? name) }),
      message: outside
        ? t(en.paramMustBeFromTo, { name, min: param.min, max: param.max })
        : t(en.programHasNoPlace, { name, value: String(value) }),
    }
  }
}
