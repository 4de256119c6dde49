// The browsers of the tests, by the variable of the environment that names each.
import { execFile } from "node:child_process"

const NAMES = ["CHROMIUM", "FIREFOX", "WEBKIT"]

/** Whether there is one, and then its variable is set. */
const find = (name) =>
  new Promise((resolve) => {
    const child = execFile("tests/browsers.sh", [name.toLowerCase()], (error, path) => {
      if (!error) process.env[name] = path.trim()
      resolve(!error)
    })
    child.stderr.pipe(process.stderr)
  })

/** Gets those of the names that are browsers, one after the other, since apt does one thing at a time: by name a promise of it. */
export function getBrowsers(wanted) {
  const got = {}
  let last = Promise.resolve()
  for (const name of NAMES.filter((known) => wanted.includes(known))) last = got[name] = last.then(() => find(name))
  return got
}
