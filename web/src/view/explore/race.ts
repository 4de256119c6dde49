/** Many seeds of several initializations: where the runs end, and how often each end is reached. */
import { computed, effect, signal } from "@preact/signals-core"
import { html, nothing, render, type TemplateResult } from "lit-html"
import type { RaceResult, RaceRun } from "../../explore"
import { params as paramTable } from "../../generated/tables"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { count, figure, percent } from "../format"
import { swatch } from "../marks"
import { find, view } from "../render"
import { bins } from "./bins"
import { mountGallery } from "./gallery"
import { Histogram, type Quantity, range } from "./histogram"
import { Scatter } from "./scatter"
import type { MountPanel } from "./section"
import { stageBar, visit } from "./stage"
import { taskButtons, taskSentence } from "./task"

const SEEDS = { usual: 200, least: 10, most: 10_000 }
/** Rows of the table of runs at most. */
const MOST_ROWS = 200
/** Two inertias this close, relatively, are the same end. */
const SAME = 1e-9

const choices = paramTable.find(({ name }) => name === "init")?.choices ?? []
/** The initializations that depend on a seed, in the order of the race. */
const RACERS = ["random", "kmeans++", "greedy-kmeans++"].map((value) => choices.findIndex((c) => c.value === value))
const label = (init: number): string => t(choices[init]?.label ?? "")

const quantities: Quantity[] = [
  { name: t(en.finalJ), of: ({ end }) => end },
  { name: t(en.startingJ), of: ({ start }) => start },
  { name: t(en.iterationsWord), whole: true, of: ({ iterations }) => iterations },
]

const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

