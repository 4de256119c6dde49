/** The worker: hears requests, lets the session answer them, and replies. */
import { Explorer } from "./explorer"
import { Lab } from "./lab"
import type { Reply, Request, RequestName, Requests } from "./protocol"
import { type Check, Queue, Stale } from "./queue"
import { type Progress, Session } from "./session"
import { Surface } from "./surface"
import { warmUp } from "./warm"
import { Refusal, Wasm } from "./wasm/memory"

const scope = self as unknown as {
  postMessage(reply: Reply): void
  onmessage: ((event: MessageEvent<Request>) => void) | null
}

type Handlers = {
  [N in RequestName]: (
    args: Requests[N]["args"],
    check: Check,
    progress: Progress,
  ) => Requests[N]["reply"] | Promise<Requests[N]["reply"]>
}

let handlers: Handlers | null = null

async function open({ module, names }: Requests["open"]["args"]): Promise<null> {
  const wasm = await Wasm.open(module)
  const session = new Session(wasm, names)
  const explorer = new Explorer(wasm, names, session)
  const lab = new Lab(wasm, names)
  const surface = new Surface(session, explorer)
  /** With other data or axes nothing drawn before holds. */
  const fresh = <T>(answer: T): T => {
    surface.invalidate()
    return answer
  }
  handlers = {
    open: () => null,
    surface: ({ canvas }) => {
      surface.attach(canvas)
      return null
    },
    resize: ({ width, height }) => {
      surface.resize(width, height)
      return null
    },
    theme: (theme) => {
      surface.theme(theme)
      return null
    },
    paint: (paint) => surface.paint(paint),
    portrait: (args) => surface.portrait(args),
    table: (args) => session.table(args),
    load: async (args, check, progress) => fresh(await session.load(args, check, progress)),
    keep: () => session.keep(),
    plane: (args) => fresh(session.plane(args)),
    addPoint: (args) => fresh(session.addPoint(args)),
    removePoint: (args) => fresh(session.removePoint(args)),
    start: (args, check, progress) => session.start(args, check, progress),
    adopt: (args) => session.adopt(args),
    race: (args, check, progress) => session.race(args, check, progress),
    cancel: () => null,
    warm: async (_, check) => {
      await warmUp(wasm, names, session.engine.n, check)
      return null
    },
    advance: () => session.advance(),
    finish: (_, check) => session.finish(check),
    metrics: () => session.metrics(),
    record: (args) => session.record(args),
    contents: () => session.contents(),
    experiment: (args, _, progress) => lab.run(args, progress),
    preview: (args) => session.preview(args),
    pick: (args) => session.pick(args),
    points: () => session.engine.points,
    sprint: (args) => explorer.sprint(args),
    fit: (args) => explorer.fit(args),
    gap: (args) => explorer.gap(args),
    thumbnail: (args) => explorer.thumbnail(args),
    draw: (args) => explorer.draw(args),
    silhouettes: (args) => explorer.silhouettes(args),
    spread: (args) => explorer.spread(args),
  }
  return null
}

function answer<N extends RequestName>(name: N, args: Requests[N]["args"], check: Check, progress: Progress) {
  if (!handlers) throw new Refusal("The engine is not open yet.")
  return handlers[name](args, check, progress)
}

async function handle({ id, name, args }: Request, check: Check): Promise<void> {
  try {
    check()
    const progress: Progress = (done, total) => scope.postMessage({ id, progress: done, total })
    const value = name === "open" ? await open(args) : await answer(name, args, check, progress)
    scope.postMessage({ id, ok: true, value })
  } catch (error) {
    if (error instanceof Stale) scope.postMessage({ id, ok: false, stale: true })
    else if (error instanceof Refusal) {
      const { message, row, column, from, to } = error
      scope.postMessage({ id, ok: false, stale: false, message, row, column, from, to })
    }
    // A trap leaves the module's memory in doubt: the page hears of it as the worker's own error and starts another.
    else
      setTimeout(() => {
        throw error
      })
  }
}

const queue = new Queue(handle)
scope.onmessage = ({ data }) => queue.take(data)
