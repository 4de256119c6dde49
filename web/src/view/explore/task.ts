/** How far a long piece of work is: the button that starts it, the one that cancels it, and what became of it. */
import { html, type TemplateResult } from "lit-html"
import type { Task } from "../../explore"
import * as en from "../../text/en"
import { t } from "../../text/text"

interface Words {
  /** On the button that starts it. */
  start: string
  /** What is counted, e.g. "runs". */
  unit: string
  disabled?: boolean
}

export function taskButtons(
  task: Task,
  { start, unit, disabled }: Words,
  begin: () => void,
  cancel: () => void,
): TemplateResult {
  // A number out of range is pointed at; the one before it is not taken in its place.
  const beginIfValid = (event: Event): void => {
    const controls = (event.target as Element).closest(".panel-controls")
    const wrong = controls?.querySelector<HTMLInputElement>("input:invalid")
    if (wrong) wrong.reportValidity()
    else begin()
  }
  if (task.state !== "running")
    return html`<button type="button" class="primary" ?disabled=${disabled} @click=${beginIfValid}>${start}</button>`
  return html`<button type="button" @click=${cancel}>${t(en.cancel)}</button>
    <label class="task">${t(en.doneOfTotal, { ...task, unit })}
      <progress max=${task.total} value=${task.done}></progress></label>`
}

/** A sentence about how it ended, or nothing. */
export function taskSentence(task: Task, unit: string): string {
  if (task.state === "failed") return t(en.workStopped, { reason: t(task.message).replace(/\.$/, "") })
  if (task.state === "cancelled")
    return task.done === 0
      ? t(en.cancelledAtOnce, { total: task.total, unit })
      : t(en.cancelledAfter, { done: task.done, total: task.total, unit })
  return ""
}
