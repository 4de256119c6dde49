/** Joins the parts that carry out the actions. */
import { effect } from "@preact/signals-core"
import { Data } from "./controller/data"
import { Drag } from "./controller/drag"
import type { Lessons } from "./controller/lessons"
import { Painter } from "./controller/paint"
import type { Parts } from "./controller/parts"
import { Playback } from "./controller/playback"
import { ProgramText } from "./controller/program"
import { report } from "./controller/report"
import { Run } from "./controller/run"
import { traitsOf } from "./datasets"
import { embedding } from "./embed/query"
import { EngineClient } from "./engine/client"
import type { Pool } from "./engine/pool"
import { spawn } from "./engine/spawn"
import type { Explore } from "./explore"
import { metrics } from "./generated/late"
import { params } from "./generated/tables"
import { ProgramService } from "./program/service"
import type { Actions } from "./state"
import { defaultChoice, type Signals } from "./store"
import * as en from "./text/en"
import { t } from "./text/text"

const MOST_NEW_SEED = 10_000

/** Starts the engine, loads the data of the address, and answers the page from then on. */
export async function createController(signals: Signals, module: Promise<WebAssembly.Module>): Promise<Actions> {
  // Most addresses say nothing: what reads and writes them is loaded for those that do, or when something changes.
  addEventListener("hashchange", () => {
    // Another link was put into the address of this page.
    if (/^#s\d/.test(location.hash)) location.reload()
  })
  const said = location.search || location.hash ? import("./controller/open") : null
  const fail = (error: unknown): void => {
    signals.phase.value = "failed"
    report(signals, t(en.engineDidNotStart), error)
  }
  const names = { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) }
  const engine = new EngineClient({
    module,
    names,
    spawn,
    onFailure: fail,
    onRestart: (reason) => void recover(reason),
  })
  const program = new ProgramText(signals)
  let pool: Promise<Pool> | null = null
  const makePool = (): Promise<Pool> => {
    pool ??= import("./engine/pool").then(({ Pool }) => new Pool({ module, names, spawn }))
    return pool
  }
  const run = new Run(signals, engine, makePool)
  const playback = new Playback(signals, run)
  const painter = new Painter(signals, engine)
  const data = new Data(signals, engine, program, run, playback, painter)
  const drag = new Drag(signals, engine, run, playback)
  const lessons = lateLessons(signals, () =>
    import("./controller/lessons").then((late) => new late.Lessons(signals, makePool, data, program, run, playback)),
  )

  async function recover(reason: string): Promise<void> {
    run.lose()
    painter.restore()
    await data.reload()
    report(signals, t(en.engineStartedAgain), new Error(`${t(reason)} ${t(en.dataAreBack)}`))
  }

  async function begin(): Promise<void> {
    program.open(await ProgramService.open(await module))
    if (said) await (await said).openAddress(parts)
    else {
      await data.choose(defaultChoice)
      signals.phase.value = "ready"
      const stop = whenChanged(signals, async () => {
        stop()
        const { keepAddress } = await import("./controller/keep")
        keepAddress(parts, false)
      })
    }
    warm(WARM_TRIES)
  }

  /** A request of a person's ends it, and it begins again when there is nothing else to do. */
  function warm(tries: number): void {
    whenIdle(() => void engine.call("warm", {}).catch(() => tries > 1 && warm(tries - 1)))
  }

  const parts = { signals, engine, data, drag, lessons, painter, playback, program, run }
  begin().catch(fail)
  const replay = (values: Record<string, number>): void => {
    playback.stop()
    program.setParams(values)
    void run.begin().then((begun) => {
      if (begun) void playback.play()
    })
  }
  let explore: Promise<Explore> | null = null
  const actions = {
    exporter: async () => (await import("./controller/export")).createExporter(signals, engine, run),
    ...createActions(parts),
    explore: () => {
      explore ??= import("./controller/explore/explore").then(({ createExplore }) =>
        createExplore({ signals, engine, makePool, run, playback, painter, replay }),
      )
      return explore
    },
  }
  return embedding.locked.size > 0 ? (await import("./controller/lock")).guard(actions) : actions
}

