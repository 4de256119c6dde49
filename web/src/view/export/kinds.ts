/** What can be exported, and how each is made. */
import { MOST_NUMBERS, pythonScript, scriptRefusal } from "../../export/python"
import type { Exporter } from "../../export/run"
import { sklearnCall } from "../../export/sklearn"
import { centroidsCsv, pointsCsv, runJson } from "../../export/tables"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { animationFile, chartFile, type FigureChoice, pictureFile } from "./figures"

export type Kind = "python" | "sklearn" | "picture" | "chart" | "animation" | "points" | "centroids" | "run"

export const kinds: { value: Kind; label: string; about: string }[] = [
  {
    value: "python",
    label: t(en.pythonScript),
    about: t(en.pythonAbout),
  },
  {
    value: "sklearn",
    label: "scikit-learn",
    about: t(en.sklearnAbout),
  },
  {
    value: "picture",
    label: t(en.picture),
    about: t(en.pictureAbout),
  },
  { value: "chart", label: t(en.chart), about: t(en.chartAbout) },
  { value: "animation", label: t(en.animation), about: t(en.animationAbout) },
  {
    value: "points",
    label: t(en.pointsCsv),
    about: t(en.pointsCsvAbout),
  },
  {
    value: "centroids",
    label: t(en.centroidsCsv),
    about: t(en.centroidsCsvAbout),
  },
  {
    value: "run",
    label: t(en.runJson),
    about: t(en.runJsonAbout),
  },
]

/** What came out: a file, or why there is none. */
export type Made = { blob: Blob; extension: string; part: string } | { refusal: string }

const NO_RUN = t(en.noRunYet)

function file(pieces: string | string[], type: string, extension: string, part = ""): Made {
  return { blob: new Blob([pieces].flat(), { type }), extension, part }
}

/** `progress` hears of long work, and ends it by answering false; what is then made is null. */
export async function make(
  kind: Kind,
  figures: FigureChoice,
  ctx: Context,
  exporter: Exporter,
  progress: (done: number, total: number) => boolean,
): Promise<Made | null> {
  const { store } = ctx
  const info = store.info.value
  const drawn = (blob: Blob | null, extension: string): Made =>
    blob ? { blob, extension, part: kind } : { refusal: NO_RUN }
  if (kind === "picture") return drawn(await pictureFile(ctx, exporter, figures), figures.format)
  if (kind === "chart") return drawn(await chartFile(ctx, figures), figures.format)
  if (kind === "animation") {
    const blob = await animationFile(ctx, exporter, figures.scheme, progress)
    return blob && drawn(blob, "gif")
  }
  if (kind === "points" || kind === "centroids") {
    const frame = store.frame.value
    if (!info || !frame) return { refusal: NO_RUN }
    if (kind === "centroids") return file(centroidsCsv(info, frame), "text/csv", "csv", kind)
    return file(pointsCsv(info, await exporter.table(frame.index, false)), "text/csv", "csv", kind)
  }
  if (kind === "run" && !(await exporter.finish())) return { refusal: NO_RUN }
  const record = await exporter.record(kind === "python" ? MOST_NUMBERS : 0)
  if (!record) return { refusal: NO_RUN }
  if (kind === "run") {
    const frames = store.frames.value
    const table = await exporter.table(frames.length - 1, false)
    return file(await runJson(record, frames, store.restarts.value.list, table), "application/json", "json", kind)
  }
  if (kind === "sklearn") return file(sklearnCall(record), "text/x-python", "py")
  const refusal = scriptRefusal(record)
  return refusal ? { refusal } : file(pythonScript(record), "text/x-python", "py")
}
