/** What is shown, as a link. Loaded when one is wanted. */
import { encodeHash } from "../address/codec"
import { AT_ONCE } from "../address/fields"
import { ownData } from "../address/own"
import { formatQuery } from "../address/query"
import type { Fields } from "../address/versions"
import type { LessonName } from "../lessons/slugs"
import type { Link } from "../state"
import { createSignals, type Signals } from "../store"
import * as en from "../text/en"
import { language, t } from "../text/text"
import type { Parts } from "./parts"
import { report } from "./report"
import type { RunPlace } from "./run"

/** Own data of more numbers than this do not fit a link, however well they are packed. */
const MOST_NUMBERS = 50_000

type Where = "here" | "start"

/** What a page without an address shows. */
const usual = createSignals("auto")

/** The query of what is shown. */
const shownQuery = (signals: Signals): string =>
  formatQuery({
    data: signals.data.value,
    standardize: signals.standardize.value,
    params: signals.params.value,
    theme: signals.theme.value,
    lang: language,
    lesson: asSetUp(signals),
  })

/** How what is shown is looked at. */
function viewFields({ signals, program }: Parts): Fields {
  const { regions, trails, speed } = signals
  const open = asSetUp(signals) !== null
  return {
    ...(open || program.plain.value ? {} : { program: signals.program.value }),
    ...(open || speed.value !== usual.speed.value
      ? { speed: speed.value === Number.POSITIVE_INFINITY ? AT_ONCE : speed.value }
      : {}),
    ...(regions.value === usual.regions.value ? {} : { regions: regions.value }),
    ...(trails.value === usual.trails.value ? {} : { trails: trails.value }),
  }
}

/** Where the run is, and the part of the plane that is seen. */
function placeFields({ signals, run }: Parts, where: Where): Fields {
  const { zoom, held, info } = signals
  const plane = signals.plane.value?.plane ?? null
  const { given, restarts, made, cursor }: RunPlace = run.place
  const { scale, x, y } = zoom.value
  const d = info.value?.d ?? 0
  const natural = d > 2 ? plane?.kind === "pca" : plane?.kind === "columns" && plane.x === 0
  const step = held.value?.step ?? cursor
  return {
    ...(natural || !plane ? {} : { plane: plane.kind === "pca" ? "pca" : [plane.x, plane.y] }),
    ...(scale === 1 ? {} : { zoom: [scale, x, y] }),
    ...(given ? { start: [...given] } : {}),
    ...(where === "here" && restarts && !given ? { raced: true } : {}),
    ...(where === "here" && made - 1 > step && !held.value ? { made: made - 1 } : {}),
    ...(where === "here" && (step > 0 || asSetUp(signals)) ? { step } : {}),
  }
}

/** The lesson that is shown as it was set up. */
const asSetUp = ({ lesson }: Signals): LessonName | null => (lesson.value?.untouched ? lesson.value.name : null)

/** What a link says but for the points themselves. It reads all signals that a link depends on. */
export const whatIsSaid = (parts: Parts, where: Where = "here"): { query: string; view: Fields; place: Fields } => ({
  query: shownQuery(parts.signals),
  view: viewFields(parts),
  place: placeFields(parts, where),
})

/** A link to what is shown, or to the start of its run. Throws when this browser can make none. */
export async function linkTo(parts: Parts, where?: Where): Promise<Link> {
  const { signals, engine } = parts
  const { data, info, standardize } = signals
  const own = asSetUp(signals) === null && data.value.name === "own" ? info.value : null
  const { query, view, place } = whatIsSaid(parts, where)
  const fields = { ...view, ...place }
  if (own && own.n * own.d <= MOST_NUMBERS)
    Object.assign(fields, {
      own: ownData(own, await engine.call("contents", {})),
      ...(standardize.value ? { standardize: true } : {}),
    })
  const hash = own && !("own" in fields) ? null : await hashOf(fields)
  if (hash !== null) return { query, hash, missing: null }
  const what = own ? t(en.ownDataLeftOut, { n: own.n }) : t(en.placeLeftOut)
  return { query, hash: (await hashOf(view)) ?? "", missing: t(en.linkLeavesOut, { what }) }
}

export async function makeLink(parts: Parts, where?: Where): Promise<Link | null> {
  try {
    return await linkTo(parts, where)
  } catch (error) {
    report(parts.signals, t(en.noLink), error)
    return null
  }
}

const hashOf = async (fields: Fields): Promise<string | null> =>
  Object.keys(fields).length === 0 ? "" : encodeHash(fields)
