// The order in which the worker answers.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { breathe, Queue, Stale } = await load("engine/queue.ts")

/** A queue whose requests last `turns` breaths each; what has happened to them, in order. */
function queue(turns) {
  const told = []
  const made = new Queue(async ({ name }, check) => {
    try {
      check()
      told.push(`${name} begins`)
      for (let i = 0; i < turns; i++) {
        await breathe()
        check()
      }
      told.push(`${name} ends`)
    } catch (error) {
      assert.ok(error instanceof Stale)
      told.push(`${name} is stale`)
    }
  })
  const take = (name) => made.take({ id: 0, name, args: {} })
  const settled = async () => {
    for (let i = 0; i < 8 * turns; i++) await breathe()
    return told
  }
  return { take, settled }
}

test("warming up gives way to any request, but not to a picture", async () => {
  const { take, settled } = queue(3)
  take("warm")
  take("paint")
  await breathe()
  take("advance")
  const told = await settled()
  assert.deepEqual(told.slice(0, 2), ["warm begins", "paint begins"])
  assert.deepEqual(told.filter((what) => !what.startsWith("paint")), ["warm begins", "warm is stale", "advance begins", "advance ends"])
  assert.ok(told.includes("paint ends"))
})

test("warming up that waits for a run begins when that is done", async () => {
  const { take, settled } = queue(2)
  take("finish")
  take("warm")
  assert.deepEqual(await settled(), ["finish begins", "finish ends", "warm begins", "warm ends"])
})

test("a new run makes what was asked about the old one stale, and new data all that was before", async () => {
  const { take, settled } = queue(2)
  take("finish")
  take("metrics")
  take("start")
  take("plane")
  take("load")
  assert.deepEqual(await settled(), ["finish begins", "finish is stale", "metrics is stale", "start is stale", "plane is stale", "load begins", "load ends"])
})
