/** The lessons on the page: their text when it comes near, their panel when one is open, and what is pointed at. */
import { effect } from "@preact/signals-core"
import type { Context, Part } from "../state"
import { find, place } from "../view/render"

/** How far below the window the text is fetched, so that it is there when it is reached. */
const NEAR = "200px 0px"

export function mountLessons(ctx: Context): void {
  const { store } = ctx
  const text = [find(document, ".try"), place("reading")]
  const observer = new IntersectionObserver(
    async (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      const { mountReading } = await import("./reading")
      mountReading(ctx)
    },
    { rootMargin: NEAR },
  )
  for (const element of text) observer.observe(element)

  effect(() => {
    // Until the page is ready there may be room for the experiment of the address.
    if (store.phase.value !== "loading") place("lesson").hidden = store.lesson.value === null
    if (store.lesson.value) void import("./panel").then(({ mountPanel }) => mountPanel(ctx))
  })
  mountEmphasis(ctx)
}

/** What the picture and the chart light when they are pointed at, and how they show what is pointed at elsewhere. */
function mountEmphasis({ store }: Context): void {
  const layout = find(document, ".layout")
  const point = (part: Part | null): void => {
    const now = store.emphasis.peek()
    if (part) store.emphasis.value = { part, from: "picture" }
    else if (now?.from === "picture") store.emphasis.value = null
  }
  const centroid = (event: Event): boolean => event.target instanceof Element && event.target.matches(".centroid")
  const picture = place("picture")
  for (const [enter, leave] of [
    ["pointerover", "pointerout"],
    ["focusin", "focusout"],
  ] as const) {
    picture.addEventListener(enter, (event) => {
      if (centroid(event)) point(store.frame.peek()?.kind === "start" ? "init" : "update")
    })
    picture.addEventListener(leave, (event) => {
      if (centroid(event)) point(null)
    })
  }
  effect(() => {
    const assigned = store.frame.value !== null && store.frame.value.kind !== "start"
    if (store.lit.value >= 0 && assigned) point("assign")
    else if (store.emphasis.peek()?.part === "assign") point(null)
  })
  const chart = place("chart")
  chart.addEventListener("pointerenter", () => point("inertia"))
  chart.addEventListener("pointerleave", () => point(null))

  effect(() => {
    const now = store.emphasis.value
    layout.dataset.emphasis = now && now.from !== "picture" ? now.part : ""
  })
}
