/** The program panel: the text of the algorithm, its problems, and the buttons that act on it. */
import { html, nothing, render, type TemplateResult } from "lit-html"
import { locked } from "../embed/lock"
import { examples, exampleText } from "../program/examples"
import type { Context, Diagnostic } from "../state"
import { mountMenu } from "./menu"
import { find, view } from "./render"

const CTRL = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl-"
/** What the keys of the editor do; Tab is not among them, it leaves. */
const KEYS = [
  [`${CTRL}Enter`, "run", "Run the program from its start"],
  [`${CTRL}/`, "comment", "Comment these lines out, or in again"],
  [`${CTRL}F`, "find", "Find and replace"],
  ["F8", "next", "Go to the next problem"],
  [`${CTRL}.`, "fix", "Mend the problem at the cursor"],
]

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

export async function mountProgram(host: HTMLElement, ctx: Context): Promise<void> {
  const { store, actions } = ctx
  render(
    html`<div class="panel-head"><h2>The algorithm</h2><div class="panel-buttons"></div></div>
      <p class="why" hidden></p>
      <div class="editor"><pre></pre></div>
      <div class="diagnostics" role="group" aria-label="Problems in the program"></div>
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
    why.textContent = `${example.name}. ${example.why}`
  }
  async function copy(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
    try {
      await navigator.clipboard.writeText(store.program.value)
      button.textContent = "Copied"
    } catch {
      button.textContent = "Not allowed"
    }
    setTimeout(() => {
      button.textContent = "Copy"
    }, 2000)
  }
  render(
    html`<button type="button" class="quiet" aria-label="Run program" title=${`${CTRL}Enter in the editor`} @click=${() => actions.rerun()}>Run</button>
      <button type="button" class="quiet" aria-label="Reset program" ?hidden=${locked("program")} @click=${() => actions.resetProgram()}>Reset</button>
      <button type="button" class="quiet" @click=${copy}>Copy</button>
      <button type="button" class="quiet" aria-haspopup="dialog" @click=${async () => (await import("./export/dialog")).openExport(ctx)}>Export</button>
      <span class="examples" ?hidden=${locked("program")}></span>`,
    part("panel-buttons"),
  )
  mountMenu(part("examples"), "Examples", examples, choose)

  const fixButton = (fix: Diagnostic["fix"]): TemplateResult | typeof nothing =>
    fix ? html` <button type="button" class="quiet" @click=${() => apply(fix)}>${fix.label}</button>` : nothing
  const apply = ({ from, to, insert }: NonNullable<Diagnostic["fix"]>): void => {
    const text = store.program.value
    actions.setProgram(text.slice(0, from) + insert + text.slice(to))
  }
  view(part("diagnostics"), () => {
    const text = store.program.value
    return html`${store.programStale.value ? html`<p class="stale">The text has an error. The last good program keeps running.</p>` : nothing}
      <ul>${store.diagnostics.value.map(
        (d) => html`<li class=${d.severity}><span>Line ${lineOf(text, d.from)}: ${d.message}</span>
          ${fixButton(d.fix)}</li>`,
      )}</ul>`
  })

  const editor = part("editor")
  const waiting = find(editor, "pre")
  const stop = view(waiting, () => html`${store.program.value}`)
  const { mountEditor } = await import("../editor/editor")
  await mountEditor(editor, ctx)
  stop()
  waiting.remove()
}
