// A static server for web/dist, a Chromium, and a page that fails the test on any error or any request elsewhere.
import { execFileSync } from "node:child_process"
import { createReadStream, existsSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join, normalize } from "node:path"
import { chromium } from "playwright-core"

export const root = new URL("../../", import.meta.url).pathname
const dist = join(root, "web/dist")
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".csv": "text/csv", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain", ".woff2": "font/woff2" }

function serve() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname))
    const file = join(dist, path.endsWith("/") ? `${path}index.html` : path)
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" })
    createReadStream(file).pipe(response)
  })
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)))
}

/** Starts server and browser; `open(options)` gives a page; `close()` ends both. */
export async function startBrowser() {
  const server = await serve()
  const origin = `http://127.0.0.1:${server.address().port}`
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || execFileSync(join(root, "tests/chromium.sh"), { encoding: "utf8" }).trim(),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  })
  const problems = []

  async function open({ query = "", width = 1280, height = 900, theme = "light", ready = true, onRequest = () => {}, ...context } = {}) {
    const page = await (await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce", ...context })).newPage()
    page.setDefaultTimeout(20_000)
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`))
    page.on("console", (message) => { if (message.type() === "error") problems.push(`console: ${message.text()}`) })
    page.on("request", (request) => {
      const url = request.url()
      onRequest(url)
      if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) problems.push(`request to ${url}`)
    })
    await page.goto(`${origin}/${query}`)
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
    /** What went wrong on the pages since the last call. */
    problems: () => problems.splice(0),
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

/** Lets runs end at once instead of at reading pace. */
export const hurry = (page) => page.getByLabel("Speed", { exact: true }).selectOption({ label: "At once" })
