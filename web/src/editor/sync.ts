/** The text and the store, each following the other. */

import { isolateHistory } from "@codemirror/commands"
import { Annotation, type ChangeSpec, type Extension, Transaction } from "@codemirror/state"
import { EditorView, type ViewUpdate } from "@codemirror/view"
import { effect } from "@preact/signals-core"
import type { Actions, Store } from "../state"
import { difference } from "./difference"

/** Marks a change that came from the store, e.g. a slider: it must not be told to the store again. */
const fromStore = Annotation.define<boolean>()

export function bindText(store: Store, actions: Actions): { extension: Extension; follow: (view: EditorView) => void } {
  /** The last change was typed, so one from the store begins a new step of undo. */
  let typed = true

  const tell = (update: ViewUpdate): void => {
    if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromStore))) return
    typed = true
    actions.setProgram(update.state.doc.toString())
  }

  function follow(view: EditorView): void {
    effect(() => {
      const change: ChangeSpec | null = difference(view.state.doc.toString(), store.program.value)
      if (!change) return
      // A slider that is dragged makes many edits of one literal; history joins those and undo takes them back at once.
      const annotations: Annotation<unknown>[] = [fromStore.of(true)]
      if (typed) annotations.push(isolateHistory.of("before"))
      // The text of the address comes after the editor may have: it is where undo ends.
      if (store.phase.peek() !== "ready") annotations.push(Transaction.addToHistory.of(false))
      typed = false
      view.dispatch({ changes: change, annotations })
    })
  }

  return { extension: EditorView.updateListener.of(tell), follow }
}
