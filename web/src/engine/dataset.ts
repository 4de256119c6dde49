import type { ColumnInfo, Source } from "./protocol"
import { breathe, type Check } from "./queue"
import { type CsvColumn, CsvReader } from "./wasm/csv"
import { type Block, Refusal, type Wasm } from "./wasm/memory"
import { makeShape } from "./wasm/shapes"

/** Points in original units, column-major in the module's memory, with what is known of them. */
export interface Dataset {
  name: string
  columns: Block
  n: number
  d: number
  names: string[]
  /** Every column of the file, to choose from. */
  all: ColumnInfo[]
  label: string | null
  labelTexts: string[]
  truth: Int32Array | null
  dropped: number
  firstDropped: number
}

const plain = { labelTexts: [], dropped: 0, firstDropped: 0 }
const numeric = (names: string[]): ColumnInfo[] => names.map((name) => ({ name, numeric: true }))

/** The points of a shape. */
export function fromShape(wasm: Wasm, source: Extract<Source, { kind: "shape" }>): Dataset {
  const { name, shape, n, noise, dial, seed } = source
  const names = ["x", "y"]
  return {
    ...plain,
    ...makeShape(wasm, shape, n, noise, dial, seed),
    name,
    n,
    d: 2,
    names,
    all: numeric(names),
    label: "group",
  }
}

/** Names under which a true label is found without being asked for. */
const labelName = /^(label|labels|class|species|target|truth|group|cluster|category|cultivar|digit|y_true)$/i
/** Names of columns that only count the rows; data frames are often written with a first column without a name. */
const rowName = /^(id|index|idx|no|nr|row|rows|rownames|row_?num(ber)?|unnamed.*)$/i
const NAMELESS = "column 1"

function guessLabel(columns: CsvColumn[], rows: number): number {
  const named = columns.findIndex((c) => labelName.test(c.name.trim()) && (!c.numeric || c.integer))
  if (named >= 0) return named
  const texts = columns.flatMap((c, j) => (!c.numeric && c.texts > 1 && c.texts <= Math.min(100, rows / 2) ? [j] : []))
  return texts.length === 1 ? texts[0] : -1
}

function countsRows(reader: CsvReader, column: CsvColumn, j: number): boolean {
  const nameless = j === 0 && reader.hasHeader && column.name === NAMELESS
  if (!column.integer || !(nameless || rowName.test(column.name.trim()))) return false
  return reader.values(j).every((value, i, values) => i === 0 || value === values[i - 1] + 1)
}

function indexOfColumn(columns: CsvColumn[], name: string): number {
  const j = columns.findIndex((c) => c.name === name)
  if (j < 0) throw new Refusal(`There is no column “${name}”. The file has ${columns.map((c) => c.name).join(", ")}.`)
  return j
}

function chooseColumns(reader: CsvReader, all: CsvColumn[], label: number, wanted: string[] | null): number[] {
  if (!wanted) {
    const numbers = all.flatMap((c, j) => (c.numeric && j !== label ? [j] : []))
    const measured = numbers.filter((j) => !countsRows(reader, all[j], j))
    const chosen = measured.length > 0 ? measured : numbers
    if (chosen.length > 0) return chosen
    throw new Refusal("The file has no column of numbers to cluster.")
  }
  if (wanted.length === 0) throw new Refusal("Choose at least one column of numbers to cluster.")
  return wanted.map((name) => {
    const j = indexOfColumn(all, name)
    if (!all[j].numeric) throw new Refusal(`The column “${name}” is text; only numbers can be clustered.`)
    return j
  })
}

function chooseLabel(all: CsvColumn[], rows: number, wanted: string | null): number {
  if (wanted === null) return guessLabel(all, rows)
  if (wanted === "") return -1
  const label = indexOfColumn(all, wanted)
  if (all[label].numeric && !all[label].integer)
    throw new Refusal(`The column “${wanted}” cannot be the true label: its numbers are not whole.`)
  return label
}

function fromCsv(reader: CsvReader, source: Extract<Source, { kind: "csv" }>): Dataset {
  const all = reader.columns
  const label = chooseLabel(all, reader.rows, source.label)
  const chosen = chooseColumns(reader, all, label, source.columns)
  // A missing text is a label of its own; a missing number is none.
  reader.require(label >= 0 && all[label].numeric ? [...chosen, label] : chosen)
  return {
    name: source.name,
    columns: reader.gather(chosen),
    n: reader.rows,
    d: chosen.length,
    names: chosen.map((j) => all[j].name),
    all: all.map(({ name, numeric }) => ({ name, numeric })),
    label: label < 0 ? null : all[label].name,
    labelTexts: label < 0 || all[label].numeric ? [] : reader.texts(label),
    truth: label < 0 ? null : Int32Array.from(reader.values(label)),
    dropped: reader.dropped,
    firstDropped: reader.firstDropped,
  }
}

/** The points of a source, in memory of their own. A file is read as a stream; `progress` hears of its bytes. */
export async function readSource(
  wasm: Wasm,
  source: Extract<Source, { kind: "shape" | "csv" }>,
  check: Check,
  progress: (done: number, total: number) => void,
): Promise<Dataset> {
  if (source.kind === "shape") return fromShape(wasm, source)
  const reader = new CsvReader(wasm)
  const stream = source.file.stream().getReader()
  try {
    let done = 0
    for (let piece = await stream.read(); !piece.done; piece = await stream.read()) {
      check()
      reader.feed(piece.value)
      done += piece.value.length
      progress(done, source.file.size)
    }
    reader.end()
    const data = fromCsv(reader, source)
    await breathe()
    try {
      check()
    } catch (error) {
      data.columns.free()
      throw error
    }
    return data
  } finally {
    void stream.cancel()
    reader.close()
  }
}

/** The same data with one more point. It has no true label, so the labels go. */
export function withPoint(data: Dataset, point: Float64Array): Dataset {
  const { n, d } = data
  const columns = data.columns.wasm.alloc(8 * (n + 1) * d)
  const from = data.columns.f64
  const to = columns.f64
  for (let t = 0; t < d; t++) {
    to.set(from.subarray(t * n, (t + 1) * n), t * (n + 1))
    to[t * (n + 1) + n] = point[t]
  }
  return { ...data, columns, n: n + 1, label: null, labelTexts: [], truth: null }
}

export function withoutRow(data: Dataset, row: number): Dataset {
  const { n, d } = data
  if (n === 1) throw new Refusal("The last point stays: there is nothing to cluster without it.")
  const columns = data.columns.wasm.alloc(8 * (n - 1) * d)
  const from = data.columns.f64
  const to = columns.f64
  for (let t = 0; t < d; t++) {
    to.set(from.subarray(t * n, t * n + row), t * (n - 1))
    to.set(from.subarray(t * n + row + 1, (t + 1) * n), t * (n - 1) + row)
  }
  return { ...data, columns, n: n - 1, truth: data.truth?.filter((_, i) => i !== row) ?? null }
}
