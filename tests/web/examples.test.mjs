// Every example of the menu compiles without an error and runs to its end.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Engine, wasmModule } from "../wasm/engine.mjs"
import { load } from "./load.mjs"

const { examples, exampleText } = await load("program/examples.ts")
const module = wasmModule()

/** Three groups, the same every time. */
const points = Array.from({ length: 90 }, (_, i) => [(i % 3) * 5 + ((i * 37) % 11) / 6, ((i % 3) % 2) * 6 + ((i * 53) % 13) / 7 + 1])

test("there are a dozen and more, each with a name and a reason of its own", () => {
  assert.ok(examples.length >= 12)
  assert.equal(new Set(examples.map(({ name }) => name)).size, examples.length)
  for (const { why } of examples) assert.match(why, /^[A-Z].*[.]$/)
})

for (const example of examples)
  test(`example: ${example.name}`, () => {
    const text = exampleText(example, { k: 3, seed: 7 })
    const engine = new Engine(module), { x } = engine
    const p = x.km_program_create(), bytes = new TextEncoder().encode(text)
    new Uint8Array(x.memory.buffer).set(bytes, x.km_program_text(p))
    const errors = x.km_program_parse(p, bytes.length)
    const said = Array.from({ length: x.km_program_diagnostics(p) }, (_, i) => engine.text(x.km_diagnostic_message(p, i)))
    assert.equal(errors, 0, `${text}\n${said.join("\n")}`)
    // Only the one that is there to show it may be warned of.
    assert.equal(said.length, example.name === "Manhattan with the mean" ? 1 : 0, said.join("\n"))
    engine.load(points)
    engine.check(x.km_use_program(engine.e, p))
    engine.check(x.km_init(engine.e, 7))
    const { inertia } = engine.run()
    assert.ok(Number.isFinite(inertia))
    assert.equal(engine.sizes.reduce((a, b) => a + b), points.length)
    assert.equal(x.km_get(engine.e, 0), 3)
  })
