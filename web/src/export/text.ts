/** What both exports say in the same words. */
import { params } from "../generated/tables"

type Param = (typeof params)[number]

const paramNamed = (name: string): Param => {
  const param = params.find((entry) => entry.name === name)
  if (!param) throw new Error(`There is no parameter ${name}`)
  return param
}

/** The text of a choice, e.g. `manhattan`. */
export const choiceOf = (name: string, value: number): string => paramNamed(name).choices[value]?.value ?? ""

/** A parameter's value as Python writes it. */
export const literal = (name: string, value: number): string =>
  paramNamed(name).type === "choice" ? `"${choiceOf(name, value)}"` : String(value)

/** What last gives a name its meaning in a program: a function, a value, or nothing. */
export function settingOf(program: string, name: string): "function" | "value" | null {
  const last = [...program.matchAll(new RegExp(`^(?:(def\\s+)${name}\\s*\\(|${name}\\s*=)`, "gm"))].at(-1)
  return last ? (last[1] ? "function" : "value") : null
}

/** Rows of numbers, each the shortest text that reads back as the same double. */
export function rowsOf(values: Float64Array, count: number, at: (row: number, column: number) => number): string[] {
  const width = values.length / count
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (_, column) => values[at(row, column)]).join(", "),
  )
}

/** k centroids as a NumPy array. */
export function centroidsText(centroids: Float64Array, k: number): string {
  const rows = rowsOf(centroids, k, (row, column) => (row * centroids.length) / k + column)
  return `np.array([${rows.map((row) => `[${row}]`).join(", ")}], float)`
}
