/** The dialog for a person's own data: where it comes from, and which columns of it count. */
import { effect, signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import { live } from "lit-html/directives/live.js"
import type { Context } from "../state"
import styles from "../styles/dialog.css?inline"
import { adopt } from "./adopt"
import { selectField } from "./fields"
import { columnTitle } from "./picture/units"
import { find, view } from "./render"
import { leftOut } from "./story"

const NONE = ""
let open: (() => void) | null = null

export function openOwnData(ctx: Context): void {
  open ??= mount(ctx)
  open()
}

function mount({ store, actions }: Context): () => void {
  adopt(styles)
  const dialog = document.createElement("dialog")
  dialog.className = "dialog"
  dialog.setAttribute("aria-labelledby", "own-data-title")
  document.body.append(dialog)
  const chosen = signal<string[]>([])
  const label = signal<string>(NONE)
  effect(() => {
    const info = store.info.value
    chosen.value = info?.names ?? []
    label.value = info?.label ?? NONE
  })

  const pickFile = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    // The same file can be chosen again after it was corrected.
    input.value = ""
    if (!file) return
    actions.loadFile(file)
    dialog.close()
  }
  const usePasted = (): void => {
    const area = find<HTMLTextAreaElement>(dialog, "textarea")
    area.focus()
    if (!area.value.trim()) return
    actions.loadText(area.value, "Pasted data")
    area.value = ""
    dialog.close()
  }

  function columns(): TemplateResult | typeof nothing {
    const info = store.info.value
    if (!info || info.columns.length < 2 || store.data.value.name !== "own") return nothing
    const toggle = (name: string, on: boolean): void => {
      const kept = info.columns.map((c) => c.name).filter((n) => (n === name ? on : chosen.value.includes(n)))
      chosen.value = kept
    }
    const apply = (): void => {
      actions.chooseColumns(chosen.value, label.value)
      dialog.close()
    }
    return html`<section><h3>Columns of ${info.name}</h3>
      ${info.dropped ? html`<p class="note">${leftOut(info)}</p>` : nothing}
      <fieldset class="columns"><legend>Cluster by</legend>${info.columns
        .filter(({ numeric }) => numeric)
        .map(
          ({ name }) => html`<label><input type="checkbox" .checked=${live(chosen.value.includes(name))}
            @change=${(event: Event) => toggle(name, (event.target as HTMLInputElement).checked)}>${columnTitle(name)}</label>`,
        )}</fieldset>
      ${selectField({
        id: "truth",
        label: "True label",
        help: "Never clustered; the result is compared with it.",
        value: label.value,
        options: [
          { value: NONE, label: "None" },
          ...info.columns.map(({ name }) => ({ value: name, label: columnTitle(name) })),
        ],
        set: (name) => {
          label.value = name
          chosen.value = chosen.value.filter((n) => n !== name)
        },
      })}
      <button type="button" class="primary" ?disabled=${chosen.value.length === 0} @click=${apply}>Use these columns</button>
      ${chosen.value.length ? nothing : html`<p class="note" role="status">Choose at least one column to cluster by.</p>`}</section>`
  }

  view(
    dialog,
    () => html`<div class="dialog-head"><h2 id="own-data-title">Your data</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>Close</button></div>
      <p>A CSV file, one row a point, the names of the columns in the first line. It stays on this device: nothing is sent anywhere.</p>
      <p><label class="file">Choose a file<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${pickFile}></label>
        <span class="note">or drop one anywhere on the page.</span></p>
      <div class="field"><label for="pasted">Or paste rows</label>
        <textarea id="pasted" rows="6" spellcheck="false" placeholder="x,y&#10;1.0,2.5"></textarea></div>
      <button type="button" @click=${usePasted}>Use pasted rows</button>
      ${columns()}`,
  )
  return () => dialog.showModal()
}
