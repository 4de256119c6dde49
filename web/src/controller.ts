/** Joins the parts that carry out the actions. */
import { Data } from "./controller/data"
import { Drag } from "./controller/drag"
import { Painter } from "./controller/paint"
import { Playback } from "./controller/playback"
import { ProgramText } from "./controller/program"
import { report } from "./controller/report"
import { Run } from "./controller/run"
import { writeAddress } from "./controller/url"
import { traitsOf } from "./datasets"
import { embedProblems } from "./embed/address"
import { EngineClient } from "./engine/client"
import { spawn } from "./engine/spawn"
import { metrics, params } from "./generated/tables"
import { ProgramService } from "./program/service"
import type { Actions } from "./state"
import { defaultChoice, type Signals, shapeChoice } from "./store"
import { parseQuery, type Query } from "./url"

const MOST_NEW_SEED = 10_000

/** Starts the engine, loads the data of the address, and answers the page from then on. */
export function createController(signals: Signals, module: Promise<WebAssembly.Module>): Actions {
  const { query, problems } = parseQuery(location.search)
  const fail = (error: unknown): void => {
    signals.phase.value = "failed"
    report(signals, "The engine could not start.", error)
  }
  const engine = new EngineClient({
    module,
    names: { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) },
    spawn,
    onFailure: fail,
    onRestart: (reason) => void recover(reason),
  })
  const program = new ProgramText(signals)
  const run = new Run(signals, engine)
  const playback = new Playback(signals, run)
  const painter = new Painter(signals, engine)
  const data = new Data(signals, engine, program, run, playback, painter)
  const drag = new Drag(signals, engine, run, playback)

  async function recover(reason: string): Promise<void> {
    run.lose()
    painter.restore()
    await data.reload()
    report(
      signals,
      "The engine was started again.",
      new Error(`${reason} Your data are back; points added or removed by hand are not.`),
    )
  }

  async function begin(): Promise<void> {
    program.open(await ProgramService.open(await module))
    program.setParams(query.params)
    await loadFirst(data, query)
    signals.phase.value = "ready"
    problems.push(...embedProblems)
    if (problems.length > 0)
      report(
        signals,
        "Part of this address was not understood.",
        new Error(`${problems.join("; ")}. The default is used instead.`),
      )
    writeAddress(signals)
  }

  begin().catch(fail)
  return createActions(signals, { data, drag, painter, playback, program, run })
}

/** The data of the address; when they cannot be had, those of a page without one. */
async function loadFirst(
  data: Data,
  { data: name, n, noise, dial, dataseed, standardize, params }: Query,
): Promise<void> {
  const usual = name === undefined ? defaultChoice : shapeChoice(name)
  const choice = {
    ...usual,
    n: n ?? usual.n,
    noise: noise ?? usual.noise,
    dial: dial ?? usual.dial,
    seed: dataseed ?? usual.seed,
  }
  const k = params.k === undefined ? traitsOf(choice.name).k : null
  if (!(await data.choose(choice, standardize, k))) await data.choose(defaultChoice)
}

interface Parts {
  data: Data
  drag: Drag
  painter: Painter
  playback: Playback
  program: ProgramText
  run: Run
}

function createActions(signals: Signals, { data, drag, painter, playback, program, run }: Parts): Actions {
  const beginIf = (changed: boolean): void => {
    if (!changed) return
    playback.stop()
    void run.begin()
  }
  return {
    chooseData: (name) => data.chooseByName(name),
    tuneData: (change) => data.tune(change),
    loadFile: (file) => void data.readFile(file, file.name),
    loadText: (text, name) => void data.readFile(new Blob([text]), name),
    chooseColumns: (columns, label) => data.chooseColumns(columns, label),
    setStandardize: (on) => data.setStandardize(on),
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

    dismissProblem: () => {
      signals.problem.value = null
    },
  }
}
