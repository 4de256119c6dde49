import { hoverTooltip } from "@codemirror/view"
import { t } from "../text/text"
import { aboutBuiltin, aboutHook, builtinNamed, hookNamed } from "./functions"
import { about, paramNamed } from "./parameters"

/** Over the name of a parameter: what it is. Over one of its values: what that does. */
export const hoverParameters = hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos)
  const assignment = /^(\s*)(\w+)\s*=\s*("[^"\n]*")?/.exec(line.text)
  if (!assignment) return null
  const param = paramNamed(assignment[2])
  if (!param) return null
  const name = { from: line.from + assignment[1].length, to: line.from + assignment[1].length + assignment[2].length }
  const end = line.from + assignment[0].length
  const value = { from: end - (assignment[3]?.length ?? 0), to: end }
  const choice = param.choices.find((entry) => `"${entry.value}"` === assignment[3])
  const over = (range: { from: number; to: number }) => pos >= range.from && pos <= range.to
  if (over(name)) return { pos: name.from, end: name.to, create: () => ({ dom: about(param) }) }
  if (!choice || !over(value)) return null
  return {
    pos: value.from,
    end: value.to,
    create: () => {
      const dom = document.createElement("div")
      dom.className = "about"
      dom.textContent = `${t(choice.label)}: ${t(choice.help)}`
      return { dom }
    },
  }
})

/** Over a function: what it computes. */
export const hoverFunctions = hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos)
  for (const match of line.text.matchAll(/\w+/g)) {
    const from = line.from + match.index
    const end = from + match[0].length
    if (pos < from || pos > end) continue
    const hook = /^def\s/.test(line.text) ? hookNamed(match[0]) : undefined
    const builtin = /^\s*\(/.test(line.text.slice(end - line.from)) ? builtinNamed(match[0]) : undefined
    if (hook) return { pos: from, end, create: () => ({ dom: aboutHook(hook) }) }
    if (builtin) return { pos: from, end, create: () => ({ dom: aboutBuiltin(builtin) }) }
  }
  return null
})
