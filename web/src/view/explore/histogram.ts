/** Histograms of a race, one below the other on the same axis; every bar is a button. */
import { html, render, type TemplateResult } from "lit-html"
import type { RaceRun } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure } from "../format"
import type { Bins } from "./bins"
import { axis, Figure, numbers, tooltip } from "./figure"

export interface Row {
  name: string
  /** Its sign in the scatter plot. */
  mark: TemplateResult
  color: string
  runs: readonly RaceRun[]
}

export interface Quantity {
  name: string
  /** It has whole values only. */
  whole?: true
  of: (run: RaceRun) => number
}

/** One histogram, in a host of its own. */
export class Histogram {
  readonly host: HTMLElement
  readonly #figure: Figure<"bar", { x: number; y: number }[]>
  readonly #buttons: HTMLElement
  /** Where arrow keys are. */
  #focus = 0
  /** The bar chosen last, and how often: another click shows the next of its runs. */
  #chosen = { bar: -1, times: 0 }
  readonly #replay: (run: RaceRun) => void

  constructor(host: HTMLElement, replay: (run: RaceRun) => void) {
    this.host = host
    this.#replay = replay
    render(html`<p class="row-title"></p><div class="figure-box"><canvas></canvas><div class="bars"></div></div>`, host)
    this.#figure = new Figure<"bar", { x: number; y: number }[]>(host.querySelector("canvas") as HTMLCanvasElement)
    this.#buttons = host.querySelector(".bars") as HTMLElement
    new ResizeObserver(() => requestAnimationFrame(() => this.#layOut())).observe(this.#buttons)
    this.#buttons.addEventListener("keydown", (event) => this.#move(event))
  }

  #bars: { runs: RaceRun[]; label: string }[] = []
  #chart: ReturnType<Figure["draw"]> | null = null

  draw(
    { name, mark, color, runs }: Row,
    quantity: Quantity,
    { edges, of }: Bins,
    tallest: number,
    enabled: boolean,
    last: boolean,
  ): void {
    const bars = Array.from({ length: edges.length - 1 }, () => [] as RaceRun[])
    for (const run of runs) bars[of(quantity.of(run))].push(run)
    const middle = (i: number): number => (edges[i] + edges[i + 1]) / 2
    this.#bars = bars.map((inside, i) => ({
      runs: inside,
      label: t(en.runsInBin, {
        init: name,
        quantity: quantity.name,
        range: range(edges, i),
        n: inside.length,
      }),
    }))
    render(html`${mark}${name}`, this.host.querySelector(".row-title") as HTMLElement)
    this.#chart = this.#figure.draw(
      t(en.histogramOfRuns, { quantity: quantity.name, n: runs.length, init: name }),
      (colors) => ({
        type: "bar",
        data: {
          datasets: [
            {
              data: bars.map((inside, i) => ({ x: middle(i), y: inside.length || Number.NaN })),
              backgroundColor: color,
              categoryPercentage: 1,
              barPercentage: 0.9,
              maxBarThickness: 60,
              minBarLength: 2,
            },
          ],
        },
        options: {
          scales: {
            x: {
              ...numbers(last ? quantity.name : "", colors, false),
              offset: false,
              min: edges[0] === edges[1] ? undefined : edges[0],
              max: edges[0] === edges[1] ? undefined : edges.at(-1),
              ticks: { ...numbers("", colors, false).ticks, display: last, includeBounds: false },
            },
            y: {
              ...axis(t(en.runs), colors, true),
              suggestedMax: tallest,
              ticks: { ...axis("", colors, true).ticks, precision: 0 },
            },
          },
          plugins: { tooltip: tooltip(colors) },
        },
      }),
    )
    this.#list(enabled)
    this.#layOut()
  }

  /** A button over each bar that has runs; one of them is in the order of Tab. */
  #list(enabled: boolean): void {
    const full = this.#bars.flatMap((bar, i) => (bar.runs.length ? [i] : []))
    if (!full.includes(this.#focus)) this.#focus = full[0] ?? 0
    render(
      html`${this.#bars.map(({ runs, label }, i) =>
        runs.length
          ? html`<button type="button" class="bar" data-bar=${i} tabindex=${i === this.#focus ? 0 : -1} ?disabled=${!enabled}
              aria-label=${t(en.replayFromBin, { label, seed: String(this.#next(i).seed) })} title=${label} @click=${() => this.#choose(i)}
              @focus=${() => this.#enter(i)}></button>`
          : "",
      )}`,
      this.#buttons,
    )
  }

  #next(bar: number): RaceRun {
    const { runs } = this.#bars[bar]
    return runs[(this.#chosen.bar === bar ? this.#chosen.times : 0) % runs.length]
  }

  #choose(bar: number): void {
    const run = this.#next(bar)
    this.#chosen = { bar, times: this.#chosen.bar === bar ? this.#chosen.times + 1 : 1 }
    this.#list(true)
    this.#replay(run)
  }

  #enter(bar: number): void {
    this.#focus = bar
    for (const button of this.#buttons.querySelectorAll<HTMLElement>(".bar"))
      button.tabIndex = Number(button.dataset.bar) === bar ? 0 : -1
  }

  #move(event: KeyboardEvent): void {
    const all = [...this.#buttons.querySelectorAll<HTMLElement>(".bar")]
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus()
  }

  /** Puts the buttons where Chart.js has put the bars. */
  #layOut(): void {
    const chart = this.#chart
    if (!chart) return
    const { top, bottom } = chart.chartArea
    const elements = chart.getDatasetMeta(0).data
    for (const button of this.#buttons.querySelectorAll<HTMLElement>(".bar")) {
      const bar = elements[Number(button.dataset.bar)] as unknown as { x: number; width: number } | undefined
      if (!bar) continue
      button.style.left = `${bar.x - bar.width / 2}px`
      button.style.width = `${bar.width}px`
      button.style.top = `${top}px`
      button.style.height = `${bottom - top}px`
    }
  }

  remove(): void {
    this.#figure.destroy()
    this.host.remove()
  }
}

/** A bin in words. */
export const range = (edges: readonly number[], i: number): string =>
  edges[i] === edges[i + 1]
    ? figure(short(edges[i]))
    : t(en.fromTo, { from: figure(short(edges[i])), to: figure(short(edges[i + 1])) })

/** Edges of bins are not to be read to the last digit. */
const short = (x: number): number => Number(x.toPrecision(4))
