/** What an address or a message says is shown. Loaded when one says something. */
import { decodeHash, LinkError } from "../address/codec"
import { readFields, type Understood, type Wanted } from "../address/fields"
import { parseQuery } from "../address/query"
import type { Fields } from "../address/versions"
import { traitsOf } from "../datasets"
import { embedProblems } from "../embed/address"
import { embedding } from "../embed/query"
import type { DataChoice } from "../state"
import { defaultChoice, shapeChoice } from "../store"
import * as en from "../text/en"
import { t } from "../text/text"
import { keepAddress } from "./keep"
import type { Parts } from "./parts"
import { report } from "./report"

/** How long the page waits for the half-step of the address before it can be used. */
const PATIENCE_MS = 2000

/** Shows what the address says, or the defaults for what it gets wrong, and says so. */
export async function openAddress(parts: Parts): Promise<void> {
  const { signals } = parts
  const query = parseQuery(location.search)
  const { understood, refusal } = await readHash(query)
  const { wanted, problems } = understood
  const { arrival } = await open(parts, wanted)
  const there = arrival.then(() => keepAddress(parts, true))
  await Promise.race([there, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
  signals.phase.value = "ready"
  problems.push(...embedProblems)
  if (refusal) report(signals, t(en.linkNotUnderstood), new Error(`${refusal} ${t(en.linkIsLeftOut)}`))
  else if (problems.length > 0)
    report(signals, t(en.addressNotUnderstood), new Error(`${problems.join("; ")}. ${t(en.defaultUsedInstead)}`))
}

/** What the hash says on top of the query. */
async function readHash(query: Understood): Promise<{ understood: Understood; refusal: string | null }> {
  try {
    const fields = await decodeHash(location.hash)
    if (!fields) return { understood: query, refusal: null }
    const long = readFields(Object.entries(fields), { current: query.wanted.data, long: true, strict: true })
    const params = { ...query.wanted.params, ...long.wanted.params }
    return {
      understood: {
        wanted: { ...query.wanted, ...long.wanted, params },
        problems: [...query.problems, ...long.problems],
      },
      refusal: null,
    }
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    return { understood: query, refusal: error.message }
  }
}

/** Resolves when data and program are there, to a promise that the run is where it should be. */
async function open(parts: Parts, wanted: Wanted): Promise<{ arrival: Promise<void> }> {
  const { signals, data, program, lessons } = parts
  program.setParams(wanted.params)
  const held = wanted.program !== undefined && program.hold(wanted.program, wanted.step ?? 0)
  const loaded = wanted.own
    ? await data.openOwn(wanted.own, wanted.standardize ?? false)
    : await data.choose(choiceOf(wanted, defaultChoice), wanted.standardize, naturalK(wanted))
  if (!loaded) {
    // What was wrong with the data is still to be read when others have taken their place.
    const { value } = signals.problem
    await data.choose(defaultChoice)
    signals.problem.value = value
  }
  if (wanted.lesson) await lessons.open(wanted.lesson, embedding.still || wanted.step !== undefined)
  await look(parts, wanted)
  if (wanted.zoom && loaded) signals.zoom.value = wanted.zoom
  // The run of a program that waits, or cannot run, is not this one.
  return { arrival: held || !loaded || signals.programStale.value ? Promise.resolve() : goTo(parts, wanted) }
}

/** The data that are wanted; what is not said is as a shape comes, or as it is. */
function choiceOf({ data, n, noise, dial, dataseed }: Wanted, now: DataChoice): DataChoice {
  const base = data === undefined ? now : shapeChoice(data)
  return {
    ...base,
    n: n ?? base.n,
    noise: noise ?? base.noise,
    dial: dial ?? base.dial,
    seed: dataseed ?? base.seed,
  }
}

/** The number of groups of data that are named, unless another is said. */
const naturalK = ({ data, params, program }: Wanted): number | null =>
  params.k === undefined && program === undefined ? traitsOf(data ?? defaultChoice.name).k : null

/** How the picture looks at the data. */
async function look({ signals, data }: Parts, { speed, regions, trails, plane, theme }: Wanted): Promise<void> {
  if (theme !== undefined) signals.theme.value = theme
  if (speed !== undefined) signals.speed.value = speed
  if (regions !== undefined) signals.regions.value = regions
  if (trails !== undefined) signals.trails.value = trails
  const d = signals.info.value?.d ?? 0
  if (plane?.kind === "pca" || (plane && plane.x >= 0 && plane.x < d && plane.y < d)) await data.setPlane(plane)
}

async function goTo({ signals, playback }: Parts, { step, made = 0, start, raced }: Wanted): Promise<void> {
  const { k, restarts } = signals.params.value
  const given = start && start.length === k * (signals.info.value?.d ?? 0) ? start : null
  if (step === undefined && !given && !raced) return
  const cursor = step ?? 0
  await playback.goTo({
    given,
    restarts: !given && restarts > 1 && (raced ?? cursor > 0),
    made: Math.max(made, cursor) + 1,
    cursor,
  })
}

/** Sets what a message says. */
export async function setFields(parts: Parts, values: Fields): Promise<string[]> {
  const { signals, data, program, run, playback, lessons } = parts
  const now = signals.data.value
  const { wanted, problems } = readFields(Object.entries(values), { current: now.name, strict: true })
  if (wanted.lesson) await lessons.open(wanted.lesson, true)
  const changed = program.setParams(wanted.params)
  const { data: name, n, noise, dial, dataseed, standardize } = wanted
  const other = [name, n, noise, dial, dataseed].some((value) => value !== undefined)
  if (other) await data.choose(choiceOf(wanted, now), standardize, name === undefined ? null : naturalK(wanted))
  else if (standardize !== undefined && standardize !== signals.standardize.value)
    await data.setStandardize(standardize)
  else if (changed) {
    playback.stop()
    await run.begin()
  }
  await look(parts, wanted)
  if (wanted.step !== undefined) await goTo(parts, wanted)
  return problems
}

/** Runs the program that the link came with: to where the run of the link was, or on from the start. */
export async function runHeld({ signals, run, playback }: Parts): Promise<void> {
  const step = signals.held.value?.step ?? 0
  if (!(await run.ready())) return
  if (step > 0) await playback.goTo({ ...run.place, made: step + 1, cursor: step })
  else await playback.play()
}
