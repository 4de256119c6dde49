/** The dialog for a person's own data: where it comes from, and which columns of it count. */
import { effect, signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import { live } from "lit-html/directives/live.js"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { makeDialog } from "./dialog"
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
  const dialog = makeDialog("own", "own-data-title")
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
    actions.loadText(area.value, t(en.pastedData))
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
    return html`<section><h3>${t(en.columnsOf, { name: info.name })}</h3>
      ${info.dropped ? html`<p class="note">${leftOut(info)}</p>` : nothing}
      <fieldset class="columns"><legend>${t(en.clusterBy)}</legend>${info.columns
        .filter(({ numeric }) => numeric)
        .map(
          ({ name }) => html`<label><input type="checkbox" .checked=${live(chosen.value.includes(name))}
            @change=${(event: Event) => toggle(name, (event.target as HTMLInputElement).checked)}>${columnTitle(name)}</label>`,
        )}</fieldset>
      ${selectField({
        id: "truth",
        label: t(en.trueLabel),
        help: t(en.trueLabelHelp),
        value: label.value,
        options: [
          { value: NONE, label: t(en.none) },
          ...info.columns.map(({ name }) => ({ value: name, label: columnTitle(name) })),
        ],
        set: (name) => {
          label.value = name
          chosen.value = chosen.value.filter((n) => n !== name)
        },
      })}
      <button type="button" class="primary" ?disabled=${chosen.value.length === 0} @click=${apply}>${t(en.useTheseColumns)}</button>
      ${chosen.value.length ? nothing : html`<p class="note" role="status">${t(en.needsAColumn)}</p>`}</section>`
  }

  view(
    dialog,
    () => html`<div class="dialog-head"><h2 id="own-data-title">${t(en.yourData)}</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>${t(en.close)}</button></div>
      <p>${t(en.ownDataIntro)}</p>
      <p><label class="file">${t(en.chooseFile)}<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${pickFile}></label>
        <span class="note">${t(en.orDropFile)}</span></p>
      <div class="field"><label for="pasted">${t(en.pasteRows)}</label>
        <textarea id="pasted" rows="6" spellcheck="false" placeholder="x,y&#10;1.0,2.5"></textarea></div>
      <button type="button" @click=${usePasted}>${t(en.usePastedRows)}</button>
      ${columns()}`,
  )
  return () => dialog.showModal()
}
