/**
 * The experiments: what each sets up, and what there is to see. In `look`, `{name}` is a number of the card's group of
 * claims, as just measured; `{run.name}` one of the run that is shown.
 */
import type { DataChoice } from "../state"
import { manhattanMean, manhattanMedian, plain, radius } from "./programs"
import type { LessonName } from "./slugs"

export interface Setup {
  name: LessonName
  label: string
  /** A shape, and what differs from its defaults. */
  data: Partial<DataChoice> & { name: string }
  program: string
  look: string
}

export interface Card {
  title: string
  /** Why one would look, in a sentence. */
  teaser: string
  setups: readonly [Setup, ...Setup[]]
  question: string
  /** Draws the share of right results against the distance of the small group. */
  flip?: boolean
}

/** Half-steps a second at which the lessons play. */
export const LESSON_SPEED = 4

const random = 'init = "random"'
const plusplus = 'init = "kmeans++"'

export const cards: readonly Card[] = [
  {
    title: "More clusters than groups",
    teaser:
      "The least inertia falls with every centroid one adds. That alone says nothing about how many groups there are.",
    setups: [
      {
        name: "over-segmentation",
        label: "k = 6",
        data: { name: "blobs" },
        program: plain("k = 6", plusplus),
        look: "Three groups cut into six. The least inertia found for k = 1 to 6 is {inertia1}, {inertia2}, {inertia3}, {inertia4}, {inertia5}, {inertia6}: it falls all the way, with a bend at 3. The silhouette has its peak there, {silhouette3}, and is {silhouette6} at k = 6; in this run {run.silhouette}. Six clusters are sound if six representatives are wanted; they are not how these points were made. And only the least inertia must fall: of 200 seeds, {notMonotone} ended with more of it at some larger k.",
      },
      {
        name: "over-segmentation.three",
        label: "k = 3",
        data: { name: "blobs" },
        program: plain("k = 3", plusplus),
        look: "One centroid a group. Of k = 2 to 6 the silhouette is largest at k = {bestK}: {silhouette3}. In this run: {run.silhouette}, and an adjusted Rand index of {run.ari} against the groups the points were drawn from.",
      },
      {
        name: "over-segmentation.stretched",
        label: "Stretched groups",
        data: { name: "anisotropic" },
        program: plain("k = 2", plusplus),
        look: "A counter-example. There are three groups, yet the silhouette is larger at k = 2, {stretched2}, than at k = 3, {stretched3}. It likes what k-means likes: round and far apart.",
      },
      {
        name: "over-segmentation.uniform",
        label: "No groups",
        data: { name: "uniform" },
        program: plain("k = 4", plusplus),
        look: "No groups at all, and four clusters all the same. Of k = 2 to 6 the silhouette is largest at k = {uniformK}: {uniform}. A peak is no proof; compare with data that have no groups.",
      },
    ],
    question:
      "Which k would you defend for the stretched groups, and by what: a bend, the silhouette, or what you know?",
  },
  {
    title: "Where it starts",
    teaser: "k-means goes downhill from its first centroids, so they decide which valley it ends in.",
    setups: [
      {
        name: "initialisation",
        label: "Random points",
        data: { name: "grid" },
        program: plain("k = 9", random, "seed = 0"),
        look: "Nine blobs and nine centroids, but some blobs share one and some have two: no half-step of this run carries a centroid across a gap. This run ends {run.above} above the least inertia, {best}. Of 200 random starts {foundRandom} reach it; the mean is {ratioRandom} times the least.",
      },
      {
        name: "initialisation.plusplus",
        label: "k-means++",
        data: { name: "grid" },
        program: plain("k = 9", plusplus, "seed = 0"),
        look: "Each next centroid is drawn with a chance proportional to the squared distance to the nearest one chosen. Of 200 such starts {foundPlusplus} reach the least inertia, against {foundRandom} of the random ones; the mean is {ratioPlusplus} times the least, against {ratioRandom}. The greedy variant, which scikit-learn runs, reaches it in {foundGreedy}.",
      },
      {
        name: "initialisation.moons",
        label: "Moons",
        data: { name: "moons" },
        program: plain("k = 2", plusplus, "seed = 0"),
        look: "A better start is not always a better end. On the moons k-means++ begins with {moonsStart} less inertia than random points and ends with {moonsFinal} less: with k = 2 both go to the same place, k-means++ in {moonsIterations} fewer iterations.",
      },
    ],
    question: "On the grid, press New seed a few times. What do the bad ends have in common?",
  },
  {
    title: "A wall it cannot bend",
    teaser: "The border of two clusters is a straight line, half-way between their centroids.",
    setups: [
      {
        name: "non-convex",
        label: "Rings",
        data: { name: "rings" },
        program: plain("k = 2", plusplus, "seed = 0"),
        look: "Each ring is cut in half. Against the true rings the adjusted Rand index is {run.ari}: no better than chance, and of 200 seeds none does better than {most}. They end in {cuts} different cuts, for every direction is nearly as good. Each cell of a Voronoi diagram of two points is a half-plane, and no half-plane holds one ring and keeps out the other.",
      },
      {
        name: "non-convex.radius",
        label: "By radius",
        data: { name: "rings" },
        program: radius("k = 2", plusplus, "seed = 0"),
        look: "The same algorithm told to compare squared distances from the origin: the border becomes a circle. The adjusted Rand index is {run.ari}, and at least {radius} in all of 200 seeds. It took knowing the answer: the distance is where one puts what one knows.",
      },
    ],
    question: "Choose Moons and try to write a distance that separates them. What would it have to know?",
  },
  {
    title: "The small group",
    teaser: "Halving a big group can save more inertia than isolating a small one.",
    flip: true,
    setups: [
      {
        name: "small-cluster",
        label: "Near: 2",
        data: { name: "unequal_size", dial: 2 },
        program: plain("k = 3", plusplus, "restarts = 10"),
        look: "Groups of 200, 100 and 15 points. The best of ten restarts halves the big group and lets the small one share a cluster: that is the better inertia, not a bad start. Of 50 draws of the data the best result isolates the small group in {flip2_5} at distance 2.5, {flip3_0} at 3.0 and {flip3_5} at 3.5.",
      },
      {
        name: "small-cluster.far",
        label: "Far: 4",
        data: { name: "unequal_size", dial: 4 },
        program: plain("k = 3", plusplus, "seed = 0"),
        look: "Now isolating it is best, in {flip4_0} of 50 draws, but a single run may miss it: of 200 seeds {random} find it with random points and {plusplus} with k-means++. Here restarts help; nearer, they cannot.",
      },
    ],
    question: "Turn the distance dial slowly with restarts = 10. Where do your points flip?",
  },
  {
    title: "A least size",
    teaser: "A lower limit on the size of a cluster makes it another problem: that can harm, and it can help.",
    setups: [
      {
        name: "min-size",
        label: "Small group, at least 20",
        data: { name: "unequal_size", dial: 3.5 },
        program: plain("k = 3", plusplus, "seed = 1", "min_size = 20"),
        look: "The small group has 15 points and the limit is 20, so whenever it is found its cluster is dissolved and the one with the largest inertia is split. Isolated: {smallOff} of 200 seeds without the limit, {smallOn} with it. In {smallRises} of the runs the inertia rises at some step; rises in this run: {run.rises}.",
      },
      {
        name: "min-size.off",
        label: "Small group, no limit",
        data: { name: "unequal_size", dial: 3.5 },
        program: plain("k = 3", plusplus, "seed = 1", "min_size = 0"),
        look: "The same data and seed without a limit: this run isolates the small group, as {smallOff} of 200 seeds do.",
      },
      {
        name: "min-size.outlier",
        label: "Outlier, at least 5",
        data: { name: "outlier" },
        program: plain("k = 3", plusplus, "seed = 4", "min_size = 5"),
        look: "One point lies far off, and k-means++ is likely to draw it. A cluster of one is dissolved, its centroid goes where it is needed: the three blobs are found in {outlierOn} of 200 seeds, against {outlierOff} without a limit. Adjusted Rand index of this run: {run.ari}.",
      },
      {
        name: "min-size.outlier-off",
        label: "Outlier, no limit",
        data: { name: "outlier" },
        program: plain("k = 3", plusplus, "seed = 4", "min_size = 0"),
        look: "The same start without a limit: the outlier keeps a centroid to itself and two blobs share one. The blobs are found in {outlierOff} of 200 seeds. Adjusted Rand index of this run: {run.ari}.",
      },
    ],
    question: "With the outlier, is k = 4 a better answer than a limit? What if there were five outliers?",
  },
  {
    title: "Half an edit",
    teaser: "Distance and center belong together. Change one alone, and nothing need fall any more.",
    setups: [
      {
        name: "manhattan",
        label: "L1 with the mean",
        data: { name: "anisotropic" },
        program: manhattanMean("k = 3", plusplus, "seed = 0"),
        look: "Only the distance was edited, to the sum of absolute differences. The mean does not minimise that sum, so an update may raise it: in red on the curve, {run.rises} times in this run; at some step in {mean} of 200 seeds.",
      },
      {
        name: "manhattan.median",
        label: "L1 with the median",
        data: { name: "anisotropic" },
        program: manhattanMedian("k = 3", plusplus, "seed = 0"),
        look: "The median, coordinate by coordinate, is what minimises absolute differences. Rises in this run: {run.rises}; a rise at any step: {median} of 200 seeds. It is no cure for stretched groups, though: L1 depends on how the axes lie, and the adjusted Rand index is {run.ari}.",
      },
    ],
    question:
      "Which center belongs to the largest coordinate difference, np.abs(x - c).max(-1)? Try one and watch for red.",
  },
  {
    title: "Again, from elsewhere",
    teaser: "One run says what one start leads to. Restarts keep the best of several.",
    setups: [
      {
        name: "restarts",
        label: "Random, best of 10",
        data: { name: "grid", n: 600, dial: 4 },
        program: plain("k = 16", random, "seed = 0", "restarts = 10"),
        look: "Sixteen blobs. The best of these ten restarts ends {run.above} above the least inertia known, {best}. One random run reaches that in {random1} of 200 tries, the best of ten in {random10}. Best known is not best possible: nothing here proves that there is no lower one.",
      },
      {
        name: "restarts.plusplus",
        label: "k-means++, best of 10",
        data: { name: "grid", n: 600, dial: 4 },
        program: plain("k = 16", plusplus, "seed = 0", "restarts = 10"),
        look: "The best of ten ends {run.above} above the least known. One k-means++ run reaches it in {plusplus1} of 200 tries, the best of ten in {plusplus10}; greedy k-means++ needs one run in {greedy1}. The points are the engine's own grid.",
      },
    ],
    question: "If one run succeeds with chance p, how often does the best of ten? Does that fit what you read above?",
  },
]

export interface Lesson {
  card: Card
  setup: Setup
}

/** The card and set-up of a name. */
export function lessonOf(name: LessonName): Lesson {
  for (const card of cards) for (const setup of card.setups) if (setup.name === name) return { card, setup }
  throw new Error(`There is no lesson ${name}`)
}
