/**
 * The requests behind the Explore panels (c/explore.h): types only. They work on an engine of their own, so the run that is shown is never touched.
 */
import type { Camera, ParamValues, Plane, Theme } from "./protocol"

/** Runs from consecutive seeds; arrays of one value a run. */
export interface RacePart {
  /** Inertia of the start. */
  starts: Float64Array
  /** Inertia at the end. */
  ends: Float64Array
  iterations: Int32Array
  /** Equal for equal final partitions, however their clusters are numbered. */
  partitions: string[]
}

/** The best of several restarts. */
export interface Fit {
  inertia: number
  seed: number
  /** How many of the restarts ended with this inertia. */
  reached: number
  /** By name of the metrics table; null where undefined, or for a reference. */
  metrics: Record<string, number | null> | null
}

/** What the curve of inertia over k = 1, 2, ... says, beside that of reference sets. */
export interface Gap {
  gaps: Float64Array
  errors: Float64Array
  /** The k of the gap rule; 0 when no k meets it. */
  choice: number
  /** 0 when there is no elbow. */
  elbow: number
  /** How sharp the sharpest bend is, in units of what the reference shows there. */
  bend: number
}

/** One draw of a start. */
export interface Draw {
  /** Rows chosen so far, this one included, and where they are drawn (x, y each). */
  rows: number[]
  places: Float64Array
  /** Rows tried in this draw, where they are drawn, their chances, and the inertia each would leave (NaN when not asked). */
  candidates: { row: number; x: number; y: number; chance: number; left: number }[]
  /** The chance of the row that was chosen. */
  chance: number
  /** The largest chance of any point, and how many points had one. */
  most: number
  possible: number
}

export interface Silhouettes {
  k: number
  /** Points measured, and all points. */
  measured: number
  n: number
  /** Cluster and silhouette of each point measured, ordered by cluster. */
  clusters: Int32Array
  values: Float64Array
}

export interface ExploreRequests {
  /** The points as they are clustered (n x d, column-major), whether or not there is a run of them. */
  points: { args: Record<string, never>; reply: Float64Array }
  /** Runs to the end from `runs` seeds. */
  sprint: { args: { program: string; params: ParamValues; first: number; runs: number }; reply: RacePart }
  /** `set`: which reference set to fit instead of the points, or null. */
  fit: { args: { program: string; params: ParamValues; set: number | null }; reply: Fit }
  gap: { args: { inertias: Float64Array; references: Float64Array; sets: number }; reply: Gap }
  /** The end of a run as a small picture: RGBA of width x height. */
  thumbnail: {
    args: {
      program: string
      params: ParamValues
      plane: Plane
      camera: Camera
      theme: Theme
      width: number
      height: number
      radius: number
    }
    reply: Uint8ClampedArray
  }
  /** Draw number `draw`; the picture shows its chances from then on, where `paint` asks for them. */
  draw: { args: { program: string; params: ParamValues; draw: number }; reply: Draw }
  /** Of the labels of a frame; null when no point has one. */
  silhouettes: { args: { index: number }; reply: Silhouettes | null }
  /** Root mean square distance of a cluster's drawn points from their mean, in plane units. */
  spread: { args: { index: number; cluster: number }; reply: number | null }
}
