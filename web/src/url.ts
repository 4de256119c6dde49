/** The page's address: which data, which parameters, which theme, or which lesson. Pure functions between text and state. */
import { datasets, traitsOf } from "./datasets"
import type { ParamValues } from "./engine/protocol"
import { limits, params, shapes } from "./generated/tables"
import { type LessonName, lessonNames } from "./lessons/slugs"
import type { DataChoice, ThemeChoice } from "./state"

/** What an address says; what it does not say is absent. */
export interface Query {
  data?: string
  n?: number
  noise?: number
  dial?: number
  dataseed?: number
  standardize?: boolean
  params: ParamValues
  theme?: ThemeChoice
  /** Opened on top of the rest, which is what "back to mine" then goes back to. */
  lesson?: LessonName
}

/** What an address is written from. */
export interface Shown {
  data: DataChoice
  standardize: boolean
  params: ParamValues
  theme: ThemeChoice
  /** The lesson that is shown as it was set up: it says data and parameters by itself. */
  lesson: LessonName | null
}

const themes: readonly string[] = ["auto", "light", "dark"] satisfies ThemeChoice[]
const MOST_SEED = 2 ** 53 - 1

type Reader = (text: string) => string | null

/** Reads a query string. A bad value is left out, and a sentence says which and why. */
export function parseQuery(search: string): { query: Query; problems: string[] } {
  const query: Query = { params: {} }
  const problems: string[] = []
  const pairs = new URLSearchParams(search)
  const shape = shapes.find(({ name }) => name === pairs.get("data")) ?? (pairs.has("data") ? null : shapes[0])

  const number =
    (key: string, min: number, max: number, whole: boolean, set: (value: number) => void): Reader =>
    (text) => {
      const value = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN
      if (Number.isNaN(value) || (whole && !Number.isSafeInteger(value)))
        return `${key} must be a ${whole ? "whole " : ""}number`
      if (value < min || value > max) return `${key} must be from ${min} to ${max}`
      set(value)
      return null
    }
  const choice =
    (key: string, values: readonly string[], set: (index: number) => void): Reader =>
    (text) => {
      // A plus that was not escaped arrives as a space.
      const index = values.indexOf(text.replaceAll(" ", "+"))
      if (index < 0) return `${key} must be one of ${values.join(", ")}`
      set(index)
      return null
    }
  const ofShape =
    (key: string, reader: Reader): Reader =>
    (text) =>
      shape ? reader(text) : `${key} is for shapes only`

  const names = [...shapes, ...datasets].map(({ name }) => name)
  const readers: Record<string, Reader> = {
    data: choice("data", names, (i) => {
      query.data = names[i]
    }),
    n: ofShape(
      "n",
      number("n", 1, limits.maxPoints, true, (value) => {
        query.n = value
      }),
    ),
    noise: ofShape(
      "noise",
      number("noise", 0, shape?.noiseMax ?? 0, false, (value) => {
        query.noise = value
      }),
    ),
    dial: ofShape(
      "dial",
      number("dial", shape?.dial.min ?? 0, shape?.dial.max ?? 0, shape?.dial.step === 1, (value) => {
        query.dial = value
      }),
    ),
    dataseed: ofShape(
      "dataseed",
      number("dataseed", 0, MOST_SEED, true, (value) => {
        query.dataseed = value
      }),
    ),
    standardize: choice("standardize", ["0", "1"], (i) => {
      query.standardize = i === 1
    }),
    theme: choice("theme", themes, (i) => {
      query.theme = themes[i] as ThemeChoice
    }),
    lesson: (text) => {
      const name = lessonNames.find((known) => known === text)
      if (!name) return "lesson must be the name of an experiment"
      query.lesson = name
      return null
    },
  }
  for (const { name, type, min, max, choices } of params) {
    const set = (value: number): void => {
      query.params[name] = value
    }
    readers[name] =
      type === "choice"
        ? choice(
            name,
            choices.map(({ value }) => value),
            set,
          )
        : number(name, min, max, type === "int", set)
  }

  for (const [key, reader] of Object.entries(readers)) {
    const texts = pairs.getAll(key)
    if (texts.length > 1) problems.push(`${key} is given ${texts.length} times`)
    else if (texts.length === 1) {
      const problem = reader(texts[0])
      if (problem) problems.push(`${problem}, not “${texts[0].slice(0, 40)}”`)
    }
  }
  return { query, problems }
}

/** The query string of what is shown: only what differs from the defaults, in a stable order. */
export function formatQuery({ data, standardize, params: values, theme, lesson }: Shown): string {
  const pairs = lesson ? [["lesson", lesson]] : stateOf({ data, standardize, params: values })
  if (theme !== "auto") pairs.push(["theme", theme])
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`
}

function stateOf({ data, standardize, params: values }: Omit<Shown, "theme" | "lesson">): string[][] {
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