export const mount: MountPanel = (host, ctx, look, { race }) => {
  const chosen = signal(new Set(RACERS))
  const seeds = signal(SEEDS.usual)
  const quantity = signal(0)
  render(
    html`<div class="panel-controls"></div><p class="finding" role="status"></p>
      <div class="race-results" hidden>
        <div class="race-summary"></div>
        <div class="race-figures">
          <div class="histograms"><div class="figure-head"></div><div class="rows"></div><p class="note">${t(en.histogramHelp)}</p><div class="bins-table"></div></div>
          <div class="scatter"><p class="figure-title">${t(en.startingJAgainstFinal)}</p><div class="figure-box tall"><canvas></canvas></div>
            <p class="note">${t(en.scatterHelp)}</p></div>
        </div>
        <div class="gallery"></div>
        <div class="race-table"></div>
      </div>`,
    host,
  )
  const part = (name: string): HTMLElement => find(host, `.${name}`)
  const color = (init: number): string => look.colors.value[RACERS.indexOf(init)] ?? ""
  const bar = stageBar()
  const replay = (run: RaceRun): void => {
    const from = document.activeElement
    race.replay(run)
    visit(
      ctx,
      bar,
      t(en.runOfRace, { init: label(run.init), seed: String(run.seed), end: figure(run.end) }),
      from,
      t(en.backToRace),
    )
  }

  view(part("panel-controls"), () => {
    const task = race.task.value
    const running = task.state === "running"
    const toggle = (init: number) => (event: Event) => {
      const next = new Set(chosen.value)
      if ((event.target as HTMLInputElement).checked) next.add(init)
      else next.delete(init)
      chosen.value = next
    }
    const typed = (event: Event): void => {
      const input = event.target as HTMLInputElement
      if (input.validity.valid && input.value !== "") seeds.value = input.valueAsNumber
      input.setAttribute("aria-invalid", String(!input.validity.valid))
    }
    return html`<fieldset class="choices" ?disabled=${running}><legend>${t(en.initialization)}</legend>${RACERS.map(
      (init) =>
        html`<label><input type="checkbox" .checked=${chosen.value.has(init)} @change=${toggle(init)}>${label(init)}</label>`,
    )}</fieldset>
      <div class="field number"><label for="race-seeds">${t(en.seedsEach)}</label><input type="number" id="race-seeds" inputmode="numeric"
        min=${SEEDS.least} max=${SEEDS.most} step="1" .valueAsNumber=${seeds.value} ?disabled=${running} @input=${typed}
        aria-description=${t(en.seedsHelp, SEEDS)}></div>
      ${taskButtons(
        task,
        {
          start: t(en.race),
          unit: t(en.runsWord),
          disabled: chosen.value.size === 0 || ctx.store.phase.value !== "ready",
        },
        () =>
          race.start(
            RACERS.filter((init) => chosen.value.has(init)),
            seeds.value,
          ),
        () => race.cancel(),
      )}`
  })

  view(part("finding"), () => html`${finding()}`)
  function finding(): string {
    const task = race.task.value
    const result = race.result.value
    const ended = taskSentence(task, t(en.runsWord))
    if (task.state === "idle")
      return chosen.value.size === 0
        ? t(en.needsAnInitialization)
        : t(en.raceIntro, { n: chosen.value.size * seeds.value })
    if (task.state === "running") return ""
    if (!result || result.runs.length === 0) return ended
    if (race.outdated.value) return `${ended} ${t(en.raceIsStale)}`.trim()
    const optima = race.optima.value
    const all =
      optima.length === 1 ? t(en.oneEndForAll) : t(en.endsOfAll, { runs: result.runs.length, ends: optima.length })
    return `${ended} ${all} ${standing()}`.trim()
  }
  function standing(): string {
    const now = race.standing.value
    if (!now) return t(en.runYoursToCompare)
    const above = now.shown / now.best - 1
    if (above <= SAME && above >= -SAME) return t(en.yoursIsBest, { shown: figure(now.shown), runs: now.runs })
    if (above < 0) return t(en.yoursIsBelowBest, { shown: figure(now.shown), share: percent(-above), runs: now.runs })
    return t(en.yoursIsAboveBest, {
      shown: figure(now.shown),
      above: percent(above),
      runs: now.runs,
      best: figure(now.best),
    })
  }

  effect(() => {
    part("race-results").hidden = !race.result.value?.runs.length
  })
  view(part("race-summary"), () => html`${race.result.value?.runs.length ? summary(race.result.value) : nothing}`)
  function summary({ inits, runs }: RaceResult): TemplateResult {
    const best = runs.reduce((least, { end }) => Math.min(least, end), Number.POSITIVE_INFINITY)
    const rows = inits.map((init) => runs.filter((run) => run.init === init)).filter((list) => list.length > 0)
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t(en.raceSummary)}><table>
      <thead><tr><th scope="col">${t(en.initialization)}</th><th scope="col">${t(en.runs)}</th><th scope="col">${t(en.meanStartingJ)}</th><th scope="col">${t(en.meanFinalJ)}</th>
        <th scope="col">${t(en.aboveBest)}</th><th scope="col">${t(en.bestFound)}</th><th scope="col">${t(en.meanIterations)}</th></tr></thead>
      <tbody>${rows.map((list) => {
        const end = mean(list.map((run) => run.end))
        const found = list.filter((run) => run.end <= best * (1 + SAME)).length
        return html`<tr><th scope="row">${label(list[0].init)}</th><td>${count(list.length)}</td>
          <td>${figure(mean(list.map((run) => run.start)))}</td><td>${figure(end)}</td><td>${best > 0 ? percent(Math.max(0, end / best - 1)) : "–"}</td>
          <td>${percent(found / list.length)}</td><td>${figure(Number(mean(list.map((run) => run.iterations)).toPrecision(3)))}</td></tr>`
      })}</tbody></table></div>`
  }

  view(
    part("figure-head"),
    () =>
      html`<label>${t(en.histogramOf)} <select @change=${(event: Event) => {
        quantity.value = (event.target as HTMLSelectElement).selectedIndex
      }}>${quantities.map(({ name }) => html`<option>${name}</option>`)}</select></label>`,
  )
  view(part("bins-table"), () => html`${race.result.value ? binsTable(race.result.value) : nothing}`)
  /** The histograms in numbers. */
  function binsTable({ inits, runs }: RaceResult): TemplateResult {
    const what = quantities[quantity.value]
    if (runs.length === 0 || race.task.value.state === "running") return html``
    const { edges, of } = bins(runs.map(what.of), what.whole === true)
    const counts = inits.map((init) =>
      tally(
        runs.filter((run) => run.init === init),
        of,
        what,
      ),
    )
    const full = edges.slice(1).flatMap((_, bin) => (counts.some((list) => list.has(bin)) ? [bin] : []))
    return html`<details><summary>${t(en.showHistogramsTable)}</summary><div class="scroll" tabindex="0" role="region" aria-label=${t(en.runsBy, { quantity: what.name })}><table>
      <thead><tr><th scope="col">${t(en.runsWith, { quantity: what.name })}</th>${inits.map((init) => html`<th scope="col">${label(init)}</th>`)}</tr></thead>
      <tbody>${full.map(
        (bin) =>
          html`<tr><th scope="row">${range(edges, bin)}</th>${counts.map((list) => html`<td>${count(list.get(bin) ?? 0)}</td>`)}</tr>`,
      )}</tbody></table></div></details>`
  }
  const rows = new Map<number, Histogram>()
  const scatter = new Scatter(
    find(host, ".scatter .figure-box"),
    { label, color, place: (init) => RACERS.indexOf(init) },
    replay,
  )
  let asked = false
  const state = computed(() => race.task.value.state)
  // Parts of a race come in faster than figures need be drawn.
  effect(() => {
    void race.result.value
    void race.outdated.value
    void state.value
    void quantity.value
    void look.scheme.value
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      if (race.result.value?.runs.length) draw(race.result.value)
    })
  })
  function draw(result: RaceResult): void {
    const what = quantities[quantity.value]
    const sorted = bins(result.runs.map(what.of), what.whole === true)
    const lists = result.inits.map((init) => ({ init, runs: result.runs.filter((run) => run.init === init) }))
    const tallest = Math.max(1, ...lists.map(({ runs }) => Math.max(...tally(runs, sorted.of, what).values())))
    for (const [init, histogram] of rows)
      if (!result.inits.includes(init)) {
        histogram.remove()
        rows.delete(init)
      }
    lists.forEach(({ init, runs }, i) => {
      let histogram = rows.get(init)
      if (!histogram) {
        const place = document.createElement("div")
        place.className = "row"
        histogram = new Histogram(place, replay)
        rows.set(init, histogram)
      }
      const mark = swatch(RACERS.indexOf(init), color(init))
      const row = { name: label(init), mark, color: color(init), runs }
      part("rows").append(histogram.host)
      histogram.draw(row, what, sorted, tallest, !race.outdated.value, i === lists.length - 1)
    })
    scatter.draw(result, !race.outdated.value)
  }
  mountGallery(part("gallery"), ctx, look, race, { label, replay })

  view(part("race-table"), () => {
    const result = race.result.value
    if (!result || race.task.value.state === "running") return html``
    const listed = [...result.runs].sort((a, b) => a.end - b.end || a.seed - b.seed).slice(0, MOST_ROWS)
    return html`<details><summary>${t(en.showRunsTable)}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t(en.tableOfRuns)}><table>
      <thead><tr><th scope="col">${t(en.initialization)}</th><th scope="col">${t(en.seed)}</th><th scope="col">${t(en.startingJHead)}</th><th scope="col">${t(en.finalJHead)}</th><th scope="col">${t(en.iterations)}</th><th scope="col">${t(en.onThePicture)}</th></tr></thead>
      <tbody>${listed.map(
        (
          run,
        ) => html`<tr><th scope="row">${label(run.init)}</th><td>${run.seed}</td><td>${figure(run.start)}</td><td>${figure(run.end)}</td><td>${count(run.iterations)}</td>
          <td><button type="button" class="quiet" ?disabled=${race.outdated.value} aria-label=${t(en.replaySeed, { init: label(run.init), seed: String(run.seed) })} @click=${() => replay(run)}>${t(en.replay)}</button></td></tr>`,
      )}</tbody></table></div>
      ${result.runs.length > MOST_ROWS ? html`<p class="note">${t(en.runsWithLeastJ, { shown: MOST_ROWS, all: result.runs.length })}</p>` : nothing}</details>`
  })
  return {}
}

/** How many runs are in each bin that has any. */
function tally(runs: readonly RaceRun[], of: (v: number) => number, what: Quantity): Map<number, number> {
  const counts = new Map<number, number>()
  for (const run of runs) {
    const bin = of(what.of(run))
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  return counts
}
