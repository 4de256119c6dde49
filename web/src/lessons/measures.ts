/**
 * What the lessons measure, by the engine, on the page and in the tests alike. Each function makes its runs and returns
 * its numbers by name; `claims.ts` says how they are written and what they were when the page was.
 */
import type { Experiment, Outcome, ParamValues, Source } from "../engine/protocol"
import { params } from "../generated/tables"
import { shapeSource } from "../sources"
import type { DataChoice } from "../state"
import { shapeChoice } from "../store"
import { manhattanMean, manhattanMedian, plain, radius } from "./programs"

export interface Laboratory {
  run: (experiment: Experiment) => Promise<Outcome[]>
  /** A file of datasets/ by its name. */
  file: (name: string) => Promise<Source & { kind: "csv" }>
}

export type Measured = Record<string, number>

/** Seeds of a statistical claim. */
const SEEDS = 200
const ALL = { first: 0, count: SEEDS }
const ONE = { first: 0, count: 1 }
/** Restarts that find the best there is. */
const ENOUGH = 50
/** Draws of the data where the claim is about data sets, not starts, and restarts that find the best of each. */
const DRAWS = { first: 0, count: 50 }
const DRAW_RESTARTS = 20
/** Inertias that differ by less are the same optimum. */
const SAME = 1e-9

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (outcomes: Outcome[], which: (outcome: Outcome) => boolean): number =>
  (100 * outcomes.filter(which).length) / outcomes.length
const least = (outcomes: Outcome[]): number => Math.min(...outcomes.map(({ inertia }) => inertia))
const reaches =
  (best: number) =>
  ({ inertia }: Outcome): boolean =>
    inertia <= best * (1 + SAME)
const distinct = (outcomes: Outcome[]): number =>
  outcomes
    .map(({ inertia }) => inertia)
    .sort((a, b) => a - b)
    .filter((value, i, sorted) => i === 0 || value > sorted[i - 1] * (1 + SAME)).length

/** The three groups of unequal size are found: otherwise the small one shares a cluster with the medium one. */
const isolated = ({ metrics }: Outcome): boolean => metrics.purity > 0.97
/** Each blob is a cluster, but for single points that blobs exchange where they touch. */
const separated = ({ metrics }: Outcome): boolean => metrics.ari > 0.98

const inits = params.find(({ name }) => name === "init")?.choices ?? []
/** The number of a choice of `init`. */
const init = (value: string): ParamValues => ({ init: inits.findIndex((choice) => choice.value === value) })

interface Set {
  program?: string
  params?: ParamValues
  seeds?: Experiment["seeds"]
  metrics?: string[]
}

const experiment = (
  source: Experiment["source"],
  { program = plain(), params = {}, seeds = ALL, metrics = [] }: Set,
): Experiment => ({ source, standardize: false, program, params, seeds, metrics })

const shape = (name: string, change: Partial<DataChoice>, set: Set): Experiment =>
  experiment(shapeSource({ ...shapeChoice(name), ...change }), set)

async function overSegmentation({ run }: Laboratory): Promise<Measured> {
  const best = async (name: string, k: number): Promise<Outcome> => {
    const [outcome] = await run(
      shape(name, {}, { params: { k, restarts: ENOUGH }, seeds: ONE, metrics: ["silhouette"] }),
    )
    return outcome
  }
  const measured: Measured = {}
  const silhouettes: number[] = []
  for (let k = 1; k <= 6; k++) {
    const { inertia, metrics } = await best("blobs", k)
    measured[`inertia${k}`] = inertia
    silhouettes.push(Number.isNaN(metrics.silhouette) ? -1 : metrics.silhouette)
  }
  measured.bestK = silhouettes.indexOf(Math.max(...silhouettes)) + 1
  measured.silhouette3 = silhouettes[2]
  measured.silhouette6 = silhouettes[5]
  for (const k of [2, 3]) measured[`stretched${k}`] = (await best("anisotropic", k)).metrics.silhouette
  const uniform: number[] = []
  for (let k = 2; k <= 6; k++) uniform.push((await best("uniform", k)).metrics.silhouette)
  measured.uniform = Math.max(...uniform)
  measured.uniformK = uniform.indexOf(measured.uniform) + 2
  const found: Outcome[][] = []
  for (let k = 1; k <= 6; k++) found.push(await run(shape("blobs", {}, { params: { k, ...init("random") } })))
  const rising = found[0].filter((_, i) => found.some((runs, j) => j > 0 && runs[i].inertia > found[j - 1][i].inertia))
  measured.notMonotone = (100 * rising.length) / SEEDS
  return measured
}

