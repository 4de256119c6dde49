import { embedding } from "./query"

/** Lets the style sheet (embed.css) know what to show. */
export function dress(): void {
  const root = document.documentElement
  if (embedding.on) root.dataset.embed = embedding.autoHeight ? "auto" : "fill"
  root.dataset.ui = embedding.ui
  root.dataset.hide = [...embedding.hidden].join(" ")
}
