/**
 * What an address, a link or a message can say: one table of names, and one validator of their values. A value comes as
 * text, as in a query, or as what JSON has for it.
 */
import { datasets } from "../datasets"
import type { ParamValues, Plane } from "../engine/protocol"
import { limits, params, shapes } from "../generated/tables"
import { type LessonName, lessonNames } from "../lessons/slugs"
import { MOST_ZOOM, type OwnData, type ThemeChoice, type Zoom } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"

/** What was said; what was not is absent. */
export interface Wanted {
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
  /** The half-step shown: 0 is the start; the last one if the run ends before. */
  step?: number
  speed?: number
  regions?: boolean
  trails?: boolean

  // Long, so only links say them.
  program?: string
  own?: OwnData
  plane?: Plane
  zoom?: Zoom
  /** Centroids the run begins from, k x d, where they were placed by hand. */
  start?: Float64Array
  /** The run shown is the best of its restarts. */
  raced?: boolean
  /** Half-steps that have been made, if more than are shown. */
  made?: number
}

/** What was understood, and a sentence for each value that was not. */
export interface Understood {
  wanted: Wanted
  problems: string[]
}

const themes: readonly string[] = ["auto", "light", "dark"] satisfies ThemeChoice[]
const MOST_SEED = 2 ** 53 - 1
/** A start, and two half-steps for each iteration. */
export const MOST_STEP = 2 * (params.find(({ name }) => name === "max_iter")?.max ?? 0) + 1
/** Numbers in the centroids of a link; more would not fit one. */
const MOST_START = 10_000
const MOST_NAME = 200
export const AT_ONCE = "max"

/** Takes a value, or says what it should be. */
type Reader = (value: unknown) => string | null

/** A value as a query would write it; null when no query could. */
function asText(value: unknown): string | null {
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "1" : "0"
  return typeof value === "number" ? String(value) : null
}

const numberOf = (text: string | null): number =>
  text !== null && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
const isList = (value: unknown, least: number, most: number): value is number[] =>
  Array.isArray(value) && value.length >= least && value.length <= most && value.every(Number.isFinite)
const isName = (value: unknown): value is string => typeof value === "string" && value.length <= MOST_NAME

function number(
  key: string,
  min: number,
  max: number,
  whole: boolean,
  set: (value: number) => void,
): [key: string, Reader] {
  return [
    key,
    (given) => {
      const value = numberOf(asText(given))
      if (Number.isNaN(value) || (whole && !Number.isSafeInteger(value)))
        return t(whole ? en.keyMustBeWhole : en.keyMustBeNumber, { key })
      if (value < min || value > max) return t(en.keyMustBeFromTo, { key, min: String(min), max: String(max) })
      set(value)
      return null
    },
  ]
}

function choice(key: string, values: readonly string[], set: (index: number) => void): [key: string, Reader] {
  return [
    key,
    (given) => {
      // A plus that was not escaped arrives as a space.
      const index = values.indexOf(asText(given)?.replaceAll(" ", "+") ?? "")
      if (index < 0) return t(en.keyMustBeOneOf, { key, values: values.join(", ") })
      set(index)
      return null
    },
  ]
}

const toggle = (key: string, set: (on: boolean) => void): [key: string, Reader] =>
  choice(key, ["0", "1"], (i) => set(i === 1))

