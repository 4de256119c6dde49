/** The note beside the controls: about the data set shown, or the control in use. */
import { signal } from "@preact/signals-core"
import { html } from "lit-html"
import { datasets } from "../datasets"
import type { DataInfo } from "../engine/protocol"
import { shapes } from "../generated/tables"
import type { Context, DataChoice } from "../state"
import { count, points } from "./format"
import { view } from "./render"

/** What was left out on reading, or nothing. */
export function leftOut(info: DataInfo): string {
  if (info.dropped === 0) return ""
  return info.dropped === 1
    ? `1 row with a missing cell was left out: row ${count(info.firstDropped)}.`
    : `${count(info.dropped)} rows with missing cells were left out, the first is row ${count(info.firstDropped)}.`
}

export function story(choice: DataChoice, info: DataInfo | null): string {
  const known = [...shapes, ...datasets].find(({ name }) => name === choice.name)
  if (known) return known.story
  if (!info) return ""
  const size = `${info.name}: ${points(info.n)} by ${count(info.d)} ${info.d === 1 ? "column" : "columns"}, on this device only.`
  return `${size} ${leftOut(info)}`.trim()
}

/** `controls` holds the fields, whose help is told while they are pointed at or have the focus. */
export function mountStory(host: HTMLElement, controls: HTMLElement, { store }: Context): void {
  const hint = signal<{ text: string; wrong: boolean } | null>(null)
  view(host, () => {
    host.classList.toggle("wrong", hint.value?.wrong ?? false)
    return html`${hint.value?.text ?? story(store.data.value, store.info.value)}`
  })
  const explain = (event: Event): void => {
    const target = event.target
    if (!(target instanceof Element)) return
    const wrong = target instanceof HTMLInputElement ? target.validationMessage : ""
    const help = target.closest<HTMLElement>("[data-help]")?.dataset.help
    hint.value = wrong ? { text: wrong, wrong: true } : help ? { text: help, wrong: false } : null
  }
  const rest = (): void => {
    hint.value = null
  }
  controls.addEventListener("pointerover", explain)
  controls.addEventListener("focusin", explain)
  controls.addEventListener("input", explain)
  controls.addEventListener("pointerleave", rest)
  controls.addEventListener("focusout", rest)
}
