/** The views that the first paint does not wait for. */
import type { ReadonlySignal } from "@preact/signals-core"
import { greet, pauseUnseen } from "../embed/frame"
import { embedding } from "../embed/query"
import { mountLessons } from "../lessons/mount"
import { registerOffline } from "../offline/register"
import type { Context } from "../state"
import { mountChartPanel } from "./chart-panel"
import { mountExplore } from "./explore/section"
import { mountIntake } from "./intake"
import { mountKeys } from "./keys"
import { makeLook } from "./look"
import type { Scheme } from "./palette"
import { mountOverlay } from "./picture/overlay"
import type { Size } from "./picture/picture"
import { mountPrint } from "./print"
import { mountProgram } from "./program"
import { place } from "./render"
import { mountResults } from "./results"
import { mountShare } from "./share"
import { mountStory } from "./story"
import { mountTabs } from "./tabs"
import { mountTools } from "./tools"

export function mountLater(ctx: Context, scheme: ReadonlySignal<Scheme>, size: ReadonlySignal<Size>): void {
  const look = makeLook(scheme, ctx)
  mountTabs(place("tabs"))
  mountOverlay(place("picture"), ctx, look, size)
  mountStory(place("story"), place("controls"), ctx)
  mountTools(place("tools"), ctx)
  mountKeys(ctx)
  // What the frame leaves out is not loaded either.
  if (!embedding.hidden.has("program")) mountProgram(place("program"), ctx)
  else if (!embedding.hidden.has("export")) void import("../embed/export").then((late) => late.mountExport(ctx))
  if (!embedding.hidden.has("chart")) mountChartPanel(place("chart"), ctx, look)
  mountResults(place("results"), ctx, look)
  mountExplore(place("explore"), ctx, look)
  mountShare(ctx)
  mountIntake(place("drop"), ctx)
  mountLessons(ctx)
  mountPrint(ctx)
  registerOffline()
  pauseUnseen(place("picture"), ctx)
  greet(ctx)
}
