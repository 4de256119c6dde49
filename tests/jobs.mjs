// Runs commands side by side, each place with a browser of its own to lend.
import { spawn } from "node:child_process"
import { availableParallelism } from "node:os"
import { share } from "./e2e/launch.mjs"

/** Runs one after the other in a shell, with the browser they ask for: kept until another is asked for, or a job failed. */
function startPlace() {
  let kept = null
  async function give(name) {
    if (kept?.name === name) return
    await kept?.close()
    kept = null
    kept = { name, ...(await share(name)) }
  }
  const spawned = (command, env) =>
    new Promise((resolve) => {
      const child = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } })
      let output = ""
      child.stdout.on("data", (data) => {
        output += data
      })
      child.on("close", (code) => resolve({ code, output }))
    })
  return {
    async run({ command, browser }) {
      try {
        if (browser) await give(browser)
      } catch (error) {
        return { code: 1, output: `${error}\n` }
      }
      const result = await spawned(command, browser && kept.env)
      if (result.code !== 0) await this.close()
      return result
    },
    async close() {
      await kept?.close()
      kept = null
    },
  }
}

/** One more than there are processors, since a test often waits for a page; but a browser takes a gigabyte. */
const PLACES = Math.min(availableParallelism() + 1, 6)

/**
 * Runs the jobs, `{ command, browser, ready }`, in their order; `done(job, { code, output, ms })` hears of each at its end.
 * `ready` may be a promise: when it is false the job is not run, and there is no result.
 */
export async function runJobs(jobs, done) {
  const waiting = [...jobs]
  const work = async () => {
    const place = startPlace()
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const ready = await job.ready
      const from = performance.now()
      done(job, ready ? { ...(await place.run(job)), ms: performance.now() - from } : null)
    }
    await place.close()
  }
  await Promise.all(Array.from({ length: PLACES }, work))
}
