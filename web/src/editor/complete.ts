import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete"
import { builtins, hooks } from "../generated/language"
import { params } from "../generated/tables"
import { t } from "../text/text"
import { aboutBuiltin, aboutHook, hookAround } from "./functions"
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
  param.choices.map(({ value, label, help }) => ({
    label: `"${value}"`,
    type: "enum",
    detail: t(label),
    info: t(help),
  }))

const definitions: Completion[] = hooks.map((hook) => ({
  label: `def ${hook.name}`,
  type: "function",
  detail: `(${hook.parameters})`,
  info: () => aboutHook(hook),
  apply: `def ${hook.name}(${hook.parameters}):\n    return `,
}))

const calls: Completion[] = builtins.map((builtin) => ({
  label: builtin.name,
  type: "function",
  detail: builtin.signature,
  info: () => aboutBuiltin(builtin),
}))

/** In the body of a function: what it is given, and what it can call. */
export function completeFunctions(context: CompletionContext): CompletionResult | null {
  const { doc } = context.state
  const line = doc.lineAt(context.pos)
  const before = line.text.slice(0, context.pos - line.from)
  if (!/^\s/.test(before) || /#/.test(before)) return null
  const word = /(\w*)$/.exec(before)?.[1] ?? ""
  if (word === "" && !context.explicit && !/\.$/.test(before)) return null
  const hook = hookAround(line.number > 1 ? doc.iterLines(1, line.number) : [])
  if (!hook) return null
  const inputs = hook.parameters.split(", ").map((label): Completion => ({ label, type: "variable" }))
  const options = /\.\w*$/.test(before) ? calls : [...inputs, { label: "return", type: "keyword" }, ...calls]
  return { from: context.pos - word.length, options, validFor: /^\w*$/ }
}

/** Parameter names and definitions at the start of a line; after `name =`, the values a choice can have. */
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
  const name = /^(?:def )?\w*$/.exec(before)
  if (!name || (name[0] === "" && !context.explicit)) return null
  return { from: line.from, options: [...names, ...definitions], validFor: /^[\w ]*$/ }
}