const WARM_TRIES = 5

/** Safari has no idle callback; a moment after the first picture is nearly one. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2000 })
  else setTimeout(work, 300)
}

/**
 * Calls back at the first change of what a link says, but for the half-step and the speed: to run and to hurry need no
 * link, nor what makes one. The result ends the watch.
 */
function whenChanged(signals: Signals, changed: () => void): () => void {
  const { data, standardize, params, theme, lesson, program, zoom, regions, trails, preview } = signals
  let first = true
  return effect(() => {
    for (const { value } of [data, standardize, params, theme, lesson, program, zoom, regions, trails, preview])
      void value
    if (!first) changed()
    first = false
  })
}

/** The lessons, loaded when the first is asked for: most visits open none. */
function lateLessons(signals: Signals, make: () => Promise<Lessons>): Parts["lessons"] {
  let made: Promise<Lessons> | null = null
  return {
    async open(name, still) {
      try {
        made ??= make()
        await (await made).open(name, still)
      } catch (error) {
        report(signals, t(en.experimentNotSetUp), error)
      }
    },
    async close() {
      await (await made)?.close()
    },
  }
}

function createActions(parts: Parts): Omit<Actions, "explore" | "exporter"> {
  const { signals, data, drag, lessons, painter, playback, program, run } = parts
  const beginIf = (changed: boolean): void => {
    if (!changed) return
    playback.stop()
    void run.begin()
  }
  return {
    chooseData: (name) => data.chooseByName(name),
    tuneData: (change) => data.tune(change),
    loadFile: (file) => void data.readFile(file, file.name),
    cancelWork: () => {
      if (signals.reading.value) data.cancel()
      // The run as it begins takes the place of its restarts.
      if (signals.busy.value) beginIf(true)
    },
    loadText: (text, name) => void data.readFile(new Blob([text]), name),
    chooseColumns: (columns, label) => data.chooseColumns(columns, label),
    setStandardize: (on) => void data.setStandardize(on),
    setPlane: (plane) => void data.setPlane(plane),

    setParam: (name, value) => beginIf(program.setParams({ [name]: value })),
    setProgram: (text) => beginIf(program.set(text)),
    resetProgram: () => {
      const { k } = traitsOf(signals.data.value.name)
      beginIf(program.reset(k === null ? {} : { k }))
    },
    newSeed: () => {
      const { seed } = signals.params.value
      let fresh = seed
      while (fresh === seed) fresh = Math.floor(Math.random() * MOST_NEW_SEED)
      beginIf(program.setParams({ seed: fresh }))
    },

    run: () => void playback.play(),
    rerun: async () => {
      playback.stop()
      if (await run.begin({ restarts: true })) await playback.play()
    },
    pause: (reason) => playback.pause(reason),
    step: () => playback.step(),
    halfStep: () => playback.halfStep(),
    back: () => playback.back(),
    reset: () => playback.seek(0),
    seek: (index) => playback.seek(index),

    dragCentroid: (j, x, y) => drag.move(j, x, y),
    dropCentroid: () => void drag.drop(),
    cancelDrag: () => drag.cancel(),
    addPoint: (x, y) => data.addPoint(x, y),
    removePoint: (x, y, radius) => data.removePoint(x, y, radius),

    attachPicture: (canvas) => painter.attach(canvas),
    resizePicture: (width, height) => painter.resize(width, height),
    setPalette: (theme) => painter.theme(theme),
    pick: (x, y, radius) => data.pick(x, y, radius),

    openLesson: (name) => void lessons.open(name),
    closeLesson: () => void lessons.close(),

    makeLink: async (where) => (await import("./controller/link")).makeLink(parts, where),
    set: async (values) => (await import("./controller/open")).setFields(parts, values),
    runHeld: async () => (await import("./controller/open")).runHeld(parts),

    dismissProblem: () => {
      signals.problem.value = null
    },
  }
}
