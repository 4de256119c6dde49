// How the browsers are started: for one suite, or to be shared by suites that run one after the other.
import { execFileSync } from "node:child_process"
import { chromium, firefox } from "playwright-core"
import { downloads, makeFolder } from "./firefox.mjs"

const executable = (name) =>
  process.env[name.toUpperCase()] || execFileSync(new URL("../browsers.sh", import.meta.url).pathname, [name], { encoding: "utf8" }).trim()

/** Takes the place of Playwright's own list. The first is a hidden part of the browser's window that costs as much as a page. */
const without = ["PreloadTopChromeWebUI", "HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding", "Translate"]

const types = { chromium, firefox }
const options = {
  chromium: {
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--disable-features=${without.join()}`],
  },
  // Debian's own, over WebDriver BiDi, which has no emulation of media features: preferences stand in.
  firefox: {
    channel: "moz-firefox",
    firefoxUserPrefs: { "ui.prefersReducedMotion": 1, "layout.css.prefers-color-scheme.content-override": 1 },
  },
}
const optionsOf = (name, downloadsPath) => ({ executablePath: executable(name), downloadsPath, ...options[name] })

/** The browser that is shared, else one of one's own. */
export function launch(name) {
  const { BROWSER_ENDPOINT } = process.env
  return BROWSER_ENDPOINT ? types[name].connect(BROWSER_ENDPOINT) : types[name].launch(optionsOf(name, downloads))
}

/** A browser to share: what a suite's environment needs for it, and its end. Starting one takes as long as several tests. */
export async function share(name) {
  const folder = makeFolder()
  const server = await types[name].launchServer(optionsOf(name, folder))
  return { env: { BROWSER: name, BROWSER_ENDPOINT: server.wsEndpoint(), BROWSER_DOWNLOADS: folder }, close: () => server.close() }
}
