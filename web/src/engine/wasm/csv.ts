import { type Block, Refusal, type Wasm } from "./memory"
import { status } from "./status"

export interface CsvColumn {
  name: string
  numeric: boolean
  integer: boolean
  /** How many distinct texts a text column has. */
  texts: number
}

/** c/csv.h: one reading of delimited text. */
export class CsvReader {
  readonly #wasm: Wasm
  readonly #at: number

  constructor(wasm: Wasm) {
    this.#wasm = wasm
    this.#at = wasm.exports.km_csv_create()
    if (this.#at === 0) throw new Refusal("There is not enough memory to read the file.")
  }

  close(): void {
    this.#wasm.exports.km_csv_destroy(this.#at)
  }

  #check(code: number): void {
    if (code === status.OK) return
    const { km_csv_error, km_csv_error_row, km_csv_error_column } = this.#wasm.exports
    throw new Refusal(
      this.#wasm.text(km_csv_error(this.#at)),
      km_csv_error_row(this.#at),
      km_csv_error_column(this.#at),
    )
  }

  feed(bytes: Uint8Array): void {
    this.#wasm.lend(bytes, (at) => this.#check(this.#wasm.exports.km_csv_feed(this.#at, at, bytes.length)))
  }

  /** Ends the text. Where the columns are known and no row is whole, it is no error yet: those that matter may be. */
  end(): void {
    const code = this.#wasm.exports.km_csv_end(this.#at)
    if (code !== status.ERR_EMPTY_DATA || this.#wasm.exports.km_csv_columns(this.#at) === 0) this.#check(code)
  }

  /** Keeps the rows that have all of these columns. */
  require(columns: number[]): void {
    this.#wasm.lend(Int32Array.from(columns), (at) =>
      this.#check(this.#wasm.exports.km_csv_require(this.#at, at, columns.length)),
    )
  }

  get rows(): number {
    return this.#wasm.exports.km_csv_rows(this.#at)
  }

  get hasHeader(): boolean {
    return this.#wasm.exports.km_csv_has_header(this.#at) === 1
  }

  get dropped(): number {
    return this.#wasm.exports.km_csv_dropped(this.#at)
  }

  get firstDropped(): number {
    return this.#wasm.exports.km_csv_first_dropped(this.#at)
  }

  get columns(): CsvColumn[] {
    const { km_csv_columns, km_csv_name, km_csv_is_number, km_csv_is_integer, km_csv_text_count } = this.#wasm.exports
    return Array.from({ length: km_csv_columns(this.#at) }, (_, j) => ({
      name: this.#wasm.text(km_csv_name(this.#at, j)),
      numeric: km_csv_is_number(this.#at, j) === 1,
      integer: km_csv_is_integer(this.#at, j) === 1,
      texts: km_csv_text_count(this.#at, j),
    }))
  }

  /** Values of column j: numbers, or the numbers of its texts. */
  values(j: number): Float64Array {
    return this.#wasm.f64(this.#wasm.exports.km_csv_values(this.#at, j), this.rows)
  }

  /** The values of these columns, one column after the other, in memory of their own. */
  gather(columns: number[]): Block {
    const block = this.#wasm.alloc(Math.max(1, columns.length * this.rows * 8))
    columns.forEach((j, t) => {
      block.f64.set(this.values(j), t * this.rows)
    })
    return block
  }

  texts(j: number): string[] {
    const { km_csv_text, km_csv_text_count } = this.#wasm.exports
    return Array.from({ length: km_csv_text_count(this.#at, j) }, (_, value) =>
      this.#wasm.text(km_csv_text(this.#at, j, value)),
    )
  }
}
