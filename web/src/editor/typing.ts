/** What helps while one types: completion, closing brackets, signatures. Loaded when the editor first has the focus. */
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete"
import { Prec, StateEffect } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { completeFunctions, completeParameters } from "./complete"
import { phrases } from "./phrases"
import { signatureHelp } from "./signature"

const extensions = [
  phrases,
  // Completion brings its keys; both come before the plain ones of the same keys.
  autocompletion({ override: [completeParameters, completeFunctions], icons: false }),
  // CodeMirror says so itself only while the list is open.
  EditorView.contentAttributes.of({ "aria-autocomplete": "list" }),
  closeBrackets(),
  Prec.high(keymap.of(closeBracketsKeymap)),
  signatureHelp,
]

export function addTyping(view: EditorView): void {
  view.dispatch({ effects: StateEffect.appendConfig.of(extensions) })
}
