/** Which lines of a program are which part of the algorithm. */
import type { Part } from "../state"

/** What a part of the algorithm is in the program. */
export const partIn: Record<Part, readonly string[]> = {
  init: ["init", "seed_weight"],
  assign: ["distance"],
  update: ["center"],
  inertia: ["distance"],
  stop: ["stop", "max_iter", "tol"],
}

/** Numbers, from 1, of the lines that define a name: a function with its body, or the line that sets it. */
export function linesOf(lines: readonly string[], name: string): number[] {
  const found: number[] = []
  let inside = false
  for (const [i, line] of lines.entries()) {
    const starts = new RegExp(`^(def\\s+${name}\\s*\\(|${name}\\s*=)`).test(line)
    if (starts) found.length = 0 // the last one counts, as for the compiler
    if (/^\S/.test(line)) inside = starts
    if (inside && line.trim() !== "") found.push(i + 1)
    if (starts && !line.startsWith("def")) inside = false
  }
  return found
}
