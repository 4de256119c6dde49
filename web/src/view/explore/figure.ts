/** A small Chart.js figure in the colours of the page, with a name for those who cannot see it. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartType,
  type DefaultDataPoint,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
} from "chart.js"
import { type Colors, colorsOf } from "../chart"
import { figure } from "../format"

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
)

/** An axis as all figures have it. */
export function axis(title: string, { muted, rule }: Colors, grid: boolean) {
  return {
    title: { display: title !== "", text: title, color: muted, padding: 2 },
    grid: { display: grid, color: rule },
    border: { color: rule, display: !grid },
    ticks: { color: muted, maxTicksLimit: grid ? 4 : 8, maxRotation: 0, autoSkipPadding: 12 },
  }
}

/** The same for numbers. */
export function numbers(title: string, colors: Colors, grid: boolean) {
  const a = axis(title, colors, grid)
  return { ...a, type: "linear" as const, ticks: { ...a.ticks, callback: (v: number | string) => figure(Number(v)) } }
}

export function tooltip({ ink, paper }: Colors) {
  return {
    displayColors: false,
    cornerRadius: 3,
    caretSize: 4,
    backgroundColor: ink,
    titleColor: paper,
    bodyColor: paper,
  }
}

/** A figure on a canvas; `draw` builds it again, for new numbers or another theme. */
export class Figure<T extends ChartType = ChartType, D = DefaultDataPoint<T>> {
  readonly canvas: HTMLCanvasElement
  #chart: Chart | null = null

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas
  }

  draw(name: string, build: (colors: Colors) => ChartConfiguration<T, D>): Chart {
    this.canvas.setAttribute("role", "img")
    this.canvas.ariaLabel = name
    const config = build(colorsOf(this.canvas)) as unknown as ChartConfiguration
    if (this.#chart) {
      this.#chart.data = config.data
      this.#chart.options = { ...config.options, ...fixed(this.canvas) }
      this.#chart.update("none")
    } else this.#chart = new Chart(this.canvas, { ...config, options: { ...config.options, ...fixed(this.canvas) } })
    return this.#chart
  }

  destroy(): void {
    this.#chart?.destroy()
    this.#chart = null
  }
}

const fixed = (canvas: Element) => ({
  responsive: true,
  maintainAspectRatio: false,
  animation: false as const,
  font: { family: getComputedStyle(canvas).fontFamily, size: 12 },
})
