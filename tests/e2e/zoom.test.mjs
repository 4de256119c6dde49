// Looking closer: wheel, drag, pinch, keys and buttons; and what of it belongs to the page.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { hurry, startBrowser, statusSays } from "./browser.mjs"
import { lacks } from "./lacks.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

/** Where a plane point is on the page, and how large a unit is, told by the first two centroids. */
const spread = async (page) => {
  const [a, b] = await page.locator("button.centroid").evaluateAll((all) =>
    all.slice(0, 2).map((handle) => handle.style.transform.match(/-?[\d.]+/g).slice(0, 2).map(Number)))
  return { distance: Math.hypot(a[0] - b[0], a[1] - b[1]), at: a }
}
const until = (page, test, wanted) => page.waitForFunction(test, wanted)
/** The picture has settled at this multiple of a distance. */
async function zoomedBy(page, from, factor) {
  for (let i = 0; i < 40; i++) {
    const ratio = (await spread(page)).distance / from.distance
    if (Math.abs(ratio / factor - 1) < 0.02) return
    await page.waitForTimeout(50)
  }
  assert.fail(`scaled by ${(await spread(page)).distance / from.distance}, not ${factor}`)
}

test("Ctrl and the wheel zoom at the pointer, the wheel alone scrolls the page, a drag moves, 0 resets", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=2", height: 600 })
  const box = await page.locator(".plot").boundingBox()
  const whole = await spread(page)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.wheel(0, 120)
  await until(page, () => scrollY > 0)
  assert.deepEqual(await spread(page), whole)
  await page.evaluate(() => scrollTo(0, 0))

  await page.keyboard.down("Control")
  await page.mouse.wheel(0, -300)
  await page.keyboard.up("Control")
  await zoomedBy(page, whole, Math.E)
  assert.equal(await page.evaluate(() => scrollY), 0)

  const before = await spread(page)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2 - 20, { steps: 4 })
  await page.mouse.up()
  const after = await spread(page)
  assert.ok(Math.abs(after.at[0] - before.at[0] - 30) < 2 && Math.abs(after.at[1] - before.at[1] + 20) < 2)

  await page.locator(".plot").focus()
  await page.keyboard.press("0")
  await zoomedBy(page, whole, 1)
  assert.deepEqual(await spread(page), whole)
  assert.deepEqual(browser.problems(), [])
})

test("plus, minus and the buttons zoom; arrows move what is zoomed and else step the run", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=2" })
  await hurry(page)
  const whole = await spread(page)
  await page.locator(".plot").focus()
  await page.keyboard.press("ArrowRight")
  await statusSays(page, /Iteration 1|onverged/)
  await page.keyboard.press("Home")
  await statusSays(page, /^Start/)
  await page.keyboard.press("+")
  await zoomedBy(page, whole, 1.5)
  const before = await spread(page)
  await page.keyboard.press("ArrowRight")
  await page.waitForTimeout(100)
  assert.ok((await spread(page)).at[0] < before.at[0] - 10, "the part shown moves to the right")
  assert.match(await page.locator("#status").textContent(), /^Start/)
  await page.keyboard.press("Space")
  await statusSays(page, /onverged/)
  await page.keyboard.press("Home")
  await page.keyboard.press("-")
  await zoomedBy(page, whole, 1)

  await page.getByRole("button", { name: "Zoom in" }).click()
  await page.getByRole("button", { name: "Zoom in" }).click()
  await zoomedBy(page, whole, 2.25)
  await page.getByRole("button", { name: "Zoom out" }).click()
  await zoomedBy(page, whole, 1.5)
  await page.getByRole("button", { name: "Show all" }).click()
  await zoomedBy(page, whole, 1)
  assert.ok(await page.getByRole("button", { name: "Zoom out" }).isDisabled())

  // Other data begin as a whole.
  await page.getByRole("button", { name: "Zoom in" }).click()
  await page.getByLabel("Dataset", { exact: true }).selectOption("moons")
  await page.getByRole("button", { name: "Zoom out" }).and(page.locator(":disabled")).waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("two fingers pinch, a double tap shows all", { skip: lacks.touch }, async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=2", hasTouch: true, width: 500 })
  const whole = await spread(page)
  const box = await page.locator(".plot").boundingBox()
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 3]
  const devtools = await page.context().newCDPSession(page)
  const touch = (type, apart) => devtools.send("Input.dispatchTouchEvent", {
    type, touchPoints: apart === null ? [] : [{ x: cx - apart / 2, y: cy, id: 0 }, { x: cx + apart / 2, y: cy, id: 1 }] })
  await touch("touchStart", 60)
  for (let apart = 70; apart <= 120; apart += 10) await touch("touchMove", apart)
  await touch("touchEnd", null)
  await zoomedBy(page, whole, 2)
  await page.touchscreen.tap(box.x + 12, box.y + box.height - 12)
  await page.touchscreen.tap(box.x + 12, box.y + box.height - 12)
  await zoomedBy(page, whole, 1)
  assert.deepEqual(browser.problems(), [])
})
