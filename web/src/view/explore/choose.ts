/** k = 1 to K: what each measure says, in curves and in words, and the silhouettes of the clustering shown. */
import { effect, signal } from "@preact/signals-core"
import { html, nothing, render } from "lit-html"
import type { ChoiceResult, KFit } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { figure } from "../format"
import { find, view } from "../render"
import { Chooser } from "./chooser"
import { axis, Figure, numbers, tooltip } from "./figure"
import type { MountPanel } from "./section"
import { mountSilhouettes } from "./silhouettes"
import { stageBar, visit } from "./stage"
import { taskButtons, taskSentence } from "./task"
import { doubt, verdicts } from "./verdicts"

/** The controls: what they are called, their range and their value at first. */
const fields = {
  most: { id: "choose-most", label: t(en.kUp), least: 2, most: 20, usual: 12 },
  restarts: { id: "choose-restarts", label: t(en.restartsEach), least: 1, most: 1000, usual: 10 },
  sets: { id: "choose-sets", label: t(en.referenceSets), least: 2, most: 100, usual: 10 },
}

type Curve = {
  key: keyof ReturnType<typeof verdicts>
  title: string
  of: (fit: KFit, i: number, result: ChoiceResult) => number | null
  error?: (i: number, result: ChoiceResult) => number
  /** A second curve, dashed. */
  beside?: (fit: KFit, i: number, result: ChoiceResult) => number | null
}

const finite = (x: number | undefined): number | null => (x === undefined || Number.isNaN(x) ? null : x)

const curves: Curve[] = [
  {
    key: "elbow",
    title: t(en.inertiaJ),
    of: ({ inertia }) => inertia,
    // The mean logarithm of the references is the gap above that of the data.
    beside: ({ inertia }, i, { gap }) => (gap ? finite(inertia * Math.exp(gap.gaps[i])) : null),
  },
  {
    key: "gap",
    title: t(en.gap),
    of: (_, i, { gap }) => finite(gap?.gaps[i]),
    error: (i, { gap }) => finite(gap?.errors[i]) ?? 0,
  },
  { key: "silhouette", title: t(en.silhouette), of: ({ silhouette }) => silhouette },
  { key: "calinskiHarabasz", title: "Calinski-Harabasz", of: ({ calinskiHarabasz }) => calinskiHarabasz },
  { key: "daviesBouldin", title: "Davies-Bouldin", of: ({ daviesBouldin }) => daviesBouldin },
]

