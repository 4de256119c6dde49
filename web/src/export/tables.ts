/** Points and centroids as CSV, and the run as JSON. */
import type { DataInfo, Frame, RestartInfo, Table } from "../engine/protocol"
import { events as eventTable } from "../generated/late"
import { params as paramTable } from "../generated/tables"
import type { RunRecord } from "./run"

/** Rows joined at once: a string of a whole file would have to be of one piece. */
const PIECE = 20_000

/** A cell; quoted where it must be. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A name that none of the columns has. */
function free(name: string, taken: string[]): string {
  return taken.includes(name) ? free(`${name}_`, taken) : name
}

function labelText({ labelTexts }: DataInfo, label: number): string {
  return labelTexts.length > 0 ? (labelTexts[label] ?? "") : String(label)
}

/** Each point's values in original units, its true label where there is one, and its cluster from 1, empty before the first assign. */
export function pointsCsv(info: DataInfo, { values, truth, labels }: Table): string[] {
  const names = info.names
  const label = truth ? [free(info.label ?? "label", names)] : []
  const header = [...names, ...label, free("cluster", [...names, ...label])]
  const pieces = [`${header.map(cell).join(",")}\n`]
  for (let from = 0; from < info.n; from += PIECE) {
    const rows: string[] = []
    for (let i = from; i < Math.min(info.n, from + PIECE); i++) {
      let row = ""
      for (let t = 0; t < info.d; t++) row += `${values[t * info.n + i]},`
      if (truth) row += `${cell(labelText(info, truth[i]))},`
      rows.push(`${row}${labels ? labels[i] + 1 : ""}\n`)
    }
    pieces.push(rows.join(""))
  }
  return pieces
}

/** k x d in original units. */
function originals({ scale, offset, d }: DataInfo, centroids: Float64Array): number[][] {
  return Array.from({ length: centroids.length / d }, (_, j) =>
    Array.from({ length: d }, (_, t) => centroids[j * d + t] * scale[t] + offset[t]),
  )
}

/** Cluster from 1, its size, and its centroid in original units. */
export function centroidsCsv(info: DataInfo, { centroids, sizes }: Frame): string {
  const header = [free("cluster", info.names), free("size", info.names), ...info.names]
  const rows = originals(info, centroids).map((place, j) => [j + 1, sizes[j], ...place].join(","))
  return `${[header.map(cell).join(","), ...rows].join("\n")}\n`
}

/** Of the values as IEEE doubles, little-endian; null where the browser has no digests: on pages of plain http. */
async function digestOf(values: Float64Array<ArrayBuffer>): Promise<string | null> {
  if (!crypto.subtle) return null
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", values))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** The parameters by their texts, e.g. `"kmeans++"` and not its number. */
const named = (params: RunRecord["params"]): Record<string, string | number> =>
  Object.fromEntries(
    paramTable.map(({ name, choices }) => [name, choices.length > 0 ? choices[params[name]].value : params[name]]),
  )

/** Everything about the run, in original units; clusters count from 0 as arrays do. */
export async function runJson(
  { program, params, data, shape, rows, best }: RunRecord,
  frames: Frame[],
  restarts: RestartInfo[],
  { values, labels }: Table,
): Promise<string> {
  const history = frames.map(({ kind, iteration, inertia, changed, shift, sizes, centroids, events }) => ({
    half_step: kind,
    iteration,
    inertia,
    ...(kind === "assign" ? { changed } : {}),
    ...(kind === "update" ? { shift } : {}),
    sizes,
    centroids: originals(data, centroids),
    events: events.map(({ type, cluster, other }) => ({ event: eventTable[type].name, cluster, other })),
  }))
  const last = frames.at(-1)
  const whole = {
    format: "kmeans-run",
    version: 1,
    params: named(params),
    program,
    data: {
      name: data.name,
      n: data.n,
      d: data.d,
      columns: data.names,
      standardized: data.standardized,
      ...(shape ? { shape } : {}),
      sha256: await digestOf(values as Float64Array<ArrayBuffer>),
      digest_of: "the n x d values, column after column, as little-endian doubles",
    },
    start_rows: rows,
    best_restart: best,
    restarts,
    converged: last?.converged ?? false,
    history,
    labels: labels ? Array.from(labels) : null,
  }
  return `${JSON.stringify(whole)}\n`
}
