/** What the tables say of a parameter, for completion and hover. */
import { params } from "../generated/tables"
import * as en from "../text/en"
import { t } from "../text/text"

export type Param = (typeof params)[number]

/** By its own name or scikit-learn's. */
export const paramNamed = (name: string): Param | undefined =>
  params.find((param) => param.name === name || (param.alias !== "" && param.alias === name))

/** A value as a program writes it. */
export const valueText = (param: Param, value: number): string =>
  param.type === "choice" ? `"${param.choices[value].value}"` : String(value)

function rangeText(param: Param): string {
  if (param.type === "choice") return param.choices.map(({ value }) => `"${value}"`).join(", ")
  return t(param.type === "int" ? en.wholeNumberRange : en.numberRange, param)
}

/** Name, range, default and help of a parameter. */
export function about(param: Param): HTMLElement {
  const box = document.createElement("div")
  box.className = "about"
  const head = document.createElement("code")
  head.textContent = param.alias ? `${param.name} (scikit-learn: ${param.alias})` : param.name
  const range = document.createElement("div")
  range.textContent = t(en.rangeAndDefault, { range: rangeText(param), value: valueText(param, param.default) })
  const help = document.createElement("div")
  help.textContent = t(param.help)
  box.append(head, range, help)
  return box
}
