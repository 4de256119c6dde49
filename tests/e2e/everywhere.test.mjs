// The page without a network, with large letters, forced colours, a finger, or a screen reader.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { dist, hurry, startBrowser, statusSays } from "./browser.mjs"
import { lacks } from "./lacks.mjs"
import { serve } from "./serve.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

const run = (page) => page.getByRole("button", { name: "Run", exact: true }).click()

test("after the first load the page works without a network, on every data set", { skip: lacks.serviceWorkers }, async () => {
  const server = await serve(dist)
  browser.allow(server.origin)
  const page = await browser.open({ address: `${server.origin}/`, serviceWorkers: "allow" })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  server.close()
  await page.goto(`${server.origin}/index.html?data=penguins&k=4`)
  await hurry(page)
  await run(page)
  await statusSays(page, /converged/i)
  await page.getByLabel("Dataset", { exact: true }).selectOption("digits")
  await statusSays(page, /^Start: 10/)
  await page.getByRole("button", { name: "Export" }).click()
  await page.getByRole("dialog").waitFor()
  // Not what else lies there: that fails as it would without it.
  assert.equal(await page.evaluate(() => fetch("kmeans.html").then(() => "there", () => "gone")), "gone")
  browser.problems()
})

test("the page has a policy that allows it nothing from elsewhere", async () => {
  const page = await browser.open()
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content")
  for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'none'"])
    assert.ok(policy.split("; ").includes(rule), `${policy} has ${rule}`)
  // It holds.
  const refused = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => resolve(violatedDirective))
    new Image().src = "https://example.org/x.png"
  }))
  assert.equal(refused, "img-src")
  // Which the browser logs.
  browser.problems()
})

test("a finger taps, drags a centroid, and scrolls the page past the picture", { skip: lacks.touch }, async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=2", width: 390, height: 780, hasTouch: true, isMobile: true, deviceScaleFactor: 3 })
  await page.getByRole("button", { name: "Half step" }).tap()
  await statusSays(page, /Iteration 1, assign/)
  const centroid = page.getByRole("button", { name: /^Centroid 1,/ })
  await centroid.scrollIntoViewIfNeeded()
  const box = await centroid.boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const devtools = await page.context().newCDPSession(page)
  const touch = (type, ...points) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([px, py]) => ({ x: px, y: py })) })
  await touch("touchStart", [x, y])
  for (let i = 1; i <= 6; i++) await touch("touchMove", [x + 8 * i, y])
  await touch("touchEnd")
  const moved = await centroid.boundingBox()
  assert.notDeepEqual([Math.round(moved.x), Math.round(moved.y)], [Math.round(box.x), Math.round(box.y)])
  // A swipe that begins on the picture, and on no centroid, is the page's.
  const before = await page.evaluate(() => scrollY)
  const plot = await page.locator(".plot").boundingBox()
  const edge = Math.min(plot.y + plot.height - 20, 740)
  await touch("touchStart", [plot.x + 12, edge])
  for (let i = 1; i <= 10; i++) await touch("touchMove", [plot.x + 12, edge - 20 * i])
  await touch("touchEnd")
  await page.waitForFunction((y) => scrollY > y + 50, before)
  // What a thumb has to hit is large enough.
  const small = await page.locator("#transport button").evaluateAll((all) => all.map((b) => b.getBoundingClientRect()).filter(({ width, height }) => Math.min(width, height) < 44 && width > 0).length)
  assert.equal(small, 0)
  assert.deepEqual(browser.problems(), [])
})

test("a step says one polite sentence; the half-steps say their own", async () => {
  const page = await browser.open({ query: "?data=iris&k=4&seed=1" })
  await page.evaluate(() => {
    window.said = []
    const line = document.querySelector("#status")
    new MutationObserver(() => window.said.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true })
  })
  await page.getByRole("button", { name: "Step", exact: true }).click()
  await statusSays(page, /^Iteration 1: 150 points changed cluster, inertia [\d.]+\.$/)
  await page.getByRole("button", { name: "Step", exact: true }).click()
  await statusSays(page, /^Iteration 2: \d+ points? changed cluster, inertia [\d.]+, down [\d.]+%\.$/)
  assert.equal((await page.evaluate(() => window.said)).length, 2)
  await page.getByRole("button", { name: "Half step" }).click()
  await statusSays(page, /^Iteration 3, assign: \d+ points? changed cluster/)
  assert.equal(await page.locator("#status").getAttribute("aria-live"), "polite")
  assert.deepEqual(browser.problems(), [])
})

