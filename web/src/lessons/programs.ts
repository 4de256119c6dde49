/** The programs of the lessons: the texts that the cards write into the editor and that the claims are measured with. */

const DISTANCE = `def distance(x, c):  # assign: nearest by this
    return ((x - c)**2).sum(-1)`
const CENTER = `def center(points, c):  # update: where the centroid moves
    return points.mean(0)`
const MANHATTAN = `def distance(x, c):  # assign: nearest by this
    return np.abs(x - c).sum(-1)`
const MEDIAN = `def center(points, c):  # update: where the centroid moves
    return np.median(points, axis=0)`
const BY_RADIUS = `def distance(x, c):  # assign: nearest by squared radius
    return ((x * x).sum(-1) - (c * c).sum(-1))**2`
const AT_RADIUS = `def center(points, c):  # update: to the mean squared radius
    mean_sq = (points * points).mean(0).sum()
    return c * np.sqrt(mean_sq / np.maximum((c * c).sum(), 1e-12))`

/** Lines that set parameters, then the two functions of a half-step each. */
const text = (settings: string[], distance = DISTANCE, center = CENTER): string =>
  `${[...settings, "", distance, "", center].join("\n")}\n`

export const plain = (...settings: string[]): string => text(settings)
export const manhattanMean = (...settings: string[]): string => text(settings, MANHATTAN)
export const manhattanMedian = (...settings: string[]): string => text(settings, MANHATTAN, MEDIAN)
export const radius = (...settings: string[]): string => text(settings, BY_RADIUS, AT_RADIUS)
