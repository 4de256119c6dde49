// The service worker of the hosted page: after the first visit it works without a network. The build writes in which
// files there are; their names change with what is in them, and so does the version.
const FILES = __FILES__
const VERSION = __VERSION__

const prefix = `kmeans ${self.registration.scope} `
const current = prefix + VERSION
const urls = new Set(FILES.map((file) => new URL(file, self.registration.scope).href))
const page = new URL("index.html", self.registration.scope).href

self.addEventListener("install", (event) => {
  // A page of the version before keeps its worker and its files until it is closed. Only the page's own name is the same
  // in every version, so that the browser may have an older one at hand.
  const requests = FILES.map((file) => new Request(file, file === "index.html" ? { cache: "reload" } : {}))
  event.waitUntil(caches.open(current).then((cache) => cache.addAll(requests)))
})

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(prefix) && name !== current
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

/** The page itself: as the server has it, and as it was when there is no server. */
async function fresh(request) {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(page)
    if (kept) return kept
    throw error
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  url.search = url.hash = ""
  // Whatever else lies in the same folder is none of its business.
  if (request.method !== "GET") return
  if (request.mode === "navigate") {
    if (url.href === page || url.href === self.registration.scope) event.respondWith(fresh(request))
  } else if (urls.has(url.href)) event.respondWith(caches.match(url.href).then((kept) => kept ?? fetch(request)))
})
