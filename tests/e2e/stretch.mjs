// How much longer than alone a thread takes for the same work, on a machine that others use too.
import { isMainThread, parentPort, Worker } from "node:worker_threads"

const WORK = 3e6
const PAUSE_MS = 50

/** Starts to measure; `since()` tells the most a thread was held up since the last call: 1 is not at all. */
export function startStretch() {
  const worker = new Worker(new URL(import.meta.url))
  let least = Number.POSITIVE_INFINITY
  let most = 0
  worker.on("message", (ms) => {
    least = Math.min(least, ms)
    most = Math.max(most, ms)
  })
  return {
    since() {
      const stretch = most > 0 ? most / least : 1
      most = 0
      return stretch
    },
    end: () => worker.terminate(),
  }
}

if (!isMainThread) {
  let sink = 0
  setInterval(() => {
    const from = performance.now()
    for (let i = 0; i < WORK; i++) sink = (sink * 31 + i) | 0
    parentPort.postMessage(performance.now() - from + (sink === 1 ? 1e-9 : 0))
  }, PAUSE_MS)
}
