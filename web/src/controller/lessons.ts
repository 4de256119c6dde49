import { batch, effect } from "@preact/signals-core"
import { type DatasetEntry, datasets } from "../datasets"
import type { Pool } from "../engine/pool"
import type { Laboratory, Measured } from "../lessons/measures"
import { cardOf, type LessonName } from "../lessons/slugs"
import type { Zoom } from "../state"
import { type Signals, shapeChoice } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { fetchDataset } from "./bundled"
import type { Data, KeptData } from "./data"
import type { Playback } from "./playback"
import type { ProgramText } from "./program"
import { report } from "./report"
import type { Run, RunPlace } from "./run"

/** What a person had before the first lesson. */
interface Mine {
  data: KeptData
  program: string
  speed: number
  zoom: Zoom
  place: RunPlace
}

/** The lessons: setting one up, measuring for it, and going back. */
export class Lessons {
  readonly #signals: Signals
  readonly #makePool: () => Promise<Pool>
  readonly #data: Data
  readonly #program: ProgramText
  readonly #run: Run
  readonly #playback: Playback
  #mine: Mine | null = null
  /** What was measured, by card: the engine would only measure the same again. */
  readonly #measured = new Map<string, Measured>()
  /** Counts wishes: what an older one still does comes to nothing. */
  #turn = 0
  /** Ends the measuring for a lesson that is no longer open. */
  #measuring = new AbortController()

  constructor(
    signals: Signals,
    makePool: () => Promise<Pool>,
    data: Data,
    program: ProgramText,
    run: Run,
    playback: Playback,
  ) {
    this.#signals = signals
    this.#makePool = makePool
    this.#data = data
    this.#program = program
    this.#run = run
    this.#playback = playback
  }

  /** Sets a lesson up and measures it; it then plays, unless it is to stay at its start. */
  async open(name: LessonName, still = false): Promise<void> {
    const { lesson, speed } = this.#signals
    const turn = this.#begin()
    try {
      const { lessonOf, LESSON_SPEED } = await import("../lessons/cards")
      if (turn !== this.#turn) return
      const { setup } = lessonOf(name)
      this.#mine ??= await this.#keep()
      if (turn !== this.#turn) return
      this.#program.set(setup.program)
      const choice = { ...shapeChoice(setup.data.name), ...setup.data }
      if (!(await this.#data.choose(choice, false, null)) || turn !== this.#turn) return
      batch(() => {
        lesson.value = {
          name,
          measured: this.#measured.get(cardOf(name)) ?? null,
          failed: false,
          untouched: true,
          still,
        }
        speed.value = LESSON_SPEED
      })
      this.#watch(turn)
      if (!still) void this.#playback.play()
      void this.#measure(name, turn)
    } catch (error) {
      if (turn === this.#turn) report(this.#signals, t(en.experimentNotSetUp), error)
    }
  }

  /** Puts back what was there before. */
  async close(): Promise<void> {
    const { lesson, speed, zoom } = this.#signals
    const mine = this.#mine
    this.#begin()
    lesson.value = null
    if (!mine) return
    this.#mine = null
    this.#program.set(mine.program)
    speed.value = mine.speed
    if (!(await this.#data.restore(mine.data))) return
    await this.#playback.goTo(mine.place)
    zoom.value = mine.zoom
  }

  /** A new wish: the number of it. */
  #begin(): number {
    this.#measuring.abort()
    this.#measuring = new AbortController()
    return ++this.#turn
  }

  async #keep(): Promise<Mine> {
    const { program, speed, zoom } = this.#signals
    this.#playback.stop()
    const { place } = this.#run
    return { data: await this.#data.keep(), program: program.value, speed: speed.value, zoom: zoom.value, place }
  }

  /** Notices when a person changes what the lesson set up. */
  #watch(turn: number): void {
    const { data, program, standardize, lesson } = this.#signals
    const set = { data: data.value, program: program.value, standardize: standardize.value }
    const stop = effect(() => {
      const same = data.value === set.data && program.value === set.program && standardize.value === set.standardize
      if (turn === this.#turn && same) return
      const open = lesson.peek()
      if (turn === this.#turn && open) lesson.value = { ...open, untouched: false }
      queueMicrotask(() => stop())
    })
  }

  async #measure(name: LessonName, turn: number): Promise<void> {
    const { lesson } = this.#signals
    const card = cardOf(name)
    if (this.#measured.has(card)) return
    try {
      const { measures } = await import("../lessons/measures")
      const measured = await measures[card as keyof typeof measures](this.#laboratory(this.#measuring.signal))
      this.#measured.set(card, measured)
      if (turn === this.#turn && lesson.value) lesson.value = { ...lesson.value, measured }
    } catch (error) {
      if (turn !== this.#turn) return
      report(this.#signals, t(en.experimentNotMeasured), error)
      if (lesson.value) lesson.value = { ...lesson.value, failed: true }
    }
  }

  /** Runs in the pool, until they are no longer wanted. */
  #laboratory(signal: AbortSignal): Laboratory {
    return {
      run: async (experiment) => (await this.#makePool()).experiment(experiment, signal),
      file: async (name) => {
        const entry = datasets.find((set) => set.name === name) as DatasetEntry
        return { kind: "csv", name: entry.label, file: await fetchDataset(entry), columns: null, label: entry.truth }
      },
    }
  }
}
