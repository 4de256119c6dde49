import { hoverTooltip } from "@codemirror/view"
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
      dom.textContent = `${choice.label}: ${choice.help}`
      return { dom }
    },
  }
})
