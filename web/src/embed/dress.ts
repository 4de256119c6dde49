import { adopt } from "../view/adopt"
import { embedding } from "./query"

/** Lets the style sheets know what to show. Resolves when those that only a frame needs are there. */
export async function dress(): Promise<void> {
  const root = document.documentElement
  if (embedding.on) root.dataset.embed = embedding.autoHeight ? "auto" : "fill"
  root.dataset.ui = embedding.ui
  root.dataset.hide = [...embedding.hidden].join(" ")
  if (embedding.on) adopt((await import("./embed.css?inline")).default)
}
