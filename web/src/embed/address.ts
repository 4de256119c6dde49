/** The frame's part of the address: what in it is wrong, and that it stays when the rest is written anew. */
import { lockable } from "./lockable"
import { choices, hide, lock, parts } from "./query"

const pairs = new URLSearchParams()
/** A sentence for each value that is none. */
export const embedProblems: string[] = []

const asked = new URLSearchParams(location.search)
for (const [key, values] of Object.entries(choices)) {
  const text = asked.get(key)
  if (text === null) continue
  if (values.includes(text)) pairs.set(key, text)
  else embedProblems.push(`${key} must be one of ${values.join(", ")}, not “${text.slice(0, 40)}”`)
}
for (const [key, names, possible] of [
  ["hide", hide, parts],
  ["lock", lock, Object.keys(lockable)],
] as const) {
  for (const name of names)
    if (!possible.includes(name))
      embedProblems.push(`${key} must name ${possible.join(", ")}, not “${name.slice(0, 40)}”`)
  const known = names.filter((name) => possible.includes(name))
  if (known.length > 0) pairs.set(key, known.join(" "))
}

/** A query string with what the address said of the frame. */
export function withEmbedding(search: string): string {
  if (pairs.size === 0) return search
  return search === "" ? `?${pairs}` : `${search}&${pairs}`
}
