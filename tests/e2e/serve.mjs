// A static server: files of the folders given, nothing else.
import { createReadStream, existsSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join, normalize } from "node:path"

export const root = new URL("../../", import.meta.url).pathname
export const dist = join(root, "web/dist")

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".csv": "text/csv", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain", ".woff2": "font/woff2" }

/** Serves the first of the folders that has the file, on a free port of 127.0.0.1; `origin` says which. */
export async function serve(...folders) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname))
    const file = folders
      .map((folder) => join(folder, path.endsWith("/") ? `${path}index.html` : path))
      .find((name) => folders.some((folder) => name.startsWith(folder)) && existsSync(name) && statSync(name).isFile())
    if (!file) {
      response.writeHead(404).end()
      return
    }
    // As hosts do with files whose names change with what is in them. Firefox would tell no request of what it keeps.
    const caching = path.startsWith("/assets/") && process.env.BROWSER !== "firefox" ? "public, max-age=31536000, immutable" : "no-cache"
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": caching })
    createReadStream(file).pipe(response)
  })
  return listening(server)
}

/** The server on a free port of 127.0.0.1: its origin, and how to end it. */
export async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
