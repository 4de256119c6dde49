/** Labelled controls: each reads one value and reports a changed one. */
import { html, nothing, type TemplateResult } from "lit-html"
import { live } from "lit-html/directives/live.js"
import * as en from "../text/en"
import { t, written } from "../text/text"

interface Field {
  id: string
  label: string
  help: string
  disabled?: boolean
}

export interface Slider {
  min: number
  max: number
  step: number
  /** Position of a value and value of a position, where the slider is not linear. */
  place?: (value: number) => number
  value?: (place: number) => number
}

export interface NumberField extends Field {
  value: number
  min: number
  max: number
  /** 1 for whole numbers. */
  step: number
  slider?: Slider
  set: (value: number) => void
}

export interface Option {
  value: string
  label: string
  /** Of the label, if not that of the page. */
  lang?: string
}

export interface SelectField extends Field {
  value: string
  options: readonly Option[] | readonly { label: string; options: readonly Option[] }[]
  set: (value: string) => void
}

function wrap({ id, label, help }: Field, kind: string, control: TemplateResult): TemplateResult {
  return html`<div class="field ${kind}" data-help=${help}><label for=${id}>${label}</label>${control}</div>`
}

/** A number: while it is typed, every acceptable value counts; what is left unacceptable is put right on leaving. */
export function numberField(f: NumberField): TemplateResult {
  const typed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    input.setCustomValidity("")
    if (input.validity.valid && input.value !== "") f.set(input.valueAsNumber)
    else if (input.value !== "")
      input.setCustomValidity(
        t(f.step === 1 ? en.mustBeWholeNumber : en.mustBeNumber, {
          label: f.label,
          min: f.min,
          max: f.max,
        }),
      )
    input.setAttribute("aria-invalid", String(!input.validity.valid))
  }
  const left = (event: Event): void => {
    const input = event.target as HTMLInputElement
    if (!input.validity.valid && document.activeElement === input) input.reportValidity()
  }
  const restored = (event: Event): void => {
    const input = event.target as HTMLInputElement
    if (input.valueAsNumber === f.value) return
    input.valueAsNumber = f.value
    input.setCustomValidity("")
    input.removeAttribute("aria-invalid")
  }
  // What is being typed is not written over: the value may change under it, by data that have just been loaded.
  const typing = document.activeElement
  const shown =
    typing instanceof HTMLInputElement && typing.id === f.id && typing.validity.valid && typing.value !== ""
      ? typing.valueAsNumber
      : f.value
  const input = html`<input type="number" id=${f.id} aria-description=${f.help} inputmode=${f.step === 1 ? "numeric" : "decimal"}
    min=${f.min} max=${f.max} step=${f.step === 1 ? 1 : "any"} ?disabled=${f.disabled}
    .valueAsNumber=${live(shown)} @input=${typed} @change=${left} @blur=${restored}>`
  if (!f.slider) return wrap(f, "number", input)
  const { min, max, step, place = (v: number) => v, value = (p: number) => p } = f.slider
  const slid = (event: Event): void => f.set(value((event.target as HTMLInputElement).valueAsNumber))
  return wrap(
    f,
    "dial",
    html`<div class="pair"><input type="range" aria-label=${t(en.slider, { label: f.label })} aria-valuetext=${written(f.value)}
      min=${min} max=${max} step=${step} ?disabled=${f.disabled}
      .valueAsNumber=${live(Math.min(max, Math.max(min, place(f.value))))} @input=${slid}>${input}</div>`,
  )
}

export function selectField(f: SelectField): TemplateResult {
  const option = (o: Option): TemplateResult =>
    html`<option value=${o.value} lang=${o.lang ?? nothing} .selected=${live(o.value === f.value)}>${o.label}</option>`
  const chosen = (event: Event): void => f.set((event.target as HTMLSelectElement).value)
  return wrap(
    f,
    "choice",
    html`<select id=${f.id} aria-description=${f.help} ?disabled=${f.disabled} @change=${chosen}>${f.options.map((o) =>
      "options" in o ? html`<optgroup label=${o.label}>${o.options.map(option)}</optgroup>` : option(o),
    )}</select>`,
  )
}

export function checkField(f: {
  id: string
  label: string
  help: string
  disabled: boolean
  checked: boolean
  set: (on: boolean) => void
}): TemplateResult {
  return html`<div class="field check" data-help=${f.help}><label><input type="checkbox" id=${f.id} aria-description=${f.help}
    ?disabled=${f.disabled} .checked=${live(f.checked)} @change=${(event: Event) => f.set((event.target as HTMLInputElement).checked)}>${f.label}</label></div>`
}
