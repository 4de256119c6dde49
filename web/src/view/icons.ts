/** The signs of the transport, on a 16 x 16 grid. */
import { html, type TemplateResult } from "lit-html"

export const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${path} /></svg>`

export const icons = {
  run: icon("M4 2.5v11l9-5.5z"),
  pause: icon("M4 2.5h3v11H4zM9 2.5h3v11H9z"),
  step: icon("M2 3v10l5.5-5zM7.5 3v10L13 8zM13 3h1.5v10H13z"),
  half: icon("M4 3v10l6.5-5zM10.5 3H12v10h-1.5z"),
  back: icon("M12 3v10L5.5 8zM4 3h1.5v10H4z"),
  reset: icon("M8 2.5a5.5 5.5 0 1 1-5.2 3.7l1.5.5A4 4 0 1 0 8 4v2.2L4.3 3.3 8 .4z"),
  seed: icon(
    "M3.5 2h9A1.5 1.5 0 0 1 14 3.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 12.5v-9A1.5 1.5 0 0 1 3.5 2zm1.7 2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM8 6.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zm2.8 2.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z",
  ),
}
