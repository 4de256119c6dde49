// The pages of this folder, on an origin of their own; without CORS headers, as most are.
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { dist, listening } from "../serve.mjs"

const folder = new URL(".", import.meta.url).pathname
/** Their names. */
export const hosts = readdirSync(folder).filter((file) => file.endsWith(".html"))

const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")

/**
 * Serves them with the page of the origin `demo`; `?snippet=` in place of the frame, or element, that a host has. A
 * sandbox stays one, and where a host shows a text in its frame, the snippet is that text.
 */
export function serveHosts(demo) {
  const single = readFileSync(join(dist, "kmeans.html"), "utf8")
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://x")
    if (!pathname.endsWith(".html")) {
      response.writeHead(204).end()
      return
    }
    const text = pathname === "/kmeans.html" ? single : readFileSync(join(folder, pathname), "utf8")
    const snippet = searchParams.get("snippet")
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" })
    response.end(
      (snippet === null ? text : withSnippet(text, snippet)).replaceAll("{{demo}}", demo).replaceAll("{{single}}", () => quoted(single)),
    )
  })
  return listening(server)
}

function withSnippet(text, snippet) {
  // A course platform that lets no frames of others in says so; its policy is not what is tested.
  const open = text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
  return open
    .replace(/<script src="{{demo}}[^>]*><\/script>/, "")
    .replaceAll(/<iframe([^>]*)><\/iframe>|<k-means-demo[^>]*><\/k-means-demo>/g, (_, attributes = "") => {
      if (attributes.includes("srcdoc")) return `<iframe srcdoc="${quoted(snippet)}" width="900" height="600"></iframe>`
      const sandbox = /sandbox="[^"]*"/.exec(attributes)
      return sandbox ? snippet.replace("<iframe", `<iframe ${sandbox[0]}`) : snippet
    })
}
