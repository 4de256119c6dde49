// What the built page weighs, gzipped, against the budget: the JavaScript that runs before anything else, and all that
// one visit can load. Data sets beside the one shown are listed, but only a choice of theirs loads them.
import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { gzipSync } from "node:zlib"

const EAGER_LIMIT = 15_000
const TOTAL_LIMIT = 300_000

const dist = new URL("../web/dist/", import.meta.url).pathname
const read = (file) => readFileSync(join(dist, file))
const zipped = (file) => gzipSync(read(file), { level: 9 }).length
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)

const files = readdirSync(dist, { recursive: true }).filter((file) => !["kmeans.html", "embed.js"].includes(file) && /\.(html|js|css|wasm|woff2|svg|csv)$/.test(file))

/** The modules a module imports statically; `import(...)` is another matter. */
const importsOf = (file) =>
  [...read(file).toString().matchAll(/(?:^|[;}\n])(?:import|export)\b[^"'()]*?["']\.\/([\w.-]+\.js)["']/g)].map((m) => join("assets", m[1]))

const eager = new Set()
const follow = (file) => {
  if (eager.has(file)) return
  eager.add(file)
  importsOf(file).forEach(follow)
}
for (const [, src] of read("index.html").toString().matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/([^"]+\.js)"/g)) follow(src)

const weight = (list) => list.reduce((sum, file) => sum + zipped(file), 0)
const data = files.filter((file) => file.endsWith(".csv"))
const loaded = files.filter((file) => !data.includes(file))
for (const file of [...loaded, ...data].sort((a, b) => zipped(b) - zipped(a)))
  console.log(`${kB(zipped(file))}  ${basename(file)}${eager.has(file) ? "  (eager)" : data.includes(file) ? "  (on choice)" : ""}`)

const checks = [
  ["eager JavaScript", weight([...eager]), EAGER_LIMIT],
  ["all a visit can load", weight(loaded), TOTAL_LIMIT],
]
let failed = eager.size === 0 ? 1 : 0
for (const [name, size, limit] of checks) {
  if (size > limit) failed++
  console.log(`${kB(size)}  ${name}: ${size > limit ? "OVER" : "within"} ${kB(limit).trim()}`)
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
