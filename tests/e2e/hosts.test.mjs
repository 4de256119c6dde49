// The page inside the pages of others (hosts/): it runs to scikit-learn's inertia there, asks nothing of anyone else,
// logs no error, and behaves.
import assert from "node:assert/strict"
import { join } from "node:path"
import { after, beforeEach, test } from "node:test"
import { pathToFileURL } from "node:url"
import { kmeansGoldens } from "../golden/golden.mjs"
import { dist, hurry } from "./browser.mjs"
import { startHosts } from "./hosts.mjs"
import { lacks } from "./lacks.mjs"

const { inertia } = kmeansGoldens().find((g) => g.dataset === "faithful").runs[0]
const { browser, server, close } = await startHosts()
after(close)
beforeEach(() => browser.fresh())

const host = (name, options) => browser.open({ address: `${server.origin}/${name}.html`, ready: false, ...options })

/** Runs the demonstration in a frame, or page, to its end, at once. */
async function runs(frame, expected = inertia) {
  await frame.locator("#transport .primary:enabled").waitFor()
  await hurry(frame)
  await frame.getByRole("button", { name: "Run", exact: true }).click()
  const status = frame.locator("#status").filter({ hasText: /Converged/ })
  await status.waitFor()
  const said = await status.textContent()
  assert.ok([...said.matchAll(/\d[\d,]*\.?\d*/g)].some(([n]) => Math.abs(Number(n.replaceAll(",", "")) - expected) < 0.01), `${said} shows ${expected}`)
}

for (const name of ["iframe", "sandbox", "myst", "moodle", "element"])
  test(`it runs in ${name}.html`, async () => {
    const page = await host(name)
    const frame = page.locator("iframe")
    if (name === "myst") await frame.scrollIntoViewIfNeeded()
    await runs(frame.contentFrame())
    assert.deepEqual(browser.problems(), [])
  })

test("where downloads are forbidden, what is exported is shown to copy", async () => {
  const page = await host("sandbox")
  const frame = page.locator("iframe").contentFrame()
  await frame.locator("#transport .primary:enabled").waitFor()
  await frame.getByRole("button", { name: "Export" }).click()
  const dialog = frame.getByRole("dialog", { name: "Export this run" })
  assert.match(await dialog.getByRole("textbox").inputValue(), /^k = 2/m)
  await dialog.getByRole("radio", { name: "Picture", exact: true }).check()
  const image = dialog.getByRole("img")
  await image.waitFor()
  assert.ok((await image.evaluate((element) => element.decode().then(() => element.naturalWidth))) > 300)
  await dialog.getByRole("radio", { name: "Points (CSV)", exact: true }).check()
  const text = dialog.getByRole("textbox", { name: "The run as Points (CSV)" })
  await text.waitFor()
  assert.match(await text.inputValue(), /^eruption \(min\),waiting \(min\),cluster\n/)
  assert.deepEqual(browser.problems(), [])
})

test("a frame of another origin keeps nothing, and starts no service worker", { skip: lacks.serviceWorkers }, async () => {
  const page = await host("iframe", { serviceWorkers: "allow" })
  const frame = page.locator("iframe").contentFrame()
  await frame.locator("#transport .primary:enabled").waitFor()
  await page.waitForLoadState("networkidle")
  const kept = await frame.locator("body").evaluate(async () => [
    await navigator.serviceWorker.getRegistrations(),
    await caches.keys(),
    await indexedDB.databases(),
    Object.keys(localStorage),
    Object.keys(sessionStorage),
    document.cookie,
  ])
  assert.deepEqual(kept.flat(), [""])
  assert.deepEqual(browser.problems(), [])
})

test("it runs in srcdoc.html, on the data it opens with, then on others", async () => {
  const page = await host("srcdoc")
  const frame = page.locator("iframe").contentFrame()
  await frame.locator("#transport .primary:enabled").waitFor()
  await frame.getByLabel("Dataset", { exact: true }).selectOption("faithful")
  await frame.locator("#status").filter({ hasText: /Start: 2/ }).waitFor()
  await runs(frame)
  assert.deepEqual(browser.problems(), [])
})

test("the single file runs from the disk", async () => {
  const page = await browser.open({ address: `${pathToFileURL(join(dist, "kmeans.html"))}?data=faithful`, ready: false })
  await runs(page)
  assert.deepEqual(browser.problems(), [])
})

test("two in one page run side by side", async () => {
  const page = await host("two")
  await Promise.all([0, 1].map((i) => runs(page.locator("iframe").nth(i).contentFrame())))
  assert.deepEqual(browser.problems(), [])
})

test("a tab that is shown later finds it drawn", async () => {
  const page = await host("tab")
  const frame = page.locator("iframe").contentFrame()
  await frame.locator("#transport .primary:enabled").waitFor({ state: "attached" })
  await page.getByRole("button", { name: "Show" }).click()
  await runs(frame)
  const plot = await frame.locator(".plot").boundingBox()
  assert.ok(plot.width > 200 && plot.height > 150, JSON.stringify(plot))
  // The canvas has the plot's size only once the worker has been told of it.
  await frame.locator(".axes text").first().waitFor()
  assert.deepEqual(browser.problems(), [])
})

