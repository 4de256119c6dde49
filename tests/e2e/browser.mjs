// The built page in a browser, Chromium or the one $BROWSER names; an error on a page, or a request elsewhere, is kept.
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { chromium, firefox } from "playwright-core"
import { serve } from "./serve.mjs"

export const root = new URL("../../", import.meta.url).pathname
export const dist = join(root, "web/dist")

/** Which browser the suite runs in. */
export const name = process.env.BROWSER ?? "chromium"
export const isFirefox = name === "firefox"

const executable = () =>
  process.env[name.toUpperCase()] || execFileSync(join(root, "tests/browsers.sh"), [name], { encoding: "utf8" }).trim()

/** In Firefox Playwright puts this style into a page for a screenshot, and the page's policy refuses it. */
const SCREENSHOT_STYLE = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA="

/** Takes the place of Playwright's own list. The first is a hidden part of the browser's window that costs as much as a page. */
const without = ["PreloadTopChromeWebUI", "HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding", "Translate"]

const launchers = {
  chromium: () =>
    chromium.launch({
      executablePath: executable(),
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--disable-features=${without.join()}`],
    }),
  // Debian's own Firefox, over WebDriver BiDi, which has no emulation of media features: preferences stand in.
  firefox: () =>
    firefox.launch({
      channel: "moz-firefox",
      executablePath: executable(),
      firefoxUserPrefs: { "ui.prefersReducedMotion": 1, "layout.css.prefers-color-scheme.content-override": 1 },
    }),
}

/**
 * Starts server and browser; `open(options)` gives a page, `fresh()` takes all back, `close()` ends both. A page taken
 * back is given again for the same options: a new one, with a cold cache, costs three times as much as to go to an
 * address. `script` is a function that runs before any of the page's; such a page is given once.
 */
export async function startBrowser() {
  const server = await serve(dist)
  const { origin } = server
  const browser = await launchers[name]()
  const problems = []
  const origins = [origin]
  /** By options: the context, and its pages that are not in use. */
  const pools = new Map()
  /** Pages in use, each with the list to go back to; null for those to be closed. */
  const used = new Map()

  async function pageFor(options) {
    const key = JSON.stringify(options)
    if (!pools.has(key)) {
      pools.set(key, { context: browser.newContext(options), idle: [] })
      ;(await pools.get(key).context).once("close", () => pools.delete(key))
    }
    const { context, idle } = pools.get(key)
    const page = idle.pop() ?? watch(await (await context).newPage())
    used.set(page, idle)
    return page
  }

  async function release() {
    await Promise.all(
      [...used].map(async ([page, idle]) => {
        used.delete(page)
        if (page.isClosed()) return
        if (!idle) return page.close()
        page.onRequest = () => {}
        // Nothing goes on in it, nor is anything pointed at.
        await page.goto("about:blank")
        await page.mouse.move(0, 0)
        idle.push(page)
      }),
    )
  }

  /** Keeps what goes wrong on a page. */
  function watch(page) {
    page.on("pageerror", ({ message }) => {
      if (!message.includes(SCREENSHOT_STYLE)) problems.push(`error: ${message}`)
    })
    page.on("console", (message) => { if (message.type() === "error") problems.push(`console: ${message.text()}`) })
    page.on("request", (request) => {
      const url = request.url()
      page.onRequest(url)
      if (!origins.some((known) => url.startsWith(known)) && !/^(data|blob|about|file):/.test(url)) problems.push(`request to ${url}`)
    })
    return page
  }

  async function open({ query = "", address = `${origin}/${query}`, width = 1280, height = 900, theme = "light", ready = true, script, onRequest = () => {}, ...context } = {}) {
    const page = await pageFor({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce", serviceWorkers: "block", ...context })
    page.setDefaultTimeout(30_000)
    page.onRequest = onRequest
    if (script) {
      used.set(page, null)
      await page.addInitScript(script)
    }
    // In Firefox only the window in front hears of the focus.
    if (isFirefox) await page.bringToFront()
    await page.goto(address)
    if (ready) {
      await page.getByRole("button", { name: "Run", exact: true }).and(page.locator(":enabled")).waitFor()
      // The editor is the last part to come: then dropping, pasting and the keys are heard too.
      await page.getByRole("textbox", { name: "Program" }).waitFor()
    }
    return page
  }

  return {
    origin,
    open,
    /** Requests to this origin are no problem either. */
    allow: (other) => origins.push(other),
    /** What went wrong on the pages since the last call. */
    problems: () => problems.splice(0),
    /** Takes back the pages given so far; what went wrong on them stays known. */
    release,
    /** Leaves nothing of the test before. */
    async fresh() {
      await release()
      problems.length = 0
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

/** Resolves to the status line's text when it matches. */
export async function statusSays(page, pattern) {
  const line = page.getByRole("status").filter({ hasText: pattern })
  await line.waitFor()
  return line.textContent()
}

/** The rows of the table of clusters, as {cluster, size}. */
export async function clustersOf(page) {
  const rows = page.getByRole("region", { name: "Table of clusters" }).locator("tbody tr")
  return rows.evaluateAll((all) => all.map((row) => ({ cluster: row.cells[0].textContent.trim(), size: Number(row.cells[1].textContent.replace(/\D/g, "")) })))
}

/** How many points the picture says it shows, of what. */
export const pictureName = (page) => page.getByRole("img", { name: /points? of/ }).getAttribute("aria-label")

/** Types a number in place of the one in the field. What inserts text at once adds to it in Firefox. */
export async function setNumber(field, value) {
  await field.focus()
  await field.press("Control+a")
  await field.page().keyboard.type(String(value))
}

/** Puts a text on the clipboard, as a person would: from a field, by key. The focus is then nowhere. */
export async function copy(page, text) {
  await page.evaluate((copied) => {
    const area = document.createElement("textarea")
    area.id = "to-copy"
    area.value = copied
    document.body.append(area)
    area.select()
  }, text)
  await page.keyboard.press("Control+c")
  await page.evaluate(() => document.querySelector("#to-copy").remove())
}

/** What the page writes to the clipboard, also where there is none, is kept as `window.copied`. */
export const watchClipboard = (page) =>
  page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => { window.copied = text } } })
  })

/** Lets runs end at once instead of at reading pace, in a frame without room for the choice too. */
export const hurry = (page, halfStepsASecond = "Infinity") =>
  page.locator("#speed").evaluate((speed, value) => {
    speed.value = value
    speed.dispatchEvent(new Event("change"))
  }, halfStepsASecond)
