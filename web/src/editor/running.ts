/** Lights the lines that made the state shown: those of the distance after an assign, of the center after an update. */
import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from "@codemirror/view"
import { effect } from "@preact/signals-core"
import type { Frame } from "../engine/protocol"
import type { Store } from "../state"

/** What runs in a half-step: a function of the program, or the parameter of that name. */
const ranIn: Record<Frame["kind"], string> = { start: "init", assign: "distance", update: "center" }

/** Numbers, from 1, of the lines that define a name: a function with its body, or the line that sets it. */
export function linesOf(lines: readonly string[], name: string): number[] {
  const found: number[] = []
  let inside = false
  for (const [i, line] of lines.entries()) {
    const starts = new RegExp(`^(def\\s+${name}\\s*\\(|${name}\\s*=)`).test(line)
    if (starts) found.length = 0 // the last one counts, as for the compiler
    if (/^\S/.test(line)) inside = starts
    if (inside && line.trim() !== "") found.push(i + 1)
    if (starts && !line.startsWith("def")) inside = false
  }
  return found
}

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

/** Follows the frame that is shown. A text with errors is not what runs, so nothing of it is lit. */
export function running(store: Store): Extension {
  const follower = ViewPlugin.define((view) => {
    const stop = effect(() => {
      const kind = store.frame.value?.kind
      const text = store.program.value
      const numbers = kind && !store.programStale.value ? linesOf(text.split("\n"), ranIn[kind]) : []
      // Not inside the update that changed the text.
      queueMicrotask(() => view.dispatch({ effects: light.of(numbers) }))
    })
    return { destroy: stop }
  })
  return [lit, follower]
}
