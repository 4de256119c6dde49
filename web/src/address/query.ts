/** The query of the page's address: which data, which parameters, which theme, or which lesson. Pure functions. */
import { traitsOf } from "../datasets"
import type { ParamValues } from "../engine/protocol"
import { params, shapes } from "../generated/tables"
import type { LessonName } from "../lessons/slugs"
import type { DataChoice, ThemeChoice } from "../state"
import * as en from "../text/en"
import { type Language, t } from "../text/text"
import { readFields, shortNames, type Understood } from "./fields"

/** What an address is written from. */
export interface Shown {
  data: DataChoice
  standardize: boolean
  params: ParamValues
  theme: ThemeChoice
  lang?: Language
  /** The lesson that is shown as it was set up: it says data and parameters by itself. */
  lesson: LessonName | null
}

/** Reads a query string. A bad value is left out, and a sentence says which and why; names of others are not ours. */
export function parseQuery(search: string): Understood {
  const pairs = new URLSearchParams(search)
  const keys = [...new Set(pairs.keys())]
  const once = keys.filter((key) => pairs.getAll(key).length === 1)
  const { wanted, problems } = readFields(
    once.map((key) => [key, pairs.get(key)]),
    {},
  )
  for (const key of keys)
    if (!once.includes(key) && shortNames.includes(key))
      problems.push(t(en.keyIsRepeated, { key, n: pairs.getAll(key).length }))
  return { wanted, problems }
}
/** The query string of what is shown: only what differs from the defaults, in a stable order. */
export function formatQuery({ data, standardize, params: values, theme, lang = "en", lesson }: Shown): string {
  const pairs = lesson ? [["lesson", lesson]] : stateOf({ data, standardize, params: values })
  if (theme !== "auto") pairs.push(["theme", theme])
  if (lang !== "en") pairs.push(["lang", lang])
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`
}

function stateOf({ data, standardize, params: values }: Omit<Shown, "theme" | "lang" | "lesson">): string[][] {
  const pairs: string[][] = []
  const traits = traitsOf(data.name)
  const shape = shapes.find(({ name }) => name === data.name)
  if (data.name !== "own") {
    if (data.name !== shapes[0].name) pairs.push(["data", data.name])
    if (standardize !== traits.standardize) pairs.push(["standardize", standardize ? "1" : "0"])
  }
  if (shape) {
    if (data.n !== shape.n) pairs.push(["n", String(data.n)])
    if (data.noise !== shape.noise) pairs.push(["noise", String(data.noise)])
    if (data.dial !== shape.dial.default) pairs.push(["dial", String(data.dial)])
    if (data.seed !== 0) pairs.push(["dataseed", String(data.seed)])
  }
  for (const { name, type, choices, default: usual } of params) {
    const value = values[name] ?? usual
    // k is that of the data unless someone says otherwise.
    const expected = name === "k" ? (traits.k ?? usual) : usual
    if (value !== expected) pairs.push([name, type === "choice" ? choices[value].value : String(value)])
  }
  return pairs
}
