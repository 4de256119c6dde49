/**
 * What the page and the engine's worker say to each other: types only.
 *
 * Every request carries an `id`, answered by exactly one reply with the same id. One that a newer request has made
 * pointless (queue.ts says when) is answered as `stale`, without a value.
 */

import type { ExploreRequests } from "./explore"

/** Values of all parameters of c/defs/params.def by name; choices by their number. */
export type ParamValues = Record<string, number>

/** Names of entries of the tables by their number. The worker is told them, so that it need not carry the tables. */
export interface Names {
  params: string[]
  metrics: string[]
}

/** Where points come from. */
export type Source =
  | { kind: "shape"; name: string; shape: number; n: number; noise: number; dial: number; seed: number }
  /**
   * Delimited text, e.g. a dropped file or a bundled data set. `columns`: those to cluster, null for every numeric one.
   * `label`: name of the true-label column, `""` none, `null` guess.
   */
  | { kind: "csv"; name: string; file: Blob; columns: string[] | null; label: string | null }
  /** Those that are loaded, as they are now. */
  | { kind: "current" }
  /** Those that `keep` was last asked to keep; it keeps them no longer. */
  | { kind: "kept" }

export interface ColumnInfo {
  name: string
  /** Numeric columns can be clustered; text columns can only be the true label. */
  numeric: boolean
}

/** The data that are loaded. Lengths are those after dropping rows with missing cells. */
export interface DataInfo {
  name: string
  n: number
  d: number
  /** Names of the d clustered columns. */
  names: string[]
  /** Every column of the file, to choose from; the d names for other sources. */
  columns: ColumnInfo[]
  /** Name of the true-label column, or null. */
  label: string | null
  /** Texts of the true labels, by label number; empty when they are plain integers or absent. */
  labelTexts: string[]
  standardized: boolean
  /** Per clustered column: original = engine * scale + offset. Identity unless standardized. */
  scale: number[]
  offset: number[]
  /** Rows dropped for a missing cell, and the first of them (row in the file, from 1). */
  dropped: number
  firstDropped: number
}

/** Which two numbers of a point are drawn. */
export type Plane = { kind: "columns"; x: number; y: number } | { kind: "pca" }

export interface PlaneInfo {
  plane: Plane
  /** Drawn extent: x0, y0, x1, y1 in plane units. */
  bounds: [number, number, number, number]
  /** Share of the variance along each axis, 0 to 1. */
  shares: [number, number]
}

/** A plane point (x, y) is at device pixel (sx * x + tx, sy * y + ty). */
export interface Camera {
  sx: number
  tx: number
  sy: number
  ty: number
}

export interface RunEvent {
  /** Index into the table of events. */
  type: number
  cluster: number
  /** Row or other cluster, or -1. */
  other: number
}

/** How an assign was done. */
export interface Work {
  method: Method
  /** Points compared with centroids one by one. */
  touched: number
  /** Distances computed, those from centroids to boxes included. */
  distances: number
}

/** Every point against every centroid; boxes of points decided whole; bounds that show that nothing changed. */
export type Method = "brute force" | "boxes" | "bounds"

/** Boxes of points in which an assign ended. */
export interface CellCount {
  /** Decided for one cluster as a whole. */
  whole: number
  /** Across a border: their points were looked at one by one. */
  mixed: number
}

/** One state of a run: its start, or what a half-step left. */
export interface Frame {
  /** Place in the history: 0 is the start. */
  index: number
  kind: "start" | "assign" | "update"
  /** Assign passes so far. */
  iteration: number
  /** null at the start. */
  inertia: number | null
  /** Points whose label this assign changed (0 for update). */
  changed: number
  /** Largest distance a centroid moved in this update (0 for assign). */
  shift: number
  sizes: number[]
  /** k x d, row-major, engine units. */
  centroids: Float64Array
  /** k x 2, plane units. */
  drawn: Float64Array
  events: RunEvent[]
  /** Of an assign, else null. */
  work: Work | null
  /** How long the half-step took in the worker; 0 for the start. */
  ms: number
  /** This is the last state of the run. */
  done: boolean
  converged: boolean
}

