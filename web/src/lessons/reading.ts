/** The reading column: cards, maths, questions, references and credits. */
import { effect } from "@preact/signals-core"
import { html, type TemplateResult } from "lit-html"
import { linesOf, partIn } from "../program/lines"
import type { Context, Emphasis, Part, Store } from "../state"
import styles from "../styles/text.css?inline"
import * as en from "../text/en"
import { t } from "../text/text"
import { adopt } from "../view/adopt"
import { find, place, view } from "../view/render"
import { reveal } from "../view/tabs"
import { type Card, cards } from "./cards"
import { mountCredits } from "./credits"
import { mountPanel, revealPanel } from "./panel"
import type { LessonName } from "./slugs"
import { text as maths } from "./text/maths.html?lesson"
import { text as questions } from "./text/questions.html?lesson"
import { text as references } from "./text/references.html?lesson"

export function mountReading(ctx: Context): void {
  const { store } = ctx
  adopt(styles)
  for (const [id, text] of Object.entries({ maths, questions, references })) {
    // Made by the build from files of this repository.
    place(id).innerHTML = text
  }
  view(place("cards"), () => html`${cards.map((card) => cardView(card, store.lesson.value?.name ?? null))}`)
  for (const host of [place("cards"), place("reading")]) host.addEventListener("click", (event) => follow(event, ctx))
  mountEquations(ctx)
  mountCredits(place("credits"), ctx)
}

function cardView({ title, teaser, setups }: Card, open: LessonName | null): TemplateResult {
  return html`<article class="card">
      <h3>${title}</h3>
      <p>${teaser}</p>
      <ul>${setups.map(
        ({ name, label }) =>
          html`<li><a href="?lesson=${name}" data-lesson=${name} aria-current=${open === name ? "true" : "false"}>${label}</a></li>`,
      )}</ul>
    </article>`
}

/** A link to a lesson opens it on this page, unless it is asked for in another one. */
function follow(event: MouseEvent, ctx: Context): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="?lesson="]') : null
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  const name = new URLSearchParams(link.search).get("lesson") as LessonName
  ctx.actions.openLesson(name)
  const stop = effect(() => {
    if (ctx.store.lesson.value?.name !== name) return
    queueMicrotask(() => {
      stop()
      mountPanel(ctx)
      revealPanel()
    })
  })
}

/** What a part is in the program that runs, and a way to see it there and in the picture. */
function linkView(store: Store, part: Part): TemplateResult {
  const lines = store.running.value.split("\n")
  const own = [...new Set(partIn[part].flatMap((name) => linesOf(lines, name)))].sort((a, b) => a - b)
  const show = (): void => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches
    const program = place("program")
    reveal(program)
    // Behind a tab it is alone; else it stands by the picture.
    const there = program.role ? program : find(document, ".bench")
    there.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" })
    const lit: Emphasis = { part, from: "equation" }
    store.emphasis.value = lit
    const dim = (): void => {
      if (store.emphasis.peek() === lit) store.emphasis.value = null
    }
    document.activeElement?.addEventListener("blur", dim, { once: true })
  }
  return html`<pre>${own.length > 0 ? own.map((line) => lines[line - 1]).join("\n") : html`<span>${t(en.defaultOfProgram)}</span>`}</pre>
    <button type="button" class="quiet" @click=${show}>${t(en.showItThere)}</button>`
}

/** Equations light, and are lit by, their line of the program and their part of the picture. */
function mountEquations({ store }: Context): void {
  const reading = place("reading")
  for (const equation of reading.querySelectorAll<HTMLElement>(".equation")) {
    const part = equation.dataset.part as Part
    const link = document.createElement("div")
    equation.append(link)
    view(link, () => linkView(store, part))
  }
  const equationOf = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>(".equation") : null
  const light = (event: Event): void => {
    const part = equationOf(event)?.dataset.part as Part | undefined
    if (part) store.emphasis.value = { part, from: "equation" }
  }
  const dim = (event: Event): void => {
    // One behind a tab has been left for what it is about.
    if (!equationOf(event) || !reading.checkVisibility()) return
    // What has the focus stays lit, while the pointer passes over others.
    const focused = event.type === "pointerout" && document.activeElement?.closest<HTMLElement>(".equation")
    store.emphasis.value = focused ? { part: focused.dataset.part as Part, from: "equation" } : null
  }
  reading.addEventListener("pointerover", light)
  reading.addEventListener("focusin", light)
  reading.addEventListener("pointerout", dim)
  reading.addEventListener("focusout", dim)
  effect(() => {
    const part = store.emphasis.value?.part
    for (const equation of reading.querySelectorAll<HTMLElement>(".equation"))
      equation.classList.toggle("lit", equation.dataset.part === part)
  })
}
