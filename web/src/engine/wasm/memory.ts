/**
 * The module's exports and memory. The files of this folder are the only ones that see pointers; they make their views
 * of memory anew at each use, because growing memory detaches the old ones. A pointer above 2 GiB comes out of the module
 * negative, hence the `>>> 0`.
 */

type Call = (...args: number[]) => number

export type Exports = { readonly memory: WebAssembly.Memory } & { readonly [name: `km_${string}`]: Call }

type Values = Float64Array | Int32Array | Uint32Array | Uint8Array

/**
 * A call the engine refused. `row` and `column` of data count from 1, 0 is none; `from` and `to` are the bytes of the
 * program's text that are the cause, -1 is none.
 */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly row = 0,
    readonly column = 0,
    readonly from = -1,
    readonly to = -1,
  ) {
    super(message)
  }
}

const decoder = new TextDecoder()

export class Wasm {
  private constructor(
    readonly exports: Exports,
    /** The module's function table, through which C calls emitted kernels. */
    readonly table: WebAssembly.Table,
  ) {}

  /** An instance of its own; the module imports nothing. */
  static async open(module: WebAssembly.Module): Promise<Wasm> {
    const instance = await WebAssembly.instantiate(module, {})
    const { _initialize } = instance.exports
    if (typeof _initialize === "function") _initialize()
    const table = instance.exports.__indirect_function_table as WebAssembly.Table
    return new Wasm(instance.exports as unknown as Exports, table)
  }

  bytes(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.exports.memory.buffer as ArrayBuffer, at >>> 0, length)
  }

  f64(at: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, at >>> 0, length)
  }

  i32(at: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, at >>> 0, length)
  }

  u32(at: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, at >>> 0, length)
  }

  /** The text at a pointer, up to its NUL. */
  text(at: number): string {
    const bytes = new Uint8Array(this.exports.memory.buffer, at >>> 0)
    return decoder.decode(bytes.subarray(0, bytes.indexOf(0)))
  }

  /** The general sentence for a status. */
  statusText(status: number): string {
    return this.text(this.exports.km_status_text(status))
  }

  alloc(bytes: number): Block {
    const at = this.exports.km_alloc(bytes)
    if (at === 0) throw new Refusal(`There is not enough memory for ${Math.ceil(bytes / 2 ** 20)} MiB more.`)
    return new Block(this, at, bytes)
  }

  /** Calls with a copy of the values in memory for as long as the call lasts. */
  lend<T>(values: Values, use: (at: number) => T): T {
    const block = this.alloc(values.byteLength)
    try {
      this.bytes(block.at, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      return use(block.at)
    } finally {
      block.free()
    }
  }

  /** What a call writes into `length` doubles of memory. */
  receive(length: number, use: (at: number) => void): Float64Array {
    const block = this.alloc(length * 8)
    try {
      use(block.at)
      return this.f64(block.at, length).slice()
    } finally {
      block.free()
    }
  }
}

/** A piece of the module's memory that outlives a call. */
export class Block {
  constructor(
    readonly wasm: Wasm,
    readonly at: number,
    readonly bytes: number,
  ) {}

  get f64(): Float64Array {
    return this.wasm.f64(this.at, this.bytes / 8)
  }

  get i32(): Int32Array {
    return this.wasm.i32(this.at, this.bytes / 4)
  }

  free(): void {
    this.wasm.exports.km_free(this.at)
  }
}
