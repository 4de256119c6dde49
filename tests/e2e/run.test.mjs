// A run to its end on real data, and everything that moves through it.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { kmeansGoldens } from "../golden/golden.mjs"
import { startBrowser, statusSays } from "./browser.mjs"

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.problems())

/** The numbers in a text, in order. */
const numbers = (text) => [...text.matchAll(/-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?/gi)].map((m) => Number(m[0].replaceAll(",", "")))

test("Old Faithful with k = 2 converges to scikit-learn's inertia", async () => {
  const golden = kmeansGoldens().find((g) => g.dataset === "faithful").runs[0]
  const page = await browser.open()
  await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "Old Faithful" })
  await page.getByRole("spinbutton", { name: "k", exact: true }).fill("2")
  await page.getByLabel("Speed", { exact: true }).selectOption({ index: -1 }).catch(() => {})
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  const status = await page.getByRole("status").first().textContent()
  assert.ok(numbers(status).some((v) => Math.abs(v - golden.inertia) < 0.01), `${status} shows ${golden.inertia}`)
  const legend = await page.getByRole("list", { name: "Clusters" }).textContent()
  for (const size of golden.sizes) assert.ok(numbers(legend).includes(size), `${legend} shows ${size}`)
  assert.deepEqual(browser.problems(), [])
})

test("half steps, steps, back, reset and the slider walk the same history", async () => {
  const page = await browser.open({ query: "?data=blobs&k=4&seed=3" })
  const slider = page.getByRole("slider", { name: "Iteration" })
  const at = () => slider.getAttribute("aria-valuetext")
  const start = await at()
  await page.getByRole("button", { name: "Half step" }).click()
  await statusSays(page, /assign/i)
  const assigned = await at()
  await page.getByRole("button", { name: "Half step" }).click()
  await statusSays(page, /update/i)
  const updated = await at()
  assert.notEqual(assigned, updated)
  await page.getByRole("button", { name: "Step", exact: true }).click()
  await page.waitForFunction((before) => document.querySelector("[aria-valuetext]").getAttribute("aria-valuetext") !== before, updated)
  await page.getByRole("button", { name: "Back" }).click()
  await page.getByRole("button", { name: "Back" }).click()
  await page.getByRole("button", { name: "Reset", exact: true }).click()
  await page.waitForFunction((text) => document.querySelector("[aria-valuetext]").getAttribute("aria-valuetext") === text, start)
  await slider.focus()
  await page.keyboard.press("ArrowRight")
  assert.equal(await at(), assigned)
  assert.deepEqual(browser.problems(), [])
})

test("keys: space runs, arrows step, Home and End jump, R resets, typing is inert", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  const slider = page.getByRole("slider", { name: "Iteration" })
  const at = () => slider.inputValue()
  await page.locator("body").click({ position: { x: 2, y: 2 } })
  await page.keyboard.press("ArrowRight")
  await page.waitForFunction(() => Number(document.querySelector("[aria-valuetext]").value) === 2)
  await page.keyboard.press("ArrowLeft")
  await page.waitForFunction(() => Number(document.querySelector("[aria-valuetext]").value) < 2)
  await page.keyboard.press("Space")
  await statusSays(page, /converged/i)
  const end = await at()
  await page.keyboard.press("Home")
  assert.equal(await at(), "0")
  await page.keyboard.press("End")
  assert.equal(await at(), end)
  await page.keyboard.press("r")
  assert.equal(await at(), "0")
  await page.getByRole("spinbutton", { name: "Seed", exact: true }).focus()
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("End")
  assert.equal(await at(), "0")
  assert.deepEqual(browser.problems(), [])
})

test("restarts keep the best and show every one", async () => {
  const page = await browser.open({ query: "?data=grid&k=9&init=random&restarts=10&seed=1" })
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  const list = page.getByRole("list", { name: "Restarts" })
  assert.equal(await list.getByRole("listitem").count(), 10)
  assert.deepEqual(browser.problems(), [])
})

test("a centroid moves by keyboard and the run goes on from there", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  const centroid = page.getByRole("button", { name: /^Centroid 1/ })
  const before = await centroid.boundingBox()
  await centroid.focus()
  for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowRight")
  const moved = await centroid.boundingBox()
  assert.ok(moved.x > before.x + 5, "the button has moved")
  await page.keyboard.press("Enter")
  await statusSays(page, /converged/i)
  assert.deepEqual(browser.problems(), [])
})

test("clicking adds a point and the remove mode takes it away", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3" })
  const points = async () => numbers(await page.getByTestId("point-count").textContent())[0]
  const n = await points()
  await page.getByRole("radio", { name: "Add points" }).check()
  const box = await page.getByTestId("picture").boundingBox()
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3)
  await page.waitForFunction((want) => document.querySelector("[data-testid=point-count]").textContent.includes(want), String(n + 1))
  await page.getByRole("radio", { name: "Remove points" }).check()
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3)
  await page.waitForFunction((want) => document.querySelector("[data-testid=point-count]").textContent.includes(want), String(n))
  assert.deepEqual(browser.problems(), [])
})
