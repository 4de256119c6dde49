// Firefox over WebDriver BiDi: what stands in for what Playwright has no words for there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"

const PATIENCE_MS = 30_000

/** For a screenshot Playwright puts this style into a page, whose policy refuses it. */
export const SCREENSHOT_STYLE = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA="

/**
 * Media features are not emulated: every page is light and still by preference, and what else it is to be, its scripts
 * are told by this, which runs before them. The page takes the first from scripts alone.
 */
export function feigned({ colorScheme, reducedMotion }) {
  const answers = {}
  if (colorScheme === "dark") answers["(prefers-color-scheme: dark)"] = "all"
  if (reducedMotion === "no-preference") answers["(prefers-reduced-motion: reduce)"] = "not all"
  const script = (told) => {
    const real = window.matchMedia.bind(window)
    window.matchMedia = (query) => real(told[query] ?? query)
  }
  return Object.keys(answers).length ? [script, answers] : null
}

/**
 * A frame that is sent elsewhere stops loading. What it was about to import is an error there, though nobody's, also when
 * only what that imports was on its way.
 */
export const wasAborted = (request) => request.failure()?.errorText === "NS_BINDING_ABORTED"
export function isOfAborted(problem, { aborted, refused }) {
  const [, url] = /^error: error loading dynamically imported module: (\S+)$/.exec(problem) ?? []
  return url !== undefined && aborted.size > 0 && !refused.has(url)
}

const folders = []
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder for files, as long as this process lives. */
export function makeFolder() {
  folders.push(mkdtempSync(join(tmpdir(), "kmeans-downloads-")))
  return folders.at(-1)
}

/** Where files go: of a download that is no navigation Playwright does not tell. */
export const downloads = process.env.BROWSER_DOWNLOADS || makeFolder()

/** Presses the button and takes the one file that comes of it. */
export async function takeFile(button) {
  for (const left of readdirSync(downloads)) rmSync(join(downloads, left))
  await button.click()
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await setTimeout(20)) {
    const [name, ...others] = readdirSync(downloads)
    // Until it is whole it is empty, with another file beside it.
    if (!name || others.length || !statSync(join(downloads, name), { throwIfNoEntry: false })?.size) continue
    return { name, bytes: readFileSync(join(downloads, name)) }
  }
  throw new Error("no file came of it")
}
