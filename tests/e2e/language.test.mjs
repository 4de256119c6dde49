// The page in German: nothing of its interface is left in English, wherever the page stands and whatever is opened on
// it; numbers are written as German does, links keep it.
import assert from "node:assert/strict"
import { join } from "node:path"
import { after, beforeEach, test } from "node:test"
import { pathToFileURL } from "node:url"
import { violations } from "./axe.mjs"
import { dist, hurry, statusSays } from "./browser.mjs"
import { startHosts } from "./hosts.mjs"
import { lacks } from "./lacks.mjs"
import { opened } from "./opened.mjs"
import { serve } from "./serve.mjs"

const { browser, server, close } = await startHosts()
after(close)
beforeEach(() => browser.fresh())

async function german(query = "", options = {}) {
  const page = await browser.open({ query: `?lang=de${query}`, ready: false, ...options })
  await page.getByRole("button", { name: "Starten", exact: true }).and(page.locator(":enabled")).waitFor()
  await page.locator("#program .editor").waitFor({ state: "attached" })
  return page
}

/** The same in both: names, signs, and words German has from English or English from Latin. */
const shared = new Set([
  "K-means", "Auto", "Batch", "Iris", "Manhattan", "Median", "Medoid", "Old Faithful", "k-means++", "Iteration", "Iteration 0", "Silhouette", "Davies-Bouldin", "Calinski-Harabasz", "Pause", "Cluster", "Chance",
  "k-means", "k-medians", "Huber", "Mahalanobis", "Minkowski, p = 0", "Mini-batch", "PC 0", "0 ms", "Experiment", "Format", "Animation", "auto", "Cluster 0", "Name", "scikit-learn", "PNG", "SVG",
  "Link", "HTML", "MyST, Jupyter Book 0", "Jupyter Book 0, Sphinx with MyST", "Quarto", "MkDocs", "Moodle", "Canvas", "Notion", "WordPress",
])

test("no text of the page, nor of what opens on it, is left in English", { skip: lacks.texts }, async () => {
  const [english, page] = await Promise.all([browser.open({ query: "?restarts=3" }), german("&restarts=3")])
  assert.equal(await page.locator("html").getAttribute("lang"), "de")
  assert.equal(await page.title(), "K-Means, Halbschritt für Halbschritt")
  const [before, after] = await Promise.all([opened(english), opened(page)])
  const known = new Set([...before.values()].flat().filter((text) => !shared.has(text)))
  const left = [...after].flatMap(([step, texts]) => texts.filter((text) => known.has(text)).map((text) => `${step}: ${text}`))
  assert.deepEqual(left, [])
  assert.ok(known.size > 400, `${known.size} texts were compared`)
  assert.deepEqual(browser.problems(), [])
})

test("a run tells of itself in German, with a decimal comma", async () => {
  const page = await german("&k=2")
  await page.getByLabel("Tempo", { exact: true }).selectOption({ label: "Sofort" })
  await page.getByRole("button", { name: "Starten", exact: true }).click()
  await statusSays(page, /^Konvergiert nach \d+ Iterationen: Trägheit [\d.]+,\d+\.$/)
  await page.getByText(/^33,\d\s%$|^\d+,\d\s%$/).first().waitFor()
})

const ended = /^Konvergiert nach \d+ Iterationen: Trägheit [\d.]+,\d+\.$/

/** A frame, or a page, is German and runs to its end. */
async function runsInGerman(frame) {
  await frame.getByRole("button", { name: "Starten", exact: true }).and(frame.locator(":enabled")).waitFor()
  assert.equal(await frame.locator("html").getAttribute("lang"), "de")
  await hurry(frame)
  await frame.getByRole("button", { name: "Starten", exact: true }).click()
  await frame.locator("#status").filter({ hasText: ended }).waitFor()
}

for (const [host, snippet] of [
  ["iframe", '<iframe src="{{demo}}/index.html?embed=1&lang=de" title="K-means" width="900" height="600"></iframe>'],
  ["sandbox", '<iframe src="{{demo}}/kmeans.html?embed=1&lang=de" title="K-means" width="900" height="600"></iframe>'],
  ["element", '<script src="{{demo}}/embed.js"></script><k-means-demo lang="de" ui="plot" height="500"></k-means-demo>'],
])
  test(`German in ${host}.html`, async () => {
    const page = await browser.open({ address: `${server.origin}/${host}.html?snippet=${encodeURIComponent(snippet)}`, ready: false })
    await runsInGerman(page.locator("iframe").contentFrame())
    assert.deepEqual(browser.problems(), [])
  })

test("German in the single file, from the disk", async () => {
  const page = await browser.open({ address: `${pathToFileURL(join(dist, "kmeans.html"))}?lang=de`, ready: false })
  await runsInGerman(page)
  await page.getByText("Lizenzen der verwendeten Bibliotheken").waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("German without a network, after a visit in English", { skip: lacks.serviceWorkers }, async () => {
  const online = await serve(dist)
  browser.allow(online.origin)
  const page = await browser.open({ address: `${online.origin}/`, serviceWorkers: "allow" })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  online.close()
  await page.goto(`${online.origin}/?lang=de`)
  await runsInGerman(page)
  browser.problems()
})

test("axe finds nothing on the German page", { skip: lacks.axe }, async () => {
  assert.deepEqual(await violations(await german("", { bypassCSP: true })), [])
})

for (const width of [1280, 768, 360, 320])
  test(`German fits in ${width} pixels`, async () => {
    const page = await german("&data=unequal_size", { width, height: 900 })
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    assert.equal(wide[0], wide[1])
    const outside = await page.locator(".transport button, .tabs button").evaluateAll((all) => all.filter((button) => button.scrollWidth > button.clientWidth).map(({ textContent }) => textContent))
    assert.deepEqual(outside, [])
    // Where there is room for them, the dials are one row.
    const rows = await page.locator(".dials .field").evaluateAll((all) => new Set(all.filter((field) => field.checkVisibility()).map(({ offsetTop }) => offsetTop)).size)
    assert.equal(rows, width < 704 ? 0 : 1)
  })

test("another language is refused in words, and links keep German", async () => {
  const page = await browser.open({ query: "?lang=fr" })
  await page.getByText("lang must be one of en, de, not “fr”").waitFor()
  assert.equal(await page.locator("html").getAttribute("lang"), "en")
  const there = await german("&k=4")
  await there.getByRole("button", { name: "Von vorn" }).first().click()
  await there.getByRole("button", { name: "Einbetten" }).click()
  await there.getByText("HTML-Element").click()
  const code = await there.getByRole("textbox", { name: "HTML-Element" }).inputValue()
  assert.match(code, / lang="de"/)
})
