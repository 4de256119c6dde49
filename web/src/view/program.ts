/** The program panel: the text of the algorithm, its problems, and the buttons that act on it. */
import { effect } from "@preact/signals-core"
import { html, nothing, render, type TemplateResult } from "lit-html"
import { locked } from "../embed/lock"
import { embedding } from "../embed/query"
import { examples, exampleText } from "../program/examples"
import type { Context, Diagnostic } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { mountMenu } from "./menu"
import { find, view } from "./render"
import { reveal, shown } from "./tabs"

const CTRL = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl-"
/** What the keys of the editor do; Tab is not among them, it leaves. */
const KEYS = [
  [`${CTRL}Enter`, t(en.runKey), t(en.runKeyHelp)],
  [`${CTRL}/`, t(en.comment), t(en.commentHelp)],
  [`${CTRL}F`, t(en.find), t(en.findHelp)],
  ["F8", t(en.next), t(en.nextHelp)],
  [`${CTRL}.`, t(en.fix), t(en.fixHelp)],
]

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

export async function mountProgram(host: HTMLElement, ctx: Context): Promise<void> {
  const { store, actions } = ctx
  render(
    html`<div class="panel-head"><h2>${t(en.theAlgorithm)}</h2><div class="panel-buttons"></div></div>
      <p class="why" hidden></p>
      <div class="editor"><pre></pre></div>
      <div class="diagnostics" role="group" aria-label=${t(en.problemsProgram)}></div>
      <p class="keys">${KEYS.map(([key, does, help]) => html`<span title=${help}><kbd>${key}</kbd> ${does}</span> `)}</p>`,
    host,
  )
  const part = (name: string): HTMLElement => find(host, `.${name}`)

  /** Writes an example into the editor, as one step of undo, and says why one would look at it. */
  function choose(i: number): void {
    const example = examples[i]
    actions.setProgram(exampleText(example, store.params.value))
    const why = part("why")
    why.hidden = false
    why.textContent = `${t(example.name)}. ${t(example.why)}`
  }
  async function copy(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
    try {
      await navigator.clipboard.writeText(store.program.value)
      button.textContent = t(en.copied)
    } catch {
      button.textContent = t(en.notAllowed)
    }
    setTimeout(() => {
      button.textContent = t(en.copy)
    }, 2000)
  }
  render(
    html`<button type="button" class="quiet" aria-label=${t(en.runProgram)} title=${t(en.inTheEditor, { key: `${CTRL}Enter` })} @click=${() => actions.rerun()}>${t(en.run)}</button>
      <button type="button" class="quiet" aria-label=${t(en.resetProgram)} ?hidden=${locked("program")} @click=${() => actions.resetProgram()}>${t(en.reset)}</button>
      <button type="button" class="quiet" @click=${copy}>${t(en.copy)}</button>
      <button type="button" class="quiet" aria-haspopup="dialog" ?hidden=${embedding.hidden.has("export")} @click=${async () => (await import("./export/dialog")).openExport(ctx)}>${t(en.exportIt)}</button>
      <span class="examples" ?hidden=${locked("program")}></span>`,
    part("panel-buttons"),
  )
  mountMenu(part("examples"), t(en.examples), examples, choose)

  const fixButton = (fix: Diagnostic["fix"]): TemplateResult | typeof nothing =>
    fix ? html` <button type="button" class="quiet" @click=${() => apply(fix)}>${fix.label}</button>` : nothing
  const apply = ({ from, to, insert }: NonNullable<Diagnostic["fix"]>): void => {
    const text = store.program.value
    actions.setProgram(text.slice(0, from) + insert + text.slice(to))
  }
  view(part("diagnostics"), () => {
    const text = store.program.value
    return html`${store.programStale.value ? html`<p class="stale">${t(en.programIsStale)}</p>` : nothing}
      <ul>${store.diagnostics.value.map(
        (
          d,
        ) => html`<li class=${d.severity}><span>${t(en.lineNumber, { n: lineOf(text, d.from) })} <span lang="en">${d.message}</span></span>
          ${fixButton(d.fix)}</li>`,
      )}</ul>`
  })

  // What is wrong, or waits, is shown.
  effect(() => {
    if (store.held.value || store.programStale.value) reveal(host)
  })

  const editor = part("editor")
  const waiting = find(editor, "pre")
  const stop = view(waiting, () => html`${store.program.value}`)
  await shown(host)
  const { mountEditor } = await import("../editor/editor")
  await mountEditor(editor, ctx)
  stop()
  waiting.remove()
}
