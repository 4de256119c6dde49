// What `make bench` runs: made from a seed, the same for every contender.

/** A small generator (mulberry32), so that the points need no file. */
function random(seed) {
  let s = seed
  return () => {
    s = (s + 0x6d2b79f5) | 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Round groups around `groups` places; 0 groups is uniform. Coordinates are float32. Column-major. */
function points(n, d, groups, seed) {
  const u = random(seed)
  const places = Array.from({ length: groups * d }, () => 20 * u() - 10)
  const columns = new Float64Array(n * d)
  for (let i = 0; i < n; i++) {
    const group = Math.floor(u() * groups)
    for (let t = 0; t < d; t++) {
      const spread = u() + u() + u() + u() - 2
      columns[t * n + i] = Math.fround(groups ? places[group * d + t] + spread : 10 * u())
    }
  }
  return columns
}

const workload = (name, what, n, d, groups, k, iterations, seed, restarts = 0) => ({
  name, what, n, d, k, iterations, restarts,
  /** Column-major points, and the first k of them as row-major start, which `restarts` do without. */
  make() {
    const columns = points(n, d, groups, seed)
    const start = Float64Array.from({ length: k * d }, (_, i) => columns[(i % d) * n + Math.floor(i / d)])
    return { columns, start }
  },
})

const toTheEnd = 100_000
export const workloads = [
  workload("plane", "1,000,000 points, 2-D, 10 groups, k = 10", 1_000_000, 2, 10, 10, 20, 101),
  workload("groups", "100,000 points, 2-D, 100 groups, k = 100", 100_000, 2, 100, 100, toTheEnd, 102),
  workload("colours", "300,000 points, 3-D, k = 16", 300_000, 3, 30, 16, 20, 103),
  workload("digits", "10,000 points, 64-D, k = 10", 10_000, 64, 10, 10, toTheEnd, 104),
  workload("restarts", "300 points, 2-D, k = 3, 1000 restarts by k-means++", 300, 2, 3, 3, toTheEnd, 105, 1000),
  workload("noise", "1,000,000 points, 2-D, uniform, k = 100", 1_000_000, 2, 0, 100, 10, 106),
]
