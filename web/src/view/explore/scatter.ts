/** Starting J against final J of a race, a dot a run; a dot replays its run. */
import type { RaceResult, RaceRun } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure } from "../format"
import { find } from "../render"
import { Chooser } from "./chooser"
import { Figure, numbers, tooltip } from "./figure"

/** Dots drawn at most. */
const MOST = 2000
/** In the order of the racers; as the swatches of the histograms. */
const POINT_STYLES = ["circle", "rect", "triangle"] as const

interface Racers {
  /** Of an initialization. */
  label: (init: number) => string
  color: (init: number) => string
  /** Its place among those that can race. */
  place: (init: number) => number
}

export class Scatter {
  readonly #racers: Racers
  readonly #figure: Figure<"scatter">
  readonly #chooser: Chooser
  /** The runs drawn, in the order of the marks. */
  #runs: RaceRun[] = []

  constructor(box: HTMLElement, racers: Racers, replay: (run: RaceRun) => void) {
    this.#racers = racers
    this.#figure = new Figure<"scatter">(find<HTMLCanvasElement>(box, "canvas"))
    const texts = {
      name: t(en.chooseRun),
      help: t(en.keysChooseRun),
    }
    this.#chooser = new Chooser(box, texts, (dot) => replay(this.#runs[dot]))
  }

  draw({ inits, runs }: RaceResult, enabled: boolean): void {
    const { label, color, place } = this.#racers
    const step = Math.max(1, Math.ceil(runs.length / MOST))
    const dots = inits.map((init) => ({ init, runs: runs.filter((run, i) => run.init === init && i % step === 0) }))
    const marks = dots.flatMap(({ runs: some }, datasetIndex) =>
      some.map(({ init, seed, start, end }, index) => ({
        datasetIndex,
        index,
        x: start,
        y: end,
        label: t(en.runFromTo, {
          init: label(init),
          seed: String(seed),
          start: figure(start),
          end: figure(end),
        }),
      })),
    )
    this.#runs = dots.flatMap(({ runs: some }) => some)
    const markOf = (datasetIndex: number, index: number): number =>
      marks.findIndex((mark) => mark.datasetIndex === datasetIndex && mark.index === index)
    const chart = this.#figure.draw(t(en.scatterOfRuns, { n: runs.length }), (colors) => ({
      type: "scatter",
      data: {
        datasets: dots.map(({ init, runs: some }) => ({
          data: some.map(({ start, end }) => ({ x: start, y: end })),
          pointStyle: POINT_STYLES[place(init)],
          pointRadius: 3.5,
          pointHoverRadius: 7,
          pointHoverBorderColor: colors.ink,
          pointHoverBorderWidth: 2,
          backgroundColor: `${color(init)}66`,
          borderColor: color(init),
          borderWidth: 1,
        })),
      },
      options: {
        scales: { x: numbers(t(en.startingJHead), colors, false), y: numbers(t(en.finalJHead), colors, true) },
        onClick: (_event, [hit]) => {
          if (hit && enabled) this.#chooser.choose(markOf(hit.datasetIndex, hit.index))
        },
        plugins: {
          tooltip: {
            ...tooltip(colors),
            callbacks: {
              label: ({ datasetIndex, dataIndex }) => marks[markOf(datasetIndex, dataIndex)]?.label ?? "",
            },
          },
        },
      },
    }))
    this.#chooser.update(chart, marks, enabled)
  }
}
