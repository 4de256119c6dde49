/** The sentences of the status line. */
import type { Frame, ParamValues, RestartInfo } from "../engine/protocol"
import { events as eventTable } from "../generated/late"
import { params as paramTable } from "../generated/tables"
import * as en from "../text/en"
import { t } from "../text/text"
import { count, figure, percent } from "../view/format"

/** "down 12%" from one inertia to the next. */
function trend(before: number | null, now: number): string {
  if (before === null) return ""
  if (now === before) return t(en.unchanged)
  if (before === 0) return ""
  const share = Math.abs(now - before) / before
  const size = share < 0.001 ? t(en.lessThan, { size: percent(0.001) }) : percent(share, share < 0.0995 ? 1 : 0)
  return now < before ? t(en.downBy, { size }) : t(en.upBy, { size })
}

function eventSentences({ events }: Frame): string {
  const sentences = events.map(({ type, cluster, other }) =>
    t(eventTable[type].sentence)
      .replace("%a", String(cluster + 1))
      .replace("%b", String(other + 1))
      .replace("%r", count(other + 1)),
  )
  return [...new Set(sentences)].map((sentence) => ` ${sentence}`).join("")
}

export function startSentence(k: number, params: ParamValues, given: boolean): string {
  if (given) return t(en.startByHand, { n: k })
  const init = paramTable.find(({ name }) => name === "init")
  const how = t(init?.choices[params.init ?? 0]?.label ?? "")
  const seed = String(params.seed)
  return t(en.startBySeed, { n: k, how, seed })
}

/** What the half-step that led to a frame did. */
export function stepSentence(frame: Frame, before: Frame | null): string {
  if (frame.inertia === null) return ""
  const { iteration, kind, changed, shift } = frame
  const inertia = figure(frame.inertia) + trend(before?.inertia ?? null, frame.inertia)
  const told =
    kind === "assign"
      ? t(en.saidAfterAssign, { iteration, n: changed, inertia })
      : shift === 0
        ? t(en.saidAfterUpdateUnmoved, { iteration, inertia })
        : t(en.saidAfterUpdate, {
            iteration,
            inertia,
            shift: figure(Number(shift.toPrecision(3))),
          })
  return told + eventSentences(frame)
}

/** What a whole iteration did: its assign, and the update that is shown. */
export function iterationSentence(update: Frame, assign: Frame, before: Frame | null): string {
  if (update.inertia === null) return ""
  const told = t(en.saidAfterIteration, {
    iteration: update.iteration,
    n: assign.changed,
    inertia: figure(update.inertia) + trend(before?.inertia ?? null, update.inertia),
  })
  return told + eventSentences({ ...update, events: [...assign.events, ...update.events] })
}

/** How a run ended. */
export function endSentence(frame: Frame, restarts: { list: RestartInfo[]; best: number }): string {
  const { list, best } = restarts
  const which = list.length > 1 ? `${t(en.bestOfRestarts, { n: list.length, seed: String(list[best].seed) })} ` : ""
  const values = { n: frame.iteration, inertia: figure(frame.inertia) }
  const end = frame.converged ? t(en.converged, values) : t(en.stoppedByMaxIter, values)
  // The event max_iter says the same.
  const told = eventSentences({
    ...frame,
    events: frame.events.filter(({ type }) => eventTable[type].name !== "max_iter"),
  })
  return `${which}${end}${told}`
}
