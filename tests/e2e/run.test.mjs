// A run to its end on real data, and everything that moves through it.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { kmeansGoldens } from "../golden/golden.mjs"
import { clustersOf, hurry, pictureName, setNumber, startBrowser, statusSays } from "./browser.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

/** The numbers in a text, in order. */
const numbers = (text) => [...text.matchAll(/-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?/gi)].map((m) => Number(m[0].replaceAll(",", "")))

test("Old Faithful with k = 2 converges to scikit-learn's inertia", async () => {
  const golden = kmeansGoldens().find((g) => g.dataset === "faithful").runs[0]
  const page = await browser.open()
  await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "Old Faithful" })
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 2)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const status = await statusSays(page, /converged/i)
  assert.ok(numbers(status).some((v) => Math.abs(v - golden.inertia) < 0.01), `${status} shows ${golden.inertia}`)
  assert.deepEqual((await clustersOf(page)).map((c) => c.size).sort(), [...golden.sizes].sort())
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
  await page.waitForFunction((before) => document.querySelector("#iteration").getAttribute("aria-valuetext") !== before, updated)
  await page.getByRole("button", { name: "Back" }).click()
  await page.getByRole("button", { name: "Back" }).click()
  await page.getByRole("button", { name: "Reset", exact: true }).click()
  await page.waitForFunction((text) => document.querySelector("#iteration").getAttribute("aria-valuetext") === text, start)
  await slider.focus()
  await page.keyboard.press("ArrowRight")
  assert.equal(await at(), assigned)
  assert.deepEqual(browser.problems(), [])
})

test("keys: space runs, arrows step, Home and End jump, R resets, typing is inert", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  await hurry(page)
  const slider = page.getByRole("slider", { name: "Iteration" })
  const at = () => slider.inputValue()
  await page.locator("body").click({ position: { x: 2, y: 2 } })
  await page.keyboard.press("ArrowRight")
  await page.waitForFunction(() => Number(document.querySelector("#iteration").value) === 2)
  await page.keyboard.press("ArrowLeft")
  await page.waitForFunction(() => Number(document.querySelector("#iteration").value) < 2)
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
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  const rows = page.getByRole("region", { name: "Table of restarts" }).locator("tbody tr")
  assert.equal(await rows.count(), 10)
  const inertias = await rows.evaluateAll((all) => all.map((row) => Number(row.cells[1].textContent.replaceAll(",", ""))))
  assert.match(await rows.first().textContent(), /kept/)
  assert.equal(inertias[0], Math.min(...inertias))
  assert.deepEqual(browser.problems(), [])
})

test("a centroid moves by keyboard and the run goes on from there", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  await hurry(page)
  const centroid = page.getByRole("button", { name: /^Centroid 1/ })
  const before = await centroid.boundingBox()
  await centroid.focus()
  for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowRight")
  const moved = await centroid.boundingBox()
  assert.ok(moved.x > before.x + 5, "the button has moved")
  await page.keyboard.press("Escape")
  assert.deepEqual(await centroid.boundingBox(), before, "Escape puts it back")
  for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowRight")
  await page.keyboard.press("Enter")
  await statusSays(page, /converged/i)
  assert.deepEqual(browser.problems(), [])
})

test("clicking adds a point and the remove mode takes it away", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3" })
  const points = async () => numbers(await pictureName(page))[0]
  const n = await points()
  await page.getByRole("radio", { name: "Add" }).check()
  const box = await page.getByRole("img", { name: /points? of/ }).boundingBox()
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.6)
  await page.getByRole("img", { name: new RegExp(`^${n + 1} points`) }).waitFor()
  await page.getByRole("radio", { name: "Remove" }).check()
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.6)
  await page.getByRole("img", { name: new RegExp(`^${n} points`) }).waitFor()
  assert.deepEqual(browser.problems(), [])
})

