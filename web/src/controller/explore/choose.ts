import { batch, computed, effect, signal } from "@preact/signals-core"
import type { Silhouettes } from "../../engine/explore"
import type { ChoiceResult, ChooseK, KFit } from "../../explore"
import { type Basis, Job, type Lab } from "./lab"

/** k = 1 ... K on the data, and on reference sets, each the best of several restarts. */
export function createChooseK(lab: Lab, replay: (values: Record<string, number>) => void): ChooseK {
  const { signals, engine } = lab
  const job = new Job()
  const result = signal<ChoiceResult | null>(null)
  const basis = signal<Basis | null>(null)
  const silhouettes = signal<Silhouettes | null>(null)

  async function start(most: number, restarts: number, sets: number): Promise<void> {
    const params = { ...signals.params.value, restarts, seed: 0 }
    const program = signals.running.value
    const fits: (KFit | undefined)[] = []
    const references = new Float64Array(sets * most)
    // A worker makes a reference set once and fits every k to it, so the sets come one after the other.
    const tasks = Array.from({ length: (sets + 1) * most }, (_, i) => ({
      set: i < most ? null : Math.floor(i / most) - 1,
      k: (i % most) + 1,
    }))
    let next = 0
    let done = 0
    batch(() => {
      result.value = null
      basis.value = lab.basis
    })
    await job.run(tasks.length, async (abort, progress) => {
      await lab.work(
        () => tasks[next++],
        async (client, { set, k }) => {
          const fit = await client.call("fit", { program, params: { ...params, k }, set })
          if (abort.aborted) return
          if (set !== null) references[set * most + k - 1] = fit.inertia
          else {
            fits[k - 1] = {
              k,
              inertia: fit.inertia,
              seed: fit.seed,
              reached: fit.reached,
              silhouette: fit.metrics?.silhouette ?? null,
              calinskiHarabasz: fit.metrics?.calinski_harabasz ?? null,
              daviesBouldin: fit.metrics?.davies_bouldin ?? null,
            }
            result.value = { fits: fits.filter((f) => f !== undefined), gap: null, sets, restarts }
          }
          progress(++done)
        },
        abort,
      )
      if (abort.aborted) return
      const whole = fits.filter((f) => f !== undefined)
      const inertias = Float64Array.from(whole, ({ inertia }) => inertia)
      const gap = sets > 0 ? await engine.call("gap", { inertias, references, sets }) : null
      if (!abort.aborted) result.value = { fits: whole, gap, sets, restarts }
    })
  }

  /** Asks for the silhouettes of what is shown, at rest; the newest question wins. */
  function watchSilhouettes(): () => void {
    let wish = 0
    return effect(() => {
      const { frame, info, cursor, playing } = signals
      const mine = ++wish
      if (playing.value) return
      if (!frame.value || !info.value || frame.value.kind === "start") {
        silhouettes.value = null
        return
      }
      engine.call("silhouettes", { index: cursor.value }).then(
        (answer) => {
          if (mine === wish) silhouettes.value = answer
        },
        () => {
          if (mine === wish) silhouettes.value = null
        },
      )
    })
  }

  return {
    task: job.task,
    result,
    outdated: computed(() => basis.value !== null && lab.differs(basis.value, true)),
    silhouettes,
    start: (most, restarts, sets) => void start(most, restarts, sets),
    cancel: () => job.cancel(),
    show: ({ k, seed }) => replay({ k, seed, restarts: 1 }),
    watchSilhouettes,
  }
}
