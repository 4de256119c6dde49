/** The manifest of the data sets in two parts: what the page chooses by, and the credits, which stand at its very end. */
import { readFile } from "node:fs/promises"
import { basename } from "node:path"

const choice = ({ source: _source, licence: _licence, ...entry }) => entry
const credit = ({ name, source, licence }) => ({ name, source, licence })

/** @returns {import("vite").Plugin} */
export function credits() {
  return {
    name: "credits",
    enforce: "pre",
    async load(id) {
      const [file, query] = id.split("?")
      if (basename(file) !== "manifest.json") return null
      this.addWatchFile(file)
      const entries = JSON.parse(await readFile(file, "utf8"))
      return query === "credits"
        ? `export const credits = ${JSON.stringify(entries.map(credit))}`
        : JSON.stringify(entries.map(choice))
    },
  }
}