test("points are looked at, removed and added by keyboard", async () => {
  const page = await browser.open({ query: "?data=uniform&n=300" })
  const mode = (name) => page.getByRole("radio", { name, exact: true }).check()
  const points = (n) => page.getByRole("img", { name: new RegExp(`^${n} points of`) }).waitFor()
  await mode("Remove")
  await page.getByRole("button", { name: /^Crosshair: .* removes/ }).focus()
  const tip = page.getByRole("status").filter({ hasText: /^Point \d+/ })
  // From the middle of the picture to the first point below it.
  for (let i = 0; i < 120 && !(await tip.isVisible()); i++) {
    await page.keyboard.press("ArrowDown")
    await page.waitForTimeout(20)
  }
  await tip.waitFor()
  await page.keyboard.press("Enter")
  await points(299)
  await mode("Add")
  await page.getByRole("button", { name: /^Crosshair: .* adds/ }).focus()
  await page.keyboard.press("Shift+ArrowLeft")
  await page.keyboard.press("Enter")
  await points(300)
  assert.deepEqual(browser.problems(), [])
})

test("a centroid glides to its mean, and is there at once for those who asked for less motion", async () => {
  for (const [reducedMotion, most] of [["reduce", 2], ["no-preference", 100]]) {
    const page = await browser.open({ query: "?data=blobs&k=3&seed=2&step=1", reducedMotion })
    await statusSays(page, /Iteration 1, assign/)
    await page.evaluate(() => {
      window.places = new Set()
      const look = () => {
        window.places.add(document.querySelector(".centroid").style.transform)
        requestAnimationFrame(look)
      }
      look()
    })
    await page.getByRole("button", { name: "Half step" }).click()
    await statusSays(page, /Iteration 1, update/)
    await page.waitForTimeout(1000)
    const seen = await page.evaluate(() => window.places.size)
    assert.ok(seen <= most && seen > (reducedMotion === "reduce" ? 0 : 2), `${reducedMotion}: ${seen} places`)
  }
  assert.deepEqual(browser.problems(), [])
})

test("with forced colours every control and mark is still there", { skip: lacks.media }, async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=2", forcedColors: "active", theme: "dark" })
  await hurry(page)
  await run(page)
  await statusSays(page, /converged/i)
  const edges = await page.evaluate(() => {
    const seen = (selector) => {
      const style = getComputedStyle(document.querySelector(selector))
      return Number.parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== style.backgroundColor
    }
    return { centroid: seen(".centroid"), button: seen("#transport button"), chosen: getComputedStyle(document.querySelector("#theme :checked + span")).backgroundColor !== getComputedStyle(document.querySelector("#theme :not(:checked) + span")).backgroundColor }
  })
  assert.deepEqual(edges, { centroid: true, button: true, chosen: true })
  assert.deepEqual(browser.problems(), [])
})

test("at 400 % nothing is cut off and nothing scrolls sideways", async () => {
  const page = await browser.open({ query: "?data=iris&k=3", width: 320, height: 256 })
  await hurry(page)
  await run(page)
  await statusSays(page, /converged/i)
  const { wide, cut } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: [...document.querySelectorAll("button, label, h1, h2, legend")]
      .filter((e) => e.checkVisibility() && !e.closest(".scroll, [role=menu]") && getComputedStyle(e).position !== "absolute")
      .filter((e) => { const box = e.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) })
      .map((e) => e.outerHTML.slice(0, 80)),
  }))
  assert.equal(wide, 0)
  assert.deepEqual(cut, [])
  assert.deepEqual(browser.problems(), [])
})
