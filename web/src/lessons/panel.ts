/** The panel of the open experiment: what to look for, with the numbers just measured, and the way back. */
import { computed, effect, signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import type { Context, OpenLesson, Store } from "../state"
import styles from "../styles/lesson.css?inline"
import * as en from "../text/en"
import { t } from "../text/text"
import { adopt } from "../view/adopt"
import { readings } from "../view/chart-panel"
import { find, place, view } from "../view/render"
import { type Lesson, lessonOf } from "./cards"
import { claimOf, written } from "./claims"
import { flip } from "./flip"
import type { Measured } from "./measures"
import { onlyLine } from "./room"
import { cardOf, type LessonName } from "./slugs"

/** How the numbers of the run that is shown are written. */
const ofRun: Record<string, { digits: number; unit: "" | "%" }> = {
  inertia: { digits: 1, unit: "" },
  silhouette: { digits: 2, unit: "" },
  ari: { digits: 2, unit: "" },
  rises: { digits: 0, unit: "" },
  above: { digits: 0, unit: "%" },
}

/** The numbers of a run that is over; null while it is not. */
function runValues(store: Store, measured: Measured | null): Measured | null {
  const metrics = store.metrics.value
  const last = store.frames.value.at(-1)
  if (!last?.done || last.inertia === null || !metrics) return null
  const { silhouette, ari } = metrics.values
  return {
    inertia: last.inertia,
    silhouette: silhouette ?? Number.NaN,
    ari: ari ?? Number.NaN,
    rises: readings(store.frames.value).filter(({ rise }) => rise).length,
    ...(measured?.best ? { above: 100 * (last.inertia / measured.best - 1) } : {}),
  }
}

/** A sentence with its numbers; those that are still to come are dots. */
function filled(look: string, card: string, measured: Measured | null, run: Measured | null): TemplateResult {
  const number = (name: string): TemplateResult => {
    const own = name.startsWith("run.")
    const key = own ? name.slice(4) : name
    const value = own ? run?.[key] : measured?.[key]
    const format = own ? ofRun[key] : claimOf(`${card}.${key}`)
    return value === undefined || !format
      ? html`<span class="pending">…</span>`
      : html`<data value=${value}>${written(value, format)}</data>`
  }
  return html`${look.split(/\{([\w.]+)\}/).map((piece, i) => (i % 2 ? number(piece) : piece))}`
}

let mounted = false

/** Fills the panel from now on; once. */
export function mountPanel(ctx: Context): void {
  if (mounted) return
  mounted = true
  adopt(styles)
  const { store } = ctx
  const host = place("lesson")
  /** Of the last run that was the lesson's own: what a person does afterwards does not change its text. */
  const run = signal<Measured | null>(null)
  const shown = computed(() => (store.lesson.value ? lessonOf(store.lesson.value.name) : null))
  effect(() => {
    const lesson = store.lesson.value
    if (shown.value && lesson?.untouched) run.value = runValues(store, lesson.measured)
  })
  const line = onlyLine()
  view(host, () => {
    const lesson = store.lesson.value
    if (!lesson || !shown.value) return html`${nothing}`
    return line.value
      ? lineView(ctx, lesson, shown.value, run.value)
      : html`<div class="lesson-head">${titleView(shown.value)}${setupsView(ctx, lesson, shown.value)}${startView(ctx)}${backView(ctx)}</div>${bodyView(ctx, lesson, shown.value, run.value)}`
  })
}

/** Brings the panel into view and the keyboard to it. */
export function revealPanel(): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  const host = place("lesson")
  find(host, "h2").focus({ preventScroll: true })
  host.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" })
}

function backView({ actions }: Context): TemplateResult {
  const back = (): void => {
    actions.closeLesson()
    // The button is gone with the panel; the keyboard goes on from the picture.
    place("picture").focus({ preventScroll: true })
  }
  return html`<button type="button" @click=${back}>${t(en.backToMine)}</button>`
}

/** The way to start an experiment that waits, as in a frame, or to go on with one that was paused. `begun` is called when it is taken. */
function startView({ store, actions }: Context, begun?: () => void): TemplateResult {
  const { lesson, playing, cursor, frames } = store
  // One that is to play begins in a moment.
  const begins = !lesson.value?.still && cursor.value === 0
  const waits = lesson.value?.untouched && !playing.value && !begins && !frames.value.at(-1)?.done
  const start = (): void => {
    begun?.()
    actions.run()
  }
  return waits
    ? html`<button type="button" class="primary start" @click=${start}>${t(en.runTheExperiment)}</button>`
    : html`${nothing}`
}

const titleView = ({ card }: Lesson): TemplateResult => html`<h2 tabindex="-1" lang="en">${card.title}</h2>`

/** The set-ups; `chosen` is called when another one is asked for. */
function setupsView(
  { actions }: Context,
  { name: open }: OpenLesson,
  { card }: Lesson,
  chosen?: () => void,
): TemplateResult {
  const choose = (name: LessonName): void => {
    chosen?.()
    actions.openLesson(name)
  }
  return html`<div class="setups" role="group" aria-label=${t(en.setUps)}>${card.setups.map(
    ({ name, label }) => html`<button type="button" aria-pressed=${name === open ? "true" : "false"}
          @click=${() => choose(name)} lang="en">${label}</button>`,
  )}</div>`
}

function bodyView(ctx: Context, lesson: OpenLesson, { card, setup }: Lesson, run: Measured | null): TemplateResult {
  const { store, actions } = ctx
  return html`<div class="lesson-body" aria-busy=${lesson.measured || lesson.failed ? "false" : "true"}>
      <p class="look" lang="en">${filled(setup.look, cardOf(lesson.name), lesson.measured, run)}</p>
      ${card.flip ? flip(lesson.measured, store.data.value.dial) : nothing}
      <div class="aside">
        <p><strong>${t(en.toTry)}</strong> <span lang="en">${card.question}</span></p>
        <p class="note">${lesson.measured ? t(en.measuredHere) : lesson.failed ? t(en.notMeasured) : t(en.measuring)}
          ${lesson.untouched ? nothing : t(en.setUpChanged)}
          ${
            lesson.untouched && !lesson.failed
              ? nothing
              : html`<button type="button" class="quiet" @click=${() => actions.openLesson(lesson.name)}>${t(en.setUpAgain)}</button>`
          }</p>
      </div>
    </div>`
}

/** One line, and the whole card in a dialog over the frame. */
function lineView(ctx: Context, lesson: OpenLesson, shown: Lesson, run: Measured | null): TemplateResult {
  const sheet = (): HTMLDialogElement => find<HTMLDialogElement>(place("lesson"), "dialog")
  const close = (): void => sheet().close()
  return html`<div class="lesson-line">
      <h2 lang="en">${shown.card.title}</h2>
      <p lang="en">${filled(shown.setup.look, cardOf(lesson.name), lesson.measured, run)}</p>
      ${startView(ctx)}
      <button type="button" class="quiet" aria-haspopup="dialog" @click=${() => sheet().showModal()}>${t(en.more)}</button>
      ${backView(ctx)}
    </div>
    <dialog aria-label=${shown.card.title}>
      <div class="lesson-head">${titleView(shown)}<button type="button" @click=${close}>${t(en.close)}</button>${setupsView(ctx, lesson, shown, close)}${startView(ctx, close)}</div>
      ${bodyView(ctx, lesson, shown, run)}
    </dialog>`
}
