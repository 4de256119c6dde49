/** What everything that draws needs to know of the theme. */
import { computed, effect, type ReadonlySignal } from "@preact/signals-core"
import type { Context } from "../state"
import { clusterColors, type Scheme, workerTheme } from "./palette"

export interface Look {
  scheme: ReadonlySignal<Scheme>
  colors: ReadonlySignal<string[]>
}

/** Keeps the worker's colours those of the scheme. */
export function makeLook(scheme: ReadonlySignal<Scheme>, { actions }: Context): Look {
  effect(() => {
    actions.setPalette(workerTheme(scheme.value))
  })
  return { scheme, colors: computed(() => clusterColors(scheme.value)) }
}
