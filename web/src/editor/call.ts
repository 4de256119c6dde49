/** The call that a place in the text stands in. */

export interface Call {
  name: string
  /** Offset of the name. */
  from: number
  /** Which argument the place is in, from 0; the object of a method is its first. */
  argument: number
}

const opens = "([{"
const closes = ")]}"

/** The text with the characters of strings and comments blanked, so that brackets and commas in them do not count. */
const blanked = (text: string): string =>
  text.replace(/("[^"\n]*"?|'[^'\n]*'?)|#[^\n]*/g, (found) => " ".repeat(found.length))

/** The innermost call whose brackets enclose the end of `before`, e.g. of `np.where(x < c, ` the second argument of where. */
export function callAround(before: string): Call | null {
  const text = blanked(before)
  let argument = 0
  let depth = 0
  for (let i = text.length - 1; i >= 0; i--) {
    if (closes.includes(text[i])) depth++
    else if (opens.includes(text[i])) {
      if (depth > 0) {
        depth--
        continue
      }
      const called = text[i] === "(" ? /(\bnp)?(\.)?(\w+)$/.exec(text.slice(0, i)) : null
      if (called) {
        const [, numpy, dot, name] = called
        return { name, from: i - name.length, argument: dot && !numpy ? argument + 1 : argument }
      }
      // A bracket that only groups: its commas, if it has any, are none of the call's.
      argument = 0
    } else if (text[i] === "," && depth === 0) argument++
  }
  return null
}

/** `where(condition, a, b)` as its name and its parameters. */
export function parametersOf(signature: string): { name: string; parameters: string[] } {
  const open = signature.indexOf("(")
  const inside = signature.slice(open + 1, -1)
  // The array's one parameter has commas of its own.
  const parameters = inside.startsWith("[") ? [inside] : inside.split(", ")
  return { name: signature.slice(0, open), parameters }
}
