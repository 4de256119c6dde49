/** What can be exported, and how each is made. */
import { MOST_NUMBERS, pythonScript, scriptRefusal } from "../../export/python"
import type { Exporter } from "../../export/run"
import { sklearnCall } from "../../export/sklearn"
import { centroidsCsv, pointsCsv, runJson } from "../../export/tables"
import type { Context } from "../../state"
import { animationFile, chartFile, type FigureChoice, pictureFile } from "./figures"

export type Kind = "python" | "sklearn" | "picture" | "chart" | "animation" | "points" | "centroids" | "run"

export const kinds: { value: Kind; label: string; about: string }[] = [
  {
    value: "python",
    label: "Python script",
    about:
      "The program as it stands, and under it what runs it: the same start on the same data. It needs NumPy and prints inertia, iterations and labels.",
  },
  {
    value: "sklearn",
    label: "scikit-learn",
    about: "The nearest call, with comments for what scikit-learn cannot say.",
  },
  {
    value: "picture",
    label: "Picture",
    about: "What the picture shows now: the half-step, the axes, and as close as you look.",
  },
  { value: "chart", label: "Chart", about: "The inertia after each half-step." },
  { value: "animation", label: "Animation", about: "The whole run as an animated GIF, one half-step after the other." },
  {
    value: "points",
    label: "Points (CSV)",
    about:
      "A CSV file: each point's values in the units of the data, its true label if it has one, and its cluster now.",
  },
  {
    value: "centroids",
    label: "Centroids (CSV)",
    about: "A CSV file: each cluster's size and the place of its centroid in the units of the data.",
  },
  {
    value: "run",
    label: "Run (JSON)",
    about:
      "A JSON file: parameters and program, a digest of the data, every half-step with its inertia and centroids, and the labels at the end.",
  },
]

/** What came out: a file, or why there is none. */
export type Made = { blob: Blob; extension: string; part: string } | { refusal: string }

const NO_RUN = "There is no run yet: press Run or Step first."

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
