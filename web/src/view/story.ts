/** The note beside the controls: about the data set shown, or the control in use. */
import { effect, signal } from "@preact/signals-core"
import { datasets } from "../datasets"
import type { DataInfo } from "../engine/protocol"
import { stories } from "../generated/late"
import type { Context, DataChoice } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { points } from "./format"

/** What was left out on reading, or nothing. */
export function leftOut(info: DataInfo): string {
  if (info.dropped === 0) return ""
  return info.dropped === 1
    ? t(en.oneRowLeftOut, { row: info.firstDropped })
    : t(en.rowsLeftOut, {
        n: info.dropped,
        row: info.firstDropped,
      })
}

export function story(choice: DataChoice, info: DataInfo | null): string {
  const known = stories[choice.name] ?? datasets.find(({ name }) => name === choice.name)?.story
  if (known) return t(known)
  if (!info) return ""
  const size = t(en.ownDataSize, {
    name: info.name,
    points: points(info.n),
    n: info.d,
  })
  return `${size} ${leftOut(info)}`.trim()
}

/** `controls` holds the fields, whose help is told while they are pointed at or have the focus. */
export function mountStory(host: HTMLElement, controls: HTMLElement, { store }: Context): void {
  const inUse = signal<Element | null>(null)

  function tell(): void {
    const control = inUse.value
    const wrong = control instanceof HTMLInputElement ? control.validationMessage : ""
    const help = control?.closest<HTMLElement>("[data-help]")?.dataset.help
    host.textContent = wrong || help || story(store.data.value, store.info.value)
    host.classList.toggle("wrong", wrong !== "")
  }
  effect(() => {
    // The help of a choice changes with the choice: read after the controls have been rendered again.
    void store.params.value
    void store.data.value
    void store.info.value
    void inUse.value
    queueMicrotask(tell)
  })

  const use = (event: Event): void => {
    inUse.value = event.target instanceof Element ? event.target : null
    tell()
  }
  const rest = (): void => {
    inUse.value = null
  }
  controls.addEventListener("pointerover", use)
  controls.addEventListener("focusin", use)
  controls.addEventListener("input", use)
  controls.addEventListener("pointerleave", rest)
  controls.addEventListener("focusout", rest)
}
