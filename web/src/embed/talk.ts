/** The frame's side of its talk with the page around it: README, "Messages". */
import { computed, effect } from "@preact/signals-core"
import { params } from "../generated/tables"
import type { Context, Store } from "../state"
import { type Command, understand, Waiting } from "./messages"
import { embedding } from "./query"
import { reportHeight } from "./resize"

/** Between two messages about the state, and between two looks at what was said, in ms: nobody sees more often. */
const PAUSE_MS = 50

/** What the page around may be of any origin, and learns nothing here that it could not see. */
const send = (type: string, content: object = {}): void =>
  window.parent.postMessage({ kmeans: 1, type, ...content }, "*")

/** What is shown, in words and numbers that `set` takes. */
function stateOf(store: Store) {
  const frame = store.frame.value
  const values = store.params.value
  return {
    data: store.data.value.name,
    params: Object.fromEntries(
      params.map(({ name, type, choices }) => [name, type === "choice" ? choices[values[name]].value : values[name]]),
    ),
    lesson: store.lesson.value?.name ?? null,
    step: store.cursor.value,
    /** Half-steps made, and whether more are to come. */
    made: Math.max(0, store.frames.value.length - 1),
    done: store.frames.value.at(-1)?.done ?? false,
    playing: store.playing.value,
    kind: frame?.kind ?? null,
    iteration: frame?.iteration ?? 0,
    inertia: frame?.inertia ?? null,
    changed: frame?.changed ?? 0,
    sizes: frame?.sizes ?? [],
    converged: frame?.converged ?? false,
    status: store.status.value,
  }
}

export function talk({ store, actions }: Context): void {
  let greeted = false
  let due = false
  const state = computed(() => stateOf(store))
  effect(() => {
    if (store.phase.value !== "ready") return
    void state.value
    if (!greeted) {
      greeted = true
      hear({ store, actions })
      send("ready", { state: state.peek() })
    } else if (!due) {
      due = true
      setTimeout(() => {
        due = false
        send("state", { state: state.peek() })
      }, PAUSE_MS)
    }
  })
  effect(() => {
    const problem = store.problem.value
    if (problem) send("error", { message: `${problem.title} ${problem.message}` })
  })
  if (embedding.autoHeight) reportHeight(document.documentElement)
}

/** Listens to the page around, and to nobody else. */
function hear({ store, actions }: Context): void {
  const waiting = new Waiting()
  /** Of many errors at once one is answered. */
  let error: string | null = null
  let busy = false

  async function carryOut(command: Command): Promise<void> {
    const runs = command.type === "play" || command.type === "step"
    if (runs && store.held.value) throw new Error("The program of the link waits for a person to run it.")
    if (command.type === "set") {
      const problems = await actions.set(command.values)
      if (problems.length > 0) throw new Error(`${problems.join("; ")}.`)
    } else if (command.type === "step" && command.to !== null) await actions.set({ step: command.to })
    else if (command.type === "step") command.half ? actions.halfStep() : actions.step()
    else if (command.type === "play") actions.run()
    else if (command.type === "pause") actions.pause()
    else actions.reset()
  }

  async function work(): Promise<void> {
    busy = true
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    for (const command of waiting.take())
      await carryOut(command).catch(({ message }: Error) => {
        error ??= message
      })
    if (error !== null) send("error", { message: error })
    error = null
    busy = false
    if (!waiting.empty) void work()
  }

  window.addEventListener("message", ({ source, data }: MessageEvent) => {
    if (source !== window.parent || store.phase.value === "failed") return
    const command = understand(data)
    if (command === null) return
    if (typeof command === "string") error ??= `${command}.`
    else if (!waiting.add(command)) error ??= "There are too many messages; the newest were left out."
    if (!busy) void work()
  })
}
