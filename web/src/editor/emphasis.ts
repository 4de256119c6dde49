/** Pointing at a line of the program, or working in it, lights its equation and its part of the picture. */
import type { Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { linesOf, partIn } from "../program/lines"
import type { Part, Store } from "../state"

/** In the order in which a line is asked for; the distance is that of the assign. */
const parts: readonly Part[] = ["assign", "update", "init", "stop"]

function partOf(text: string, line: number): Part | null {
  const lines = text.split("\n")
  return parts.find((part) => partIn[part].some((name) => linesOf(lines, name).includes(line))) ?? null
}

export function emphasis(store: Store): Extension {
  const set = (part: Part | null): void => {
    const now = store.emphasis.peek()
    if (now?.part === part || (!part && !now)) return
    store.emphasis.value = part && { part, from: "program" }
  }
  const clear = (): void => {
    if (store.emphasis.peek()?.from === "program") store.emphasis.value = null
  }
  const at = (view: EditorView, position: number): void => {
    const { doc } = view.state
    if (!store.programStale.peek()) set(partOf(doc.toString(), doc.lineAt(position).number))
  }
  return [
    EditorView.domEventHandlers({
      mousemove: (event, view) => {
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
        if (position === null) clear()
        else at(view, position)
      },
      mouseleave: clear,
      blur: clear,
    }),
    // While somebody types nothing else should move; the cursor lights a line when it is only led there.
    EditorView.updateListener.of((update) => {
      if (update.docChanged) queueMicrotask(clear)
      else if (update.selectionSet && update.view.hasFocus) {
        const { head } = update.state.selection.main
        queueMicrotask(() => at(update.view, head))
      }
    }),
  ]
}
