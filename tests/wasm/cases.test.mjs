// The calls in tests/program/*.txt by both back ends in WebAssembly; tests/program/cases.c runs the files natively.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { HOOK, Programs } from "./calls.mjs"
import { root } from "./engine.mjs"

const folder = new URL("tests/program/", root)
const programs = new Programs()

/** The lines as cases.c reads them: `!repeat COUNT text` stands for its text so many times. */
function sourceOf(lines) {
  const text = lines.map((line) => {
    const [, count, piece] = line.match(/^!repeat (\d+) (.*)$/s) ?? []
    if (count === undefined) return `${line}\n`
    return piece.replace(/\\n|\\x(..)/g, (_, hex) => (hex ? String.fromCharCode(Number.parseInt(hex, 16)) : "\n")).repeat(Number(count))
  })
  return Buffer.from(text.join(""), "latin1")
}

const casesOf = (file) =>
  readFileSync(new URL(file, folder), "latin1").split(/^---\n/m).filter((part) => part.includes("==>\n")).map((part) => {
    const [source, expected] = part.split(/^==>\n/m)
    return { source: sourceOf(source.split("\n").slice(0, -1)), expected: expected.split("\n").slice(0, -1) }
  })

const numbersOf = (text) => [...text.matchAll(/-?(?:inf|nan|[\d.]+(?:e[-+]?\d+)?)/g)].map(([word]) => ({ inf: Infinity, "-inf": -Infinity, nan: Number.NaN })[word] ?? Number(word))
const same = (a, b, exactly) => Object.is(a + 0, b + 0) || (!exactly && Math.abs(a - b) <= 1e-14 * Math.abs(b))

for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt")))
  test(`${file} gives the same in WebAssembly`, () => {
    let calls = 0
    for (const { source, expected } of casesOf(file)) {
      const errors = expected.filter((line) => line.startsWith("error ")).length
      assert.equal(programs.parse(source) > 0, errors > 0, source.toString())
      for (const line of expected) {
        const [, name, args, sign, result] = line.match(/^(\w+)\((.*)\) ([=~]) (.*)$/) ?? []
        if (HOOK[name] === undefined) continue
        const values = numbersOf(args), wanted = numbersOf(result), hook = HOOK[name]
        const d = hook === HOOK.distance ? values.length / 2 : wanted.length
        const gives = programs.call(hook, values, d, hook === HOOK.center ? values.length / d - 1 : 0)
        const holds = gives.length === wanted.length && gives.every((value, i) => same(value, wanted[i], sign === "="))
        assert.ok(holds, `${source}\n${line}\ngives ${gives}`)
        calls++
        if (hook !== HOOK.distance) continue
        const { distances, bad } = programs.nearest(programs.emit(d), Array(8).fill(values.slice(0, d)), values.slice(d))
        assert.equal(bad, !Number.isFinite(gives[0]), `${source}\n${line}`)
        assert.deepEqual(distances, Array(8).fill(Number.isNaN(gives[0]) ? Infinity : gives[0]), `${source}\n${line}: the kernel`)
      }
    }
    assert.ok(calls > 0 || file !== "values.txt")
  })
