// What the built page weighs, gzipped, against three budgets: the JavaScript that runs before anything else; all that a
// plain visit loads by itself, as a browser really asks for it; and what is fetched only when a person asks.
import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { gzipSync } from "node:zlib"
import { dist, hurry, startBrowser, statusSays } from "./e2e/browser.mjs"

const EAGER_LIMIT = 15_000
const VISIT_LIMIT = 335_000
const ASKED_LIMIT = 135_000 // 15 of it the second language

const read = (file) => readFileSync(join(dist, file))
const zipped = (file) => gzipSync(read(file), { level: 9 }).length
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)

/** The modules a module imports statically; `import(...)` is another matter. */
const importsOf = (file) =>
  [...read(file).toString().matchAll(/(?:^|[;}\n])(?:import|export)\b[^"'()]*?["']\.\/([\w.-]+\.js)["']/g)].map((m) => join("assets", m[1]))

function eagerFiles() {
  const eager = new Set()
  const follow = (file) => {
    if (eager.has(file)) return
    eager.add(file)
    importsOf(file).forEach(follow)
  }
  for (const [, src] of read("index.html").toString().matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/([^"]+\.js)"/g)) follow(src)
  return eager
}

/** The files a visit asks for: the page opens, is left alone, and one run goes to its end. */
async function visitedFiles() {
  const browser = await startBrowser()
  const asked = new Set()
  try {
    const page = await browser.open({ onRequest: (url) => asked.add(new URL(url).pathname.slice(1) || "index.html") })
    await hurry(page)
    await page.getByRole("button", { name: "Run", exact: true }).click()
    await statusSays(page, /converged/i)
    await page.waitForLoadState("networkidle")
  } finally {
    await browser.close()
  }
  return asked
}

// The page in one file and the element for other pages are not parts of a visit.
const elsewhere = ["kmeans.html", "embed.js"]
const files = readdirSync(dist, { recursive: true }).filter((file) => !elsewhere.includes(file) && /\.(html|js|css|wasm|woff2|svg|csv)$/.test(file))
const data = files.filter((file) => file.endsWith(".csv"))
const eager = eagerFiles()
const visited = await visitedFiles()
const visit = files.filter((file) => visited.has(file))
const asked = files.filter((file) => !visited.has(file) && !data.includes(file))

const weight = (list) => list.reduce((sum, file) => sum + zipped(file), 0)
const kind = (file) => (eager.has(file) ? "eager" : visited.has(file) ? "visit" : data.includes(file) ? "on choice" : "when asked for")
for (const file of [...files].sort((a, b) => zipped(b) - zipped(a))) console.log(`${kB(zipped(file))}  ${basename(file)}  (${kind(file)})`)

const checks = [
  ["eager JavaScript", weight([...eager]), EAGER_LIMIT],
  ["all a visit loads by itself", weight(visit), VISIT_LIMIT],
  ["more, when asked for", weight(asked), ASKED_LIMIT],
]
let failed = eager.size === 0 || visit.length < 5 ? 1 : 0
for (const [name, size, limit] of checks) {
  if (size > limit) failed++
  console.log(`${kB(size)}  ${name}: ${size > limit ? "OVER" : "within"} ${kB(limit).trim()}`)
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
