import type { EngineClient } from "../engine/client"
import type { Signals } from "../store"
import type { Data } from "./data"
import type { Drag } from "./drag"
import type { Lessons } from "./lessons"
import type { Painter } from "./paint"
import type { Playback } from "./playback"
import type { ProgramText } from "./program"
import type { Run } from "./run"

/** What carries out the actions. */
export interface Parts {
  signals: Signals
  engine: EngineClient
  data: Data
  drag: Drag
  lessons: Pick<Lessons, "open" | "close">
  painter: Painter
  playback: Playback
  program: ProgramText
  run: Run
}