export const mount: MountPanel = (host, ctx, look, { choose }) => {
  const { store } = ctx
  const values = {
    most: signal(fields.most.usual),
    restarts: signal(fields.restarts.usual),
    sets: signal(fields.sets.usual),
  }
  render(
    html`<div class="panel-controls"></div><p class="finding" role="status"></p>
      <div class="choose-results" hidden>
        <div class="small-figures">${curves.map(
          ({ key, title }) =>
            html`<div class=${key}><p class="figure-title">${title}</p><div class="figure-box"><canvas></canvas></div><p class="says"></p></div>`,
        )}</div>
        <div class="choose-table"></div>
      </div>
      <div class="silhouettes"></div>`,
    host,
  )
  const part = (name: string): HTMLElement => find(host, `.${name}`)
  const bar = stageBar()
  const mostK = (): number => Math.min(values.most.value, store.info.value?.n ?? 1)

  view(part("panel-controls"), () => {
    const running = choose.task.value.state === "running"
    const field = (name: keyof typeof fields) => {
      const { id, label, least, most } = fields[name]
      const typed = (event: Event): void => {
        const input = event.target as HTMLInputElement
        if (input.validity.valid && input.value !== "") values[name].value = input.valueAsNumber
        input.setAttribute("aria-invalid", String(!input.validity.valid))
      }
      return html`<div class="field number"><label for=${id}>${label}</label><input type="number" id=${id} inputmode="numeric"
        min=${least} max=${most} step="1" .valueAsNumber=${values[name].value} ?disabled=${running} @input=${typed}></div>`
    }
    return html`${field("most")}${field("restarts")}${field("sets")}${taskButtons(
      choose.task.value,
      { start: t(en.tryEveryK), unit: t(en.fits), disabled: store.phase.value !== "ready" || mostK() < 2 },
      () => choose.start(mostK(), values.restarts.value, values.sets.value),
      () => choose.cancel(),
    )}`
  })

  view(part("finding"), () => {
    const task = choose.task.value
    if (task.state === "idle")
      return html`${
        mostK() < 2
          ? t(en.needsTwoPoints)
          : t(en.chooseIntro, { restarts: values.restarts.value, sets: values.sets.value })
      }`
    const now = choose.outdated.value
      ? t(en.chooseIsStale)
      : task.state === "done" && choose.result.value
        ? doubt(choose.result.value)
        : ""
    return html`${`${taskSentence(task, t(en.fits))} ${now}`.trim()}`
  })

  const figures = new Map(
    curves.map(({ key }) => [key, new Figure<"bar" | "line">(find<HTMLCanvasElement>(host, `.${key} canvas`))]),
  )
  /** The fits that a measure is defined for, in the order of its dots. */
  const dots = new Map<string, KFit[]>()
  const choosers = new Map(
    curves.map(({ key, title }) => [
      key,
      new Chooser(
        find(host, `.${key} .figure-box`),
        { name: t(en.chooseKBy, { title }), help: t(en.keysChooseK) },
        (dot) => show(dots.get(key)?.[dot]),
      ),
    ]),
  )
  let asked = false
  effect(() => {
    void choose.result.value
    void choose.outdated.value
    void choose.task.value.state
    void store.params.value
    void look.scheme.value
    part("choose-results").hidden = !choose.result.value?.fits.length
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      if (choose.result.value?.fits.length) draw(choose.result.value)
    })
  })

  const show = (fit: KFit | undefined): void => {
    if (!fit || choose.outdated.value) return
    const from = document.activeElement
    choose.show(fit)
    visit(ctx, bar, t(en.bestRunOfK, { k: fit.k, seed: String(fit.seed) }), from, t(en.backToChoosingK))
  }

  function draw(result: ChoiceResult): void {
    const said = verdicts(result)
    for (const { key, title, of, error, beside } of curves) {
      const verdict = said[key]
      const later = key === "gap" && !result.gap && choose.task.value.state === "running"
      find(host, `.${key} .says`).textContent = verdict?.words ?? (later ? t(en.gapIsToCome) : "")
      const points = result.fits.map((fit, i) => of(fit, i, result))
      const here = (i: number): boolean => result.fits[i]?.k === verdict?.k
      const words = (i: number): string =>
        `${title} ${figure(points[i])}${error ? ` ± ${figure(Number(error(i, result).toPrecision(2)))}` : ""}`
      const chart = figures.get(key)?.draw(`${t(en.measureAgainstK, { title })} ${verdict?.words ?? ""}`, (colors) => ({
        type: "line",
        data: {
          labels: result.fits.map(({ k }) => String(k)),
          datasets: [
            {
              type: "line",
              data: points,
              borderColor: colors.ink,
              borderWidth: 1.5,
              clip: 8,
              pointRadius: result.fits.map((_, i) => (here(i) ? 6 : 3)),
              pointHoverRadius: 6,
              pointBorderColor: result.fits.map((_, i) => (here(i) ? colors.accent : colors.ink)),
              pointBackgroundColor: result.fits.map((_, i) => (here(i) ? colors.accent : colors.ink)),
            },
            ...(beside
              ? [
                  {
                    type: "line" as const,
                    data: result.fits.map((fit, i) => beside(fit, i, result)),
                    borderColor: colors.muted,
                    borderWidth: 1.5,
                    borderDash: [4, 3],
                    pointRadius: 0,
                    pointHoverRadius: 0,
                  },
                ]
              : []),
            ...(error
              ? [
                  {
                    type: "bar" as const,
                    data: points.map((v, i): [number, number] | null =>
                      v === null ? null : [v - error(i, result), v + error(i, result)],
                    ),
                    backgroundColor: colors.muted,
                    barThickness: 2,
                  },
                ]
              : []),
          ],
        },
        options: {
          interaction: { mode: "index", intersect: false },
          scales: {
            x: { type: "category", ...axis("k", colors, false) },
            y: { ...numbers("", colors, true), ...(key === "elbow" ? { beginAtZero: true } : {}) },
          },
          onClick: (_event, [hit]) => show(hit && result.fits[hit.index]),
          plugins: {
            tooltip: {
              ...tooltip(colors),
              filter: ({ datasetIndex }) => datasetIndex === 0,
              callbacks: {
                title: ([item]) => (item ? `k = ${item.label}` : ""),
                label: ({ dataIndex }) => words(dataIndex),
              },
            },
          },
        },
      }))
      const defined = result.fits.flatMap((_, i) => (points[i] === null ? [] : [i]))
      dots.set(
        key,
        defined.map((i) => result.fits[i]),
      )
      const marks = defined.map((i) => ({
        datasetIndex: 0,
        index: i,
        x: i,
        label: `k = ${result.fits[i].k}: ${words(i)}`,
      }))
      if (chart) choosers.get(key)?.update(chart, marks, !choose.outdated.value)
    }
  }

  view(part("choose-table"), () => {
    const result = choose.result.value
    if (!result) return html``
    const { fits, gap } = result
    const outdated = choose.outdated.value
    const three = (x: number | null | undefined): string =>
      figure(x === null || x === undefined ? x : Number(x.toPrecision(4)))
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfK)}><table>
      <thead><tr><th scope="col">k</th><th scope="col">${t(en.inertiaJ)}</th><th scope="col">${t(en.reachedBy)}</th><th scope="col">${t(en.gap)}</th><th scope="col">${t(en.gapError)}</th><th scope="col">${t(en.silhouette)}</th>
        <th scope="col">Calinski-Harabasz</th><th scope="col">Davies-Bouldin</th></tr></thead>
      <tbody>${fits.map(
        (
          fit,
          i,
        ) => html`<tr aria-current=${fit.k === store.params.value.k ? "step" : "false"}><th scope="row"><button type="button" class="quiet"
            ?disabled=${outdated} @click=${() => show(fit)}>${t(en.showK, fit)}</button></th>
          <td>${figure(fit.inertia)}</td><td>${t(en.partOf, { part: fit.reached, all: result.restarts })}</td><td>${three(finite(gap?.gaps[i]))}</td><td>${three(finite(gap?.errors[i]))}</td><td>${three(fit.silhouette)}</td>
          <td>${three(fit.calinskiHarabasz)}</td><td>${three(fit.daviesBouldin)}</td></tr>`,
      )}</tbody></table></div>
      ${gap ? html`<p class="note">${t(en.chooseLegend)}</p>` : nothing}`
  })

  const silhouettes = mountSilhouettes(part("silhouettes"), ctx, look, choose)
  let stop: (() => void) | null = null
  return {
    open: () => {
      stop ??= choose.watchSilhouettes()
      silhouettes.draw()
    },
    close: () => {
      stop?.()
      stop = null
    },
  }
}
