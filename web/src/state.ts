/**
 * The one store of the page. Views read signals and call actions; they never reach the engine, and nothing but
 * the controller (controller.ts, controller/) writes the read-only signals.
 */
import type { ReadonlySignal, Signal } from "@preact/signals-core"
import type {
  Camera,
  CellCount,
  DataInfo,
  Frame,
  Metrics,
  ParamValues,
  Plane,
  PlaneInfo,
  RestartInfo,
  Theme,
} from "./engine/protocol"
import type { Explore } from "./explore"
import type { Exporter } from "./export/run"
import type { Measured } from "./lessons/measures"
import type { LessonName } from "./lessons/slugs"

/** What the Dataset control offers and the URL's `data` names. */
export interface DataChoice {
  /** A shape's or bundled set's name, or "own" for a person's file, paste or clicked points. */
  name: string
  /** Shapes only. */
  n: number
  noise: number
  dial: number
  seed: number
}

/** One problem in the program text; offsets are UTF-16 units of the text. */
export interface Diagnostic {
  code: string
  severity: "error" | "warning" | "info"
  from: number
  to: number
  message: string
  fix: { from: number; to: number; insert: string; label: string } | null
}

/** A change of the program text to apply as one undoable transaction. */
export interface TextEdit {
  from: number
  to: number
  insert: string
}

/** Something that went wrong, shown until dismissed; the page goes on with what it had. */
export interface Problem {
  title: string
  message: string
  /** The message has no translation. */
  english?: boolean
}

/** A point under the pointer: values of the clustered columns in original units; cluster and label -1 when there is none. */
export interface Picked {
  row: number
  values: number[]
  cluster: number
  label: number
}

/** A million points are then as far apart as a few hundred are in the whole. */
export const MOST_ZOOM = 100
/** The whole picture, scaled and then moved by (x, y) of its width and height. */
export interface Zoom {
  /** From 1, which shows all points, to MOST_ZOOM. */
  scale: number
  /** From 1 - scale to 0, so that the part shown does not leave the whole. */
  x: number
  y: number
}

/** A part of the algorithm: lit together in its equation, in the program and in the picture. */
export type Part = "init" | "assign" | "update" | "inertia" | "stop"
/** The part that is pointed at, and where it is. */
export interface Emphasis {
  part: Part
  from: "equation" | "program" | "picture"
}

/** The experiment that is open. */
export interface OpenLesson {
  name: LessonName
  /** What the engine measured for its card, by name; null until it has. */
  measured: Measured | null
  /** It could not. */
  failed: boolean
  /** Nobody has changed data or program since it was set up. */
  untouched: boolean
  /** It waits for someone to run it. */
  still: boolean
}

/** A person's own data as a link carries them. */
export interface OwnData {
  name: string
  /** CSV with a header. */
  csv: string
  /** Names of the columns that are clustered. */
  columns: string[]
  /** Name of the column of true labels, "" for none. */
  label: string
}

/** The program of a link, which waits for a person to run it. */
export interface Held {
  text: string
  /** Where the run of the link was; half-step 0 is its start. */
  step: number
}

/** A link that opens what is shown. */
export interface Link {
  /** With its `?`, without what says how the page is framed. */
  query: string
  /** With its `#`; empty when the query says it all. */
  hash: string
  /** What does not fit into it. */
  missing: string | null
}

export type ThemeChoice = "auto" | "light" | "dark"
/** What the picture shows: the run; the chances of a draw; the run with a ghost to be placed. */
export type Stage = "run" | "draws" | "predict"
/** What a click on the picture does. */
export type PointerMode = "move" | "add" | "remove"

export interface Store {
  /** "loading" until the engine has the first data set; "failed" when WebAssembly or the worker cannot start. */
  readonly phase: ReadonlySignal<"loading" | "ready" | "failed">
  readonly data: ReadonlySignal<DataChoice>
  readonly info: ReadonlySignal<DataInfo | null>
  readonly plane: ReadonlySignal<PlaneInfo | null>
  readonly standardize: ReadonlySignal<boolean>

  /** The program: the single source of truth of the parameters. */
  readonly program: ReadonlySignal<string>
  readonly diagnostics: ReadonlySignal<Diagnostic[]>
  /** Values of the last text without errors. */
  readonly params: ReadonlySignal<ParamValues>
  /** The last text without errors: what runs. */
  readonly running: ReadonlySignal<string>
  /** Its own functions by name, e.g. `distance`; a parameter of that name is then not what runs. */
  readonly functions: ReadonlySignal<Record<string, string>>
  /** The text has errors, so `params` are older than it. */
  readonly programStale: ReadonlySignal<boolean>

  /** History of the run shown; empty before the first start. */
  readonly frames: ReadonlySignal<Frame[]>
  /** The frame shown. */
  readonly cursor: ReadonlySignal<number>
  /** The frame shown, or null. */
  readonly frame: ReadonlySignal<Frame | null>
  /** The assign or update that led to `frame` is being animated: 0 to 1, 1 at rest. */
  readonly progress: ReadonlySignal<number>
  readonly playing: ReadonlySignal<boolean>
  /** Restarts of the run shown; empty with one. */
  readonly restarts: ReadonlySignal<{ list: RestartInfo[]; best: number }>
  /** Restarts under way: done and total, or null. */
  readonly busy: ReadonlySignal<{ done: number; total: number } | null>
  /** A file being read: bytes done and in all, or null. */
  readonly reading: ReadonlySignal<{ name: string; done: number; total: number } | null>
  /** Of the last frame once the run is done. */
  readonly metrics: ReadonlySignal<Metrics | null>
  /** Centroids being dragged, k x 2 plane units, with what they would give. */
  readonly preview: ReadonlySignal<{ drawn: Float64Array; sizes: number[]; inertia: number } | null>

