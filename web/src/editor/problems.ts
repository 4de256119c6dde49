/** The compiler's diagnostics as squiggles, marks in the gutter and one-click fixes. */

import { forEachDiagnostic, lintGutter, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint"
import type { Extension } from "@codemirror/state"
import { type EditorView, ViewPlugin } from "@codemirror/view"
import { effect } from "@preact/signals-core"
import type { Diagnostic, Store } from "../state"

function markOf({ code, severity, from, to, message, fix }: Diagnostic): Mark {
  return {
    from,
    to,
    severity,
    source: code,
    message,
    renderMessage: () => {
      // The compiler speaks no other language.
      const text = document.createElement("span")
      text.lang = "en"
      text.textContent = message
      return text
    },
    actions: fix
      ? [
          {
            name: fix.label,
            apply: (view) => view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.insert } }),
          },
        ]
      : [],
  }
}

/** Follows the store; the text is parsed once, by the compiler, and not here. */
export function problems(store: Store): Extension {
  const follower = ViewPlugin.define((view: EditorView) => {
    const stop = effect(() => {
      const diagnostics = store.diagnostics.value
      const text = store.program.value
      // Not inside the update that made them; and a text that has changed again will bring its own.
      queueMicrotask(() => {
        if (view.state.doc.toString() === text) view.dispatch(setDiagnostics(view.state, diagnostics.map(markOf)))
      })
    })
    return { destroy: stop }
  })
  return [lintGutter(), follower]
}

/** Carries out the fix of the problem the cursor is at, where there is one: F8 goes to the next problem, this mends it. */
export function applyFix(view: EditorView): boolean {
  const { from, to } = view.state.selection.main
  const fixes: (() => void)[] = []
  forEachDiagnostic(view.state, (mark, start, end) => {
    const action = mark.actions?.[0]
    if (action && start <= to && end >= from) fixes.push(() => action.apply(view, start, end))
  })
  fixes.at(0)?.()
  return fixes.length > 0
}
