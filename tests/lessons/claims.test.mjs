// Every number that the page states, measured again by the engine. `make lessons` runs this file for its table, which
// goes to standard error.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "../web/load.mjs"
import { laboratory } from "./laboratory.mjs"

const { claims, holds, written } = await load("lessons/claims.ts")
const { measures } = await load("lessons/measures.ts")
const group = (id) => id.slice(0, id.indexOf("."))

const measured = {}
const lab = await laboratory()
for (const [name, measure] of Object.entries(measures))
  for (const [key, value] of Object.entries(await measure(lab))) measured[`${name}.${key}`] = value

if (process.env.LESSONS_TABLE) {
  const rows = Object.entries(claims).map(([id, claim]) => [id, written(claim.value, claim), Number(measured[id]?.toPrecision(6)), holds(measured[id], claim) ? "" : "DIFFERS", claim.says])
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => String(row[i]).length)))
  for (const row of rows) console.error(row.map((cell, i) => (i === 1 || i === 2 ? String(cell).padStart(widths[i]) : String(cell).padEnd(widths[i] ?? 0))).join("  ").trimEnd())
}

for (const [id, claim] of Object.entries(claims))
  test(`claim ${id}: ${claim.says}`, () => {
    assert.ok(id in measured, "it is measured")
    assert.ok(holds(measured[id], claim), `the page says ${written(claim.value, claim)}, the engine ${measured[id]}`)
  })

test("what is measured is claimed, and the other way round", () => {
  assert.deepEqual(Object.keys(measured).sort(), Object.keys(claims).sort())
  assert.ok(Object.keys(claims).every((id) => group(id) in measures))
})

test("a claim that is off is found out", () => {
  const claim = { says: "", value: 12.5, digits: 1, unit: "%" }
  assert.ok(holds(12.54, claim) && holds(-0.04, { ...claim, value: 0 }))
  assert.ok(!holds(12.56, claim) && !holds(Number.NaN, claim) && !holds(undefined ?? Number.NaN, claim))
  assert.ok(holds(13, { ...claim, tolerance: 0.5 }) && !holds(13.1, { ...claim, tolerance: 0.5 }))
})
