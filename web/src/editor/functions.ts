/** What the tables say of the functions a program can define and call, for completion and hover. */
import { builtins, hooks } from "../generated/language"
import { t } from "../text/text"

export type Hook = (typeof hooks)[number]
export type Builtin = (typeof builtins)[number]

export const hookNamed = (name: string): Hook | undefined => hooks.find((hook) => hook.name === name)
export const builtinNamed = (name: string): Builtin | undefined => builtins.find((builtin) => builtin.name === name)

/** The function whose body a line belongs to: the last definition above it that nothing at the margin has ended. */
export function hookAround(linesAbove: Iterable<string>): Hook | undefined {
  let hook: Hook | undefined
  for (const line of linesAbove) {
    const definition = /^def\s+(\w+)/.exec(line)
    if (definition) hook = hookNamed(definition[1])
    else if (/^[^\s#]/.test(line)) hook = undefined
  }
  return hook
}

function card(code: string, ...lines: string[]): HTMLElement {
  const box = document.createElement("div")
  box.className = "about"
  const head = document.createElement("code")
  head.textContent = code
  box.append(head)
  for (const line of lines) {
    const text = document.createElement("div")
    text.textContent = line
    box.append(text)
  }
  return box
}

/** Signature, formula and help. */
export const aboutHook = (hook: Hook): HTMLElement =>
  card(`${hook.name}(${hook.parameters})`, t(hook.formula), t(hook.help))

export const aboutBuiltin = (builtin: Builtin): HTMLElement => card(builtin.signature, t(builtin.help))
