// A browser, and the pages that hold the demonstration.
import { startBrowser } from "./browser.mjs"
import { serveHosts } from "./hosts/serve.mjs"

/** A browser, and the hosts on a server that it may ask; `close()` ends both. */
export async function startHosts() {
  const browser = await startBrowser()
  const server = await serveHosts(browser.origin)
  browser.allow(server.origin)
  return {
    browser,
    server,
    async close() {
      await browser.close()
      server.close()
    },
  }
}
