import type { DataInfo, ParamValues } from "../engine/protocol"
import type { DataChoice } from "../state"

/** All that makes the run shown again: what an export writes down. */
export interface RunRecord {
  /** The program that runs, as it was typed. */
  program: string
  params: ParamValues
  /** Names of the functions that are the program's own. */
  functions: string[]
  data: DataInfo
  /** The shape and dials that make the very points; null when they are not those of a shape as it came. */
  shape: DataChoice | null
  /** n x d, column-major, as they are clustered; null when a shape makes them, or they are too many. */
  points: Float64Array | null
  /** Where the run begins: rows of the data, or null and centroids (k x d) given by hand. */
  rows: number[] | null
  centroids: Float64Array
  /** Of several restarts, the one kept: its seed. */
  best: { seed: number; restarts: number } | null
}
