import { StaleError } from "../engine/client"
import type { Problem } from "../state"
import type { Signals } from "../store"

/** Shows an error until it is dismissed; a request that a newer one replaced is no error. */
export function report(signals: Signals, title: string, error: unknown): Problem | null {
  if (error instanceof StaleError) return null
  const problem = { title, message: sentence(error instanceof Error ? error.message : String(error)) }
  signals.problem.value = problem
  return problem
}

/** A sentence begins with a capital, unless it begins with the name of a parameter such as k. */
function sentence(text: string): string {
  const begun = /^[a-z] /.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
