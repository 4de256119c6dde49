import { batch, computed, effect, signal } from "@preact/signals-core"
import type { EngineClient } from "../../engine/client"
import type { Frame } from "../../engine/protocol"
import type { Guess, Predict } from "../../explore"
import type { Signals } from "../../store"
import * as en from "../../text/en"
import { t } from "../../text/text"
import type { Playback } from "../playback"
import type { Run } from "../run"

/** The person says where a centroid will go; then it goes. */
export function createPredict(signals: Signals, engine: EngineClient, run: Run, playback: Playback): Predict {
  const cluster = signal(0)
  const ghost = signal<[number, number] | null>(null)
  const revealed = signal<[number, number] | null>(null)
  const last = signal<Guess | null>(null)
  const tally = signal<Guess[]>([])
  const obstacle = signal("")
  /** The frame the ghost stands in. */
  let asked: Frame | null = null
  let stop: (() => void) | null = null

  const placeOf = ({ drawn }: Frame, j: number): [number, number] => [drawn[2 * j], drawn[2 * j + 1]]

  /** Goes to the next frame after an assign, from which the next half-step is an update. */
  async function findQuestion(): Promise<void> {
    const { frames, cursor } = signals
    if (!(await run.ready())) {
      obstacle.value = t(en.noRunToAsk)
      return
    }
    let index = cursor.value
    while (frames.value[index] && frames.value[index].kind !== "assign") {
      if (!(await run.reach(index + 1))) break
      index++
    }
    const frame = frames.value[index]
    const moves = frame?.kind === "assign" && (await run.reach(index + 1))
    batch(() => {
      if (!frame || !moves) {
        asked = null
        ghost.value = null
        revealed.value = null
        obstacle.value = t(en.runHasEnded)
        return
      }
      obstacle.value = ""
      playback.seek(index)
      ask(frame)
    })
  }

  function ask(frame: Frame): void {
    asked = frame
    revealed.value = null
    last.value = null
    if (cluster.value >= frame.sizes.length) cluster.value = 0
    // An empty cluster has no mean to predict.
    if (frame.sizes[cluster.value] === 0)
      cluster.value = Math.max(
        0,
        frame.sizes.findIndex((size) => size > 0),
      )
    ghost.value = placeOf(frame, cluster.value)
  }

  async function reveal(): Promise<void> {
    const { frames } = signals
    const guess = ghost.value
    if (!asked || !guess || revealed.value) return
    const j = cluster.value
    const index = asked.index
    const after = frames.value[index + 1]
    if (!after) return
    const target = placeOf(after, j)
    const spread = await engine.call("spread", { index, cluster: j }).catch(() => null)
    if (asked?.index !== index) return
    const distance = Math.hypot(target[0] - guess[0], signals.info.value?.d === 1 ? 0 : target[1] - guess[1])
    const result = { cluster: j, iteration: after.iteration, distance, share: spread ? distance / spread : null }
    batch(() => {
      revealed.value = target
      last.value = result
      tally.value = [...tally.value, result]
    })
    playback.halfStep()
  }

  function open(): void {
    stop?.()
    signals.stage.value = "predict"
    void findQuestion()
    let first = true
    // Another run, or another moment of it: the question is asked anew, from where the run is.
    stop = effect(() => {
      const frame = signals.frame.value
      if (first) {
        first = false
        return
      }
      if (signals.playing.value || !frame || frame === asked) return
      if (revealed.value && asked && frame.index === asked.index + 1) return
      queueMicrotask(() => stop && void findQuestion())
    })
  }

  return {
    cluster,
    ghost: computed(() => (signals.stage.value === "predict" ? ghost.value : null)),
    revealed,
    last,
    tally,
    obstacle,
    open,
    choose(j) {
      if (!asked || revealed.value) return
      batch(() => {
        cluster.value = j
        if (asked) ghost.value = placeOf(asked, j)
      })
    },
    place(x, y) {
      if (asked && !revealed.value) ghost.value = [x, y]
    },
    reveal: () => void reveal(),
    next() {
      asked = null
      void findQuestion()
    },
    close() {
      stop?.()
      stop = null
      asked = null
      batch(() => {
        ghost.value = null
        revealed.value = null
        obstacle.value = ""
        if (signals.stage.value === "predict") signals.stage.value = "run"
      })
    },
  }
}
