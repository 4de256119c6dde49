// The exported script, run by a real Python with NumPy, gives the labels, iterations and inertia of the page.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { before, test } from "node:test"
import { wasmModule } from "../wasm/engine.mjs"
import { load } from "./load.mjs"

const { Session } = await load("engine/session.ts")
const { Wasm } = await load("engine/wasm/memory.ts")
const { ProgramService } = await load("program/service.ts")
const { examples, exampleText } = await load("program/examples.ts")
const { pythonScript, scriptRefusal } = await load("export/python.ts")
const { sklearnCall } = await load("export/sklearn.ts")
const { params, shapes } = await load("generated/tables.ts")
const { metrics } = await load("generated/late.ts")

const module = wasmModule()
const names = { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) }
const service = await ProgramService.open(module)
const go = () => {}
const root = new URL("../../", import.meta.url)

const shape = (name, change = {}) => {
  const index = shapes.findIndex((entry) => entry.name === name)
  const { n, noise, dial } = shapes[index]
  return { kind: "shape", name, shape: index, n, noise, dial: dial.default, seed: 1, ...change }
}
const csv = (text, change = {}) => ({ kind: "csv", name: "table", file: new Blob([text]), columns: null, label: null, ...change })
const bundled = (name) => csv(readFileSync(new URL(`datasets/${name}.csv`, root)), { name })
/** Ties, duplicates, and decimals that no double is. */
const tenths = csv(`a,b\n${Array.from({ length: 60 }, (_, i) => `${(i % 7) / 10},${((i * i) % 5) / 10}`).join("\n")}\n`)

/** Runs a program as the page does; the record of the run and how it ended. */
async function run({ source, program, standardize = false, given = null }) {
  const session = new Session(await Wasm.open(module), names)
  const { data } = await session.load({ source, standardize, plane: null }, go, go)
  const { values, functions, diagnostics } = service.parse(program)
  assert.ok(values, `${program}\n${diagnostics.map(({ message }) => message).join("\n")}`)
  const { restarts, best } = await session.start({ program, params: values, centroids: given }, go, go)
  const frames = await session.finish(go)
  const made = source.kind === "shape" && !standardize
  const record = {
    program,
    params: values,
    functions: Object.keys(functions),
    data,
    shape: made ? source : null,
    ...session.record({ points: !made }),
    best: restarts.length > 1 ? { seed: restarts[best].seed, restarts: restarts.length } : null,
  }
  const { inertia, iteration, converged } = frames.at(-1)
  const points = createHash("sha256").update(session.engine.points).digest("hex")
  const events = new Set(frames.flatMap((frame) => frame.events.map(({ type }) => type)))
  return { record, end: { inertia, iterations: iteration, labels: [...session.engine.labels], points }, converged, events }
}

const lines = (...list) => `${list.join("\n")}\n`
const withDistance = (...body) => lines("k = 4", "seed = 3", "", "def distance(x, c):", ...body.map((line) => `    ${line}`))
const withCenter = (...body) => lines("k = 4", "seed = 3", "", "def center(points, c):", ...body.map((line) => `    ${line}`))

