// The module itself, and its agreement with the native builds.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { digestCases, digestOf } from "./digests.mjs"
import { Engine, STATUS, root, wasmBytes, wasmModule } from "./engine.mjs"
import { tables } from "./everywhere.mjs"
import { limitMemory } from "./limit.mjs"

const module = wasmModule()

test("the module imports nothing", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), [])
})

test("the exports are those of the headers", () => {
  const headers = ["", "program/"].flatMap((folder) => readdirSync(new URL(`c/${folder}`, root)).filter((f) => f.endsWith(".h")).map((f) => folder + f))
  const declared = headers.flatMap((h) => {
    const text = readFileSync(new URL(`c/${h}`, root), "utf8")
    return [...text.matchAll(/^KM_API\((\w+)\)/gm)].map((m) => m[1])
  })
  const exported = WebAssembly.Module.exports(module).map((x) => x.name).filter((name) => name.startsWith("km_"))
  assert.ok(declared.length > 60)
  assert.deepEqual(exported.sort(), declared.sort())
})

const digestOfCommand = (bin, c) => {
  const args = Object.entries(c.set).flatMap(([name, value]) => ["--set", `${name}=${value}`])
  const source = `shape:${c.shape},n=${c.n},noise=${c.noise},dial=${c.dial},seed=${c.seed}`
  return JSON.parse(execFileSync(bin, [...args, "--json", source], { maxBuffer: 1 << 28 })).digest
}

for (const [i, c] of digestCases.entries())
  test(`digest ${i + 1} is equal in wasm and native builds`, () => {
    const wasm = digestOf(module, tables, c)
    assert.match(wasm, /^[0-9a-f]{16}$/)
    for (const build of ["kmeans", "kmeans-clang"]) {
      const bin = new URL(`build/${build}`, root).pathname
      if (build === "kmeans" || existsSync(bin)) assert.equal(digestOfCommand(bin, c), wasm, build)
    }
  })

test("memory grows to a million points and is given back", () => {
  const engine = new Engine(module), { x } = engine, n = 1_000_000
  const columns = x.km_alloc(16 * n), labels = x.km_alloc(4 * n)
  assert.equal(x.km_make_shape(tables.shapes.indexOf("grid"), n, 0.35, 3, 1, columns, labels), STATUS.OK)
  engine.check(x.km_load(engine.e, columns, 0, n, 2))
  const grown = x.memory.buffer.byteLength
  for (let i = 0; i < 20; i++) engine.check(x.km_load(engine.e, columns, 0, n, 2))
  assert.ok(x.memory.buffer.byteLength <= grown + (64 << 20), "loading again does not leak")
  engine.set("k", 9)
  engine.check(x.km_init(engine.e, 1))
  assert.equal(engine.check(x.km_run(engine.e, 4)), STATUS.MORE)
  assert.equal(engine.sizes.reduce((a, b) => a + b), n)
})

test("memory that cannot be had is refused and nothing is lost", () => {
  const engine = new Engine(module)
  engine.load([[0], [1], [10], [11]])
  engine.set("k", 2)
  engine.check(engine.x.km_init(engine.e, 0))
  engine.run()
  const digest = engine.digest
  assert.equal(engine.x.km_alloc(2 ** 45), 0)
  assert.equal(engine.x.km_alloc(Number.NaN), 0)
  assert.equal(engine.digest, digest)
})

test("where memory cannot grow, a load is refused by name and the run goes on", () => {
  const engine = new Engine(new WebAssembly.Module(limitMemory(wasmBytes(), 40 << 20))), { x } = engine, n = 1_000_000
  engine.load([[0], [1], [10], [11]])
  engine.set("k", 2)
  engine.check(x.km_init(engine.e, 0))
  const before = engine.digest
  const columns = x.km_alloc(16 * n)
  assert.notEqual(columns, 0)
  assert.equal(x.km_load(engine.e, columns, 0, n, 2), STATUS.ERR_MEMORY)
  assert.match(engine.text(x.km_error(engine.e)), /not enough memory.*1000000 points of 2 coordinates/)
  assert.equal(engine.digest, before)
  engine.run()
  assert.deepEqual(engine.sizes, [2, 2])
})
