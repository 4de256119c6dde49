import { params } from "../generated/tables"

/** What `lock` can name, each with what a teacher calls it. */
export const lockable: Readonly<Record<string, string>> = {
  data: "Data, all of it",
  n: "Points",
  noise: "Noise",
  dial: "The shape's dial",
  dataseed: "Seed of the data",
  standardize: "Standardize",
  points: "Adding and removing points",
  centroids: "Dragging centroids",
  program: "Program",
  speed: "Speed",
  regions: "Regions",
  trails: "Trails",
  plane: "Axes",
  theme: "Theme",
  lesson: "Experiments",
  ...Object.fromEntries(params.map(({ name, label }) => [name, label])),
}
