/** What the page around a frame may say to it, and what it may not. Pure: what is heard is checked and put in order here. */

/** What a message asks for. */
export type Command =
  | { type: "set"; values: Record<string, unknown> }
  /** To a half-step of the run, or on by one iteration or one half-step. */
  | { type: "step"; to: number | null; half: boolean }
  | { type: "play" | "pause" | "reset" }

/** Types of messages, each with its own fields besides `kmeans: 1` and `type`. */
export const commands: Readonly<Record<Command["type"], readonly string[]>> = {
  set: ["values"],
  step: ["to", "half"],
  play: [],
  pause: [],
  reset: [],
}

/** What the frame says, each with its fields besides `kmeans: 1` and `type`. */
export const reports: Readonly<Record<"ready" | "state" | "resize" | "error", readonly string[]>> = {
  ready: ["state"],
  state: ["state"],
  resize: ["height"],
  error: ["message"],
}

/** No value of a query is longer, and no message has more of them. */
const MOST_TEXT = 200
const MOST_VALUES = 40
/** Commands that wait; a page that sends more at once is flooding. */
const MOST_WAITING = 64

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

const isShort = (value: unknown): boolean =>
  typeof value === "boolean" || Number.isFinite(value) || (typeof value === "string" && value.length <= MOST_TEXT)

/** The command of a message; why it is none, in words; or null when it is not meant for this page. */
export function understand(data: unknown): Command | string | null {
  if (!isPlain(data) || data.kmeans !== 1) return null
  const { type } = data
  if (typeof type !== "string" || !Object.hasOwn(commands, type))
    return `type must be one of ${Object.keys(commands).join(", ")}`
  const fields = commands[type as Command["type"]]
  const strange = Object.keys(data).find((key) => key !== "kmeans" && key !== "type" && !fields.includes(key))
  if (strange !== undefined) return `${type} has no field “${strange.slice(0, 40)}”`
  if (type === "set") return understandSet(data.values)
  if (type === "step") return understandStep(data)
  return { type: type as "play" | "pause" | "reset" }
}

function understandSet(values: unknown): Command | string {
  if (!isPlain(values)) return "values must be an object"
  const entries = Object.entries(values)
  if (entries.length > MOST_VALUES) return `values must be at most ${MOST_VALUES}`
  const long = entries.find(([key, value]) => key.length > MOST_TEXT || !isShort(value))
  if (long) return `${long[0].slice(0, 40)} must be a number, a boolean or a text of at most ${MOST_TEXT} characters`
  return { type: "set", values: Object.fromEntries(entries) }
}

function understandStep({ to, half }: Record<string, unknown>): Command | string {
  if (to !== undefined && !(Number.isSafeInteger(to) && (to as number) >= 0)) return "to must be a whole number from 0"
  if (half !== undefined && typeof half !== "boolean") return "half must be true or false"
  return { type: "step", to: (to as number | undefined) ?? null, half: half === true }
}

/** Commands that wait to be carried out; of a flood little is kept, and the same end comes of it. */
export class Waiting {
  #list: Command[] = []

  /** False when there are too many. */
  add(command: Command): boolean {
    const last = this.#list.at(-1)
    // What a later one of the same kind makes pointless goes; single steps add up.
    if (command.type === "set" && last?.type === "set")
      this.#list[this.#list.length - 1] = { type: "set", values: { ...last.values, ...command.values } }
    else if (command.type === last?.type && (command.type !== "step" || command.to !== null))
      this.#list[this.#list.length - 1] = command
    else if (this.#list.length >= MOST_WAITING) return false
    else this.#list.push(command)
    return true
  }

  get empty(): boolean {
    return this.#list.length === 0
  }

  take(): Command[] {
    const all = this.#list
    this.#list = []
    return all
  }
}
