/** The strip of controls above the picture: what is clustered, and how. */
import { signal } from "@preact/signals-core"
import { html, nothing, type TemplateResult } from "lit-html"
import { datasets } from "../datasets"
import { locked } from "../embed/lock"
import { limits, params, shapes } from "../generated/tables"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { checkField, numberField, type Slider, selectField } from "./fields"
import { view } from "./render"

type Param = (typeof params)[number]["name"]

/** Value of the option that stands for a function of the program's own. */
const OWN = "own"
/** Stops of the Points slider; the number field takes any value between. */
const SIZES = [
  10,
  20,
  50,
  100,
  200,
  300,
  500,
  1000,
  2000,
  5000,
  10_000,
  20_000,
  50_000,
  100_000,
  200_000,
  500_000,
  limits.maxPoints,
]
const sizeSlider: Slider = {
  min: 0,
  max: SIZES.length - 1,
  step: 1,
  place: (n) => SIZES.reduce((best, size, i) => (Math.abs(size - n) < Math.abs(SIZES[best] - n) ? i : best), 0),
  value: (i) => SIZES[i],
}

export function mountControls(host: HTMLElement, ctx: Context): void {
  const { store, actions } = ctx
  const open = signal(false)

  const toggle = (): void => {
    open.value = !open.value
  }

  const shape = () => shapes.find(({ name }) => name === store.data.value.name)

  function dataset(): TemplateResult {
    const own = store.data.value.name === "own"
    const groups = [
      { label: t(en.synthetic), options: shapes.map(({ name, label }) => ({ value: name, label: t(label) })) },
      { label: t(en.real), options: datasets.map(({ name, label }) => ({ value: name, label: t(label) })) },
      ...(own
        ? [{ label: t(en.yourOwn), options: [{ value: "own", label: store.info.value?.name || t(en.yourData) }] }]
        : []),
    ]
    return selectField({
      id: "dataset",
      label: t(en.dataset),
      help: t(en.datasetHelp),
      disabled: locked("data"),
      value: store.data.value.name,
      options: groups,
      set: (name) => actions.chooseData(name),
    })
  }

  function param(name: Param, slider?: Slider): TemplateResult {
    const p = params.find((entry) => entry.name === name) ?? params[0]
    const value = store.params.value[name] ?? p.default
    const disabled = locked(name)
    if (p.type !== "choice")
      return numberField({
        id: `p-${name}`,
        label: t(p.label),
        disabled,
        help: t(p.help),
        value,
        min: p.min,
        max: p.max,
        step: p.type === "int" ? 1 : 0,
        ...(slider ? { slider } : {}),
        set: (v) => actions.setParam(name, v),
      })
    const options = p.choices.map(({ label }, i) => ({ value: String(i), label: t(label) }))
    const own = name in store.functions.value
    return selectField({
      id: `p-${name}`,
      label: t(p.label),
      disabled,
      help: own ? t(en.programsOwnFunction, { name }) : t(p.choices[value]?.help ?? p.help),
      value: own ? OWN : String(value),
      options: own ? [{ value: OWN, label: t(en.custom) }, ...options] : options,
      set: (v) => v !== OWN && actions.setParam(name, Number(v)),
    })
  }

  function shapeFields(): TemplateResult | typeof nothing {
    const s = shape()
    if (!s) return nothing
    const { n, noise, dial } = store.data.value
    return html`${numberField({
      id: "points",
      label: t(en.points),
      help: t(en.pointsHelp),
      disabled: locked("n"),
      value: n,
      min: 1,
      max: limits.maxPoints,
      step: 1,
      slider: sizeSlider,
      set: (v) => actions.tuneData({ n: v }),
    })}${numberField({
      id: "noise",
      label: t(en.noise),
      help: t(en.noiseHelp),
      disabled: locked("noise"),
      value: noise,
      min: 0,
      max: s.noiseMax,
      step: 0,
      slider: { min: 0, max: s.noiseMax, step: s.noiseMax / 100 },
      set: (v) => actions.tuneData({ noise: Number(v.toFixed(4)) }),
    })}${numberField({
      id: "dial",
      label: t(s.dial.label),
      help: t(en.dialHelp),
      disabled: locked("dial"),
      value: dial,
      min: s.dial.min,
      max: s.dial.max,
      step: Number.isInteger(s.dial.step) ? 1 : 0,
      slider: { min: s.dial.min, max: s.dial.max, step: s.dial.step },
      set: (v) => actions.tuneData({ dial: Number(v.toFixed(4)) }),
    })}`
  }

  view(
    host,
    () => html`<div class="strip"><div class="chips">
        ${dataset()}${param("k", { min: 1, max: 12, step: 1 })}${param("init")}
      </div>
      <div class="dials" id="dials" ?data-open=${open.value}>${shapeFields()}</div>
      <div class="sources">
        <button type="button" class="quiet" ?disabled=${locked("data")} @click=${async () => (await import("./owndata")).openOwnData(ctx)}>${t(en.yourDataMore)}</button>
        <button type="button" class="quiet more" aria-expanded=${open.value} aria-controls="dials settings"
          @click=${toggle}>${t(open.value ? en.fewerSettings : en.moreSettings)}</button>
      </div>
<div class="second"><div class="settings" id="settings" ?data-open=${open.value}>
        ${param("seed")}${param("restarts")}${param("max_iter")}${param("min_size")}${param("batch")}${param("distance")}${param("center")}
        ${checkField({
          id: "standardize",
          label: t(en.standardize),
          help: t(en.standardizeHelp),
          disabled: locked("standardize"),
          checked: store.standardize.value,
          set: (on) => actions.setStandardize(on),
        })}
      </div>
      <p class="story" id="story"></p></div></div>`,
  )
}