/** Keeps pictures of what the worker draws, without what lies over it. They stay in the page: they are large. */
async function startPictures(page) {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll(".plot > :not(.surface)")) part.style.display = "none"
    window.pictures = []
  })
  const pictures = {
    /** Resolves to the picture's number. */
    async keep() {
      await page.waitForTimeout(250)
      const png = await page.locator("canvas.surface").screenshot({ caret: "initial" })
      return page.evaluate(async (base64) => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]))
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
        context.drawImage(image, 0, 0)
        return window.pictures.push(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)) - 1
      }, png.toString("base64"))
    },
    /** In how many pixels two of them differ. */
    difference: (a, b) => page.evaluate(([one, other]) => window.pictures[one].filter((p, i) => p !== window.pictures[other][i]).length, [a, b]),
    /** Resolves to the first picture that differs from that one in `least` to `most` pixels, or to null: a busy machine draws late. */
    async until(since, least, most) {
      for (let tries = 0; tries < 20; tries++) {
        const seen = await pictures.keep()
        const pixels = await pictures.difference(since, seen)
        if (pixels >= least && pixels <= most) return seen
      }
      return null
    },
  }
  return pictures
}

async function halfStep(page, says) {
  await page.getByRole("button", { name: "Half step" }).click()
  return statusSays(page, says)
}

test("an assign rings the points it moved", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&init=first" })
  const pictures = await startPictures(page)
  const said = []
  for (let i = 1; i <= 4; i++) {
    said.push(await halfStep(page, new RegExp(`Iteration ${Math.ceil(i / 2)}, ${i % 2 ? "assign" : "update"}`)))
    await pictures.keep()
  }
  const ink = await page.evaluate(() =>
    window.pictures.map((picture) => picture.filter((p) => (p & 255) < 64 && ((p >> 8) & 255) < 64 && ((p >> 16) & 255) < 64).length))
  assert.ok(numbers(said[2])[1] > 0, said[2])
  assert.deepEqual([ink[0], ink[1], ink[3]], [0, 0, 0], "an assign that only gives first labels, and updates, ring nothing")
  assert.ok(ink[2] > 10, `${ink[2]} pixels of ink where points changed cluster`)
  // Labels and regions are the same before and after the first update.
  assert.ok((await pictures.difference(0, 1)) > 500, "without motion the lines are there at once")
  assert.deepEqual(browser.problems(), [])
})

test("lines join points and centroids when these glide for the first time, and at no other update", async () => {
  const page = await browser.open({
    query: "?data=blobs&k=3&init=first&step=1",
    reducedMotion: "no-preference",
    // A clock that can be stopped, to look at what moves.
    script: () => {
      const now = performance.now.bind(performance)
      performance.now = () => window.stopped ?? now()
    },
  })
  await statusSays(page, /Iteration 1, assign/)
  const pictures = await startPictures(page)
  let clock = 1e7
  const wait = (ms) => {
    clock += ms
    return page.evaluate((at) => { window.stopped = at }, clock)
  }
  const assigned = await pictures.keep()
  const alike = async (since) => (await pictures.until(since, 0, 0)) !== null
  const other = (since) => pictures.until(since, 500, Number.POSITIVE_INFINITY)

  await wait(0)
  await halfStep(page, /Iteration 1, update/)
  await wait(150)
  assert.ok(await other(assigned), "lines are seen")
  await wait(1000)
  assert.ok(await other(assigned), "they stay to be looked at")
  await halfStep(page, /Iteration 2, assign/)
  await wait(1000)
  await halfStep(page, /Iteration 2, update/)
  await wait(1000)
  const slider = page.getByRole("slider", { name: "Iteration" })
  await slider.fill("2")
  assert.ok(await other(assigned), "going to the first update shows them")
  await slider.fill("1")
  assert.ok(await alike(assigned), "going back to the assign before does not")
  await slider.fill("4")
  const arrived = await other(assigned)
  await slider.fill("3")
  assert.ok(await other(arrived))
  await halfStep(page, /Iteration 2, update/)
  await wait(150)
  assert.ok(await alike(arrived), "the second update has none")
  assert.deepEqual(browser.problems(), [])
})
