import { EngineError, StaleError } from "../engine/client"
import { unitOffsets } from "../program/offsets"
import type { Diagnostic, Problem } from "../state"
import type { Signals } from "../store"
import { t } from "../text/text"

/** Shows an error, in the program too when its cause is there, until it is dismissed; a request that a newer one replaced is no error. */
export function report(signals: Signals, title: string, error: unknown): Problem | null {
  if (error instanceof StaleError) return null
  const said = error instanceof Error ? error.message : String(error)
  const problem = { title, message: sentence(t(said)), english: error instanceof EngineError && t(said) === said }
  signals.problem.value = problem
  if (error instanceof EngineError && error.from >= 0) mark(signals, error, problem.message)
  return problem
}

const RUN_FAILED = "run-failed"

/** Marks the expression that made the run fail, if its text is the one in the editor. */
function mark({ program, running, diagnostics }: Signals, { from, to }: EngineError, message: string): void {
  if (program.value !== running.value) return
  const at = unitOffsets(running.value)
  const failure: Diagnostic = { code: RUN_FAILED, severity: "error", from: at(from), to: at(to), message, fix: null }
  diagnostics.value = [...diagnostics.value.filter(({ code }) => code !== RUN_FAILED), failure]
}

/** Takes the mark of a failed run back: another has begun. */
export function unmark({ diagnostics }: Signals): void {
  const others = diagnostics.value.filter(({ code }) => code !== RUN_FAILED)
  if (others.length < diagnostics.value.length) diagnostics.value = others
}

/** A sentence begins with a capital, unless it begins with the name of a parameter such as k. */
function sentence(text: string): string {
  const begun = /^[a-z] /.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
