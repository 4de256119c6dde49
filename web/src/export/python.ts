/** A run as one Python script that needs nothing but NumPy. */
import * as en from "../text/en"
import { t } from "../text/text"
import { part } from "./parts"
import type { RunRecord } from "./run"
import { centroidsText, choiceOf, literal, rowsOf, settingOf } from "./text"

/** More numbers than these would make a script of some 20 MB, which no editor opens. */
export const MOST_NUMBERS = 1_000_000

/** Why there can be no script of a run; null when there can. */
export function scriptRefusal({ data, shape, points }: Pick<RunRecord, "data" | "shape" | "points">): string | null {
  if (shape || points) return null
  return t(en.scriptCarriesItsData, { n: data.n, d: data.d, most: MOST_NUMBERS })
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").replaceAll("\\", "/").replaceAll('"', "'")

function heading({ data, params, best }: RunRecord): string {
  const restarts = best ? `\n\nThe run is the best of ${best.restarts} restarts, the one with seed ${best.seed}.` : ""
  return `"""k-means on ${oneLine(data.name)}: ${data.n} points, ${data.d} coordinates, k = ${params.k}.

Written by K-Means, visualized. Needs Python 3.8 and NumPy; prints inertia, iterations
and labels. The program comes first, unedited; what makes it run comes after it: from the
same start the same data give the same result. That start is written down, so changing
k, init, seed or restarts here changes nothing.${restarts}
"""`
}

const IMPORTS = `import io
import math
from bisect import bisect_right
from fractions import Fraction

import numpy as np`

/** Values the run used and the program leaves open, or gives by scikit-learn's name. */
function defaults({ program, params }: RunRecord, names: string[]): string {
  const unset = names.filter((name) => settingOf(program, name) === null)
  return unset.map((name) => `${name} = ${literal(name, params[name])}\n`).join("")
}

/** distance or center by the name of a choice. */
function chosen({ program, params, functions }: RunRecord, name: "distance" | "center"): string[] {
  if (functions.includes(name) || settingOf(program, name) === "function") return []
  return [part(`${name}/${choiceOf(name, params[name])}`)]
}

/** The random numbers of mini-batches: those that follow the ones that drew the start. */
function batchText({ params, rows, best, data }: RunRecord): string {
  const seeded = `bits = random_bits(seed=${best?.seed ?? params.seed})`
  const init = choiceOf("init", params.init)
  if (!rows || init === "first") return seeded
  const skip = (draws: number) => `${seeded}\nfor _ in range(${draws}):  # these drew the start\n    next(bits)`
  if (init === "greedy-kmeans++") return skip(1 + (params.k - 1) * (2 + Math.floor(Math.log(params.k))))
  if (init !== "random") return skip(params.k)
  return `${seeded}
drawn = set()
while len(drawn) < ${params.k}:  # these drew the start
    drawn.add(below(bits, ${data.n}))`
}

function dataText({ data, shape, points }: RunRecord, batch: boolean): string[] {
  if (shape) {
    const circle = shape.name === "moons" || shape.name === "rings" ? [part("shape/circle")] : []
    return [
      `# --- The data: ${oneLine(data.name)} ---`,
      ...(batch ? [] : [part("random")]),
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
  const batch = params.batch > 0 && params.batch < run.data.n
  const flags = {
    stop: functions.includes("stop"),
    tol: params.tol > 0,
    measures: functions.includes("stop") || params.tol > 0,
    batch,
    whole: !batch,
    fills: empty !== "keep",
    min_size: params.min_size > 0,
  }
  const open = defaults(run, ["max_iter", ...(flags.min_size ? ["n_moves"] : []), ...(batch ? ["batch"] : [])])
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
    ...(batch ? [part("random"), part("batch")] : []),
    ...dataText(run, batch),
    startText(run),
    ...(batch ? [batchText(run)] : []),
    MAIN,
  ]
  return `${pieces.join("\n\n\n")}\n`
}
