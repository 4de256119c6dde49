/** The dialog that gives a run away: as a Python script, or as a call of scikit-learn. */
import { signal } from "@preact/signals-core"
import { html, type TemplateResult } from "lit-html"
import { MOST_NUMBERS, pythonScript, scriptRefusal } from "../export/python"
import type { RunRecord } from "../export/run"
import { sklearnCall } from "../export/sklearn"
import type { Context } from "../state"
import styles from "../styles/dialog.css?inline"
import { adopt } from "./adopt"
import { find, view } from "./render"

type Kind = "python" | "sklearn"
const kinds: { value: Kind; label: string }[] = [
  { value: "python", label: "Python script" },
  { value: "sklearn", label: "scikit-learn" },
]

/** A text field with more than this is slow; the file and the clipboard get all. */
const MOST_SHOWN = 100_000

const asFileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "") || "data"

let open: ((ctx: Context) => Promise<void>) | null = null

export async function openExport(ctx: Context): Promise<void> {
  open ??= mount()
  await open(ctx)
}

function mount(): (ctx: Context) => Promise<void> {
  adopt(styles)
  const dialog = document.createElement("dialog")
  dialog.className = "dialog export"
  dialog.setAttribute("aria-labelledby", "export-title")
  document.body.append(dialog)
  const run = signal<RunRecord | null>(null)
  const kind = signal<Kind>("python")
  const done = signal("")
  const stale = signal(false)

  /** The text, or why there is none. */
  function written(record: RunRecord): { text: string; refusal: string | null } {
    if (kind.value === "sklearn") return { text: sklearnCall(record), refusal: null }
    const refusal = scriptRefusal(record)
    return { text: refusal ? "" : pythonScript(record), refusal }
  }

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      done.value = "Copied."
    } catch {
      find<HTMLTextAreaElement>(dialog, "textarea").select()
      done.value = "This page may not write to the clipboard: the text is selected, copy it with the keyboard."
    }
  }
  function download(text: string, { data }: RunRecord): void {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([text], { type: "text/x-python" }))
    link.download = `kmeans_${asFileName(data.name)}.py`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    done.value = `${link.download} is on its way; where a page may not download, copy the text.`
  }

  function body(record: RunRecord): TemplateResult {
    const { text, refusal } = written(record)
    const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n… the rest is in the file` : text
    const choose = (value: Kind) => {
      kind.value = value
      done.value = ""
    }
    return html`<fieldset class="segments"><legend>As</legend>${kinds.map(
      ({ value, label }) => html`<label><input type="radio" name="export" .checked=${kind.value === value}
          @change=${() => choose(value)}><span>${label}</span></label>`,
    )}</fieldset>
      <p>${
        kind.value === "python"
          ? "The program as it stands, and under it what runs it: the same start on the same data. It needs NumPy and prints inertia, iterations and labels."
          : "The nearest call, with comments for what scikit-learn cannot say."
      }${stale.value ? " The text in the editor has an error; this is the last good program." : ""}</p>
      ${
        refusal
          ? html`<p class="refusal">${refusal}</p>`
          : html`<textarea readonly rows="16" spellcheck="false" aria-label=${`The run as ${kinds.find(({ value }) => value === kind.value)?.label}`} .value=${shown}></textarea>
            <div class="dialog-buttons"><button type="button" class="primary" @click=${() => download(text, record)}>Download .py</button>
              <button type="button" @click=${() => copy(text)}>Copy</button></div>`
      }
      <p class="note" role="status">${done.value}</p>`
  }

  view(
    dialog,
    () => html`<div class="dialog-head"><h2 id="export-title">Export this run</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>Close</button></div>
      ${run.value ? body(run.value) : ""}`,
  )
  return async ({ store, actions }) => {
    const record = await actions.recordRun(MOST_NUMBERS)
    if (!record) return
    done.value = ""
    stale.value = store.programStale.value
    run.value = record
    dialog.showModal()
  }
}
