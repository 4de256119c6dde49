// The page in German: nothing of its interface is left in English, numbers are written as German does, links keep it.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { after, before, beforeEach, test } from "node:test"
import { startBrowser, statusSays } from "./browser.mjs"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.fresh())

async function german(query = "", options = {}) {
  const page = await browser.open({ query: `?lang=de${query}`, ready: false, ...options })
  await page.getByRole("button", { name: "Starten", exact: true }).and(page.locator(":enabled")).waitFor()
  await page.getByRole("textbox", { name: "Programm" }).waitFor()
  return page
}

/** Every text and label outside what is marked as English, code, and numbers. */
const texts = (page) =>
  page.evaluate(() => {
    const found = new Set()
    const add = (text, element) => {
      const said = text?.trim().replace(/\s+/g, " ")
      if (said && /[a-z]{2}/i.test(said) && !element.closest("[lang=en], pre, code, kbd, script, style, noscript, .editor")) found.add(said)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) add(walker.currentNode.nodeValue, walker.currentNode.parentElement)
    for (const name of ["aria-label", "aria-description", "title", "placeholder", "data-help"])
      for (const element of document.querySelectorAll(`[${name}]`)) add(element.getAttribute(name), element)
    return [...found]
  })

/** The same in both: names, and words German has from English. */
const shared = new Set([
  "K-means", "Auto", "Batch", "Iris", "Manhattan", "Median", "Medoid", "Old Faithful", "k-means++", "Iteration", "Silhouette", "Davies-Bouldin", "Calinski-Harabasz", "Pause", "Cluster",
  "k-means", "k-medians", "Huber", "Mahalanobis", "Minkowski, p = 4", "Mini-batch", "PC 1", "PC 2",
])

test("the frame is German, and none of its text is left in English", async () => {
  const english = await browser.open()
  const before = new Set(await texts(english))
  const page = await german()
  await page.getByText("Die Koordinaten sind die der Zentroide").waitFor()
  assert.equal(await page.locator("html").getAttribute("lang"), "de")
  assert.equal(await page.title(), "K-Means, Halbschritt für Halbschritt")
  const left = (await texts(page)).filter((text) => before.has(text) && !shared.has(text))
  assert.deepEqual(left, [])
})

test("a run tells of itself in German, with a decimal comma", async () => {
  const page = await german("&k=2")
  await page.getByLabel("Tempo", { exact: true }).selectOption({ label: "Sofort" })
  await page.getByRole("button", { name: "Starten", exact: true }).click()
  await statusSays(page, /^Konvergiert nach \d+ Iterationen: Trägheit [\d.]+,\d+\.$/)
  await page.getByText(/^33,\d\s%$|^\d+,\d\s%$/).first().waitFor()
})

test("the German page has no accessibility violations", async () => {
  const page = await german()
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [])
})

for (const width of [1280, 768, 360])
  test(`German fits in ${width} pixels`, async () => {
    const page = await german("", { width, height: 900 })
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    assert.equal(wide[0], wide[1])
    const outside = await page.locator(".transport button").evaluateAll((all) => all.filter((button) => button.scrollWidth > button.clientWidth).map(({ textContent }) => textContent))
    assert.deepEqual(outside, [])
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
