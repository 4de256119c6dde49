import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete"
import { params } from "../generated/tables"
import { about, type Param, paramNamed, valueText } from "./parameters"

const names: Completion[] = params.flatMap((param) => {
  const options: Completion[] = [nameOption(param.name, param)]
  // scikit-learn's name writes ours, so that a program has one way to say a thing.
  if (param.alias) options.push({ ...nameOption(param.alias, param), detail: `→ ${param.name}` })
  return options
})

function nameOption(label: string, param: Param): Completion {
  return {
    label,
    type: "variable",
    detail: `= ${valueText(param, param.default)}`,
    info: () => about(param),
    apply: (view, _, from, to) => {
      const assigned = /^\s*=/.test(view.state.sliceDoc(to, view.state.doc.lineAt(to).to))
      const insert = assigned ? param.name : `${param.name} = `
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: "input.complete",
      })
    },
  }
}

const valuesOf = (param: Param): Completion[] =>
  param.choices.map(({ value, label, help }) => ({ label: `"${value}"`, type: "enum", detail: label, info: help }))

/** Parameter names at the start of a line; after `name =`, the values a choice can have. */
export function completeParameters(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const before = line.text.slice(0, context.pos - line.from)
  const value = /^\s*(\w+)\s*=\s*("?[\w+-]*)$/.exec(before)
  if (value) {
    const param = paramNamed(value[1])
    if (!param || param.choices.length === 0) return null
    const from = context.pos - value[2].length
    // The closing quote may be there already.
    const to = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? context.pos + 1 : context.pos
    return { from, to, options: valuesOf(param), validFor: /^"?[\w+-]*$/ }
  }
  const name = /^(\s*)(\w*)$/.exec(before)
  if (!name || (name[2] === "" && !context.explicit)) return null
  return { from: context.pos - name[2].length, options: names, validFor: /^\w*$/ }
}
