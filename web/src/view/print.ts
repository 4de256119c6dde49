/** What a style sheet cannot say of a printed page: the address, and how large the picture was drawn. */
import { place } from "./render"

export function mountPrint(): void {
  addEventListener("beforeprint", () => {
    place("address").textContent = location.href
    // The picture stays as it was drawn, scales, centroids and all, and shrinks as a whole (styles/print.css).
    const picture = place("picture")
    const { width, height } = picture.getBoundingClientRect()
    picture.style.setProperty("--drawn-width", `${width}px`)
    picture.style.setProperty("--drawn-height", `${height}px`)
    picture.style.setProperty("--shrink", String(Math.min(1, 600 / width)))
  })
}