export interface RestartInfo {
  seed: number
  inertia: number
  iterations: number
}

/** All restarts, and the one kept. */
export interface Raced {
  list: RestartInfo[]
  best: number
}

/** Answer to `start`. */
export interface RunInfo {
  k: number
  /** All restarts, when there was more than one; the run shown is that of `best`. */
  restarts: RestartInfo[]
  best: number
  frame: Frame
}

export interface Metrics {
  /** By name of the metrics table; null where undefined. */
  values: Record<string, number | null>
  /** Points the silhouette was computed on. */
  silhouettePoints: number
}

export interface Theme {
  /** All colours are 0xAABBGGRR. */
  clusters: number[]
  unassigned: number
  paper: number
  /** Of chances. */
  accent: number
}

/** All points, in the order of the file or shape. */
export interface Table {
  /** n x d, column-major, original units. */
  values: Float64Array
  /** Label numbers; null where there is no true label. */
  truth: Int32Array | null
  /** Clusters; null while no point has one. */
  labels: Int32Array | null
  /** n x 2, plane units; empty unless asked for. */
  drawn: Float64Array
}

/** What to draw on the surface. */
export interface Paint {
  /** Frame whose labels colour the points. */
  index: number
  /** 0 to 1: cross-fade from the labels (and regions) of the assign before. */
  blend: number
  camera: Camera
  /** Radius of a point in device pixels. */
  radius: number
  opacity: number
  regions: boolean
  /** Region cell in device pixels: 1 is exact. */
  cell: number
  /** Things move: cells may be smaller, as long as that is quick. */
  draft: boolean
  /** Points and regions are those of the last `preview` instead. */
  preview: boolean
  /** Points are as large as their chances in the last `draw` instead. */
  chances: boolean
  /** The points whose label the assign that led to this frame changed stand out. */
  moved: boolean
  /** Lines join points to the centers (k x 2 plane units) of their clusters. */
  spokes: { centers: Float64Array; opacity: number } | null
  /** Row to emphasise, or -1. */
  lit: number
  /** Over the points the boxes of the assign that coloured them, framed in lines of so many device pixels; 0 for none. */
  cells: number
}

/** Runs to make beside the one that is shown: one for each seed, or the best of the restarts from each. */
export interface Experiment {
  source: Extract<Source, { kind: "shape" | "csv" }>
  standardize: boolean
  /** A program without errors. */
  program: string
  /** Parameters in place of the program's own. */
  params: ParamValues
  /** `first`, `first + step`, ...; `step` is 1 unless it is said. */
  seeds: { first: number; count: number; step?: number }
  /** The seeds are those of the data, which must be a shape, and not those of the runs. */
  draws?: boolean
  /** Names of the metrics to measure; all but the inertia take a while. */
  metrics: readonly string[]
}

/** How one of them went. */
export interface Outcome {
  /** That of the best restart. */
  seed: number
  /** Inertia after the first assign. */
  start: number
  inertia: number
  iterations: number
  /** Half-steps after which the inertia was larger than before, by more than rounding. */
  rises: number
  /** NaN where undefined. */
  metrics: Record<string, number>
}

