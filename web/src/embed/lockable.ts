import { params } from "../generated/tables"
import * as en from "../text/en"
import { t } from "../text/text"

/** What `lock` can name, each with what a teacher calls it. */
export const lockable: Readonly<Record<string, string>> = {
  data: t(en.lockData),
  n: t(en.points),
  noise: t(en.noise),
  dial: t(en.lockDial),
  dataseed: t(en.lockDataSeed),
  standardize: t(en.standardize),
  points: t(en.lockPoints),
  centroids: t(en.lockCentroids),
  program: t(en.program),
  speed: t(en.speed),
  regions: t(en.regions),
  trails: t(en.trails),
  plane: t(en.axes),
  theme: t(en.theme),
  lesson: t(en.experiments),
  ...Object.fromEntries(params.map(({ name, label }) => [name, t(label)])),
}
