/** The page: what is seen first comes at once, the engine and all that acts on it follow. */
import { dress } from "./embed/dress"
import { compileEngine } from "./engine/module"
import type { Actions, ThemeChoice } from "./state"
import { createSignals } from "./store"
import { speak } from "./text/text"
import { mountPage } from "./view/page"
import { place } from "./view/render"

const query = new URLSearchParams(location.search)
const theme = query.get("theme")
const signals = createSignals(theme === "light" || theme === "dark" ? (theme satisfies ThemeChoice) : "auto")

// Fetched while the controller is; a failure is the controller's to report.
const engine = compileEngine()
engine.catch(() => {})

const spoken = speak()

let actions: Actions | null = null
const controller = spoken
  .then(() => import("./controller"))
  .then(async ({ createController }) => {
    actions = await createController(signals, engine)
    return actions
  })
controller.catch(() => {
  signals.phase.value = "failed"
})

/** The controller's actions; those asked for before it is there are carried out, in order, when it is. */
const deferred = new Proxy({} as Actions, {
  get:
    (_, name: keyof Actions) =>
    (...args: unknown[]) => {
      const act = (real: Actions) => (real[name] as (...args: unknown[]) => unknown)(...args)
      return actions ? act(actions) : controller.then(act)
    },
})

// Room for the experiment of the address, so that nothing moves when it comes.
place("lesson").hidden = !query.has("lesson")
// A frame whose styles do not come is better than none.
void Promise.all([spoken, dress().catch(() => {})]).then(() => mountPage({ store: signals, actions: deferred }))
