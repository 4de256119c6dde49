/** The different ends of a race, each as a small picture with how often it was reached. */
import { effect } from "@preact/signals-core"
import { html, nothing } from "lit-html"
import type { Optimum, Race, RaceRun } from "../../explore"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure, percent } from "../format"
import type { Look } from "../look"
import { workerTheme } from "../palette"
import { view } from "../render"

/** Pictures shown; a person compares no more. */
const MOST = 12
/** CSS pixels. */
const WIDTH = 132
const HEIGHT = 96

export function mountGallery(
  host: HTMLElement,
  ctx: Context,
  look: Look,
  race: Race,
  { label, replay }: { label: (init: number) => string; replay: (run: RaceRun) => void },
): void {
  /** Pictures by partition and theme; forgotten with the race. */
  const pictures = new Map<string, Promise<ImageData>>()
  const width = Math.round(WIDTH * devicePixelRatio)
  const height = Math.round(HEIGHT * devicePixelRatio)
  effect(() => {
    if (race.task.value.state === "running") pictures.clear()
  })

  const picture = ({ run }: Optimum): Promise<ImageData> => {
    const key = `${run.partition} ${look.scheme.value} ${JSON.stringify(ctx.store.plane.value?.plane)}`
    const known = pictures.get(key)
    if (known) return known
    const drawn = race
      .thumbnail(run, workerTheme(look.scheme.value), width, height)
      .then((pixels) => new ImageData(new Uint8ClampedArray(pixels), width, height))
    pictures.set(key, drawn)
    drawn.catch(() => pictures.delete(key))
    return drawn
  }

  view(host, () => {
    const task = race.task.value
    const outdated = race.outdated.value
    void look.scheme.value
    if (task.state === "running" || task.state === "idle") return html``
    const optima = race.optima.value
    const total = race.result.value?.runs.length ?? 0
    const best = optima[0]
    if (!best) return html``
    const shown = optima.slice(0, MOST)
    return html`<p class="figure-title">${optima.length === 1 ? t(en.endsHeadOne) : t(en.endsHead)}</p>
      <ul>${shown.map((optimum, i) => {
        const { run } = optimum
        const above = best.run.end > 0 ? run.end / best.run.end - 1 : 0
        const place =
          above <= 1e-9
            ? i === 0
              ? t(en.isBestKnown)
              : t(en.isAsGoodAsBest)
            : t(en.shareAbove, { share: percent(above) })
        return html`<li><button type="button" class="optimum" ?disabled=${outdated} @click=${() => replay(run)} title=${t(en.replaySeed, { init: label(run.init), seed: String(run.seed) })}>
          <canvas width=${width} height=${height} data-partition=${run.partition} aria-hidden="true"></canvas>
          <span class="j">J ${figure(run.end)}</span><span class="place">${place}</span>
          <span class="share">${t(en.partOf, { part: optimum.count, all: total })}</span></button></li>`
      })}</ul>
      ${optima.length > MOST ? html`<p class="note">${t(en.andMore, { n: optima.length - MOST })}</p>` : nothing}`
  })

  // After the canvases are there: draws each.
  effect(() => {
    const { state } = race.task.value
    void look.scheme.value
    void ctx.store.plane.value
    if (race.outdated.value || state === "running" || state === "idle") return
    for (const optimum of race.optima.value.slice(0, MOST)) {
      const canvas = host.querySelector<HTMLCanvasElement>(`canvas[data-partition="${optimum.run.partition}"]`)
      const pen = canvas?.getContext("2d")
      if (!canvas || !pen) continue
      picture(optimum).then(
        (image) => {
          if (canvas.dataset.partition === optimum.run.partition) pen.putImageData(image, 0, 0)
        },
        // Data that changed under it: the race says so itself.
        () => {},
      )
    }
  })
}
