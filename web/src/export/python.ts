/** A run as one Python script that needs nothing but NumPy. */
import { part } from "./parts"
import type { RunRecord } from "./run"
import { centroidsText, choiceOf, literal, rowsOf, settingOf } from "./text"

/** More numbers than these would make a script of some 20 MB, which no editor opens. */
export const MOST_NUMBERS = 1_000_000

/** Why there can be no script of a run; null when there can. */
export function scriptRefusal({ data, points }: Pick<RunRecord, "data" | "points">): string | null {
  if (!points || points.length <= MOST_NUMBERS) return null
  const count = (n: number) => n.toLocaleString("en")
  return `The script carries its data, and these are ${count(data.n)} points of ${count(data.d)} coordinates: more than ${count(MOST_NUMBERS)} numbers.`
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").replaceAll("\\", "/").replaceAll('"', "'")

function heading({ data, params, best }: RunRecord): string {
  const restarts = best
    ? `\nThe run is the best of ${best.restarts} restarts, the one with seed ${best.seed}; only its start is written down.`
    : ""
  return `"""k-means on ${oneLine(data.name)}: ${data.n} points, ${data.d} coordinates, k = ${params.k}.

Written by K-Means, visualized. Needs Python 3.8 and NumPy; prints inertia, iterations and labels.
The program comes first, unedited; after it what makes it run: the same start on the same data gives the same result.
k, init, seed and restarts chose that start, so changing them here changes nothing.${restarts}
"""`
}

const IMPORTS = `import io
import math
from bisect import bisect_right
from fractions import Fraction

import numpy as np`

/** Values the run used and the program leaves open. */
function defaults({ program, params }: RunRecord, names: string[]): string {
  const unset = names.filter((name) => settingOf(program, name) === null)
  return unset.map((name) => `${name} = ${literal(name, params[name])}\n`).join("")
}

/** distance or center by the name of a choice. */
function chosen({ program, params, functions }: RunRecord, name: "distance" | "center"): string[] {
  if (functions.includes(name) || settingOf(program, name) === "function") return []
  return [part(`${name}/${choiceOf(name, params[name])}`)]
}

function dataText({ data, shape, points }: RunRecord): string[] {
  if (shape) {
    const circle = shape.name === "moons" || shape.name === "rings" ? [part("shape/circle")] : []
    return [
      `# --- The data: ${oneLine(data.name)} ---`,
      part("shape/shape"),
      ...circle,
      part(`shape/${shape.name}`),
      `points = make_points(n=${shape.n}, noise=${shape.noise}, dial=${shape.dial}, seed=${shape.seed})`,
    ]
  }
  if (!points) throw new Error("There are no points to write")
  const rows = rowsOf(points, data.n, (row, column) => column * data.n + row)
  const scaled = data.standardized ? "; standardized: mean 0 and standard deviation 1" : ""
  return [
    `# --- The data: ${oneLine(data.names.join(", "))}${scaled} ---`,
    `points = np.loadtxt(io.StringIO("""\n${rows.join("\n")}\n"""), delimiter=",", ndmin=2)`,
  ]
}

function startText({ rows, centroids, params }: RunRecord): string {
  return rows
    ? `start = points[[${rows.join(", ")}]]  # the rows that were drawn`
    : `start = ${centroidsText(centroids, params.k)}  # placed by hand`
}

const MAIN = `labels, centroids, inertia, iterations = fit(points, start)
print("inertia:", inertia)
print("iterations:", iterations)
print("labels:", *labels)`

/** The whole script. */
export function pythonScript(run: RunRecord): string {
  const { params, functions } = run
  const empty = choiceOf("empty", params.empty)
  const flags = {
    stop: functions.includes("stop"),
    tol: params.tol > 0,
    fills: empty !== "keep",
    min_size: params.min_size > 0,
  }
  const used = ["max_iter", ...(flags.tol ? ["tol"] : []), ...(flags.min_size ? ["min_size", "n_moves"] : [])]
  const open = defaults(run, used)
  const pieces = [
    heading(run),
    IMPORTS,
    `# --- The program, unedited ---\n\n${run.program.trimEnd()}\n\n# --- End of the program ---`,
    ...(open ? [`# What the program leaves open.\n${open.trimEnd()}`] : []),
    ...chosen(run, "distance"),
    ...chosen(run, "center"),
    part("language", flags),
    part("lloyd", flags),
    ...(flags.min_size || empty === "split" ? [part("split")] : []),
    ...(flags.min_size ? [part("min_size")] : []),
    ...(flags.fills ? [part(`empty/${empty}`)] : []),
    ...dataText(run),
    startText(run),
    MAIN,
  ]
  return `${pieces.join("\n\n\n")}\n`
}