async function initialisation({ run }: Laboratory): Promise<Measured> {
  const on = async (name: string, k: number) => {
    const random = await run(shape(name, {}, { params: { k, ...init("random") } }))
    const plusplus = await run(shape(name, {}, { params: { k, ...init("kmeans++") } }))
    const greedy = await run(shape(name, {}, { params: { k, ...init("greedy-kmeans++") } }))
    return { random, plusplus, greedy, best: least([...random, ...plusplus, ...greedy]) }
  }
  const over = (runs: Outcome[], of: (outcome: Outcome) => number): number => mean(runs.map(of))
  const saved = (from: Outcome[], to: Outcome[], of: (outcome: Outcome) => number): number =>
    100 * (1 - over(to, of) / over(from, of))
  const moons = await on("moons", 2)
  const grid = await on("grid", 9)
  const ratio = (runs: Outcome[]): number => over(runs, ({ inertia }) => inertia / grid.best)
  return {
    moonsStart: saved(moons.random, moons.plusplus, ({ start }) => start),
    moonsFinal: saved(moons.random, moons.plusplus, ({ inertia }) => inertia),
    moonsIterations: saved(moons.random, moons.plusplus, ({ iterations }) => iterations),
    best: grid.best,
    ratioRandom: ratio(grid.random),
    ratioPlusplus: ratio(grid.plusplus),
    foundRandom: percent(grid.random, reaches(grid.best)),
    foundPlusplus: percent(grid.plusplus, reaches(grid.best)),
    foundGreedy: percent(grid.greedy, reaches(grid.best)),
  }
}

async function nonConvex({ run }: Laboratory): Promise<Measured> {
  const cut = await run(shape("rings", {}, { params: { k: 2 }, metrics: ["ari"] }))
  const byRadius = await run(shape("rings", {}, { program: radius("k = 2"), metrics: ["ari"] }))
  const moons = await run(shape("moons", {}, { params: { k: 2 }, metrics: ["ari"] }))
  const aris = (runs: Outcome[]): number[] => runs.map(({ metrics }) => metrics.ari)
  return {
    most: Math.max(...aris(cut)),
    cuts: distinct(cut),
    radius: Math.min(...aris(byRadius)),
    moons: mean(aris(moons)),
  }
}

/** Where the small group stands in the drawing of the flip point. */
export const flipDistances = [2, 2.5, 2.8, 3, 3.2, 3.5, 4] as const
export const flipName = (distance: number): string => `flip${distance.toFixed(1).replace(".", "_")}`

/** Of the draws of the data, the share in which the best of the restarts isolates the small group. */
async function isolatedShare({ run }: Laboratory, dial: number): Promise<number> {
  const set = { params: { k: 3, restarts: DRAW_RESTARTS }, seeds: DRAWS, metrics: ["purity"] }
  return percent(await run({ ...shape("unequal_size", { dial }, set), draws: true }), isolated)
}

async function smallCluster(laboratory: Laboratory): Promise<Measured> {
  const { run } = laboratory
  const measured: Measured = {}
  for (const dial of flipDistances) measured[flipName(dial)] = await isolatedShare(laboratory, dial)
  for (const [name, value] of [["random", "random"] as const, ["plusplus", "kmeans++"] as const])
    measured[name] = percent(
      await run(shape("unequal_size", { dial: 4 }, { params: { k: 3, ...init(value) }, metrics: ["purity"] })),
      isolated,
    )
  return measured
}

