import type { Request, RequestName } from "./protocol"

/** Thrown inside work that a newer request has made pointless. */
export class Stale extends Error {}

/** Asks whether a piece of work is still wanted; throws Stale when not. */
export type Check = () => void

const SLICE_MS = 10

/** Requests that do not touch the run and are answered at once, even in the middle of long work. */
const immediate = new Set<RequestName>([
  "open",
  "surface",
  "resize",
  "theme",
  "paint",
  "pick",
  "preview",
  "keep",
  "experiment",
  "cancel",
])
/** Requests that replace the data, and so make everything asked before them stale. */
const replacesData = new Set<RequestName>(["load"])
/** Requests that end the run, and so make what was asked about it before them stale. */
const endsRun = new Set<RequestName>(["load", "start", "addPoint", "removePoint"])
/** Requests that are about the data, so that a new run does not make them stale. */
const aboutData = new Set<RequestName>([
  "load",
  "addPoint",
  "removePoint",
  "plane",
  "adopt",
  "warm",
  "points",
  "contents",
])

/** Requests that give way to any that comes after them. */
const givesWay = new Set<RequestName>(["warm"])

const canBeGivenUp = new Set<RequestName>(["load", "race"])

/**
 * The order of work: one request after the other, but immediate ones at once, and none that a newer one has made
 * pointless.
 */
export class Queue {
  readonly #waiting: { request: Request; check: Check }[] = []
  readonly #handle: (request: Request, check: Check) => void | Promise<void>
  /** Counts what made older work stale: new data, new runs, and asking to give up. */
  #data = 0
  #given = 0
  #run = 0
  #busy = false

  /** `handle` does the work and answers; it must not throw. */
  constructor(handle: (request: Request, check: Check) => void | Promise<void>) {
    this.#handle = handle
  }

  take(request: Request): void {
    if (request.name === "cancel") this.#given++
    if (immediate.has(request.name)) {
      void this.#handle(request, () => {})
      return
    }
    if (replacesData.has(request.name)) this.#data++
    if (endsRun.has(request.name)) this.#run++
    this.#waiting.push({ request, check: this.#checkFor(request.name) })
    if (!this.#busy) void this.#work()
  }

  #checkFor(name: RequestName): Check {
    const data = this.#data
    const run = this.#run
    const given = this.#given
    return () => {
      if (givesWay.has(name) && this.#waiting.length > 0) throw new Stale()
      if (canBeGivenUp.has(name) && given !== this.#given) throw new Stale()
      if (data !== this.#data || (!aboutData.has(name) && run !== this.#run)) throw new Stale()
    }
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift())
      await this.#handle(next.request, next.check)
    this.#busy = false
  }
}

/** Lets messages in. A message of our own, because timers are held back to 4 ms. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Long work in slices, so that newer requests are heard in between. `step` does about `count` units and says whether
 * there are more; the count grows while units are quick.
 */
export async function inSlices(step: (count: number) => boolean, check: Check, afterSlice: () => void): Promise<void> {
  let count = 1
  for (let more = true; more; ) {
    const from = performance.now()
    for (let at = from; more && at - from < SLICE_MS; ) {
      more = step(count)
      const took = performance.now() - at
      at += took
      if (took < SLICE_MS / 8) count *= 2
      else if (took > SLICE_MS && count > 1) count >>= 1
    }
    if (!more) return
    afterSlice()
    await breathe()
    check()
  }
}