/** Every request: what goes in, what comes back. */
export interface Requests extends ExploreRequests {
  /** The compiled module, once. */
  open: { args: { module: WebAssembly.Module; names: Names }; reply: null }
  /** The canvas to draw on, once; later sizes by `resize`. */
  surface: { args: { canvas: OffscreenCanvas }; reply: null }
  resize: { args: { width: number; height: number }; reply: null }
  theme: { args: Theme; reply: null }
  load: {
    args: { source: Source; standardize: boolean; plane: Plane | null }
    reply: { data: DataInfo; plane: PlaneInfo }
  }
  /** Keeps the data that are loaded, points added by hand and all, to be loaded again after others. */
  keep: { args: Record<string, never>; reply: null }
  /** `drawn`: the centroids of every frame of the history on the new plane. */
  plane: { args: { plane: Plane }; reply: { plane: PlaneInfo; drawn: Float64Array[] } }
  /**
   * Begins a run of a program without errors, with these parameters in place of its own, or from given centroids
   * (k x d). With restarts all of them are run first, sending `progress`, unless they have been (`raced`), and the run
   * begun is that of the best.
   */
  start: {
    args: { program: string; params: ParamValues; centroids: Float64Array | null; raced: Raced | null }
    reply: RunInfo
  }
  /** Points (n x d, column-major) for a worker that shares a race. */
  adopt: { args: { points: Float64Array; n: number; d: number }; reply: null }
  /** Restarts from, from + 1, ... of a run's, all the way, sending `progress`. */
  race: { args: { program: string; params: ParamValues; from: number; count: number }; reply: RestartInfo[] }
  /** Gives up the load or race under way; the data stay. */
  cancel: { args: Record<string, never>; reply: null }
  /** Runs and draws something small, so that the code is compiled in full before a person waits for it; any other request makes it stale. */
  warm: { args: Record<string, never>; reply: null }
  /** One more half-step; null when the run is done. */
  advance: { args: Record<string, never>; reply: Frame | null }
  /** All the way to the end, in time slices: the new frames. */
  finish: { args: Record<string, never>; reply: Frame[] }
  metrics: { args: Record<string, never>; reply: Metrics }
  /**
   * What the run shown was made from: the points as they are clustered (n x d, column-major), if asked for; the rows
   * its centroids began on, null when they were given; and those centroids (k x d).
   */
  record: {
    args: { points: boolean }
    reply: { points: Float64Array | null; rows: number[] | null; centroids: Float64Array }
  }
  /** The data that are loaded, in original units (n x d, column-major), with the numbers of their true labels. */
  contents: { args: Record<string, never>; reply: { columns: Float64Array; truth: Int32Array | null } }
  /** The picture as a canvas of another size and theme would show it: RGBA of width x height. */
  portrait: {
    args: { paint: Paint; theme: Theme; width: number; height: number }
    reply: Uint8ClampedArray<ArrayBuffer>
  }
  /** The data as a table, with the labels of a frame. */
  table: { args: { index: number; drawn: boolean }; reply: Table }
  /** Touches neither the data that are loaded nor the run. Sends `progress`; a newer one makes it stale. */
  experiment: { args: Experiment; reply: Outcome[] }
  /** The boxes that were drawn; null when there are none of this frame. */
  paint: { args: Paint; reply: CellCount | null }
  /**
   * Assign to the centroids at plane points `drawn` (k x 2) without touching the run. `from` (k x d) gives the
   * coordinates that are not drawn; a centroid drawn where it is stays exactly as it is.
   */
  preview: {
    args: { drawn: Float64Array; from: Float64Array }
    reply: { centroids: Float64Array; sizes: number[]; inertia: number }
  }
  /** The point drawn nearest to a plane point within a radius of device pixels, its values in original units; null when there is none. */
  pick: {
    args: { x: number; y: number; radius: number; index: number }
    reply: { row: number; values: number[]; cluster: number; label: number } | null
  }
  /** Adds a point at (x, y) of the plane. It has no true label, so the data lose theirs. */
  addPoint: { args: { x: number; y: number }; reply: { data: DataInfo; plane: PlaneInfo } }
  /** Removes the point drawn nearest to (x, y) within a radius of device pixels; null when there is none. */
  removePoint: { args: { x: number; y: number; radius: number }; reply: { data: DataInfo; plane: PlaneInfo } | null }
}

export type RequestName = keyof Requests

export type Request = { [N in RequestName]: { id: number; name: N; args: Requests[N]["args"] } }[RequestName]

export type Reply =
  | { id: number; ok: true; value: unknown }
  /** A newer request made this one pointless. */
  | { id: number; ok: false; stale: true }
  /**
   * `message` is for people; `row` and `column` are set for an error in data (from 1, 0 = none), `from` and `to` for one
   * in the program that runs (bytes of its text, -1 = none).
   */
  | { id: number; ok: false; stale: false; message: string; row: number; column: number; from: number; to: number }
  /** What is done so far of the request `id`: restarts of a start, bytes of a load. */
  | { id: number; progress: number; total: number }