/** Name, program, data and the rest. */
const cases = [
  ...examples.flatMap((example) => {
    const text = (seed) => exampleText(example, { k: 3, seed })
    return [
      { name: `${example.name}, anisotropic`, program: text(1), source: shape("anisotropic") },
      { name: `${example.name}, iris`, program: text(2), source: bundled("iris") },
      { name: `${example.name}, tenths`, program: text(3), source: tenths },
    ].filter(({ source }) => !example.d || source.kind === "shape" || source === tenths)
  }),
  ...["blobs", "anisotropic", "unequal_size", "unequal_variance", "moons", "rings", "uniform", "grid"].flatMap((name) => {
    const { dial, noiseMax } = shapes.find((entry) => entry.name === name)
    return [
      { n: 6000, seed: 5 },
      { n: 7, seed: 9007199254740991 },
      { noise: 0, dial: dial.max, n: 150 },
      { noise: noiseMax, dial: dial.min, n: 1500, seed: 2 ** 40 + 3 },
    ].map((change) => ({ name: `${name} ${JSON.stringify(change)}`, program: lines("k = 5", "seed = 7", "max_iter = 12"), source: shape(name, change) }))
  }),
  ...["euclidean", "manhattan", "chebyshev", "cosine"].flatMap((distance) =>
    ["mean", "median", "medoid"].map((center) => ({
      name: `${distance}, ${center}`,
      program: lines("k = 4", "seed = 2", `distance = "${distance}"`, `center = "${center}"`),
      source: bundled("iris"),
    })),
  ),
  { name: "restarts", program: lines("k = 9", 'init = "random"', "restarts = 12"), source: shape("grid") },
  { name: "scikit-learn's names", program: lines("n_clusters = 4", "random_state = 3", "n_init = 2", "import numpy as np"), source: shape("blobs") },
  { name: "placed by hand", program: lines("k = 2", 'init = "manual"'), source: bundled("faithful"), given: Float64Array.of(2, 50.5, 4.25, 81) },
  { name: "the first rows", program: lines("k = 5", 'init = "first"'), source: bundled("iris") },
  { name: "standardized", program: lines("k = 3"), source: bundled("wine"), standardize: true },
  { name: "a standardized shape", program: lines("k = 3"), source: shape("unequal_variance"), standardize: true },
  { name: "64 columns", program: lines("k = 10"), source: bundled("digits") },
  { name: "one column", program: lines("k = 4"), source: csv(lines("v", ...Array.from({ length: 40 }, (_, i) => (i * i) % 23))) },
  { name: "tol", program: lines("k = 6", "tol = 0.01"), source: shape("uniform", { n: 3000 }) },
  { name: "max_iter", program: lines("k = 20", "max_iter = 3"), source: shape("grid") },
  { name: "max_iter = 1", program: lines("k = 3", "max_iter = 1"), source: bundled("iris") },
  ...["farthest", "keep", "split"].map((empty) => ({
    name: `empty clusters: ${empty}`,
    program: lines("k = 4", 'init = "manual"', `empty = "${empty}"`),
    source: shape("anisotropic"),
    given: Float64Array.of(0, 0, 1, 1, 500, 500, -500, 500),
    event: true,
  })),
  { name: "more clusters than places", program: lines("k = 9", 'init = "first"'), source: shape("blobs", { n: 12, noise: 0 }) },
  { name: "more clusters than places, split", program: lines("k = 9", 'init = "first"', 'empty = "split"'), source: shape("blobs", { n: 12, noise: 0 }), event: true },
  { name: "min_size", program: lines("k = 9", "min_size = 25", "seed = 5"), source: shape("unequal_size"), event: true },
  { name: "min_size, few moves", program: lines("k = 9", "min_size = 30", "n_moves = 2", "seed = 5"), source: shape("unequal_size"), event: true },
  { name: "min_size, manhattan, keep", program: lines("k = 7", "min_size = 20", 'distance = "manhattan"', 'center = "median"', 'empty = "keep"'), source: bundled("iris"), event: true },
  ...["kmeans++", "greedy-kmeans++", "random", "first"].map((init) => ({ name: `batch, ${init}`, program: lines("k = 5", `init = "${init}"`, "batch = 32", "seed = 11"), source: shape("blobs", { n: 400, dial: 5 }) })),
  { name: "batch_size, restarts, median", program: lines("k = 3", "batch_size = 20", "restarts = 4", 'center = "median"', "max_iter = 40"), source: bundled("iris") },
  { name: "batch, placed by hand, stop, tol", program: lines("k = 2", 'init = "manual"', "batch = 16", "seed = 4", "tol = 1e-9", "def stop(inertia, previous, shift, iteration):", "    return iteration >= 60"), source: bundled("faithful"), given: Float64Array.of(2, 50.5, 4.25, 81) },
  { name: "batch, a start that moves nothing", program: lines("k = 4", "batch = 1", "seed = 2", "max_iter = 30"), source: tenths },
  { name: "batch, min_size", program: lines("k = 9", "batch = 50", "min_size = 25", "seed = 5"), source: shape("unequal_size"), event: true },
  { name: "batch as large as the data", program: lines("k = 3", "batch = 60"), source: tenths },
  // The corners of the language.
  { name: "a comparison is a number", program: withDistance("far = (x > c) - (x < c)", "return (far * (x - c)).sum() + (abs(far) + (x > 2)).sum(-1) * 0.01"), source: shape("anisotropic") },
  { name: "a number per point with a vector", program: withDistance("d = x - c", "size = 1 + (x * x).sum(-1)", "return (d * d / size).sum(-1) + d[0]**2"), source: shape("anisotropic") },
  { name: "and, or, not, if", program: withDistance("d = abs(x - c)", "near = d[0] < 1 and not d[1] > 2", "return d.max() if near or x[0] > 3 else d.sum(0)"), source: shape("anisotropic") },
  { name: "min and max of numbers and of vectors", program: withDistance("d = abs(x - c)", "return max(d, -1) + 0.5 * min(d[0], d[1]) + min(d, axis=-1) + max(d.sum(), d[1] * 2) + np.max(d)"), source: shape("anisotropic") },
  { name: "bare names", program: withDistance("d = minimum(abs(x - c), 3)", "return sum(where(d < 1, d**3, d), -1) + sqrt(mean(d * d)) + exp(-sum(d)) + log(1 + sum(d)) + tanh(d[0]) + cos(x[1]) - sin(c[0]) + 2"), source: shape("anisotropic") },
  { name: "Mahalanobis with literals", program: withDistance("d = x - c", "return (d * d * np.array([2, 0.5])).sum(-1) + 0.6 * d[0] * d[1]"), source: shape("anisotropic") },
  { name: "where with a literal", program: withDistance("w = np.where(x[0] > 0, np.array([1, 4]), np.array([4, 1]))", "return (w * abs(x - c)).sum(-1)"), source: shape("anisotropic") },
  { name: "the distance of one side only", program: withDistance("return (c * c).sum() + 1"), source: shape("anisotropic") },
  { name: "a center without c, and midrange", program: withCenter("return (points.min(0) + np.max(points, axis=0)) / 2").replace("points, c", "points"), source: shape("anisotropic") },
  { name: "medians as method and function", program: withCenter("m = points.median(0)", "return where(m > c, m, 0.5 * (m + median(points, axis=0)))"), source: shape("anisotropic") },
  { name: "a center that asks", program: withCenter("m = points.mean(axis=0)", "return m if abs(m - c).sum() > 0.5 else (m + c) / 2"), source: shape("anisotropic") },
  { name: "stop", program: lines("k = 6", "def stop(inertia, previous, shift, iteration):", "    return (shift < 0.05) + (iteration > 20) or abs(inertia - previous) / previous < 1e-3"), source: shape("uniform", { n: 1000 }) },
  { name: "name, then function", program: lines('distance = "manhattan"', "def distance(x, c):", "    return ((x - c)**2).sum(-1)"), source: shape("blobs") },
]