  /** A link's program that nobody has run yet: it is shown, and something else runs. */
  readonly held: ReadonlySignal<Held | null>
  readonly stage: ReadonlySignal<Stage>
  /** Half-steps a second; `Infinity` runs to the end at once. */
  readonly speed: Signal<number>
  readonly regions: Signal<boolean>
  readonly trails: Signal<boolean>
  /** The boxes of the last assign are to be seen over its points. */
  readonly cells: Signal<boolean>
  /** Those that are; null when there are none, or none were kept of the step shown. */
  readonly cellsDrawn: ReadonlySignal<CellCount | null>
  readonly pointerMode: Signal<PointerMode>
  readonly theme: Signal<ThemeChoice>
  /** How much closer than the whole the picture is looked at. */
  readonly zoom: Signal<Zoom>
  /** What part of the plane the picture shows; written by the picture, null until it has a size. */
  readonly camera: Signal<Camera | null>
  /** Row under the pointer, or -1; written by the picture. */
  readonly lit: Signal<number>

  /** The experiment that is open, or null. */
  readonly lesson: ReadonlySignal<OpenLesson | null>
  /** Written by equations, editor and picture. */
  readonly emphasis: Signal<Emphasis | null>

  /** To what is shown, a moment after it is; null while that is a run from the start of a page whose address says nothing. */
  readonly link: ReadonlySignal<Link | null>
  /** One polite sentence about the last thing that happened, for the status line. */
  readonly status: ReadonlySignal<string>
  readonly problem: ReadonlySignal<Problem | null>
}

export interface Actions {
  /** Sets k to the natural one of the data, too. "own" is not to be chosen: it is what files and edited points become. */
  chooseData(name: string): void
  /** Changes Points, Noise, the dial or the data's seed of a shape. */
  tuneData(change: Partial<DataChoice>): void
  loadFile(file: File): void
  /** Gives up what takes long: the file being read, or the restarts. */
  cancelWork(): void
  loadText(text: string, name: string): void
  /** Of a CSV: which numeric columns are clustered, and which column is the true label ("" for none). */
  chooseColumns(columns: string[], label: string): void
  setStandardize(on: boolean): void
  setPlane(plane: Plane): void

  /** Edits the literal in the program text. */
  setParam(name: string, value: number): void
  /** The person typed: the whole new text. */
  setProgram(text: string): void
  resetProgram(): void
  newSeed(): void

  /** From the start, or on from a paused state, playing. */
  run(): void
  /** Throws the run away and plays a new one from the parameters: Ctrl-Enter. */
  rerun(): void
  /** `reason` is said where the person did not ask for it. */
  pause(reason?: string): void
  /** One iteration (both half-steps). */
  step(): void
  halfStep(): void
  /** Takes back one step, or one half-step when that was the last kind taken. */
  back(): void
  /** Back to the start of the run. */
  reset(): void
  /** Shows a frame of the history. */
  seek(index: number): void

  /** Moves centroid j to a plane point while dragging; `drop` ends it and re-runs from there. */
  dragCentroid(j: number, x: number, y: number): void
  dropCentroid(): void
  /** Ends a drag and puts everything back. */
  cancelDrag(): void
  addPoint(x: number, y: number): void
  /** Removes the point drawn nearest to a plane point, within a radius of device pixels. */
  removePoint(x: number, y: number, radius: number): void

  /**
   * Gives the worker the canvas it draws regions and points on; once. Should the worker have to be replaced, so is the
   * canvas element (a clone without listeners): listen on an element around it.
   */
  attachPicture(canvas: HTMLCanvasElement): void
  /** Device pixels of that canvas. */
  resizePicture(width: number, height: number): void
  setPalette(theme: Theme): void
  /** Values, cluster and true label of the point drawn nearest to a plane point, within a radius of device pixels; or null. */
  pick(x: number, y: number, radius: number): Promise<Picked | null>

  /** What the Explore section shows and does; loaded when first asked for. */
  explore(): Promise<Explore>
  /** What an export is made of; loaded when first asked for. */
  exporter(): Promise<Exporter>
  /** Sets up an experiment and runs it. What a person had is kept until `closeLesson`. */
  openLesson(name: LessonName): void
  /** Back to what a person had before the first experiment: data, program, run and speed. */
  closeLesson(): void

  /** A link to what is shown, or to the start of its run; null when none can be made, which has been reported. */
  makeLink(where?: "here" | "start"): Promise<Link | null>
  /** Sets what a query can say, by its names, as a query would; sentences for what was refused. */
  set(values: Record<string, unknown>): Promise<string[]>
  /** Runs the program that a link came with, to where the link was, or on from the start. */
  runHeld(): void

  dismissProblem(): void
}

/** What a view is made with. */
export interface Context {
  store: Store
  actions: Actions
}
