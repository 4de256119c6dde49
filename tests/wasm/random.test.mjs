// 10,000 random programs (tests/program/random.c): the evaluator here, the evaluator native and the kernel emitted
// natively give the same bits.
import assert from "node:assert/strict"
import { closeSync, openSync, readFileSync, readSync } from "node:fs"
import { test } from "node:test"
import { HOOK, Programs } from "./calls.mjs"
import { root } from "./engine.mjs"

const programs = new Programs()
const numbers = (values) => values.map((value) => (typeof value === "string" ? { inf: Infinity, "-inf": -Infinity, nan: Number.NaN }[value] : value))

test("evaluator and kernel agree to the bit, native and in WebAssembly", () => {
  const modules = openSync(new URL("build/programs.bin", root))
  let count = 0, finite = 0, results = 0
  for (const line of readFileSync(new URL("build/programs.jsonl", root), "utf8").split("\n")) {
    if (line === "") continue
    const { text, d, module, distance, ...others } = JSON.parse(line)
    assert.equal(programs.parse(Buffer.from(text)), 0, text)
    const bytes = Buffer.alloc(module)
    assert.equal(readSync(modules, bytes), module)
    assert.ok(bytes.equals(programs.emit(d)), `the modules differ:\n${text}`)
    for (const [j, c] of distance.c.entries()) {
      const gives = numbers(distance.gives[j])
      const here = distance.x.map((x) => programs.call(HOOK.distance, [...x, ...c], d)[0])
      assert.deepEqual(here, gives, text)
      const kernel = programs.nearest(bytes, distance.x, c)
      assert.deepEqual(kernel.distances, gives.map((value) => (Number.isNaN(value) ? Infinity : value)), text)
      assert.equal(kernel.bad, !gives.every(Number.isFinite), text)
      finite += !kernel.bad
      results += gives.length
    }
    for (const [name, { calls, gives }] of Object.entries(others))
      for (const [i, args] of calls.entries()) {
        assert.deepEqual(programs.call(HOOK[name], args, d, args.length / d - 1), numbers(gives[i]), `${name}(${args}):\n${text}`)
        results += gives[i].length
      }
    count++
  }
  closeSync(modules)
  assert.equal(count, 10000)
  assert.ok(finite > count, `${finite} of ${2 * count} blocks of distances were finite`)
  console.log(`${count} programs, ${results} results, ${finite} of ${2 * count} blocks of distances finite`)
})
