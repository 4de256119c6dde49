/** What the panels of the Explore section show and do. Types only: controller/explore/ carries it out. */
import type { ReadonlySignal } from "@preact/signals-core"
import type { Draw, Gap, Silhouettes } from "./engine/explore"
import type { Theme } from "./engine/protocol"

/** A long piece of work, as its panel shows it. */
export type Task =
  | { state: "idle" | "done" }
  | { state: "running" | "cancelled"; done: number; total: number }
  | { state: "failed"; message: string }

/** One run of a race; initialization and seed give it again. */
export interface RaceRun {
  /** Place in the choices of `init`. */
  init: number
  seed: number
  start: number
  end: number
  iterations: number
  partition: string
}

export interface RaceResult {
  k: number
  inits: number[]
  /** Seeds raced of each initialization. */
  seeds: number
  /** By initialization, then seed. */
  runs: RaceRun[]
}

/** A local optimum: one final partition, however its clusters are numbered. */
export interface Optimum {
  /** The first run that ended there. */
  run: RaceRun
  count: number
}

export interface Race {
  readonly task: ReadonlySignal<Task>
  readonly result: ReadonlySignal<RaceResult | null>
  /** Data, program or k are no longer those of the result. */
  readonly outdated: ReadonlySignal<boolean>
  /** The least inertia of the race, and of the run shown when it has ended; null when there is none. */
  readonly standing: ReadonlySignal<{ best: number; shown: number; runs: number } | null>
  /** Of the result, the least inertia first. */
  readonly optima: ReadonlySignal<Optimum[]>
  start(inits: number[], seeds: number): void
  cancel(): void
  /** Shows a run: its seed and initialization, in the program, as one step of undo. */
  replay(run: RaceRun): void
  /** The end of a run, drawn small: RGBA of width x height device pixels. */
  thumbnail(run: RaceRun, theme: Theme, width: number, height: number): Promise<Uint8ClampedArray>
}

export interface KFit {
  k: number
  inertia: number
  seed: number
  /** How many of the restarts ended with this inertia. */
  reached: number
  silhouette: number | null
  calinskiHarabasz: number | null
  daviesBouldin: number | null
}

export interface ChoiceResult {
  /** For k = 1, 2, ...; as far as they have come. */
  fits: KFit[]
  /** Null until all of it is there. */
  gap: Gap | null
  sets: number
  restarts: number
}

export interface ChooseK {
  readonly task: ReadonlySignal<Task>
  readonly result: ReadonlySignal<ChoiceResult | null>
  readonly outdated: ReadonlySignal<boolean>
  /** Of the run shown; null while no point has a cluster. */
  readonly silhouettes: ReadonlySignal<Silhouettes | null>
  /** Up to `most` clusters, the best of `restarts`, against this many reference sets. */
  start(most: number, restarts: number, sets: number): void
  cancel(): void
  /** Shows the best run of this k. */
  show(fit: KFit): void
  /** Keeps `silhouettes` those of the frame shown, until the result is called. */
  watchSilhouettes(): () => void
}

export interface Draws {
  /** Null before the first draw has been asked for. */
  readonly draw: ReadonlySignal<Draw | null>
  /** Number of the draw shown, from 0. */
  readonly at: ReadonlySignal<number>
  /** The draw's point is shown, not only its chances. */
  readonly drawn: ReadonlySignal<boolean>
  readonly error: ReadonlySignal<string>
  /** Shows chances on the picture in place of the run, from the first draw on. */
  open(): void
  /** The next half: from the chances to the point drawn, and from there to the chances of the next. */
  next(): void
  back(): void
  first(): void
  /** Shows the run again. */
  close(): void
}

export interface Guess {
  cluster: number
  iteration: number
  /** From the ghost to where the centroid went, in plane units. */
  distance: number
  /** The same as a share of the cluster's spread; null when it has none. */
  share: number | null
}

export interface Predict {
  /** The cluster whose centroid is to be predicted, from 0. */
  readonly cluster: ReadonlySignal<number>
  /** Where the ghost stands, in plane units; null when there is nothing to predict. */
  readonly ghost: ReadonlySignal<[number, number] | null>
  /** Where the centroid went, once revealed. */
  readonly revealed: ReadonlySignal<[number, number] | null>
  readonly last: ReadonlySignal<Guess | null>
  /** Of this visit; nothing is stored. */
  readonly tally: ReadonlySignal<Guess[]>
  /** Why there is nothing to predict, or "". */
  readonly obstacle: ReadonlySignal<string>
  open(): void
  choose(cluster: number): void
  place(x: number, y: number): void
  reveal(): void
  /** On to the next update. */
  next(): void
  close(): void
}

export interface Explore {
  race: Race
  choose: ChooseK
  draws: Draws
  predict: Predict
}
