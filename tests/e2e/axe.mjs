// What axe finds on a page: rules that are broken, each with the elements that break it.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** In all of the page, or in the parts that the selectors name. */
export async function violations(page, ...parts) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source)
  const found = await page.evaluate((include) => globalThis.axe.run(include.length ? { include } : document, { resultTypes: ["violations"] }), parts)
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`)
}
