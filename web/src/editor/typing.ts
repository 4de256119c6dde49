/** What helps while one types: completion, closing brackets, signatures. Loaded when the editor first has the focus. */
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete"
import { Prec, StateEffect } from "@codemirror/state"
import { type EditorView, keymap } from "@codemirror/view"
import { completeFunctions, completeParameters } from "./complete"
import { signatureHelp } from "./signature"

const extensions = [
  // Completion brings its keys; both come before the plain ones of the same keys.
  autocompletion({ override: [completeParameters, completeFunctions], icons: false }),
  closeBrackets(),
  Prec.high(keymap.of(closeBracketsKeymap)),
  signatureHelp,
]

export function addTyping(view: EditorView): void {
  view.dispatch({ effects: StateEffect.appendConfig.of(extensions) })
}
