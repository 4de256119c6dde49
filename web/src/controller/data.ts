import { batch } from "@preact/signals-core"
import { datasets, traitsOf } from "../datasets"
import { type EngineClient, StaleError } from "../engine/client"
import type { DataInfo, Plane, PlaneInfo, Requests, Source } from "../engine/protocol"
import { limits, shapes } from "../generated/tables"
import { shapeSource } from "../sources"
import type { DataChoice, OwnData, Picked, Problem } from "../state"
import { type Signals, shapeChoice } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { fetchDataset } from "./bundled"
import { latest } from "./latest"
import type { Painter } from "./paint"
import type { Playback } from "./playback"
import type { ProgramText } from "./program"
import { report } from "./report"
import type { Run } from "./run"

interface Loading {
  choice: DataChoice
  source: Source
  standardize: boolean
  /** The k to set once they are there, or null to leave it, as without. */
  k?: (info: DataInfo) => number | null
  plane?: Plane | null
  /** A failure is the caller's to tell. */
  quiet?: boolean
}

/** Bytes of a file that takes long enough to say how far it is. */
const WORTH_TELLING = 4e6

/** Beyond this many, true labels are no hint of a k. */
const MOST_LABELS = 20
const FEW = 3

/** What was clustered before a lesson, to go back to. */
export interface KeptData {
  choice: DataChoice
  source: Source | null
  standardize: boolean
  plane: Plane | null
}

type Loaded = Requests["load"]["reply"]

/** What is clustered: shapes, bundled sets, a person's own. When something cannot be loaded, what was there stays. */
export class Data {
  readonly #signals: Signals
  readonly #engine: EngineClient
  readonly #program: ProgramText
  readonly #run: Run
  readonly #playback: Playback
  readonly #painter: Painter
  readonly #retune: (choice: DataChoice) => Promise<void>
  /** What to load again after a change of columns, or in a new worker. */
  #source: Source | null = null
  /** What was wrong with the last data asked for; the next that are loaded put it right. */
  #problem: Problem | null = null
  /** The load under way, told apart from an older one. */
  #loading: object | null = null
  /** The k that came with data last. */
  #given: number | null = null
  /** Counts wishes: a file that arrives after a newer wish is dropped. */
  #wish = 0