async function minSize(laboratory: Laboratory): Promise<Measured> {
  const { run } = laboratory
  const small = async (min_size: number): Promise<Outcome[]> =>
    run(shape("unequal_size", { dial: 3.5 }, { params: { k: 3, min_size }, metrics: ["purity"] }))
  const outlier = async (min_size: number): Promise<Outcome[]> =>
    run(shape("outlier", {}, { params: { k: 3, min_size }, metrics: ["ari"] }))
  const on = await small(20)
  return {
    smallOff: percent(await small(0), isolated),
    smallOn: percent(on, isolated),
    smallRises: percent(on, ({ rises }) => rises > 0),
    outlierOff: percent(await outlier(0), separated),
    outlierOn: percent(await outlier(5), separated),
  }
}

async function manhattan({ run }: Laboratory): Promise<Measured> {
  const rising = async (program: string): Promise<number> =>
    percent(await run(shape("anisotropic", {}, { program })), ({ rises }) => rises > 0)
  return {
    mean: await rising(manhattanMean("k = 3")),
    median: await rising(manhattanMedian("k = 3")),
    squared: await rising(plain("k = 3")),
  }
}

async function restarts({ run }: Laboratory): Promise<Measured> {
  const blobs = async (value: string, count: number): Promise<Outcome[]> =>
    run(
      shape(
        "grid",
        { n: 600, dial: 4 },
        { params: { k: 16, restarts: count, ...init(value) }, seeds: { first: 0, count: SEEDS, step: count } },
      ),
    )
  const all = {
    random1: await blobs("random", 1),
    random10: await blobs("random", 10),
    plusplus1: await blobs("kmeans++", 1),
    plusplus10: await blobs("kmeans++", 10),
    greedy1: await blobs("greedy-kmeans++", 1),
  }
  const best = least(Object.values(all).flat())
  const found = Object.entries(all).map(([name, runs]) => [name, percent(runs, reaches(best))])
  return { best, ...Object.fromEntries(found) }
}

async function wine({ run, file }: Laboratory): Promise<Measured> {
  const source = await file("wine")
  const on = async (standardize: boolean) => {
    const [best] = await run({
      ...experiment(source, { params: { k: 3, restarts: 500 }, seeds: ONE, metrics: ["ari"] }),
      standardize,
    })
    const found = async (value: string): Promise<number> =>
      percent(
        await run({ ...experiment(source, { params: { k: 3, ...init(value) } }), standardize }),
        reaches(best.inertia),
      )
    return { ari: best.metrics.ari, random: await found("random"), plusplus: await found("kmeans++") }
  }
  const raw = await on(false)
  return { random: raw.random, plusplus: raw.plusplus, rawAri: raw.ari, ari: (await on(true)).ari }
}

/** Stirling number of the second kind: the ways to divide n points into k groups of which none is empty. */
function partitions(n: number, k: number): bigint {
  const row = [1n, ...Array<bigint>(k).fill(0n)]
  for (let i = 1; i <= n; i++) {
    for (let j = k; j > 0; j--) row[j] = BigInt(j) * row[j] + row[j - 1]
    row[0] = 0n
  }
  return row[k]
}

/** A large whole number as mantissa and power of ten. */
function scientific(value: bigint): { mantissa: number; exponent: number } {
  const digits = value.toString()
  return { mantissa: Number(`${digits[0]}.${digits.slice(1, 8)}`), exponent: digits.length - 1 }
}

async function maths(): Promise<Measured> {
  const { mantissa, exponent } = scientific(partitions(300, 3))
  return {
    partitions10: Number(partitions(10, 3)),
    mantissa300: mantissa,
    exponent300: exponent,
    bound3: 8 * (Math.log(3) + 2),
  }
}

/** By group; a claim is known as `group.name`. */
export const measures = {
  "over-segmentation": overSegmentation,
  initialisation,
  "non-convex": nonConvex,
  "small-cluster": smallCluster,
  "min-size": minSize,
  manhattan,
  restarts,
  wine,
  maths,
} satisfies Record<string, (laboratory: Laboratory) => Promise<Measured>>

export type Group = keyof typeof measures
