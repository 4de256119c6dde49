import type { Frame } from "./protocol"

/** What tells the labels of a frame: the labels themselves, or the centroids of the assign that made them. */
export interface LabelSource {
  /** Frame whose half-step made the labels; frames with the same key have the same labels. */
  key: number
  centroids: Float64Array
  kept: Int32Array | null
}

/**
 * The states of a run. Centroids are kept for every half-step and labels are not: those of a past assign are the
 * nearest centroids again, to the bit. Only an update that repaired a cluster relabels points by hand, and its labels
 * are kept.
 */
export class History {
  readonly frames: Frame[] = []
  readonly #kept = new Map<number, Int32Array>()

  /** `labels` reads the labels after this half-step; called only where they must be kept. */
  push(frame: Frame, labels: () => Int32Array): void {
    this.frames.push(frame)
    if (frame.kind === "update" && frame.events.length > 0) this.#kept.set(frame.index, labels())
  }

  get last(): Frame | undefined {
    return this.frames.at(-1)
  }

  clear(): void {
    this.frames.length = 0
    this.#kept.clear()
  }

  /** Where the labels of a frame come from; null while no point has one. */
  labelsOf(index: number): LabelSource | null {
    for (let i = Math.min(index, this.frames.length - 1); i >= 0; i--) {
      const { kind, centroids } = this.frames[i]
      const kept = this.#kept.get(i) ?? null
      if (kind === "assign" || kept) return { key: i, centroids, kept }
    }
    return null
  }

  /** The last assign up to a frame; null while there was none. */
  assignOf(index: number): Frame | null {
    for (let i = Math.min(index, this.frames.length - 1); i >= 0; i--)
      if (this.frames[i].kind === "assign") return this.frames[i]
    return null
  }

  /** The centroids whose decision regions belong to a frame: those of its last assign. */
  regionsOf(index: number): Float64Array | null {
    return this.assignOf(index)?.centroids ?? null
  }
}
