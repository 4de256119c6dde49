/** Gathers what an export is made of: the run's record, its table, and pictures in any size and theme. */
import type { EngineClient } from "../engine/client"
import type { Exporter, Portrait, RunRecord } from "../export/run"
import { shapes } from "../generated/tables"
import type { Signals } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { workerTheme } from "../view/palette"
import { OPACITY, RESTING_COST, radiusFor, spokesAt } from "./paint"
import { report } from "./report"
import type { Run } from "./run"

export function createExporter(signals: Signals, engine: EngineClient, run: Run): Exporter {
  async function record(mostNumbers: number): Promise<RunRecord | null> {
    // The restarts are run first, so that what goes out is the run that the page would show.
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
      report(signals, t(en.runNotWritten), error)
      return null
    }
  }

  const radius = (width: number, height: number, ratio: number): number => {
    const { scale } = signals.zoom.value
    return radiusFor(signals.info.value?.n ?? 1, width * ratio * scale, height * ratio * scale, ratio)
  }

  async function portrait({ index, scheme, camera, width, height, ratio, blend = 1, points = true }: Portrait) {
    const frame = signals.frames.value[index]
    const [across, up] = [width * ratio, height * ratio]
    const pixels = await engine.call("portrait", {
      width: across,
      height: up,
      theme: workerTheme(scheme),
      paint: {
        index,
        blend: frame.kind === "assign" ? blend : 1,
        camera,
        radius: radius(width, height, ratio),
        opacity: points ? OPACITY : 0,
        regions: signals.regions.value,
        cell: Math.max(1, Math.ceil(Math.sqrt((frame.centroids.length * across * up) / RESTING_COST))),
        draft: false,
        preview: false,
        cells: 0,
        chances: false,
        moved: points && frame.kind === "assign",
        spokes: blend < 1 ? spokesAt(signals, index, blend) : null,
        lit: -1,
      },
    })
    return new ImageData(pixels, across, up)
  }

  return {
    record,
    portrait,
    mark: (width, height) => ({ radius: radius(width, height, 1), opacity: OPACITY }),
    table: (index, drawn) => engine.call("table", { index, drawn }),
    finish: async () => (await run.ready()) && run.finish(),
  }
}
