// What a page does with its time: long tasks of the main thread, and how long each request to the engine takes.
import { setNumber } from "./browser.mjs"

/** Opens a page that keeps watch from its first script on. */
export function openWatched(browser, options = {}) {
  const script = () => {
    window.watched = { long: [], calls: [], workers: 0 }
    if (PerformanceObserver.supportedEntryTypes.includes("longtask"))
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) window.watched.long.push({ at: startTime, ms: duration })
      }).observe({ type: "longtask", buffered: true })
    else {
      // What keeps a timer waiting keeps a person waiting.
      const LONG_MS = 50
      const TICK_MS = 4
      let last = performance.now()
      setInterval(() => {
        const now = performance.now()
        if (now - last > LONG_MS + TICK_MS) window.watched.long.push({ at: last, ms: now - last - TICK_MS })
        last = now
      }, TICK_MS)
    }
    const Real = window.Worker
    window.Worker = class extends Real {
      #sent = new Map()
      constructor(...args) {
        super(...args)
        window.watched.workers++
        this.addEventListener("message", ({ data }) => {
          const sent = this.#sent.get(data.id)
          if (!sent || "progress" in data) return
          window.watched.calls.push({ name: sent.name, at: sent.at, ms: performance.now() - sent.at, ok: data.ok })
        })
      }
      postMessage(message, transfer) {
        this.#sent.set(message.id, { name: message.name, at: performance.now() })
        super.postMessage(message, transfer)
      }
    }
  }
  return browser.open({ ...options, script })
}

/** Forgets what was seen so far. */
export const forget = (page) => page.evaluate(() => { window.watched.long.length = window.watched.calls.length = 0 })

/** The longest task of the main thread in ms, 0 when none took 50, and the calls since the last time. */
export async function seen(page) {
  // Entries of long tasks come after the task.
  await page.waitForTimeout(100)
  const { long, calls } = await page.evaluate(() => {
    const copy = { long: window.watched.long, calls: window.watched.calls }
    window.watched.long = []
    window.watched.calls = []
    return copy
  })
  const named = (name) => calls.filter((call) => call.name === name)
  return { longest: Math.max(0, ...long.map(({ ms }) => ms)), long, calls, named }
}

/** What a person does with a million points, one after the other. Each returns what `seen` saw. */
export const scenarios = {
  async load(page, n = 1_000_000) {
    await setNumber(page.getByRole("spinbutton", { name: "Points", exact: true }), n)
    await page.getByRole("img", { name: new RegExp(`^${n.toLocaleString("en")} points`) }).waitFor()
    await page.waitForTimeout(500)
    return seen(page)
  },
  async run(page) {
    await page.getByLabel("Speed", { exact: true }).selectOption({ label: "16 half-steps/s" })
    await page.getByRole("button", { name: "Run", exact: true }).click()
    await page.getByRole("status").filter({ hasText: /onverged|max_iter/ }).waitFor({ timeout: 120_000 })
    return seen(page)
  },
  async drag(page, moves = 120) {
    const centroid = page.getByRole("button", { name: /^Centroid 1,/ })
    const box = await centroid.boundingBox()
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    const from = performance.now()
    for (let i = 1; i <= moves; i++) await page.mouse.move(x + 80 * Math.sin(i / 12), y + 60 * Math.sin(i / 17))
    const ms = performance.now() - from
    const result = await seen(page)
    await page.keyboard.press("Escape")
    await page.mouse.up()
    return { ...result, ms }
  },
  async type(page) {
    await page.getByRole("textbox", { name: "Program" }).click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type("\n# every letter is a new program", { delay: 20 })
    return seen(page)
  },
  async zoom(page) {
    const box = await page.locator(".plot").boundingBox()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.keyboard.down("Control")
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, i < 15 ? -60 : 60)
    await page.keyboard.up("Control")
    await page.waitForTimeout(500)
    return seen(page)
  },
}
