// The built page in a browser, Chromium or the one $BROWSER names; an error on a page, or a request elsewhere, is kept.
import { buffer } from "node:stream/consumers"
import { feigned, isOfAborted, SCREENSHOT_STYLE, takeFile, wasAborted } from "./firefox.mjs"
import { launch } from "./launch.mjs"
import { dist, root, serve } from "./serve.mjs"

export { dist, root }

/** Which browser the suite runs in. */
const name = process.env.BROWSER ?? "chromium"
const isFirefox = name === "firefox"

/**
 * Starts server and browser; `open(options)` gives a page, `fresh()` takes all back, `close()` ends both. A page taken
 * back is given again for the same options: a new one, with a cold cache, costs three times as much as to go to an
 * address. `script` is a function that runs before any of the page's; such a page is given once.
 */
export async function startBrowser() {
  const server = await serve(dist)
  const { origin } = server
  const browser = await launch(name)
  const problems = []
  /** Addresses of what was not loaded: since its frame went elsewhere, or for another reason. */
  const loads = { aborted: new Set(), refused: new Set() }
  const origins = [origin]
  /** By options: the context, and its pages that are not in use. */
  const pools = new Map()
  /** Pages in use, each with the list to go back to; null for those to be closed. */
  const used = new Map()

  async function newContext(options) {
    // Without a window Chromium would ask before a page writes to the clipboard.
    const context = await browser.newContext({ ...options, permissions: isFirefox ? [] : ["clipboard-write"] })
    const script = isFirefox && feigned(options)
    if (script) await context.addInitScript(...script)
    return context
  }

  async function pageFor(options) {
    const key = JSON.stringify(options)
    if (!pools.has(key)) {
      pools.set(key, { context: newContext(options), idle: [] })
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
    page.on("requestfailed", (request) => loads[wasAborted(request) ? "aborted" : "refused"].add(request.url()))
    page.on("response", (response) => { if (!response.ok()) loads.refused.add(response.url()) })
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
      // With the last parts dropping, pasting and the keys are heard too; the editor of a tab that is not chosen is still to come.
      await page.locator("#program .editor").waitFor({ state: "attached" })
      if (await page.locator("#program").isVisible()) await page.getByRole("textbox", { name: "Program" }).waitFor()
    }
    return page
  }

  return {
    origin,
    open,
    /** Requests to this origin are no problem either. */
    allow: (other) => origins.push(other),
    /** What went wrong on the pages since the last call. */
    problems: () => problems.splice(0).filter((problem) => !isOfAborted(problem, loads)),
    /** Takes back the pages given so far; what went wrong on them stays known. */
    release,
    /** Leaves nothing of the test before. */
    async fresh() {
      await release()
      problems.length = 0
      loads.aborted.clear()
      loads.refused.clear()
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

/** Puts a number in place of the one in the field. In Firefox Playwright would add to it. */
export async function setNumber(field, value) {
  if (isFirefox) await field.fill("")
  await field.fill(String(value))
}

/** Presses a button and takes the file that comes of it: its name and bytes. */
export async function download(button) {
  if (isFirefox) return takeFile(button)
  const [file] = await Promise.all([button.page().waitForEvent("download"), button.click()])
  return { name: file.suggestedFilename(), bytes: await buffer(await file.createReadStream()) }
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

/** Puts a text on the clipboard and pastes it into the page, as a person would. */
export async function paste(page, text) {
  await copy(page, text)
  await page.keyboard.press("Control+v")
}

/** The text on the clipboard, as a person would see it: pasted into a field, by key. */
export async function pasted(page) {
  await page.evaluate(() => {
    const area = document.createElement("textarea")
    area.id = "to-paste"
    document.body.append(area)
    area.focus()
  })
  await page.keyboard.press("Control+v")
  return page.locator("#to-paste").evaluate((area) => {
    area.remove()
    return area.value
  })
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
