/**
 * Runs an asynchronous job for the newest of many calls: while one runs, of those that come in only the last is kept.
 * The promise settles when the work asked for so far is done.
 */
export function latest<A extends unknown[]>(job: (...args: A) => Promise<void>): (...args: A) => Promise<void> {
  let running: Promise<void> | null = null
  let waiting: A | null = null

  async function work(): Promise<void> {
    try {
      while (waiting) {
        const args = waiting
        waiting = null
        await job(...args)
      }
    } finally {
      running = null
    }
  }

  return (...args) => {
    waiting = args
    running ??= work()
    return running
  }
}
