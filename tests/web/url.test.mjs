// The address of the page.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { parseQuery, formatQuery } = await load("address/query.ts")
const { shapeChoice } = await load("store.ts")
const { params, shapes } = await load("generated/tables.ts")
const defaults = Object.fromEntries(params.map(({ name, default: value }) => [name, value]))

const shown = (change = {}) => ({
  data: shapeChoice("blobs"),
  standardize: false,
  theme: "auto",
  lesson: null,
  ...change,
  params: { ...defaults, ...change.params },
})

test("what is not said is absent, and the defaults are not written", () => {
  assert.deepEqual(parseQuery(""), { wanted: { params: {} }, problems: [] })
  assert.equal(formatQuery(shown()), "")
  for (const { name, k } of shapes) assert.equal(formatQuery(shown({ data: shapeChoice(name), params: { k } })), name === "blobs" ? "" : `?data=${name}`)
})

test("the keys of the issue", () => {
  const { wanted, problems } = parseQuery("?data=faithful&k=2&init=random&seed=7&restarts=10&theme=dark")
  assert.deepEqual(problems, [])
  assert.deepEqual(wanted, { data: "faithful", theme: "dark", params: { k: 2, init: 2, seed: 7, restarts: 10 } })
})

test("a lesson says data and parameters by itself, and opens on top of what else is said", () => {
  assert.equal(formatQuery(shown({ data: shapeChoice("rings"), lesson: "non-convex.radius", theme: "dark" })), "?lesson=non-convex.radius&theme=dark")
  const { wanted, problems } = parseQuery("?data=moons&k=4&lesson=min-size.outlier")
  assert.deepEqual(problems, [])
  assert.deepEqual(wanted, { data: "moons", lesson: "min-size.outlier", params: { k: 4 } })
  assert.match(parseQuery("?lesson=rings").problems[0], /lesson must be the name of an experiment, not “rings”/)
})

test("every bad value is named and left out, and the good ones stay", () => {
  const cases = {
    "k=0": /k must be from 1 to 10000/,
    "k=2.5": /k must be a whole number/,
    "k=1e2": null,
    "k=0x10": /k must be a whole number, not “0x10”/,
    "k=": /k must be a whole number/,
    "k=3&k=4": /k is given 2 times/,
    "seed=9007199254740992": /seed must be a whole number/,
    "seed=-1": /seed must be from 0/,
    "tol=2": /tol must be from 0 to 1/,
    "init=__proto__": /init must be one of kmeans\+\+/,
    "data=constructor": /data must be one of blobs/,
    "data=own": /data must be one of/,
    "theme=neon": /theme must be one of auto, light, dark/,
    "standardize=yes": /standardize must be one of 0, 1/,
    "n=20000000": /n must be from 1 to 16777216/,
    "noise=-1": /noise must be from 0 to 3/,
    "dial=99": /dial must be from 1 to 12/,
    "data=grid&dial=2.5": /dial must be a whole number/,
    "data=iris&n=5": /n is for shapes only/,
    "k=%E0%A4%A": /k must be/,
    "unknown=1": null,
  }
  for (const [search, expected] of Object.entries(cases)) {
    const { wanted, problems } = parseQuery(`?max_iter=7&${search}`)
    assert.equal(wanted.params.max_iter, 7, search)
    if (expected === null) assert.deepEqual(problems, [], search)
    else {
      assert.equal(problems.length, 1, search)
      assert.match(problems[0], expected)
      assert.equal(Object.keys(wanted.params).length, 1, search)
    }
  }
})

test("a plus in a value survives, escaped or not", () => {
  const init = params.find(({ name }) => name === "init").choices.findIndex(({ value }) => value === "greedy-kmeans++")
  const text = formatQuery(shown({ params: { init } }))
  assert.equal(text, "?init=greedy-kmeans%2B%2B")
  assert.equal(parseQuery(text).wanted.params.init, init)
  assert.equal(parseQuery("?init=greedy-kmeans++").wanted.params.init, init)
})

test("reading what was written gives it back", () => {
  const cases = [
    shown({ data: { name: "moons", n: 1000, noise: 0.08, dial: -0.25, seed: 3 }, params: { k: 5 }, theme: "light" }),
    shown({ data: { name: "grid", n: 1e6, noise: 1e-7, dial: 10, seed: 2 ** 53 - 1 }, standardize: true, params: { k: 100, seed: 2 ** 53 - 1, tol: 0.001 } }),
    shown({ data: shapeChoice("wine"), standardize: false, params: { k: 4, init: 4, distance: 3, center: 2, empty: 1, min_size: 5, n_moves: 3, restarts: 20, max_iter: 9 } }),
  ]
  for (const state of cases) {
    const { wanted, problems } = parseQuery(formatQuery(state))
    assert.deepEqual(problems, [])
    const base = shapeChoice(wanted.data)
    const { n = base.n, noise = base.noise, dial = base.dial, dataseed = base.seed } = wanted
    assert.deepEqual({ name: wanted.data, n, noise, dial, seed: dataseed }, state.data)
    assert.deepEqual({ ...defaults, ...wanted.params }, state.params)
    assert.equal(wanted.standardize ?? (wanted.data === "wine"), state.standardize)
    assert.equal(wanted.theme ?? "auto", state.theme)
  }
})

test("a person's own data are not in the address", () => {
  assert.equal(formatQuery(shown({ data: shapeChoice("own"), standardize: true, params: { k: 4 } })), "?k=4")
})
