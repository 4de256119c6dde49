// Of many calls the newest counts.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { latest } = await load("controller/latest.ts")
const tick = () => new Promise((resolve) => setTimeout(resolve, 1))

test("while one call runs, only the last of the others is kept", async () => {
  const done = []
  const ask = latest(async (value) => {
    await tick()
    done.push(value)
  })
  const all = [1, 2, 3, 4].map((value) => ask(value))
  await Promise.all(all)
  assert.deepEqual(done, [1, 4])
  await ask(5)
  assert.deepEqual(done, [1, 4, 5])
})

test("a job that fails does not end the next", async () => {
  const done = []
  const ask = latest(async (value) => {
    await tick()
    if (value === 1) throw new Error("no")
    done.push(value)
  })
  await assert.rejects(ask(1), /no/)
  await ask(2)
  assert.deepEqual(done, [2])
})
