import { batch, computed, signal } from "@preact/signals-core"
import type { ParamValues } from "../../engine/protocol"
import type { Optimum, Race, RaceResult, RaceRun } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { equalScales, fit } from "../../view/picture/camera"
import { type Basis, Job, type Lab } from "./lab"

/** How long a part should take, so that progress is seen to move and Cancel is heard. */
const PART_MS = 120
const MOST_PER_PART = 500
/** Results are shown this often: to sort and draw tens of thousands of runs after every part would hold up the next. */
const SHOW_MS = 250
/** Points of a small picture would cover this share of it, side by side. */
const COVER = 0.05
/** Runs that end within this of each other, relatively, have the same inertia. */
const SAME = 1e-9

interface Part {
  init: number
  /** Place of its first run among those of its initialization. */
  from: number
  count: number
}

/** A race of seeds. The first seed is 0, so that everyone who races the same data sees the same race. */
export function createRace(lab: Lab, replay: (values: Record<string, number>) => void): Race {
  const { signals } = lab
  const job = new Job()
  const result = signal<RaceResult | null>(null)
  const basis = signal<Basis | null>(null)
  const outdated = computed(() => basis.value !== null && lab.differs(basis.value, false))
  /** Number of the race begun last; an older one shows nothing more. */
  let latest = 0

  async function start(inits: number[], seeds: number): Promise<void> {
    const params: ParamValues = { ...signals.params.value, restarts: 1 }
    const program = signals.running.value
    const runs = new Map<number, RaceRun[]>(inits.map((init) => [init, []]))
    const parts = splitter(inits, seeds)
    let done = 0
    let shown = 0
    const mine = ++latest
    const collect = (): void => {
      if (mine !== latest) return
      shown = performance.now()
      result.value = {
        k: params.k,
        inits,
        seeds,
        runs: inits.flatMap((init) => (runs.get(init) ?? []).sort((a, b) => a.seed - b.seed)),
      }
    }
    batch(() => {
      result.value = null
      basis.value = lab.basis
    })
    await job.run(inits.length * seeds, async (abort, progress) => {
      try {
        await lab.work(
          parts.next,
          async (client, { init, from, count }) => {
            const begin = performance.now()
            const { starts, ends, iterations, partitions } = await client.call("sprint", {
              program,
              params: { ...params, init },
              first: from,
              runs: count,
            })
            if (abort.aborted) return
            parts.took(count, performance.now() - begin)
            for (let r = 0; r < count; r++)
              runs.get(init)?.push({
                init,
                seed: from + r,
                start: starts[r],
                end: ends[r],
                iterations: iterations[r],
                partition: partitions[r],
              })
            done += count
            progress(done)
            if (performance.now() - shown > SHOW_MS) collect()
          },
          abort,
        )
      } finally {
        collect()
      }
    })
  }

  return {
    task: job.task,
    result,
    outdated,
    optima: computed(() => optima(result.value?.runs ?? [])),
    standing: computed(() => {
      const runs = result.value?.runs ?? []
      const last = signals.frames.value.at(-1)
      if (runs.length === 0 || outdated.value || !last?.done || last.inertia === null) return null
      const best = runs.reduce((least, { end }) => Math.min(least, end), Number.POSITIVE_INFINITY)
      return { best, shown: last.inertia, runs: runs.length }
    }),
    start: (inits, seeds) => void start(inits, seeds),
    cancel: () => job.cancel(),
    replay: ({ init, seed }) => replay({ init, seed, restarts: 1 }),
    async thumbnail(run, theme, width, height) {
      const { plane, info, params, running } = signals
      if (!plane.value || !info.value) throw new Error(t(en.noData))
      const wanted = [
        {
          program: running.value,
          params: { ...params.value, init: run.init, seed: run.seed },
          plane: plane.value.plane,
          camera: fit(plane.value.bounds, width, height, equalScales(plane.value, info.value)),
          theme,
          width,
          height,
          radius: Math.max(0.9, Math.min(3, Math.sqrt((COVER * width * height) / (Math.PI * info.value.n)))),
        },
      ]
      let picture: Uint8ClampedArray | null = null
      await lab.work(
        () => wanted.pop(),
        async (client, task) => {
          picture = await client.call("thumbnail", task)
        },
        new AbortController().signal,
      )
      if (!picture) throw new Error(t(en.pictureWasNotDrawn))
      return picture
    },
  }
}

/**
 * Hands out parts of about PART_MS, by how long runs have taken so far. The initializations take turns, so that a race
 * cancelled half-way compares them still.
 */
function splitter(
  inits: number[],
  seeds: number,
): { next: () => Part | undefined; took: (runs: number, ms: number) => void } {
  let size = 1
  const lanes = inits.map((init) => ({ init, from: 0 }))
  return {
    next() {
      const lane = lanes.reduce((least, other) => (other.from < least.from ? other : least))
      const { init, from } = lane
      if (from === seeds) return undefined
      const count = Math.min(size, seeds - from)
      lane.from += count
      return { init, from, count }
    },
    took(runs, ms) {
      const fitting = Math.floor((runs * PART_MS) / Math.max(ms, 1))
      size = Math.max(1, Math.min(fitting, 4 * runs, MOST_PER_PART))
    },
  }
}

/** Different final partitions, the least inertia first. */
export function optima(runs: RaceRun[]): Optimum[] {
  const found = new Map<string, Optimum>()
  for (const run of runs) {
    const known = found.get(run.partition)
    if (known) known.count++
    else found.set(run.partition, { run, count: 1 })
  }
  return [...found.values()].sort((a, b) =>
    Math.abs(a.run.end - b.run.end) <= SAME * a.run.end ? b.count - a.count : a.run.end - b.run.end,
  )
}
