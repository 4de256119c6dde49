import { batch } from "@preact/signals-core"
import type { Frame } from "../engine/protocol"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import type { Run, RunPlace } from "./run"

/** How long an assign cross-fades and an update glides at the normal speed, in ms. */
const ASSIGN_MS = 200
const UPDATE_MS = 350
/** Half-steps a second of the normal speed. */
const NORMAL = 2

const stillness = matchMedia("(prefers-reduced-motion: reduce)")

/** The first frame after `index` that ends an iteration: history alternates start, assign, update, assign, ... */
const nextIteration = (index: number): number => index + 2 - (index % 2)
const lastIteration = (index: number): number => Math.max(0, index - (index % 2 || 2))

/** The transport: what moves through the history of a run, and how it looks on the way. */
export class Playback {
  readonly #signals: Signals
  readonly #run: Run
  /** Counts intentions: a newer one ends whatever an older one still does. */
  #turn = 0
  /** The frame that a step under way is going to. */
  #goal: number | null = null
  /** The last step was a half-step, so Back takes one back too. */
  #halves = false

  constructor(signals: Signals, run: Run) {
    this.#signals = signals
    this.#run = run
  }

  /** Plays from the frame shown; from the start when the run is over. */
  async play(): Promise<void> {
    if (this.#signals.playing.value) return
    const turn = this.#take()
    if (!(await this.#run.ready()) || turn !== this.#turn) return
    const { cursor, frames, playing, speed, status } = this.#signals
    if (frames.value.at(-1)?.done && cursor.value === frames.value.length - 1) this.#show(0)
    playing.value = true
    status.value = t(en.running)
    while (playing.value && turn === this.#turn) {
      if (speed.value === Number.POSITIVE_INFINITY) {
        if ((await this.#run.finish()) && turn === this.#turn) this.#show(frames.value.length - 1)
        break
      }
      const next = cursor.value + 1
      if (!(await this.#run.reach(next)) || turn !== this.#turn) break
      // The frame after is made while this one is being looked at.
      void this.#run.reach(next + 1)
      await this.#animate(next, turn, true)
    }
    if (turn === this.#turn) playing.value = false
  }

  /** The half-step being shown goes to its end. */
  pause(reason = ""): void {
    this.#signals.playing.value = false
    if (reason) this.#signals.status.value = reason
  }

  step(): void {
    this.#halves = false
    void this.#walk(nextIteration)
  }

  halfStep(): void {
    this.#halves = true
    void this.#walk((index) => index + 1)
  }

  /** Takes back what the last step did. */
  back(): void {
    const { cursor } = this.#signals
    this.seek(this.#halves ? cursor.value - 1 : lastIteration(cursor.value))
  }

  /** Goes to where a run was, or will be; what is asked for meanwhile comes first. */
  async goTo(place: RunPlace): Promise<void> {
    this.stop()
    const turn = this.#turn
    await this.#run.goTo(place)
    if (turn === this.#turn) this.seek(place.cursor)
  }

  seek(index: number): void {
    this.stop()
    this.#show(Math.max(0, Math.min(Math.round(index), this.#signals.frames.value.length - 1)))
  }

  /** Ends whatever moves, where it is. */
  stop(): void {
    this.#take()
    this.#signals.playing.value = false
    this.#signals.progress.value = 1
  }

  #take(): number {
    this.#goal = null
    return ++this.#turn
  }

  async #walk(goalAfter: (index: number) => number): Promise<void> {
    const { cursor, playing } = this.#signals
    // Steps asked for in quick succession add up; only the last is animated.
    const from = this.#goal ?? cursor.value
    const goal = goalAfter(from)
    const turn = this.#take()
    this.#goal = goal
    playing.value = false
    if (await this.#run.ready())
      while (turn === this.#turn && cursor.value < goal) {
        const next = cursor.value + 1
        if (!(await this.#run.reach(next)) || turn !== this.#turn) break
        if (next <= from) this.#show(next)
        else await this.#animate(next, turn, false, this.#halves || next === goal)
      }
    if (turn === this.#turn) this.#goal = null
  }

  #show(index: number): void {
    const { cursor, progress } = this.#signals
    batch(() => {
      cursor.value = index
      progress.value = 1
      this.#run.describe()
    })
  }

  /** Shows a frame coming from the one before, and has it `said`; in play it is then looked at until the next is due. */
  #animate(index: number, turn: number, dwell: boolean, said = true): Promise<void> {
    const { cursor, frames, progress, playing, speed } = this.#signals
    const { kind, done } = frames.value[index]
    const still = stillness.matches || document.hidden
    batch(() => {
      cursor.value = index
      progress.value = still ? 1 : 0
      // Sentences that follow each other faster can be neither read nor heard.
      if (dwell ? speed.value <= NORMAL || done : said || done) this.#run.describe(!dwell && !this.#halves)
    })
    const begin = performance.now()
    return new Promise((resolve) => {
      const tick = (): void => {
        if (turn !== this.#turn) {
          resolve()
          return
        }
        const period = 1000 / speed.value
        const length = still ? 0 : Math.min(duration(kind, speed.value), dwell ? period : Number.POSITIVE_INFINITY)
        const elapsed = performance.now() - begin
        progress.value = elapsed < length ? elapsed / length : 1
        if (elapsed < length || (dwell && playing.value && elapsed < period)) later(tick)
        else resolve()
      }
      later(tick)
    })
  }
}

/** Slower play stretches the motion a little, faster play shortens it. */
function duration(kind: Frame["kind"], speed: number): number {
  const base = kind === "assign" ? ASSIGN_MS : UPDATE_MS
  return speed === Number.POSITIVE_INFINITY ? 0 : base * Math.min(2, NORMAL / speed)
}

/** The next picture; a page that is not seen gets none, so a timer stands in. */
function later(tick: () => void): void {
  if (document.hidden) setTimeout(tick, 50)
  else requestAnimationFrame(tick)
}
