/** What the address keeps a viewer from changing: whoever frames the page still can, by messages. */
import { params } from "../generated/tables"
import { embedding } from "./query"

const ofData = ["n", "noise", "dial", "dataseed", "points"]

/** A text that may be changed could change each parameter in it, so one of them locks it, too. */
export const locked = (name: string): boolean =>
  embedding.locked.has(name) ||
  (embedding.locked.has("data") && ofData.includes(name)) ||
  (name === "program" && params.some((param) => embedding.locked.has(param.name)))
