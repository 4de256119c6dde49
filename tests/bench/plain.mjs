// Lloyd's algorithm as one would write it by hand in JavaScript, on typed arrays: the yardstick of `make bench`.

/** Runs `iterations` (or to convergence) from `start` (row-major); returns the inertia of the final centroids. */
export function plainLloyd(columns, n, d, start, k, iterations) {
  const centroids = Float64Array.from(start), labels = new Int32Array(n).fill(-1)
  const rows = new Float64Array(n * d), sums = new Float64Array(k * d), sizes = new Int32Array(k)
  for (let i = 0; i < n; i++) for (let t = 0; t < d; t++) rows[i * d + t] = columns[t * n + i]
  for (let iteration = 0; ; iteration++) {
    let inertia = 0, changed = 0
    sums.fill(0)
    sizes.fill(0)
    for (let i = 0; i < n; i++) {
      let best = Infinity, label = 0
      for (let j = 0; j < k; j++) {
        let sq = 0
        for (let t = 0; t < d; t++) {
          const difference = rows[i * d + t] - centroids[j * d + t]
          sq += difference * difference
        }
        if (sq < best) {
          best = sq
          label = j
        }
      }
      inertia += best
      if (labels[i] !== label) {
        labels[i] = label
        changed++
      }
      sizes[label]++
      for (let t = 0; t < d; t++) sums[label * d + t] += rows[i * d + t]
    }
    if (changed === 0 || iteration === iterations) return inertia
    for (let j = 0; j < k; j++)
      if (sizes[j]) for (let t = 0; t < d; t++) centroids[j * d + t] = sums[j * d + t] / sizes[j]
  }
}
