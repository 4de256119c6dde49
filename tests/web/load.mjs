// Modules of the page in node: Vite turns them into JavaScript as it does for the page.
import { createRequire } from "node:module"
import { after } from "node:test"

const root = new URL("../../web/", import.meta.url)
const { createServer } = await import(createRequire(root).resolve("vite"))
const server = await createServer({
  configFile: false,
  root: root.pathname,
  appType: "custom",
  logLevel: "error",
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
after(() => server.close())

// Modules that look at the address find one that says nothing.
globalThis.location ??= { search: "", hash: "", href: "http://x/" }

/** A module of web/src; the same one however often it is asked for. */
export const load = (path) => server.ssrLoadModule(`/src/${path}`)
