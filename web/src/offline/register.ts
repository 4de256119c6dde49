/** Starts the service worker (worker.js) of the hosted page; not in the single file, nor in frames of other origins. */

/** A frame of another origin may not even ask where its parent is. */
function inForeignFrame(): boolean {
  try {
    return parent.location.origin !== location.origin
  } catch {
    return true
  }
}

export function registerOffline(): void {
  // A sandbox or a browser that forbids it: the page does without.
  if (import.meta.env.MODE !== "production" || !("serviceWorker" in navigator) || inForeignFrame()) return
  const register = (): void => void navigator.serviceWorker.register("./offline.js").catch(() => {})
  // After all that the page itself wants from the network.
  if (document.readyState === "complete") register()
  else addEventListener("load", register)
}