for (const name of ["canvas", "embedly", "amp", "h5p", "element"])
  test(`its height is that of its content in ${name}.html`, async () => {
    const page = await host(name)
    const frame = page.locator("iframe")
    await frame.contentFrame().locator("#transport .primary:enabled").waitFor()
    const heights = async () => ({
      content: await frame.contentFrame().locator("html").evaluate((html) => Math.ceil(html.getBoundingClientRect().height)),
      frame: await frame.evaluate((element) => element.clientHeight),
    })
    const settled = async () => {
      const deadline = Date.now() + 20_000
      let now = await heights()
      while (now.content !== now.frame && Date.now() < deadline) {
        await page.waitForTimeout(100)
        now = await heights()
      }
      assert.equal(now.frame, now.content)
      return now.frame
    }
    const first = await settled()
    assert.ok(first > 300, `${first} px`)
    // A narrow column stacks the chart below the picture, and back: the frame follows both ways.
    const widen = (width) => frame.evaluate((element, css) => {
      const { width } = element.style
      element.style.width = css
      return width
    }, width)
    const wide = await widen("330px")
    await page.waitForTimeout(500)
    const narrow = await settled()
    assert.ok(Math.abs(narrow - first) > 20, `${narrow} is not ${first}`)
    await widen(wide)
    await page.waitForTimeout(500)
    assert.ok(Math.abs((await settled()) - first) < 20)
    assert.deepEqual(browser.problems(), [])
  })

test("it steals neither focus nor scroll, and the wheel passes through", async () => {
  const page = await host("iframe", { height: 260 })
  const frame = page.locator("iframe").contentFrame()
  await frame.locator("#transport .primary:enabled").waitFor()
  assert.deepEqual(await page.evaluate(() => [document.activeElement.tagName, scrollY]), ["BODY", 0])
  const box = await page.locator("iframe").boundingBox()
  await page.mouse.move(box.x + 200, box.y + 60)
  await page.mouse.wheel(0, 60)
  await page.waitForFunction(() => scrollY > 0)
  assert.deepEqual(browser.problems(), [])
})

test("an experiment is set up, run and measured in the element and in the single file", async () => {
  const page = await host("lesson")
  for (const [selector, expected] of [["k-means-demo iframe", /Each ring is cut in half.*index is 0\.00.*55 different cuts/], ["body > iframe", /Rises in this run: 0; a rise at any step: 0/]]) {
    const frame = page.locator(selector).contentFrame()
    await frame.getByRole("button", { name: "Run the experiment" }).waitFor()
    assert.equal(await frame.locator(".lesson-line .primary").count(), 1)
    await frame.getByRole("button", { name: "Run", exact: true }).and(frame.locator(":enabled")).click()
    await hurry(frame)
    const line = frame.getByRole("region", { name: "Experiment" }).locator(".lesson-line p")
    await line.filter({ hasText: expected }).waitFor({ timeout: 60_000 })
    await frame.getByRole("button", { name: "Back to mine" }).waitFor()
  }
  assert.deepEqual(browser.problems(), [])
})

test("a run that is scrolled out of view pauses, and says so", async () => {
  const page = await host("myst")
  await page.locator("iframe").scrollIntoViewIfNeeded()
  const frame = page.locator("iframe").contentFrame()
  await frame.getByRole("button", { name: "Run", exact: true }).and(frame.locator(":enabled")).click()
  await frame.getByRole("button", { name: "Pause" }).waitFor()
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }))
  await frame.locator("#status").filter({ hasText: "Paused: the picture is out of view." }).waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("a frame without the program exports its picture, one that is told not to does not", async () => {
  const page = await browser.open({ query: "index.html?embed=1&ui=plot&data=faithful", width: 500, height: 300, ready: false })
  await page.getByRole("button", { name: "Export" }).click()
  const dialog = page.getByRole("dialog", { name: "Export this run" })
  await dialog.getByRole("img").waitFor()
  assert.ok(await dialog.getByRole("radio", { name: "Picture", exact: true }).isChecked())
  for (const query of ["ui=plot&hide=export", "ui=full&hide=export", "ui=min"]) {
    await page.goto(`${browser.origin}/index.html?embed=1&${query}`)
    await page.locator("#transport .primary:enabled").waitFor()
    await page.waitForLoadState("networkidle")
    assert.equal(await page.getByRole("button", { name: "Export" }).count(), 0, query)
  }
  assert.deepEqual(browser.problems(), [])
})

test("a part that is hidden is not loaded, a bad value is answered", async () => {
  const page = await browser.open({ query: "index.html?embed=1&ui=min&data=faithful", ready: false })
  await runs(page)
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name))
  assert.deepEqual(loaded.filter((name) => /editor-|chart-/.test(name)), [])
  const bad = await browser.open({ query: "index.html?embed=1&ui=huge&hide=chart,roof", ready: false })
  const alert = bad.getByRole("alert").filter({ hasText: /roof/ })
  await alert.waitFor()
  assert.match(await alert.textContent(), /[Uu]i must be one of full, plot, min, not “huge”/)
  assert.equal(await bad.locator("#chart").isVisible(), false)
})

for (const [width, height, ui] of [[500, 300, "full"], [500, 300, "min"], [320, 480, "plot"], [320, 300, "min"], [800, 450, "plot"]])
  test(`${ui} fills ${width} x ${height}`, async () => {
    const page = await browser.open({ query: `index.html?embed=1&ui=${ui}&data=faithful`, width, height, ready: false })
    await runs(page)
    const seen = await page.evaluate(() => {
      document.querySelector(".bench").scrollTop = 0
      const { scrollWidth, scrollHeight } = document.documentElement
      const bottom = document.querySelector("#status").getBoundingClientRect().bottom
      const plot = document.querySelector(".plot").getBoundingClientRect()
      return { scrollWidth, scrollHeight, bottom, plot: Math.min(plot.width, plot.height) }
    })
    assert.deepEqual([seen.scrollWidth, seen.scrollHeight], [width, height])
    assert.ok(seen.bottom <= height && seen.bottom > height - 60, `the status ends at ${seen.bottom}`)
    assert.ok(seen.plot >= 110, `the plot is ${seen.plot} px`)
  })
