// WebKitGTK's MiniBrowser by W3C WebDriver, on a display that is only in memory.
import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"

const root = new URL("../../", import.meta.url).pathname
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
const PATIENCE_MS = 40_000

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address()
  server.close()
  return port
}

/** Debian keeps it where no PATH leads. */
function miniBrowser() {
  for (const base of ["/usr/lib", "/usr/libexec"].filter(existsSync))
    for (const name of readdirSync(base, { recursive: false }))
      for (const folder of ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"])
        for (const file of [join(base, name, folder, "MiniBrowser"), join(base, name, "MiniBrowser")])
          if (existsSync(file)) return file
  throw new Error("WebKitGTK's MiniBrowser is not in /usr/lib or /usr/libexec")
}

/** A session: `go`, `evaluate`, `until`, `click`, `frame`, `screenshot` and `close`. */
export async function startWebKit({ width = 1280, height = 900 } = {}) {
  const driver = process.env.WEBKIT || execFileSync(join(root, "tests/browsers.sh"), ["webkit"], { encoding: "utf8" }).trim()
  const display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] })
  const [number] = await once(display.stdio[3], "data")
  const port = await freePort()
  const server = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { env: { ...process.env, DISPLAY: `:${String(number).trim()}` }, stdio: "ignore" })
  const end = () => {
    server.kill()
    display.kill()
  }

  async function call(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } } }
  let session
  for (let tries = 0; !session; tries++)
    try {
      session = `/session/${(await call("POST", "/session", { capabilities })).sessionId}`
    } catch (error) {
      // The driver takes a moment to listen.
      if (tries === 100 || error.message !== "fetch failed") {
        end()
        throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  await call("POST", `${session}/timeouts`, { script: PATIENCE_MS })
  await call("POST", `${session}/window/rect`, { width, height })

  /** The value of an expression, or of the promise it is, in the page or the frame chosen. */
  const evaluate = async (expression) => {
    const script = `const done = arguments[0]; Promise.resolve().then(() => (${expression}))
      .then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const { value, error } = await call("POST", `${session}/execute/async`, { script, args: [] })
    if (error) throw new Error(`${error} in ${String(expression).slice(0, 200)}`)
    return value
  }
  const find = (css) => call("POST", `${session}/element`, { using: "css selector", value: css })

  return {
    go: (url) => call("POST", `${session}/url`, { url }),
    evaluate,
    /** The expression's value once it is true. */
    async until(expression) {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        const value = await evaluate(expression)
        if (value) return value
        if (Date.now() > deadline) throw new Error(`Never true: ${expression}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    click: async (css) => call("POST", `${session}/element/${(await find(css))[ELEMENT]}/click`, {}),
    type: async (css, text) => call("POST", `${session}/element/${(await find(css))[ELEMENT]}/value`, { text }),
    /** Looks into a frame from now on; null looks at the page again. */
    frame: async (css) => call("POST", `${session}/frame`, { id: css === null ? null : await find(css) }),
    /** A PNG of an element, in base64. */
    screenshot: async (css) => call("GET", `${session}/element/${(await find(css))[ELEMENT]}/screenshot`),
    async close() {
      await call("DELETE", session).catch(() => {})
      end()
    },
  }
}
