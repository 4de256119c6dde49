/** Joins the explorations; loaded when the section is first opened. */
import type { EngineClient } from "../../engine/client"
import type { Pool } from "../../engine/pool"
import type { Explore } from "../../explore"
import type { Signals } from "../../store"
import type { Painter } from "../paint"
import type { Playback } from "../playback"
import type { Run } from "../run"
import { createChooseK } from "./choose"
import { createDraws } from "./draws"
import { Lab } from "./lab"
import { createPredict } from "./predict"
import { createRace } from "./race"

export interface Parts {
  signals: Signals
  engine: EngineClient
  makePool: () => Promise<Pool>
  run: Run
  playback: Playback
  painter: Painter
  /** Writes parameters into the program as one step of undo, and plays the run they give. */
  replay: (values: Record<string, number>) => void
}

export function createExplore({ signals, engine, makePool, run, playback, painter, replay }: Parts): Explore {
  const lab = new Lab(signals, engine, makePool)
  const draws = createDraws(lab, painter, playback)
  const predict = createPredict(signals, engine, run, playback)
  // The picture shows one thing at a time.
  const replayAlone = (values: Record<string, number>): void => {
    draws.close()
    predict.close()
    replay(values)
  }
  return {
    race: createRace(lab, replayAlone),
    choose: createChooseK(lab, replayAlone),
    draws: {
      ...draws,
      open() {
        predict.close()
        draws.open()
      },
    },
    predict: {
      ...predict,
      open() {
        draws.close()
        predict.open()
      },
    },
  }
}