  constructor(
    signals: Signals,
    engine: EngineClient,
    program: ProgramText,
    run: Run,
    playback: Playback,
    painter: Painter,
  ) {
    this.#signals = signals
    this.#engine = engine
    this.#program = program
    this.#run = run
    this.#playback = playback
    this.#painter = painter
    this.#retune = latest(async (choice) => {
      await this.#load({ choice, source: shapeSource(choice), standardize: signals.standardize.value })
    })
  }

  /** True when it was loaded. `k`: null leaves k as it is; by default it becomes that of the data. */
  async choose(
    choice: DataChoice,
    standardize?: boolean,
    k: number | null = traitsOf(choice.name).k,
  ): Promise<boolean> {
    const wish = ++this.#wish
    const on = standardize ?? traitsOf(choice.name).standardize
    const { params } = this.#signals
    const before = params.value.k
    // A k that a person set while the data were on their way is newer.
    const isTheirs = () => params.value.k !== before && params.value.k !== this.#given
    const loading = { choice, standardize: on, k: () => (isTheirs() ? null : k) }
    if (shapes.some(({ name }) => name === choice.name)) return this.#load({ ...loading, source: shapeSource(choice) })
    const entry = datasets.find(({ name }) => name === choice.name)
    if (!entry) return false
    try {
      const file = await fetchDataset(entry)
      if (wish !== this.#wish) return false
      const source: Source = { kind: "csv", name: entry.label, file, columns: null, label: entry.truth }
      return await this.#load({ ...loading, source })
    } catch (error) {
      this.#report(t(en.dataNotLoaded), error)
      return false
    }
  }

  chooseByName(name: string): void {
    if (name !== "own") void this.choose(shapeChoice(name))
  }

  tune(change: Partial<DataChoice>): void {
    const { data } = this.#signals
    const choice = { ...data.value, ...change, name: data.value.name }
    if (!shapes.some(({ name }) => name === choice.name)) return
    this.#wish++
    data.value = choice
    void this.#retune(choice)
  }

  async readFile(file: Blob, name: string): Promise<void> {
    this.#wish++
    if (file.size > limits.csvBytes) {
      const message = t(en.fileHasTooMuch, {
        name,
        size: Math.ceil(file.size / 2 ** 20),
        most: limits.csvBytes / 2 ** 20,
      })
      this.#report(t(en.fileTooLarge), new Error(message))
      return
    }
    const title = name.replace(/\.(csv|tsv|txt|data)$/i, "")
    const source: Source = { kind: "csv", name: title, file, columns: null, label: null }
    await this.#load({ choice: shapeChoice("own"), source, standardize: false, k: (info) => this.#kFor(info) })
  }

  /** A person's own data as a link has them. True when they were loaded. */
  async openOwn({ name, csv, columns, label }: OwnData, standardize: boolean): Promise<boolean> {
    this.#wish++
    const source: Source = { kind: "csv", name, file: new Blob([csv]), columns, label }
    return this.#load({ choice: shapeChoice("own"), source, standardize })
  }

  chooseColumns(columns: string[], label: string): void {
    if (this.#source?.kind !== "csv") return
    this.#wish++
    const { data, standardize } = this.#signals
    const source = { ...this.#source, columns, label }
    void this.#load({ choice: data.value, source, standardize: standardize.value })
  }

  async setStandardize(on: boolean): Promise<void> {
    this.#wish++
    const { data, plane } = this.#signals
    const source: Source = { kind: "current" }
    await this.#load({ choice: data.value, source, standardize: on, plane: plane.value?.plane ?? null })
  }

  async setPlane(plane: Plane): Promise<void> {
    const { frames } = this.#signals
    await this.#painter.hold(async () => {
      try {
        const { plane: info, drawn } = await this.#engine.call("plane", { plane })
        batch(() => {
          this.#signals.plane.value = info
          this.#signals.preview.value = null
          frames.value = frames.value.map((frame, i) => ({ ...frame, drawn: drawn[i] ?? frame.drawn }))
        })
      } catch (error) {
        this.#report(t(en.planeNotDrawn), error)
      }
    })
  }

  #report(title: string, error: unknown): Problem | null {
    this.#problem = report(this.#signals, title, error)
    return this.#problem
  }

  addPoint(x: number, y: number): void {
    void this.#edit(() => this.#engine.call("addPoint", { x, y }))
  }

  removePoint(x: number, y: number, radius: number): void {
    void this.#edit(() => this.#engine.call("removePoint", { x, y, radius }))
  }

  async pick(x: number, y: number, radius: number): Promise<Picked | null> {
    try {
      return await this.#engine.call("pick", { x, y, radius, index: this.#signals.cursor.value })
    } catch {
      // A newer question, other data: nothing is under the pointer.
      return null
    }
  }

  /** Keeps what is loaded, in the worker, whatever is loaded next. */
  async keep(): Promise<KeptData> {
    const { data, standardize, plane } = this.#signals
    await this.#engine.call("keep", {})
    return {
      choice: data.value,
      source: this.#source,
      standardize: standardize.value,
      plane: plane.value?.plane ?? null,
    }
  }

  /** Loads what was kept; from where it came when the worker that kept it is gone. */
  async restore({ choice, source, standardize, plane }: KeptData): Promise<boolean> {
    this.#wish++
    if (await this.#load({ choice, source: { kind: "kept" }, standardize, plane, quiet: true })) {
      this.#source = source
      return true
    }
    return source !== null && this.#load({ choice, source, standardize, plane })
  }

  /** Loads what was loaded into a new worker. */
  async reload(): Promise<void> {
    const { data, standardize, plane } = this.#signals
    if (!this.#source) return
    const { value } = standardize
    await this.#load({
      choice: data.value,
      source: this.#source,
      standardize: value,
      plane: plane.value?.plane ?? null,
    })
  }

  /** For a person's own data: as many clusters as there are true labels, and never more than points. */
  #kFor({ n, labelTexts }: DataInfo): number | null {
    if (labelTexts.length > 1 && labelTexts.length <= MOST_LABELS) return labelTexts.length
    return (this.#signals.params.value.k ?? 1) > n ? Math.min(n, FEW) : null
  }

  async #load({ choice, source, standardize, k = () => null, plane = null, quiet = false }: Loading): Promise<boolean> {
    const before = this.#signals.data.value
    const { reading } = this.#signals
    const loading = {}
    const progress = (done: number, total: number): void => {
      if (total < WORTH_TELLING || source.kind !== "csv") return
      if (this.#loading === loading) reading.value = { name: source.name, done, total }
    }
    this.#loading = loading
    return this.#painter.hold(async () => {
      try {
        const loaded = await this.#engine.call("load", { source, standardize, plane }, { progress })
        if (source.kind === "shape" || source.kind === "csv") this.#source = source
        await this.#begin(loaded, choice, k(loaded.data))
        return true
      } catch (error) {
        if (error instanceof StaleError && this.#loading === loading) this.#signals.status.value = t(en.nothingLoaded)
        // The control goes back to what is still there.
        if (quiet) return false
        const name = source.kind === "csv" ? source.name : t(en.theData)
        if (this.#report(t(en.notLoaded, { name }), error)) this.#signals.data.value = { ...before }
        return false
      } finally {
        if (this.#loading === loading) reading.value = null
      }
    })
  }

  /** Gives up the file being read; the data stay. */
  cancel(): void {
    void this.#engine.call("cancel", {})
  }

  async #edit(change: () => Promise<Loaded | null>): Promise<void> {
    await this.#painter.hold(async () => {
      try {
        const loaded = await change()
        if (loaded) await this.#begin(loaded, { ...this.#signals.data.value, name: "own" }, null)
      } catch (error) {
        this.#report(t(en.pointsStay), error)
      }
    })
  }

  /** A new run on new data: data and start are shown in the same moment. */
  async #begin(loaded: { data: DataInfo; plane: PlaneInfo }, choice: DataChoice, k: number | null): Promise<void> {
    const signals = this.#signals
    this.#playback.stop()
    if (signals.problem.value === this.#problem) signals.problem.value = null
    this.#given = k
    if (k !== null) this.#program.setParams({ k })
    await this.#run.begin({
      commit: () => {
        signals.data.value = choice
        signals.info.value = loaded.data
        signals.plane.value = loaded.plane
        signals.standardize.value = loaded.data.standardized
        signals.frames.value = []
        signals.cursor.value = 0
        signals.metrics.value = null
        signals.restarts.value = { list: [], best: 0 }
        signals.preview.value = null
        signals.lit.value = -1
      },
    })
  }
}
