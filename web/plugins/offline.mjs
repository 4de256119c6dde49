// Writes the service worker of the hosted page into the build: src/offline/worker.js with the list of its files.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"

export function offline() {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter((file) => !file.endsWith(".map"))
        .sort()
      const version = createHash("sha256")
      for (const file of files) version.update(file)
      // The page's own name does not change with it.
      version.update(String(bundle["index.html"]?.source ?? ""))
      const source = readFileSync(new URL("../src/offline/worker.js", import.meta.url), "utf8")
        .replace("__FILES__", () => JSON.stringify(files))
        .replace("__VERSION__", () => JSON.stringify(version.digest("hex").slice(0, 12)))
      this.emitFile({ type: "asset", fileName: "offline.js", source })
    },
  }
}
