/** The sentences of the status line. */
import type { Frame, ParamValues, RestartInfo } from "../engine/protocol"
import { events as eventTable } from "../generated/late"
import { params as paramTable } from "../generated/tables"
import { count, figure } from "../view/format"

const plural = (n: number, one: string): string => `${count(n)} ${n === 1 ? one : `${one}s`}`

/** "down 12%" from one inertia to the next. */
function trend(before: number | null, now: number): string {
  if (before === null) return ""
  if (now === before) return ", unchanged"
  if (before === 0) return ""
  const share = (100 * Math.abs(now - before)) / before
  return `, ${now < before ? "down" : "up"} ${share < 0.1 ? "less than 0.1" : share < 9.95 ? share.toFixed(1) : count(share)}%`
}

function eventSentences({ events }: Frame): string {
  const sentences = events.map(({ type, cluster, other }) =>
    eventTable[type].sentence
      .replace("%a", String(cluster + 1))
      .replace("%b", String(other + 1))
      .replace("%r", count(other + 1)),
  )
  return [...new Set(sentences)].map((sentence) => ` ${sentence}`).join("")
}

export function startSentence(k: number, params: ParamValues, given: boolean): string {
  if (given) return `Start: ${plural(k, "centroid")} placed by hand.`
  const init = paramTable.find(({ name }) => name === "init")
  const how = init?.choices[params.init ?? 0]?.label ?? ""
  return `Start: ${plural(k, "centroid")} by ${how}, seed ${params.seed}.`
}

/** What the half-step that led to a frame did. */
export function stepSentence(frame: Frame, before: Frame | null): string {
  if (frame.inertia === null) return ""
  const inertia = `inertia ${figure(frame.inertia)}${trend(before?.inertia ?? null, frame.inertia)}`
  const did =
    frame.kind === "assign"
      ? `${plural(frame.changed, "point")} changed cluster`
      : frame.shift === 0
        ? "no centroid moved"
        : `the farthest centroid moved ${figure(Number(frame.shift.toPrecision(3)))}`
  return `Iteration ${frame.iteration}, ${frame.kind}: ${did}, ${inertia}.${eventSentences(frame)}`
}

/** What a whole iteration did: its assign, and the update that is shown. */
export function iterationSentence(update: Frame, assign: Frame, before: Frame | null): string {
  if (update.inertia === null) return ""
  const inertia = `inertia ${figure(update.inertia)}${trend(before?.inertia ?? null, update.inertia)}`
  const events = eventSentences({ ...update, events: [...assign.events, ...update.events] })
  return `Iteration ${update.iteration}: ${plural(assign.changed, "point")} changed cluster, ${inertia}.${events}`
}

/** How a run ended. */
export function endSentence(frame: Frame, restarts: { list: RestartInfo[]; best: number }): string {
  const { list, best } = restarts
  const which = list.length > 1 ? `Best of ${count(list.length)} restarts, seed ${list[best].seed}: ` : ""
  const iterations = plural(frame.iteration, "iteration")
  const inertia = frame.inertia === null ? "" : `: inertia ${figure(frame.inertia)}`
  const end = frame.converged
    ? `${which ? "converged" : "Converged"} after ${iterations}${inertia}.`
    : `${which ? "stopped" : "Stopped"} by max_iter after ${iterations}, not converged${inertia}.`
  // The event max_iter says the same.
  const told = eventSentences({
    ...frame,
    events: frame.events.filter(({ type }) => eventTable[type].name !== "max_iter"),
  })
  return `${which}${end}${told}`
}
