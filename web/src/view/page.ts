/**
 * Puts the page together. The frame of what a person sees first is rendered at once; what needs data, charts, program
 * and results follow, into places whose height is reserved.
 */
import { html } from "lit-html"
import type { Context } from "../state"
import { mountControls } from "./controls"
import { mountPicture } from "./picture/picture"
import { mountProblem } from "./problem"
import { place, view } from "./render"
import { mountTheme } from "./theme"
import { mountTransport } from "./transport"

export async function mountPage(ctx: Context): Promise<void> {
  const scheme = mountTheme(place("theme"), ctx)
  mountProblem(place("problem"), ctx)
  mountControls(place("controls"), ctx)
  const size = mountPicture(place("picture"), ctx)
  mountTransport(place("transport"), ctx)
  view(place("status"), () => html`${ctx.store.status.value}`)
  const { mountLater } = await import("./later")
  mountLater(ctx, scheme, size)
}
