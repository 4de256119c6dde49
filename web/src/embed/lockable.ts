import { params } from "../generated/tables"
import * as en from "../text/en"
import { t } from "../text/text"

/** What `lock` can name, each with what a teacher calls it. */
export const lockable: Readonly<Record<string, string>> = {
  data: t(en.dataAll),
  n: t(en.points),
  noise: t(en.noise),
  dial: t(en.shapesDial),
  dataseed: t(en.seedData),
  standardize: t(en.standardize),
  points: t(en.addingRemovingPoints),
  centroids: t(en.draggingCentroids),
  program: t(en.program),
  speed: t(en.speed),
  regions: t(en.regions),
  trails: t(en.trails),
  plane: t(en.axes),
  theme: t(en.theme),
  lesson: t(en.experiments),
  ...Object.fromEntries(params.map(({ name, label }) => [name, t(label)])),
}
