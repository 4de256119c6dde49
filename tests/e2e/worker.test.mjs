// The page when the engine, the address or the size of the data are not as usual.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { hurry, setNumber, startBrowser, statusSays } from "./browser.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

const run = (page) => page.getByRole("button", { name: "Run", exact: true }).click()
/** How many different colours the picture of the points has. */
const colours = async (page) => {
  const png = await page.locator("canvas.surface").screenshot({ caret: "initial" })
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
    context.drawImage(image, 0, 0)
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size
  }, [...png])
}

test("an engine that dies is started again with the same data and program", async () => {
  const script = () => {
    const Real = window.Worker
    window.workers = []
    window.Worker = class extends Real {
      constructor(...args) {
        super(...args)
        window.workers.push(this)
      }
    }
  }
  const page = await browser.open({ script, query: "?data=iris&k=4" })
  await statusSays(page, /Start: 4/)
  await page.evaluate(() => window.workers[0].onerror(new ErrorEvent("error", { message: "unreachable" })))
  await page.getByRole("alert").filter({ hasText: /started again.*unreachable.*data are back/ }).waitFor()
  assert.equal(await page.evaluate(() => window.workers.length), 2)
  await hurry(page)
  await run(page)
  await statusSays(page, /Converged/)
  assert.match(await page.locator("#status").textContent(), /inertia/)
  await page.waitForTimeout(300)
  assert.ok((await colours(page)) > 4, "the new worker draws on a new canvas")
  assert.equal(await page.getByRole("spinbutton", { name: "k", exact: true }).inputValue(), "4")
  assert.deepEqual(browser.problems(), [])
})

test("an engine that dies again at once is given up, in words", async () => {
  const script = () => {
    const Real = window.Worker
    window.Worker = class extends Real {
      constructor(...args) {
        super(...args)
        setTimeout(() => this.onerror(new ErrorEvent("error", { message: "out of memory" })), 500)
      }
    }
  }
  const page = await browser.open({ script, ready: false })
  await page.getByText(/The engine could not start/).first().waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("a bad address says what is wrong and the page works", async () => {
  const page = await browser.open({ query: "?data=moons&k=zwei&init=best&theme=dark&seed=3" })
  const alert = await page.getByRole("alert").textContent()
  assert.match(alert, /k must be a whole number, not “zwei”/)
  assert.match(alert, /init must be one of/)
  await statusSays(page, /Start: 2 centroids.*seed 3/)
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark")
})

test("the address follows the page and brings it back", async () => {
  const page = await browser.open()
  await page.getByLabel("Dataset", { exact: true }).selectOption("penguins")
  await statusSays(page, /Start: 3/)
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 5)
  await statusSays(page, /Start: 5/)
  await page.waitForURL(/\?data=penguins&k=5$/)
  await page.reload()
  await statusSays(page, /Start: 5/)
  assert.equal(await page.getByLabel("Dataset", { exact: true }).inputValue(), "penguins")
  assert.deepEqual(browser.problems(), [])
})

test("a million points run to the end", async () => {
  const page = await browser.open({ query: "?data=grid&n=1000000" })
  await hurry(page)
  await run(page)
  await statusSays(page, /Converged after/)
  assert.deepEqual(browser.problems(), [])
})
