// The page as such: accessibility, sizes, links, and the same digest as everywhere else.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { digestScript, digestsInNode } from "../wasm/everywhere.mjs"
import { violations } from "./axe.mjs"
import { hurry, setNumber, startBrowser, statusSays } from "./browser.mjs"
import { lacks } from "./lacks.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

for (const theme of ["light", "dark"])
  for (const width of [1280, 320])
    for (const [name, query] of [["full", ""], ["embedded", "?embed=1"]])
      test(`axe finds nothing: ${theme}, ${width} px, ${name}`, { skip: lacks.axe }, async () => {
        const page = await browser.open({ theme, width, query, bypassCSP: true })
        await hurry(page)
        await page.getByRole("button", { name: "Run", exact: true }).click()
        await statusSays(page, /converged/i)
        assert.deepEqual(await violations(page), [])
        assert.deepEqual(browser.problems(), [])
      })

for (const theme of ["light", "dark"])
  test(`axe finds nothing in what opens over the page: ${theme}`, { skip: lacks.axe }, async () => {
    const page = await browser.open({ theme, width: 360, bypassCSP: true, query: "?data=anisotropic" })
    await page.getByRole("tab", { name: "Program" }).click()
    await page.getByRole("button", { name: "Examples" }).click()
    await page.getByRole("menu").waitFor()
    assert.deepEqual(await violations(page, "[role=menu]"), [], "menu")
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Export" }).click()
    await page.getByRole("dialog").waitFor()
    assert.deepEqual(await violations(page, "dialog[open]"), [], "export")
    await page.keyboard.press("Escape")
    for (const name of ["Embed", "Your data…"]) {
      await page.getByRole("button", { name }).click()
      await page.getByRole("dialog").waitFor()
      assert.deepEqual(await violations(page, "dialog[open]"), [], name)
      await page.keyboard.press("Escape")
    }
    await page.getByRole("textbox", { name: "Program" }).click()
    await page.keyboard.press("Control+f")
    await page.getByRole("textbox", { name: "Find" }).waitFor()
    assert.deepEqual(await violations(page, "#program"), [], "find")
    await page.keyboard.press("Escape")
    await page.waitForLoadState("networkidle")
    await page.keyboard.press("Control+End")
    await page.keyboard.type("\ndef distance(x, c):\nreturn np.where(")
    await page.locator(".cm-signature").waitFor()
    assert.deepEqual(await violations(page, "#program"), [], "signature")
    assert.deepEqual(browser.problems(), [])
  })

for (const [where, query, widths] of [
  ["page", "", [1920, 1440, 1280, 1180, 1100, 1040, 1024, 900, 768, 720, 600, 480, 360, 320]],
  ["embed", "?embed=1", [1280, 1100, 1000, 900, 830, 768, 700, 600, 480, 360, 320]],
])
  test(`nothing scrolls sideways, and no control is cut, at any width of the ${where}`, async () => {
    const page = await browser.open({ query, width: 1920, height: 800 })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 })
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const { scroll, client, cut } = await page.evaluate(() => {
        const cut = []
        for (const section of document.querySelectorAll("header, .controls, .tools, .transport, .status, .tabs, .chart, .program")) {
          const { left, right } = section.getBoundingClientRect()
          for (const control of section.querySelectorAll("button, select, input:not(:disabled), label, p"))
            if (control.checkVisibility({ visibilityProperty: true }) && getComputedStyle(control).clipPath === "none") {
              const box = control.getBoundingClientRect()
              // Quiet buttons stand out by their padding, so that their words keep the edge.
              if (box.width > 0 && (box.left < left - 10 || box.right > right + 10)) cut.push(control.textContent.trim() || control.id)
            }
        }
        return { scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth, cut }
      })
      assert.ok(scroll <= client, `${scroll} wide in ${client}`)
      assert.deepEqual(cut, [], `${width} px`)
    }
    assert.deepEqual(browser.problems(), [])
  })

for (const [width, height] of [[1280, 900], [680, 1400], [360, 740], [360, 1400]])
  test(`nothing moves while the page loads in ${width} x ${height}`, { skip: lacks.layoutShifts }, async () => {
    const page = await browser.open({ width, height })
    await page.waitForTimeout(1500)
    const shift = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true })
      setTimeout(() => resolve(0), 300)
    }))
    assert.ok(shift < 0.02, `layout shift ${shift}`)
  })

test("the link reproduces what was set, and a bad one is answered", async () => {
  const page = await browser.open({ query: "?data=moons&k=5&init=random&seed=12&restarts=3&theme=dark" })
  assert.equal(await page.getByRole("spinbutton", { name: "k", exact: true }).inputValue(), "5")
  assert.equal(await page.getByRole("spinbutton", { name: "Seed", exact: true }).inputValue(), "12")
  assert.equal(await page.getByRole("spinbutton", { name: "Restarts", exact: true }).inputValue(), "3")
  await setNumber(page.getByRole("spinbutton", { name: "Seed", exact: true }), 13)
  await page.waitForFunction(() => location.search.includes("seed=13"))
  for (const key of ["data=moons", "k=5", "init=random", "restarts=3", "theme=dark"]) assert.ok(page.url().includes(key), `${page.url()} has ${key}`)
  const bad = await browser.open({ query: "?k=1e9&data=%3Cimg%20src=x%20onerror=alert(1)%3E&seed=-4" })
  const alert = bad.getByRole("alert").filter({ hasText: /k/ })
  await alert.waitFor()
  assert.equal(await bad.locator("img[src=x]").count(), 0)
  assert.deepEqual(browser.problems(), [])
})

test("digests and pictures in this browser are those of node", async () => {
  const page = await browser.open()
  // Evaluated from outside, which the page's own policy does not concern.
  assert.deepEqual(await page.evaluate(digestScript()), digestsInNode())
})

test("reduced motion and a million points stay usable", async () => {
  const page = await browser.open({ query: "?data=grid&n=1000000&k=9&seed=2" })
  await page.getByRole("button", { name: "Step", exact: true }).click()
  await statusSays(page, /iteration 1/i)
  assert.deepEqual(browser.problems(), [])
})
