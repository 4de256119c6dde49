import type { Camera, DataInfo, ParamValues, Table } from "../engine/protocol"
import type { DataChoice } from "../state"
import type { Scheme } from "../view/palette"

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

/** Points and regions of a frame, as another size and theme show them. */
export interface Portrait {
  index: number
  scheme: Scheme
  /** In pixels of the picture asked for. */
  camera: Camera
  /** CSS pixels, and pixels for each of them. */
  width: number
  height: number
  ratio: number
  /** Of an assign: how far its labels have taken the place of those before, 0 to 1. */
  blend?: number
  /** False leaves only the regions. */
  points?: boolean
}

/** What an export is made of. */
export interface Exporter {
  /** What the run shown was made from, with its points if they are at most so many numbers; null when there is none. */
  record(mostNumbers: number): Promise<RunRecord | null>
  /** All points with the labels of a frame; `drawn` asks for their places on the plane, too. */
  table(index: number, drawn: boolean): Promise<Table>
  portrait(portrait: Portrait): Promise<ImageData>
  /** How a point is drawn in a picture of so many CSS pixels. */
  mark(width: number, height: number): { radius: number; opacity: number }
  /** Takes the run to its end without showing it; false when it cannot. */
  finish(): Promise<boolean>
}
