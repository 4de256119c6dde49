/** The inertia curve, by Chart.js. */
import { effect, type ReadonlySignal } from "@preact/signals-core"
import { Chart, type ChartOptions, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js"
import type { Context } from "../state"
import * as en from "../text/en"
import { language, t } from "../text/text"
import type { Reading } from "./chart-panel"
import { figure } from "./format"
import type { Look } from "./look"
import { moment } from "./transport"

Chart.defaults.locale = language
Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip)

/** Beyond this many half-steps a dot for each would be a band. */
const MOST_DOTS = 120

export interface Colors {
  ink: string
  muted: string
  rule: string
  accent: string
  rise: string
  paper: string
}

/** The style sheet has the colours; a canvas cannot use custom properties, so it carries them as its own. */
export function colorsOf(canvas: Element): Colors {
  const style = getComputedStyle(canvas)
  return {
    ink: style.color,
    muted: style.textDecorationColor,
    rule: style.borderTopColor,
    accent: style.outlineColor,
    rise: style.columnRuleColor,
    paper: style.backgroundColor,
  }
}

function scales({ muted, rule }: Colors): ChartOptions<"line">["scales"] {
  const title = (text: string) => ({ display: true, text, color: muted, padding: 2 })
  return {
    x: {
      type: "linear",
      min: 1,
      title: title(t(en.iteration)),
      grid: { display: false },
      border: { color: rule },
      ticks: { color: muted, precision: 0 },
    },
    y: {
      type: "linear",
      title: title(t(en.inertia)),
      grid: { color: rule },
      border: { display: false },
      ticks: { color: muted, maxTicksLimit: 5, callback: (v) => figure(Number(v)) },
    },
  }
}

export function mountChart(
  canvas: HTMLCanvasElement,
  { store, actions }: Context,
  look: Look,
  all: ReadonlySignal<Reading[]>,
): void {
  let colors = colorsOf(canvas)
  const reading = (index: number): Reading | undefined => all.value[index]
  const isCurrent = (index: number): boolean => reading(index)?.frame === store.frame.value

  const chart = new Chart<"line", { x: number; y: number }[]>(canvas, {
    type: "line",
    data: {
      datasets: [
        {
          data: [],
          borderColor: () => colors.ink,
          borderWidth: 1.5,
          // The dots at the ends stand out of the plot.
          clip: 8,
          segment: {
            borderColor: ({ p1DataIndex }) => (reading(p1DataIndex)?.rise ? colors.rise : undefined),
            borderWidth: ({ p1DataIndex }) => (reading(p1DataIndex)?.rise ? 3 : undefined),
          },
          pointRadius: ({ dataIndex }) => (isCurrent(dataIndex) ? 6 : all.value.length > MOST_DOTS ? 0 : 3),
          pointHoverRadius: 6,
          pointBorderWidth: ({ dataIndex }) => (isCurrent(dataIndex) ? 3 : 1.5),
          pointBorderColor: ({ dataIndex }) =>
            isCurrent(dataIndex) ? colors.accent : reading(dataIndex)?.rise ? colors.rise : colors.ink,
          // Filled after an assign, open after an update.
          pointBackgroundColor: ({ dataIndex }) =>
            reading(dataIndex)?.frame.kind === "update" || isCurrent(dataIndex) ? colors.paper : colors.ink,
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      font: { family: getComputedStyle(canvas).fontFamily, size: 12 },
      interaction: { mode: "nearest", axis: "x", intersect: false },
      onClick: (_event, [hit]) => {
        const chosen = hit && reading(hit.index)
        if (chosen) actions.seek(chosen.frame.index)
      },
      scales: scales(colors),
      plugins: {
        tooltip: {
          displayColors: false,
          cornerRadius: 3,
          caretSize: 4,
          backgroundColor: () => colors.ink,
          titleColor: () => colors.paper,
          bodyColor: () => colors.paper,
          callbacks: {
            title: ([item]) => (item ? moment(reading(item.dataIndex)?.frame ?? null) : ""),
            label: ({ dataIndex }) => t(en.inertiaValue, { inertia: figure(reading(dataIndex)?.inertia) }),
          },
        },
      },
    },
  })

  effect(() => {
    // Read so that a new theme or another frame redraws.
    void look.scheme.value
    void store.frame.value
    colors = colorsOf(canvas)
    chart.options.scales = scales(colors)
    chart.data.datasets[0].data = all.value.map(({ at, inertia }) => ({ x: at, y: inertia }))
    chart.update("none")
  })
}
