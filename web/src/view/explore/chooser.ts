/** A chart's marks by key: arrows mark one after the other, Enter chooses the one marked. */
import type { Chart } from "chart.js"
import { html, render } from "lit-html"

/** Marks passed over by Page Up and Page Down. */
const PAGE = 10

export interface Mark {
  /** Where Chart.js has it. */
  datasetIndex: number
  index: number
  x: number
  /** Left out where there is one mark for each x. */
  y?: number
  /** It in words, as they are read out. */
  label: string
}

interface Texts {
  /** What is chosen, from what. */
  name: string
  /** How. */
  help: string
}

/** The control over one chart. It lets the pointer through, which Chart.js hears. */
export class Chooser {
  readonly #button: HTMLButtonElement
  readonly #said: HTMLElement
  #chart: Chart | null = null
  #marks: readonly Mark[] = []
  /** The marks in the order of x, and in that of y. */
  #across: number[] = []
  #upwards: number[] = []
  #marked = -1

  /** Called with the place of the mark that is chosen. */
  readonly choose: (mark: number) => void

  /** In `box`, which the canvas fills. */
  constructor(box: HTMLElement, { name, help }: Texts, choose: (mark: number) => void) {
    this.choose = choose
    const host = document.createElement("div")
    host.className = "chooser"
    render(
      html`<button type="button" aria-label=${name} aria-description=${help}
          @click=${() => this.#marked >= 0 && this.choose(this.#marked)} @keydown=${(event: KeyboardEvent) => this.#move(event)}
          @focus=${() => this.#mark(Math.max(0, this.#marked))} @blur=${() => this.#show([])}></button><span role="status"></span>`,
      host,
    )
    box.append(host)
    this.#button = host.querySelector("button") as HTMLButtonElement
    this.#said = host.querySelector("span") as HTMLElement
  }

  /** After the chart has been drawn; the mark stays where it is as long as there are as many. */
  update(chart: Chart, marks: readonly Mark[], enabled: boolean): void {
    const sorted = (of: (mark: Mark) => number, then: (mark: Mark) => number): number[] =>
      marks.map((_, i) => i).sort((a, b) => of(marks[a]) - of(marks[b]) || then(marks[a]) - then(marks[b]))
    const x = (mark: Mark): number => mark.x
    const y = (mark: Mark): number => mark.y ?? mark.x
    this.#across = sorted(x, y)
    this.#upwards = sorted(y, x)
    if (marks.length !== this.#marks.length) this.#marked = this.#across[0] ?? -1
    this.#chart = chart
    this.#marks = marks
    this.#button.disabled = !enabled || marks.length === 0
    if (document.activeElement === this.#button) this.#show([this.#marked])
  }

  #move(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const steps: Record<string, [number[], number]> = {
      ArrowLeft: [this.#across, -1],
      ArrowRight: [this.#across, 1],
      ArrowDown: [this.#upwards, -1],
      ArrowUp: [this.#upwards, 1],
      PageDown: [this.#across, -PAGE],
      PageUp: [this.#across, PAGE],
      Home: [this.#across, Number.NEGATIVE_INFINITY],
      End: [this.#across, Number.POSITIVE_INFINITY],
    }
    const [order, by] = steps[event.key] ?? []
    if (!order || !by) return
    event.preventDefault()
    event.stopPropagation()
    const to = Math.max(0, Math.min(order.length - 1, order.indexOf(this.#marked) + by))
    this.#mark(order[to] ?? -1)
  }

  #mark(mark: number): void {
    this.#marked = mark
    this.#show([mark])
    this.#said.textContent = this.#marks[mark]?.label ?? ""
  }

  /** As if the pointer were there: the mark grows, and its numbers stand beside it. */
  #show(marks: number[]): void {
    const chart = this.#chart
    if (!chart) return
    const active = marks.flatMap((i) => {
      const { datasetIndex, index } = this.#marks[i] ?? { datasetIndex: -1, index: -1 }
      return chart.getDatasetMeta(datasetIndex).data[index] ? [{ datasetIndex, index }] : []
    })
    chart.setActiveElements(active)
    chart.tooltip?.setActiveElements(active, { x: 0, y: 0 })
    chart.render()
  }
}
