// Lighthouse's marks of the built page, served as a host would: accessibility, best practices and search engines. The
// package and its two hundred dependencies are fetched by npx for this alone.
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dist, serve } from "./e2e/serve.mjs"

const VERSION = "12.8.2"
const CATEGORIES = ["accessibility", "best-practices", "seo"]
const flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"

const folder = mkdtempSync(join(tmpdir(), "lighthouse-"))
const server = await serve(dist)
let failed = 0
for (const [name, query] of [["full", ""], ["embedded", "?embed=1"]]) {
  const out = join(folder, `${name}.json`)
  const code = await new Promise((resolve) => {
    const child = spawn("npx", ["--yes", `lighthouse@${VERSION}`, `${server.origin}/${query}`, "--quiet", "--output=json", `--output-path=${out}`, `--only-categories=${CATEGORIES.join()}`, `--chrome-flags=${flags}`], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, CHROME_PATH: process.env.CHROMIUM },
    })
    child.on("close", resolve)
  })
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`)
  const { categories, audits } = JSON.parse(readFileSync(out, "utf8"))
  for (const category of CATEGORIES) {
    const { title, score, auditRefs } = categories[category]
    const short = auditRefs.map(({ id }) => audits[id]).filter((audit) => audit.score !== null && audit.score < 1)
    console.log(`${String(Math.round(100 * score)).padStart(4)}  ${title} (${name})${short.map(({ id }) => ` ${id}`).join()}`)
    if (score < 1) failed++
  }
}
server.close()
rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)
