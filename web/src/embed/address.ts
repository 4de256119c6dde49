/** The frame's part of the address: what in it is wrong, and that it stays when the rest is written anew. */
import * as en from "../text/en"
import { t } from "../text/text"
import { lockable } from "./lockable"
import { choices, hide, lock, parts } from "./query"

const pairs = new URLSearchParams()
/** A sentence for each value that is none. */
export const embedProblems: string[] = []

const asked = new URLSearchParams(location.search)
for (const [key, values] of Object.entries(choices)) {
  const text = asked.get(key)
  if (text === null) continue
  if (!values.includes(text))
    embedProblems.push(
      t(en.problemNotValue, {
        problem: t(en.keyMustBeOneOf, { key, values: values.join(", ") }),
        value: text.slice(0, 40),
      }),
    )
  // A link to what is shown says the language, too: it stands with the rest.
  else if (key !== "lang") pairs.set(key, text)
}
for (const [key, names, possible] of [
  ["hide", hide, parts],
  ["lock", lock, Object.keys(lockable)],
] as const) {
  for (const name of names)
    if (!possible.includes(name))
      embedProblems.push(t(en.keyMustName, { key, names: possible.join(", "), value: name.slice(0, 40) }))
  const known = names.filter((name) => possible.includes(name))
  if (known.length > 0) pairs.set(key, known.join(" "))
}

/** A query string with what the address said of the frame. */
export function withEmbedding(search: string): string {
  if (pairs.size === 0) return search
  return search === "" ? `?${pairs}` : `${search}&${pairs}`
}
