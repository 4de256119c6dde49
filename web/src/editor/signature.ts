/** The signature of the call or definition that the cursor stands in, above the line, with the parameter that is next in bold. */
import { completionStatus } from "@codemirror/autocomplete"
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state"
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view"
import { t } from "../text/text"
import { type Call, callAround, parametersOf } from "./call"
import { builtinNamed, hookNamed } from "./functions"

/** How far back a call can begin; a program's lines are short. */
const REACH = 2000

interface Shown {
  call: Call
  tooltip: Tooltip
}

interface Help {
  shown: Shown | null
  /** Where the call begins whose help was sent away; it stays away while the cursor is in it. */
  dismissed: number
}

const dismiss = StateEffect.define()

function signatureOf({ name }: Call): { signature: string; help: string } | null {
  const hook = hookNamed(name)
  if (hook) return { signature: `${name}(${hook.parameters})`, help: hook.help }
  return builtinNamed(name) ?? null
}

function line(call: Call, signature: string, help: string): HTMLElement {
  const { name, parameters } = parametersOf(signature)
  const box = document.createElement("div")
  box.className = "about cm-signature"
  const code = document.createElement("code")
  code.append(`${name}(`)
  for (const [i, parameter] of parameters.entries()) {
    const part = document.createElement(i === call.argument ? "b" : "span")
    part.textContent = parameter
    code.append(i > 0 ? ", " : "", part)
  }
  code.append(")")
  const text = document.createElement("div")
  text.textContent = t(help)
  box.append(code, text)
  return box
}

/** What is shown where; the same object while nothing about it changes, so that the tooltip is not made again. */
function find(state: EditorState, before: Shown | null): Shown | null {
  const { main } = state.selection
  if (!main.empty) return null
  const start = Math.max(0, main.head - REACH)
  const found = callAround(state.sliceDoc(start, main.head))
  const said = found && signatureOf(found)
  if (!found || !said) return null
  const call = { ...found, from: found.from + start }
  const same = before?.call
  if (same && same.name === call.name && same.from === call.from && same.argument === call.argument) return before
  return {
    call,
    tooltip: {
      pos: call.from,
      above: true,
      create: () => {
        const dom = document.createElement("div")
        dom.setAttribute("role", "status")
        dom.append(line(call, said.signature, said.help))
        // While completions are open they say the same, and one box is enough.
        const hideFor = (now: EditorState) => {
          dom.hidden = completionStatus(now) === "active"
        }
        hideFor(state)
        return { dom, update: (update) => hideFor(update.state) }
      },
    },
  }
}

const help = StateField.define<Help>({
  create: () => ({ shown: null, dismissed: -1 }),
  update(value, transaction) {
    const sent = transaction.effects.some((effect) => effect.is(dismiss))
    if (sent) return { shown: null, dismissed: value.shown?.call.from ?? -1 }
    if (!transaction.docChanged && !transaction.selection) return value
    // A slider that edits a literal is no one standing in a call.
    const moved = transaction.isUserEvent("input") || transaction.isUserEvent("delete") || transaction.selection
    const shown = moved ? find(transaction.state, value.shown) : null
    const dismissed = value.dismissed < 0 ? -1 : transaction.changes.mapPos(value.dismissed)
    if (shown?.call.from === dismissed) return { shown: null, dismissed }
    return { shown, dismissed: -1 }
  },
  provide: (field) => [
    showTooltip.from(field, ({ shown }) => shown?.tooltip ?? null),
    keymap.of([
      {
        key: "Escape",
        run: (view) => {
          if (!view.state.field(field).shown || completionStatus(view.state) === "active") return false
          view.dispatch({ effects: dismiss.of(null) })
          return true
        },
      },
    ]),
  ],
})

/** Leaving the editor closes it, too. */
const onBlur = EditorView.domEventHandlers({
  blur: (_, view) => {
    if (view.state.field(help).shown) view.dispatch({ effects: dismiss.of(null) })
  },
})

export const signatureHelp: Extension = [help, onBlur]
