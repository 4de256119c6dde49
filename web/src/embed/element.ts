/**
 * `<k-means-demo>` for pages that allow scripts: a frame with the page that stands beside this script.
 *
 * Every attribute but those of all elements becomes a parameter of the address: `data`, `k`, `seed`, `ui`, `theme`, ...
 * `height` is a number of pixels, or `auto` for as high as the content is (480 until that is known); `title` names the
 * frame for a screen reader; `src` is another address of the page, e.g. of `kmeans.html`; `state` is the long state of
 * a link, what stands after its `#`.
 */
const base = (document.currentScript as HTMLScriptElement).src

/** Attributes that are the element's own. */
const own = new Set(["class", "dir", "height", "hidden", "id", "slot", "src", "state", "style", "tabindex", "title"])
const FIRST_HEIGHT = 480
const MOST_HEIGHT = 20_000

class KMeansDemo extends HTMLElement {
  #frame: HTMLIFrameElement | null = null
  #observer = new MutationObserver(() => this.#show())

  connectedCallback(): void {
    window.addEventListener("message", this.#hear)
    this.#observer.observe(this, { attributes: true })
    this.#show()
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#hear)
    this.#observer.disconnect()
  }

  /** The address the attributes say. */
  #address(): string {
    const url = new URL(this.getAttribute("src") ?? "index.html", base)
    url.searchParams.set("embed", "1")
    for (const { name, value } of this.attributes) if (!own.has(name)) url.searchParams.set(name, value)
    if (this.getAttribute("height") === "auto") url.searchParams.set("height", "auto")
    const state = this.getAttribute("state")
    if (state !== null) url.hash = state
    return url.href
  }

  #show(): void {
    const frame = this.#frame ?? document.createElement("iframe")
    frame.title = this.title || "K-means"
    const address = this.#address()
    if (frame.src !== address) frame.src = address
    const height = Number(this.getAttribute("height"))
    if (height > 0 || !this.#frame) frame.style.height = `${height > 0 ? height : FIRST_HEIGHT}px`
    if (this.#frame) return
    frame.loading = "lazy"
    frame.allow = "fullscreen; clipboard-write"
    frame.style.cssText += "; display: block; width: 100%; border: 0"
    if (!this.style.display) this.style.display = "block"
    this.#frame = frame
    this.append(frame)
  }

  #hear = ({ source, data }: MessageEvent): void => {
    const frame = this.#frame
    if (!frame || source !== frame.contentWindow || data?.kmeans !== 1 || data.type !== "resize") return
    if (this.getAttribute("height") === "auto" && Number.isFinite(data.height))
      frame.style.height = `${Math.min(MOST_HEIGHT, Math.max(0, data.height))}px`
  }
}

customElements.define("k-means-demo", KMeansDemo)
