/** The panel that turns what is shown into something to paste into a course page. */
import { computed, effect, signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import { live } from "lit-html/directives/live.js"
import { MOST_STEP } from "../../address/fields"
import { datasets } from "../../datasets"
import { lockable } from "../../embed/lockable"
import { choices as frames, parts, without } from "../../embed/query"
import { type Choices, frameAddress, type Snippet, snippets } from "../../embed/snippets"
import { shapes } from "../../generated/tables"
import { cards } from "../../lessons/cards"
import type { Context, Link } from "../../state"
import * as en from "../../text/en"
import { type Language, language, t } from "../../text/text"
import { adopt } from "../adopt"
import { makeDialog } from "../dialog"
import { selectField } from "../fields"
import { find, view } from "../render"
import style from "./embed.css?inline"
import { say, toClipboard } from "./link"
import { qrCode } from "./qr"

const uiLabels: Record<string, string> = {
  full: t(en.uiFull),
  plot: t(en.uiPlot),
  min: t(en.uiMin),
}
const themes = ["auto", "light", "dark"]
/** A value, what it is called, and the language of that if it is not the page's. */
type Choice = [value: string, label: string, lang?: Language]
/** Each in itself. */
const languages: Choice[] = [
  ["en", "English", "en"],
  ["de", "Deutsch", "de"],
]
/** How long the preview waits for more changes, in ms: it loads anew with each. */
const WAIT_MS = 500
const MOST_HEIGHT = 2000
const MOST_SIZE = 5000

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

let panel: ((ctx: Context) => Promise<void>) | null = null

export async function openEmbed(ctx: Context): Promise<void> {
  panel ??= mount(ctx)
  await panel(ctx)
}

/** What the data or the lesson are called. */
function titleOf({ store }: Context, lesson: string): string {
  const card = cards.find(({ setups }) => setups.some(({ name }) => name === lesson))
  const { name } = store.data.value
  const label = [...shapes, ...datasets].find((entry) => entry.name === name)?.label ?? store.info.value?.name ?? name
  return `K-means: ${card ? card.title : t(label)}`
}

function mount(ctx: Context): (ctx: Context) => Promise<void> {
  const dialog = makeDialog("embedder", "embed-title")
  adopt(style)

  const folder = new URL(".", location.href).href
  const page = location.href.replace(/[?#].*$/s, "")
  const onServer = /^https?:$/.test(location.protocol) && self.origin !== "null"
  const link = signal<Link>({ query: "", hash: "", missing: null })
  const lesson = signal("")
  const asked = signal<Omit<Choices, "query" | "hash">>({
    ui: "plot",
    hide: [],
    lock: [],
    step: 0,
    autoplay: false,
    theme: "auto",
    lang: language,
    width: "100%",
    height: 480,
    title: "",
  })
  const choices = computed<Choices>(() => ({
    ...asked.value,
    ...(lesson.value ? { query: `?lesson=${lesson.value}`, hash: "" } : link.value),
  }))
  const ask = (change: Partial<Choices>): void => {
    asked.value = { ...asked.value, ...change }
  }
  const previewed = signal("")
  const previewHeight = signal(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = signal(false)
  effect(() => {
    const address = open.value && onServer ? frameAddress(page, choices.value) : ""
    clearTimeout(timer)
    timer = setTimeout(() => {
      previewed.value = address
    }, WAIT_MS)
  })
  window.addEventListener("message", ({ source, data }: MessageEvent) => {
    const frame = dialog.querySelector("iframe")
    if (!frame || source !== frame.contentWindow || data?.kmeans !== 1 || data.type !== "resize") return
    if (Number.isFinite(data.height)) previewHeight.value = Math.min(MOST_HEIGHT, Math.max(0, data.height))
  })

  const pick = (id: string, label: string, value: string, options: Choice[], set: (value: string) => void) =>
    selectField({
      id: `embed-${id}`,
      label,
      help: "",
      value,
      options: options.map(([v, l, lang]) => ({ value: v, label: l, ...(lang ? { lang } : {}) })),
      set,
    })

  const tick = (label: string, checked: boolean, set: (on: boolean) => void): TemplateResult =>
    html`<label><input type="checkbox" .checked=${live(checked)}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}>${label}</label>`

  /** A list of names, of which some are chosen. */
  const ticks = (key: "hide" | "lock", label: string, entries: [string, string][]): TemplateResult =>
    html`<div class="boxes" role="group" aria-label=${label}>${entries.map(([name, label]) => {
      const chosen = asked.value[key]
      return tick(label, chosen.includes(name), (on) =>
        ask({ [key]: on ? [...chosen, name] : chosen.filter((other) => other !== name) }),
      )
    })}</div>`

  /** What is being typed is not written over: the panel changes under it, when the preview comes. */
  const typed = (id: string, value: string): string => {
    const field = dialog.querySelector<HTMLInputElement>(`#${id}`)
    return field && field === document.activeElement ? field.value : value
  }
  const settle = (): void => ask({})

  /** A number of at least `min`; left empty it is null, which `empty` says in a word. */
  const number = (
    name: string,
    label: string,
    { value, min, max, empty }: { value: number | null; min: number; max: number; empty: string },
    set: (value: number | null) => void,
  ): TemplateResult => {
    const id = `embed-${name}`
    const input = ({ target }: Event): void => {
      const field = target as HTMLInputElement
      if (field.validity.valid) set(field.value === "" ? null : field.valueAsNumber)
    }
    return html`<div class="field"><label for=${id}>${label}</label><input type="number" id=${id} inputmode="numeric"
      placeholder=${empty} min=${min} max=${max} .value=${live(typed(id, String(value ?? "")))} @input=${input} @blur=${settle}></div>`
  }

  function questions(): TemplateResult {
    const { ui, lock, step, autoplay, theme, lang, width, height, title } = asked.value
    const lessons = cards.flatMap((card) =>
      card.setups.map(({ name, label }): Choice => [name, `${card.title}: ${label}`, "en"]),
    )
    const left = parts.filter((name) => !without[ui].includes(name))
    return html`<div class="asked">
      ${pick("lesson", t(en.what), lesson.value, [["", t(en.whatIsShown)], ...lessons], (name) => {
        lesson.value = name
        ask({ title: titleOf(ctx, name), ...(name ? { step: 0 } : {}) })
      })}
      ${pick(
        "ui",
        t(en.show),
        ui,
        frames.ui.map((value): [string, string] => [value, uiLabels[value]]),
        (value) => ask({ ui: value, hide: [] }),
      )}
      <details><summary>${t(en.leaveOut)}</summary>${ticks(
        "hide",
        t(en.leaveOut),
        left.map((name): [string, string] => [name, t(capital(name))]),
      )}</details>
      <details><summary>${t(en.lockedFromViewers)}${lock.length > 0 ? ` (${lock.length})` : ""}</summary>${ticks("lock", t(en.lockedFromViewers), Object.entries(lockable))}</details>
      <div class="two">
        ${number("step", t(en.startAtHalfStep), { value: step, min: 0, max: MOST_STEP, empty: "0" }, (value) => ask({ step: value ?? 0 }))}
        ${pick(
          "theme",
          t(en.theme),
          theme,
          themes.map((value): [string, string] => [value, t(capital(value))]),
          (value) => ask({ theme: value }),
        )}
      </div>
      ${pick("lang", t(en.language), lang, languages, (value) => ask({ lang: value }))}
      ${tick(t(en.autoplay), autoplay, (on) => ask({ autoplay: on }))}
      <div class="two">
        ${number("width", t(en.widthPx), { value: width === "100%" ? null : width, min: 200, max: MOST_SIZE, empty: t(en.fullWidth) }, (value) => ask({ width: value ?? "100%" }))}
        ${number("height", t(en.heightPx), { value: height === "auto" ? null : height, min: 200, max: MOST_SIZE, empty: "auto" }, (value) => ask({ height: value ?? "auto" }))}
      </div>
      ${tick(t(en.heightFollowsContent), height === "auto", (on) => ask({ height: on ? "auto" : 480 }))}
      <div class="field"><label for="embed-name">${t(en.frameTitle)}</label><input type="text" id="embed-name" maxlength="200"
        .value=${live(typed("embed-name", title))} @blur=${settle}
        @input=${(event: Event) => ask({ title: (event.target as HTMLInputElement).value || titleOf(ctx, lesson.value) })}></div>
    </div>`
  }

  async function copy(event: Event, text: string): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
    if (await toClipboard(text)) say(button, t(en.copied))
    else {
      button.closest("div")?.querySelector("textarea")?.select()
      say(button, t(en.selectedToCopy))
    }
  }

  function snippet({ name, how, text }: Snippet): TemplateResult {
    const code = name === "Link" ? qrCode(text) : null
    return html`<li><details name="snippet" ?open=${name === "HTML"}><summary>${name}</summary><div><p>${how}</p>
      <textarea readonly rows=${Math.min(8, 2 + Math.ceil(text.length / 90))} spellcheck="false" aria-label=${name} .value=${text}></textarea>
      <button type="button" class="primary" aria-label=${t(en.copyNamed, { name })} @click=${(event: Event) => copy(event, text)}>${t(en.copy)}</button>
      ${
        code
          ? html`<svg class="qr" role="img" aria-label=${t(en.qrCode)} viewBox=${`0 0 ${code.size} ${code.size}`}>${code.modules}</svg>`
          : name === "Link"
            ? html`<p class="note">${t(en.linkTooLongForQrCode)}</p>`
            : nothing
      }</div></details></li>`
  }

  view(dialog, () => {
    const { width, height, title } = choices.value
    const high = height === "auto" ? previewHeight.value || 480 : height
    return html`<div class="dialog-head"><h2 id="embed-title">${t(en.embedTitle)}</h2>
        <button type="button" class="quiet" @click=${() => dialog.close()}>${t(en.close)}</button></div>
      ${link.value.missing && !lesson.value ? html`<p>${link.value.missing}</p>` : nothing}
      ${onServer ? nothing : html`<p>${t(en.needsServer)}</p>`}
      <div class="halves">${questions()}
        <div class="shown"><h3>${t(en.preview)}</h3>${
          previewed.value
            ? html`<div class="frame"><iframe src=${previewed.value} title=${t(en.previewOf, { title })}
                width=${width} height=${high}></iframe></div>`
            : html`<p class="note">${onServer ? t(en.previewIsToCome) : t(en.previewIsNone)}</p>`
        }</div></div>
      <section><h3>${t(en.copy)}</h3><ul class="snippets">${snippets(folder, page, choices.value).map(snippet)}</ul></section>`
  })
  dialog.addEventListener("close", () => {
    open.value = false
  })

  return async ({ store, actions }) => {
    const now = await actions.makeLink("start")
    if (!now) return
    link.value = now
    const { lesson: shown, held, cursor, theme } = store
    lesson.value = shown.value?.untouched ? shown.value.name : ""
    ask({
      step: held.value?.step ?? cursor.value,
      theme: theme.value,
      title: titleOf({ store, actions }, lesson.value),
    })
    open.value = true
    dialog.showModal()
    find(dialog, "#embed-lesson").focus()
  }
}
