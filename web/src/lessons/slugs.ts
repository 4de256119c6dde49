/** The lessons' names in the address: that of a card is its first set-up, `card.setup` another one. */
export const lessonNames = [
  "over-segmentation",
  "over-segmentation.three",
  "over-segmentation.stretched",
  "over-segmentation.uniform",
  "initialisation",
  "initialisation.plusplus",
  "initialisation.moons",
  "non-convex",
  "non-convex.radius",
  "small-cluster",
  "small-cluster.far",
  "min-size",
  "min-size.off",
  "min-size.outlier",
  "min-size.outlier-off",
  "manhattan",
  "manhattan.median",
  "restarts",
  "restarts.plusplus",
] as const

export type LessonName = (typeof lessonNames)[number]

/** The card that a name belongs to. */
export const cardOf = (name: LessonName): string => name.split(".")[0] ?? name
