import { batch, effect, signal } from "@preact/signals-core"
import { StaleError } from "../../engine/client"
import type { Draw } from "../../engine/explore"
import type { Draws } from "../../explore"
import { latest } from "../latest"
import type { Painter } from "../paint"
import type { Playback } from "../playback"
import type { Lab } from "./lab"

/** The draws of the start, one at a time, on the picture. */
export function createDraws(lab: Lab, painter: Painter, playback: Playback): Draws {
  const { signals, engine } = lab
  const draw = signal<Draw | null>(null)
  const at = signal(0)
  const drawn = signal(false)
  const error = signal("")
  let stop: (() => void) | null = null

  const ask = latest(async (index: number, show: boolean) => {
    try {
      const answer = await engine.call("draw", {
        params: { ...signals.params.value, restarts: 1 },
        program: signals.running.value,
        draw: index,
      })
      if (!stop) return
      batch(() => {
        draw.value = answer
        at.value = index
        drawn.value = show
        error.value = ""
        signals.stage.value = "draws"
        painter.refresh()
      })
    } catch (reason) {
      if (reason instanceof StaleError) return
      batch(() => {
        draw.value = null
        error.value = (reason as Error).message
        signals.stage.value = "run"
      })
    }
  })

  function open(): void {
    stop?.()
    playback.seek(0)
    let seen = false
    // Other data, another seed or program: the draws begin anew.
    stop = effect(() => {
      void signals.info.value
      void signals.params.value
      void signals.running.value
      if (seen) draw.value = null
      seen = true
      void ask(0, false)
    })
    // A run that moves on is looked at instead.
    const endDraws = effect(() => {
      if (signals.cursor.value > 0 || signals.playing.value) queueMicrotask(close)
    })
    const stopFirst = stop
    stop = () => {
      stopFirst()
      endDraws()
    }
  }

  function close(): void {
    stop?.()
    stop = null
    batch(() => {
      draw.value = null
      if (signals.stage.value === "draws") signals.stage.value = "run"
    })
  }

  return {
    draw,
    at,
    drawn,
    error,
    open,
    next() {
      if (!drawn.value) drawn.value = true
      else if (at.value + 1 < signals.params.value.k) void ask(at.value + 1, false)
    },
    back() {
      if (drawn.value) drawn.value = false
      else if (at.value > 0) void ask(at.value - 1, true)
    },
    first: () => void ask(0, false),
    close,
  }
}
