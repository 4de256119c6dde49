// The data sets that are shipped: whole, credited, and the values of the reference results.
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { wasmModule } from "../wasm/engine.mjs"
import { load } from "./load.mjs"

const folder = new URL("../../datasets/", import.meta.url)
const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"))
const readme = readFileSync(new URL("README.md", folder), "utf8")
const { Session } = await load("engine/session.ts")
const { Wasm } = await load("engine/wasm/memory.ts")
const module = wasmModule()

async function read(text, label) {
  const session = new Session(await Wasm.open(module), { params: [], metrics: [] })
  const source = { kind: "csv", name: "", file: new Blob([text]), columns: null, label }
  const { data } = await session.load({ source, standardize: false, plane: null }, () => {}, () => {})
  return { data, engine: session.engine, session }
}

test("every file is in the manifest and the README", () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv"))
  assert.deepEqual(files.sort(), manifest.map(({ name }) => `${name}.csv`).sort())
  for (const { name, licence } of manifest) assert.match(readme, new RegExp(`\`${name}\\.csv\`.*${licence.replaceAll(".", "\\.")}`))
})

for (const { name, k, truth } of manifest)
  test(`${name} reads as its manifest says`, async () => {
    const text = readFileSync(new URL(`${name}.csv`, folder), "utf8")
    const { data } = await read(text, truth)
    assert.equal(data.dropped, 0)
    assert.equal(data.label, truth || null)
    assert.ok(!data.names.includes(truth))
    const [, points, columns, clusters] = readme.match(new RegExp(`\`${name}\\.csv\` \\| (\\d+) \\| (\\d+) \\| (\\d+)`)).map(Number)
    assert.deepEqual([data.n, data.d, k], [points, columns, clusters])
    if (truth) assert.equal(new Set(text.trim().split("\n").slice(1).map((row) => row.split(",").at(-1))).size, k)
    // The label is found without being told, too.
    assert.equal((await read(text, null)).data.label, truth || null)

    const golden = new URL(`../golden/data/${name}.csv`, import.meta.url)
    if (!existsSync(golden)) return
    const values = (csv) => csv.trim().split("\n").slice(1).map((row) => row.split(",").slice(0, data.d).map(Number))
    assert.deepEqual(values(text), values(readFileSync(golden, "utf8")))
  })
