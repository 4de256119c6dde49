/** Running, stepping and scrubbing: the buttons below the picture, and the slider. */
import { effect } from "@preact/signals-core"
import { html, type TemplateResult } from "lit-html"
import { live } from "lit-html/directives/live.js"
import { locked } from "../embed/lock"
import type { Frame } from "../engine/protocol"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { selectField } from "./fields"
import { icons } from "./icons"
import { find, view } from "./render"

/** Half-steps a second. */
const SPEEDS = [0.5, 1, 2, 4, 8, 16, Number.POSITIVE_INFINITY]

const MOST_TICKS = 120

const speedLabel = (speed: number): string =>
  speed === Number.POSITIVE_INFINITY ? t(en.atOnce) : t(en.halfSteps, { speed })

/** Where in the run a frame is, in words. */
export function moment(frame: Frame | null): string {
  if (!frame) return t(en.beforeStart)
  if (frame.kind === "start") return t(en.startBeforeFirstAssign)
  return t(frame.kind === "assign" ? en.iterationAfterAssign : en.iterationAfterUpdate, { n: frame.iteration })
}

export function mountTransport(host: HTMLElement, { store, actions }: Context): void {
  const button = (
    label: string,
    icon: TemplateResult,
    act: () => void,
    key: string,
    kind = "",
    off = false,
  ): TemplateResult =>
    html`<button type="button" class=${kind} aria-keyshortcuts=${key}
      ?disabled=${off || store.phase.value !== "ready"} @click=${act}>${icon}<span>${label}</span></button>`

  view(host, () => {
    const playing = store.playing.value
    const last = Math.max(0, store.frames.value.length - 1)
    const speed = store.speed.value
    return html`<div class="buttons">
        ${
          playing
            ? button(t(en.pause), icons.pause, () => actions.pause(), "Space", "primary")
            : button(t(en.run), icons.run, () => actions.run(), "Space", "primary")
        }
        ${button(t(en.halfStep), icons.half, () => actions.halfStep(), "")}
        ${button(t(en.step), icons.step, () => actions.step(), "ArrowRight")}
        ${button(t(en.back), icons.back, () => actions.back(), "ArrowLeft")}
        ${button(t(en.reset), icons.reset, () => actions.reset(), "R")}
        ${button(t(en.newSeed), icons.seed, () => actions.newSeed(), "", "", locked("seed"))}
        ${selectField({
          id: "speed",
          label: t(en.speed),
          help: t(en.speedHelp),
          disabled: locked("speed"),
          value: String(speed),
          options: (SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b)).map((s) => ({
            value: String(s),
            label: speedLabel(s),
          })),
          set: (s) => {
            store.speed.value = Number(s)
          },
        })}
      </div>
      <div class="scrub">
        <label for="iteration">${t(en.iteration)}</label>
        <div class="track"><input type="range" id="iteration" min="0" max=${Math.max(1, last)} step="1" ?disabled=${last === 0}
          aria-valuetext=${moment(store.frame.value)} .valueAsNumber=${live(store.cursor.value)}
          @input=${(event: Event) => actions.seek((event.target as HTMLInputElement).valueAsNumber)}>
          <div class="ticks" aria-hidden="true"></div></div>
        <span class="moment">${moment(store.frame.value)}</span>
      </div>`
  })

  // One tick per half-step, as long as they can be told apart.
  const ticks = find(host, ".ticks")
  effect(() => {
    const last = store.frames.value.length - 1
    ticks.hidden = last < 1 || last > MOST_TICKS
    ticks.style.setProperty("--halves", String(Math.max(1, last)))
  })
}
