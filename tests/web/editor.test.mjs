// What the editor makes of texts: the edit by which it follows the store, and the lines that run.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { difference } = await load("editor/difference.ts")
const { linesOf } = await load("program/lines.ts")
const { callAround, parametersOf } = await load("editor/call.ts")
const apply = (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to)

test("the smallest replacement between two texts", () => {
  assert.equal(difference("k = 3", "k = 3"), null)
  assert.deepEqual(difference("k = 3\nseed = 0", "k = 12\nseed = 0"), { from: 4, to: 5, insert: "12" })
  assert.deepEqual(difference("k = 11", "k = 1"), { from: 5, to: 6, insert: "" })
  assert.deepEqual(difference("", "k = 1"), { from: 0, to: 0, insert: "k = 1" })
})

test("it turns the one into the other, repeats and all", () => {
  const texts = ["", "a", "aa", "aaa", "aba", "abab", "k = 3\n", "k = 33\n", "ab"]
  for (const from of texts) for (const to of texts) if (from !== to) assert.equal(apply(from, difference(from, to)), to)
})

test("the lines that run are those of the function, or the line that sets it", () => {
  const lines = ["k = 3", "def distance(x, c):  # why", "    d = x - c", "", "    return d.sum(-1)", "# note", "def center(points):", "    return points.mean(0)", "init = 'first'"]
  assert.deepEqual(linesOf(lines, "distance"), [2, 3, 5])
  assert.deepEqual(linesOf(lines, "center"), [7, 8])
  assert.deepEqual(linesOf(lines, "init"), [9])
  assert.deepEqual(linesOf([...lines, "distance = 'cosine'"], "distance"), [10])
  assert.deepEqual(linesOf(["k = 3"], "distance"), [])
})

test("the call a place stands in, and which argument", () => {
  const cases = [
    ["np.where(x < c, ", "where", 1],
    ["    return np.maximum(abs(x - c), ", "maximum", 1],
    ["    return np.maximum(abs(x - ", "abs", 0],
    ["((x - c)**2).sum(", "sum", 1],
    ["np.sum((x - c)**2, ", "sum", 1],
    ["def stop(inertia, previous, ", "stop", 2],
    ["where((a, b), ", "where", 1],
    ["where(a,  # why, (so\n      ", "where", 1],
    ['where("a, (", ', "where", 1],
  ]
  for (const [before, name, argument] of cases) {
    const call = callAround(before)
    assert.deepEqual([call?.name, call?.argument], [name, argument], before)
    assert.equal(before.slice(call.from, call.from + name.length), name)
  }
  for (const before of ["", "k = 3", "np.abs(x - c)", "return (x - c", "# max(", "x["]) assert.equal(callAround(before), null, before)
})

test("every signature of the tables is read into its parameters", async () => {
  const { builtins, hooks } = await load("generated/language.ts")
  for (const { name, signature } of builtins) {
    const read = parametersOf(signature)
    assert.equal(read.name.replace("np.", ""), name)
    assert.equal(`${read.name}(${read.parameters.join(", ")})`, signature)
  }
  assert.deepEqual(parametersOf("np.array([a, b])").parameters, ["[a, b]"])
  assert.deepEqual(parametersOf(`stop(${hooks.find(({ name }) => name === "stop").parameters})`).parameters.length, 4)
})