/** Those that a query, a link and a message may give. `name`: the data that are meant when they do not say. */
function shortReaders(wanted: Wanted, name: string): [key: string, Reader][] {
  const shape = shapes.find((entry) => entry.name === name)
  const ofShape = ([key, reader]: [string, Reader]): [string, Reader] => [
    key,
    (value) => (shape ? reader(value) : t(en.keyForShapesOnly, { key })),
  ]
  const names = [...shapes, ...datasets].map((entry) => entry.name)
  return [
    choice("data", names, (i) => {
      wanted.data = names[i]
    }),
    ofShape(
      number("n", 1, limits.maxPoints, true, (value) => {
        wanted.n = value
      }),
    ),
    ofShape(
      number("noise", 0, shape?.noiseMax ?? 0, false, (value) => {
        wanted.noise = value
      }),
    ),
    ofShape(
      number("dial", shape?.dial.min ?? 0, shape?.dial.max ?? 0, shape?.dial.step === 1, (value) => {
        wanted.dial = value
      }),
    ),
    ofShape(
      number("dataseed", 0, MOST_SEED, true, (value) => {
        wanted.dataseed = value
      }),
    ),
    toggle("standardize", (on) => {
      wanted.standardize = on
    }),
    choice("theme", themes, (i) => {
      wanted.theme = themes[i] as ThemeChoice
    }),
    [
      "lesson",
      (value) => {
        const lesson = lessonNames.find((known) => known === value)
        if (!lesson) return t(en.lessonMustBe)
        wanted.lesson = lesson
        return null
      },
    ],
    number("step", 0, MOST_STEP, true, (value) => {
      wanted.step = value
    }),
    [
      "speed",
      (value) => {
        const speed = value === AT_ONCE ? Number.POSITIVE_INFINITY : numberOf(asText(value))
        if (!(speed >= 0.1)) return t(en.speedMustBe, { word: AT_ONCE })
        wanted.speed = speed
        return null
      },
    ],
    toggle("regions", (on) => {
      wanted.regions = on
    }),
    toggle("trails", (on) => {
      wanted.trails = on
    }),
    ...params.map(({ name: key, type, min, max, choices }): [string, Reader] => {
      const set = (value: number): void => {
        wanted.params[key] = value
      }
      const values = choices.map(({ value }) => value)
      return type === "choice" ? choice(key, values, set) : number(key, min, max, type === "int", set)
    }),
  ]
}

const encoder = new TextEncoder()

/** Those of links alone. */
function longReaders(wanted: Wanted): [key: string, Reader][] {
  return [
    [
      "program",
      (value) => {
        if (typeof value !== "string" || encoder.encode(value).length > limits.programBytes)
          return t(en.programMustBe, { most: limits.programBytes })
        wanted.program = value
        return null
      },
    ],
    [
      "own",
      (value) => {
        const { name, csv, columns, label } = Object(value) as Partial<OwnData>
        const fit = isName(name) && isName(label) && typeof csv === "string"
        if (!fit || !Array.isArray(columns) || !columns.every((column) => typeof column === "string"))
          return t(en.ownMustBe)
        wanted.own = { name, csv, columns, label }
        return null
      },
    ],
    [
      "plane",
      (value) => {
        const [x, y] = isList(value, 2, 2) ? value : []
        if (value === "pca") wanted.plane = { kind: "pca" }
        else if (Number.isInteger(x) && Number.isInteger(y)) wanted.plane = { kind: "columns", x, y }
        else return t(en.planeMustBe)
        return null
      },
    ],
    [
      "zoom",
      (value) => {
        const [scale, x, y] = isList(value, 3, 3) ? value : []
        const within = (share: number): boolean => share >= 1 - scale && share <= 0
        if (!(scale >= 1 && scale <= MOST_ZOOM && within(x) && within(y))) return t(en.zoomMustBe, { most: MOST_ZOOM })
        wanted.zoom = { scale, x, y }
        return null
      },
    ],
    [
      "start",
      (value) => {
        if (!isList(value, 1, MOST_START)) return t(en.startMustBe, { most: MOST_START })
        wanted.start = Float64Array.from(value)
        return null
      },
    ],
    toggle("raced", (on) => {
      wanted.raced = on
    }),
    number("made", 0, MOST_STEP, true, (value) => {
      wanted.made = value
    }),
  ]
}

/** A value as a complaint quotes it. */
const quoted = (value: unknown): string => (asText(value) ?? (JSON.stringify(value) || "nothing")).slice(0, 40)

/** Reads pairs one by one; a bad value is left out. `unknown` says what to make of a name that is none. */
export function readFields(
  pairs: Iterable<readonly [string, unknown]>,
  { current = shapes[0].name, long = false, strict = false }: { current?: string; long?: boolean; strict?: boolean },
): Understood {
  const wanted: Wanted = { params: {} }
  const problems: string[] = []
  const given = [...pairs]
  const named = given.find(([key]) => key === "data")
  const readers = new Map(shortReaders(wanted, named ? String(named[1]) : current))
  if (long) for (const [key, reader] of longReaders(wanted)) readers.set(key, reader)
  for (const [key, value] of given) {
    const reader = readers.get(key)
    if (!reader) {
      if (strict) problems.push(t(en.nothingCalled, { name: key.slice(0, 40) }))
      continue
    }
    const problem = reader(value)
    if (problem) problems.push(t(en.problemNotValue, { problem, value: quoted(value) }))
  }
  return { wanted, problems }
}

/** The names that are understood everywhere: what a message can set. */
export const shortNames: readonly string[] = shortReaders({ params: {} }, shapes[0].name).map(([key]) => key)