const pieces = new URL("web/src/export/python/", root)
const pieceNames = readdirSync(pieces, { recursive: true }).filter((file) => file.endsWith(".py"))

/** Runs that scikit-learn can nearly say, and one that it cannot. */
const calls = [
  {
    program: lines("k = 4", "seed = 8", "restarts = 10", "tol = 0.0001", 'init = "greedy-kmeans++"'),
    source: bundled("wine"),
    standardize: true,
    says: [/n_clusters=4,/, /init="k-means\+\+",/, /n_init=10,/, /max_iter=100,/, /tol=0\.0001,/, /random_state=8,/, /StandardScaler/],
    not: [/Not in scikit-learn/, /several candidates/],
  },
  {
    program: lines("k = 2", 'init = "manual"'),
    source: bundled("faithful"),
    given: Float64Array.of(2, 50.5, 4.25, 81),
    says: [/\nmodel = KMeans\(/, /init=np\.array\(\[\[2, 50\.5\], \[4\.25, 81\]\], float\)/, /n_init=1,/, /^import numpy as np/],
    not: [/random_state/, /Not in scikit-learn/],
  },
  {
    program: `${withDistance("return (abs(x - c)**3).sum(-1)")}\n${lines('center = "median"', "min_size = 9", 'empty = "split"', "def stop(inertia, previous, shift, iteration):", "    return shift < 0.1")}`,
    source: shape("blobs"),
    says: [/Not in scikit-learn/, /distance of one's own/, /stop of one's own/, /center = "median"/, /min_size = 9 with n_moves = 10/, /empty = "split"/, /several candidates/],
    not: [/seed_weight/],
  },
  {
    program: lines("k = 5", "batch = 50", "max_iter = 40", "seed = 9"),
    source: shape("blobs"),
    says: [/import MiniBatchKMeans/, /batch_size=50,/, /max_iter=7,/, /random_state=9,/, /counts passes/],
    not: [/algorithm/, /Not in scikit-learn/],
  },
]

const python = execFileSync(new URL("tests/python.sh", root).pathname, { encoding: "utf8" }).trim()
/** For what only a real Python can tell. */
const needsPython = { skip: python === "" && "there is no Python with NumPy" }

let results
let read
before(async () => {
  for (const test of cases) test.run = await run(test)
  for (const call of calls) call.text = sklearnCall((await run(call)).record)
  const scripts = cases.map((test) => (test.script = pythonScript(test.run.record)))
  const texts = [...pieceNames.map((file) => readFileSync(new URL(file, pieces), "utf8")), ...calls.map(({ text }) => text)]
  const input = JSON.stringify([...scripts, ...texts.map((text) => ({ parse: text }))])
  const runner = new URL("run_scripts.py", import.meta.url).pathname
  if (needsPython.skip) return
  const all = JSON.parse(execFileSync(python, [runner], { input, encoding: "utf8", maxBuffer: 2 ** 28 }))
  results = all.slice(0, scripts.length)
  read = all.slice(scripts.length)
})

for (const [i, { name, event }] of cases.entries())
  test(`script: ${name}`, needsPython, () => {
    const { run: { end, events }, script, program } = cases[i]
    const got = results[i]
    assert.equal(got.error, undefined, `${got.error}\n${script.slice(0, 3000)}`)
    assert.ok(script.includes(program.trimEnd()), "the program is in it as it was typed")
    if (event) assert.ok(events.size > 0, "something was repaired")
    assert.equal(got.points, end.points, "the points are the page's to the bit")
    assert.equal(got.iterations, end.iterations)
    assert.deepEqual(got.labels, end.labels)
    assert.ok(Math.abs(got.inertia - end.inertia) <= 1e-9 * Math.abs(end.inertia), `${got.inertia} ${end.inertia}`)
  })

test("what scikit-learn can say is said, and what it cannot is told", () => {
  for (const { text, says, not } of calls) {
    for (const pattern of says) assert.match(text, pattern)
    for (const pattern of not) assert.doesNotMatch(text, pattern)
  }
})

test("every piece and every call is Python", needsPython, () => {
  assert.ok(pieceNames.length > 15)
  for (const [i, { error }] of read.entries()) assert.equal(error, undefined, `${pieceNames[i] ?? "call"}: ${error}`)
})

test("a script is as long as its program needs", () => {
  const plain = cases.find(({ name }) => name === "k-means, anisotropic").script
  for (const word of ["min_size", "asks_to_stop", "tol *", "#:", "def split", "medoid"]) assert.ok(!plain.includes(word), word)
  const many = { data: { n: 1000000, d: 20 }, shape: null, points: null }
  assert.match(scriptRefusal(many), /1,000,000 points of 20 coordinates: more than 1,000,000 numbers/)
  assert.equal(scriptRefusal({ ...many, points: new Float64Array(2) }), null)
  assert.equal(scriptRefusal({ ...many, shape: shape("blobs") }), null)
})
