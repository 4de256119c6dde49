import type { EngineClient } from "../engine/client"
import type { RunRecord } from "../export/run"
import { shapes } from "../generated/tables"
import type { Signals } from "../store"
import { report } from "./report"
import type { Run } from "./run"

/** What the run shown was made from; its restarts are run first. Null when it cannot begin, which has been reported. */
export async function recordRun(
  signals: Signals,
  engine: EngineClient,
  run: Run,
  mostNumbers: number,
): Promise<RunRecord | null> {
  if (!(await run.ready())) return null
  const { info, data: choice, restarts, running, params, functions } = signals
  const data = info.value
  if (!data) return null
  const made = shapes.some(({ name }) => name === choice.value.name) && !data.standardized
  try {
    const reply = await engine.call("record", { points: !made && data.n * data.d <= mostNumbers })
    const { list, best } = restarts.value
    return {
      ...reply,
      program: running.value,
      params: params.value,
      functions: Object.keys(functions.value),
      data,
      shape: made ? choice.value : null,
      best: list.length > 1 ? { seed: list[best].seed, restarts: list.length } : null,
    }
  } catch (error) {
    report(signals, "The run could not be written down.", error)
    return null
  }
}
