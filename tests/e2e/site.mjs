// The page as `SITE=... make dist` makes it, in a folder of a site. Run as a program it is built, which make does once for
// all browsers.
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { argv } from "node:process"
import { fileURLToPath } from "node:url"
import { root } from "./serve.mjs"

export const SITE = "https://example.org/notes/k-means/"
const { pathname } = new URL(SITE)
/** The folder of the site's root, and in it that of the page. */
export const top = join(root, "build/site-tested")
export const folder = join(top, pathname)

if (argv[1] === fileURLToPath(import.meta.url)) {
  execFileSync("npx", ["vite", "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"], { cwd: join(root, "web"), env: { ...process.env, SITE }, stdio: "inherit" })
  execFileSync("node", [join(root, "web/compress.mjs"), folder], { stdio: "inherit" })
}
