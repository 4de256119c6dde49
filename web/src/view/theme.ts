/** Which of the two themes is shown, and the switch for it. */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core"
import { html } from "lit-html"
import { locked } from "../embed/lock"
import type { Context, ThemeChoice } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import type { Scheme } from "./palette"
import { view } from "./render"

const systemDark = matchMedia("(prefers-color-scheme: dark)")
const system = signal<Scheme>(systemDark.matches ? "dark" : "light")
systemDark.addEventListener("change", () => {
  system.value = systemDark.matches ? "dark" : "light"
})

const choices: { value: ThemeChoice; label: string }[] = [
  { value: "auto", label: en.auto },
  { value: "light", label: en.light },
  { value: "dark", label: en.dark },
]

/** Keeps the document in the chosen theme and renders the switch; returns the scheme shown. */
export function mountTheme(host: HTMLElement, { store }: Context): ReadonlySignal<Scheme> {
  const scheme = signal<Scheme>(system.value)
  effect(() => {
    const { value } = store.theme
    const chosen = value === "auto" ? system.value : value
    if (value === "auto") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = value
    // Only now, so that whoever draws finds the style sheet in the new theme.
    scheme.value = chosen
  })
  view(
    host,
    () => html`<fieldset class="segments" ?disabled=${locked("theme")}>
      <legend>${t(en.theme)}</legend>
      ${choices.map(
        ({ value, label }) => html`<label><input type="radio" name="theme" value=${value}
          .checked=${store.theme.value === value} @change=${() => (store.theme.value = value)}><span>${t(label)}</span></label>`,
      )}
    </fieldset>`,
  )
  return scheme
}
