/** Lights the lines that made the state shown: those of the distance after an assign, of the center after an update. */
import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from "@codemirror/view"
import { effect } from "@preact/signals-core"
import type { Frame } from "../engine/protocol"
import { linesOf, partIn } from "../program/lines"
import type { Store } from "../state"

/** What runs in a half-step: a function of the program, or the parameter of that name. */
const ranIn: Record<Frame["kind"], string> = { start: "init", assign: "distance", update: "center" }

const light = StateEffect.define<number[]>()
const mark = Decoration.line({ class: "cm-running" })

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    for (const change of effects) {
      if (!change.is(light)) continue
      const lines = change.value.filter((number) => number <= state.doc.lines)
      return Decoration.set(lines.map((number): Range<Decoration> => mark.range(state.doc.line(number).from)))
    }
    return marks.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Follows what is pointed at, or else the frame that is shown. A text with errors is not what runs, so nothing of it is lit. */
export function running(store: Store): Extension {
  const follower = ViewPlugin.define((view) => {
    const stop = effect(() => {
      const kind = store.frame.value?.kind
      const text = store.program.value
      const part = store.emphasis.value?.part
      const names = part ? partIn[part] : kind ? [ranIn[kind]] : []
      const lines = text.split("\n")
      const numbers = store.programStale.value
        ? []
        : names.flatMap((name) => linesOf(lines, name)).sort((a, b) => a - b)
      // Not inside the update that changed the text.
      queueMicrotask(() => view.dispatch({ effects: light.of(numbers) }))
    })
    return { destroy: stop }
  })
  return [lit, follower]
}
