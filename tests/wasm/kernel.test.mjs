// The emitted kernel of a distance against the evaluator: the same labels and inertia to the bit.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Engine, STATUS, wasmModule } from "./engine.mjs"
import { useKernel, useProgram } from "./programs.mjs"

const module = wasmModule()

const points = (n, d, seed) => {
  let s = seed
  const u = () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0
    return (s / 2 ** 32) * 8 - 4
  }
  return Array.from({ length: n }, () => Array.from({ length: d }, u))
}

/** Labels and inertia of one assign from the first k points, or the engine's sentence when it fails. */
function assigned(engine, rows, k) {
  const { x } = engine
  try {
    engine.initAt(rows.slice(0, k))
    engine.check(x.km_assign(engine.e))
  } catch (error) {
    return { error: error.message }
  }
  return { labels: engine.labels, inertia: engine.inertia }
}

function compare(body, rows, k) {
  const engine = new Engine(module)
  engine.load(rows)
  useProgram(engine, `k = ${k}\ndef distance(x, c):\n${body}`)
  const expected = assigned(engine, rows, k)
  useKernel(engine)
  assert.deepEqual(assigned(engine, rows, k), expected, body)
  return expected
}

const line = (expression) => `    return ${expression}\n`
const distances = [
  line("np.sqrt(((x - c)**2).sum(-1))"),
  line("(abs(x - c)**3).sum()"),
  line("(abs(x - c)**1.5).sum()**(1 / 1.5)"),
  "    d = abs(x - c)\n    return np.where(d < 1, d * d / 2, d - 0.5).sum(-1)\n",
  line("1 - (x * c).sum() / (sqrt((x * x).sum()) * sqrt((c * c).sum()))"),
  line("1 - exp(-((x - c)**2).sum() / 2)"),
  line("abs(x[0] - c[0]) + 0.5"),
  line("log(1 + abs(x - c)).sum()"),
  line("(sin(x) - sin(c)).max() + cos(x - c).min() + 5"),
  line("np.tanh(abs(x - c)).mean()"),
  line("maximum(abs(x[0] - c[0]), 0.25) if x[0] < c[0] else abs(x - c).sum()"),
  line("abs(x - c.mean()).sum() * (1 + (x[0] > 0 and c[0] > 0)) + (not x[0] < c[0])"),
  line("5 + 0 * x.sum()"),
]

for (const d of [1, 2, 3, 4, 5, 17])
  test(`every kind of distance agrees in ${d} dimensions`, () => {
    for (const n of [8, 9, 1031]) for (const body of distances) compare(body, points(n, d, 7 * d + n), 5)
  })

test("literals agree, unrolled and looped", () => {
  compare(line("(np.array([1, 4]) * (x - c)**2).sum()"), points(100, 2, 1), 4)
  compare(line("(np.array([1, 4, 0.5, 2, 3, 7]) * abs(x - c) + np.array([6, 5, 4, 3, 2, 1]) * (x - c)**2).sum() + x[5]"), points(100, 6, 2), 4)
})

test("a distance that is not finite is the same failure", () => {
  const rows = points(100, 2, 3)
  const failed = compare(line("1 / abs(x - c).sum()"), rows, 4)
  assert.match(failed.error, /not a finite number for point 1 and centroid 1/)
})

test("a kernel that was replaced is not used", () => {
  const engine = new Engine(module), rows = points(64, 2, 5)
  engine.load(rows)
  useProgram(engine, `k = 4\ndef distance(x, c):\n${line("abs(x[0] - c[0])")}`)
  useKernel(engine)
  const first = assigned(engine, rows, 4)
  useProgram(engine, `k = 4\ndef distance(x, c):\n${line("abs(x[1] - c[1])")}`)
  const second = assigned(engine, rows, 4)
  assert.notDeepEqual(second.labels, first.labels)
  useProgram(engine, "k = 4")
  assert.equal(engine.x.km_emit_kernel(engine.e), 0)
  assert.equal(engine.check(engine.x.km_init(engine.e, 1)), STATUS.OK)
})
