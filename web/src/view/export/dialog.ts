/** The dialog that gives a run away: as code, as pictures, as tables. */
import { signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import { embedding } from "../../embed/query"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { makeDialog } from "../dialog"
import { selectField } from "../fields"
import { view } from "../render"
import { type FigureChoice, shownAt } from "./figures"
import { type Kind, kinds, type Made, make } from "./kinds"

/** A text field with more than this is slow; the file and the clipboard get all. */
const MOST_SHOWN = 100_000

const asFileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "") || "data"

/** What is shown of a file: its text, or its address as an image. */
type Shown = { text: string } | { image: string } | null

let open: ((ctx: Context) => Promise<void>) | null = null

export async function openExport(ctx: Context): Promise<void> {
  open ??= mount()
  await open(ctx)
}

function mount(): (ctx: Context) => Promise<void> {
  const dialog = makeDialog("export", "export-title")
  // Whoever sees no program looks for the picture.
  const kind = signal<Kind>(embedding.hidden.has("program") ? "picture" : "python")
  const figures = signal<FigureChoice>({ scheme: "light", format: "png", ratio: 2, chart: false })
  const made = signal<Made | null>(null)
  const shown = signal<Shown>(null)
  /** Of an older choice: it stays in its place, so that nothing moves under the pointer, until the new one is made. */
  const stale = signal(false)
  /** The latest sentence, for the screen reader too. */
  const done = signal("")
  let context: Context | null = null
  /** Counts what was asked for: the answer to an older question is dropped. */
  let asked = 0

  async function remake(): Promise<void> {
    const turn = ++asked
    const ctx = context
    if (!ctx) return
    stale.value = true
    done.value = ""
    const progress = (i: number, total: number): boolean => {
      if (turn !== asked || !dialog.open) return false
      done.value = t(en.drawingPicture, { at: i + 1, total })
      return true
    }
    try {
      const result = await make(kind.value, figures.value, ctx, await ctx.actions.exporter(), progress)
      const preview = result && "blob" in result ? await previewOf(result.blob) : null
      if (turn !== asked) return
      made.value = result
      show(preview)
      done.value = ""
    } catch (error) {
      if (turn !== asked) return
      made.value = {
        refusal: t(en.notMade, { reason: t(error instanceof Error ? error.message : String(error)) }),
      }
      show(null)
    } finally {
      if (turn === asked) stale.value = false
    }
  }

  async function previewOf(blob: Blob): Promise<Shown> {
    if (blob.type.startsWith("image/")) return { image: await shownAt(blob) }
    const text = await blob.slice(0, MOST_SHOWN).text()
    return { text: blob.size > MOST_SHOWN ? `${text}\n${t(en.restIsInFile)}` : text }
  }

  function show(next: Shown): void {
    if (shown.value && "image" in shown.value) URL.revokeObjectURL(shown.value.image)
    shown.value = next
  }

  async function copy(blob: Blob): Promise<void> {
    try {
      if (blob.type === "image/png") await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })])
      else await navigator.clipboard.writeText(await blob.text())
      done.value = t(en.copiedSentence)
    } catch {
      dialog.querySelector("textarea")?.select()
      done.value = dialog.querySelector("textarea") ? t(en.textNotCopied) : t(en.pictureNotCopied)
    }
  }

  function download({ blob, extension, part }: Extract<Made, { blob: Blob }>): void {
    const name = asFileName(context?.store.info.value?.name ?? "")
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = `kmeans_${name}${part ? `_${part}` : ""}.${extension}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    done.value = t(blob.type.startsWith("image/") ? en.pictureOnItsWay : en.textOnItsWay, { file: link.download })
  }

  const figure = (change: Partial<FigureChoice>): void => {
    figures.value = { ...figures.value, ...change }
    void remake()
  }

  function options(): TemplateResult | typeof nothing {
    const { scheme, format, ratio, chart } = figures.value
    const { value } = kind
    if (value !== "picture" && value !== "chart" && value !== "animation") return nothing
    const still = value !== "animation"
    return html`<div class="export-options">
      ${
        still
          ? selectField({
              id: "export-format",
              label: t(en.format),
              help: t(en.formatHelp),
              value: format,
              options: [
                { value: "png", label: "PNG" },
                { value: "svg", label: "SVG" },
              ],
              set: (chosen) => figure({ format: chosen === "svg" ? "svg" : "png" }),
            })
          : nothing
      }${
        still && format === "png"
          ? selectField({
              id: "export-ratio",
              label: t(en.size),
              help: t(en.ratioHelp),
              value: String(ratio),
              options: [1, 2, 4].map((n) => ({ value: String(n), label: `${n}×` })),
              set: (chosen) => figure({ ratio: Number(chosen) }),
            })
          : nothing
      }${selectField({
        id: "export-scheme",
        label: t(en.colours),
        help: t(en.coloursHelp),
        value: scheme,
        options: [
          { value: "light", label: t(en.light) },
          { value: "dark", label: t(en.dark) },
        ],
        set: (chosen) => figure({ scheme: chosen === "dark" ? "dark" : "light" }),
      })}${
        value === "picture"
          ? html`<label><input type="checkbox" .checked=${chart} @change=${(event: Event) => figure({ chart: (event.target as HTMLInputElement).checked })}>${t(en.withTheChart)}</label>`
          : nothing
      }</div>`
  }

  function preview(label: string): TemplateResult | typeof nothing {
    const what = shown.value
    if (!what) return nothing
    if ("image" in what) return html`<img src=${what.image} alt=${t(en.toBeExported, { label })}>`
    return html`<textarea readonly rows="16" spellcheck="false" aria-label=${t(en.theRunAs, { label })} .value=${what.text}></textarea>`
  }

  function body({ store }: Context): TemplateResult {
    const chosen = kinds.find(({ value }) => value === kind.value) ?? kinds[0]
    const result = made.value
    const code = kind.value === "python" || kind.value === "sklearn"
    return html`<fieldset class="segments"><legend>${t(en.exportAs)}</legend>${kinds.map(
      ({ value, label }) => html`<label><input type="radio" name="export" .checked=${kind.value === value}
          @change=${() => {
            kind.value = value
            made.value = null
            show(null)
            void remake()
          }}><span>${label}</span></label>`,
    )}</fieldset>
      <p>${chosen.about} ${code && store.programStale.value ? t(en.exportsLastGood) : ""}</p>
      ${options()}${
        result === null
          ? nothing
          : "refusal" in result
            ? html`<p class="refusal">${result.refusal}</p>`
            : html`${preview(chosen.label)}<div class="dialog-buttons"><button type="button" class="primary" ?disabled=${stale.value} @click=${() => download(result)}>${t(en.download, { extension: result.extension })}</button>
              ${result.extension === "gif" ? nothing : html`<button type="button" ?disabled=${stale.value} @click=${() => copy(result.blob)}>${t(en.copy)}</button>`}</div>`
      }
      <p class="note" role="status">${done.value}</p>`
  }

  const shownContext = signal<Context | null>(null)
  view(
    dialog,
    () => html`<div class="dialog-head"><h2 id="export-title">${t(en.exportTitle)}</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>${t(en.close)}</button></div>
      ${shownContext.value ? body(shownContext.value) : nothing}`,
  )
  return async (ctx) => {
    context = ctx
    shownContext.value = ctx
    const { value: theme } = ctx.store.theme
    const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark"
    figures.value = { ...figures.value, scheme: dark ? "dark" : "light" }
    await remake()
    dialog.showModal()
  }
}
