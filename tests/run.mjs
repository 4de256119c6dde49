// Runs the suites of `make test` side by side and adds up what they count. A suite is a shell command, or one for each of
// its files, that prints either "N passed, N failed" or the summary of node's test runner. A third word names the variable
// with the Python or the browser it needs; browsers are got while the first suites run. Without one the suite is skipped,
// and the last line says so.
import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { getBrowsers } from "./browsers.mjs"
import { runJobs } from "./jobs.mjs"

const clang = existsSync("build/unit-release-clang")
/** The test files of a folder, each a job; the large ones first, so that those that run side by side end together. */
const filesOf = (folder, browser) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".test.mjs"))
    .map((file) => join(folder, file))
    .sort((a, b) => statSync(b).size - statSync(a).size)
    .map((file) => ({ command: `node --test ${file}`, browser }))

const suites = [
  ["C, address and undefined-behaviour sanitizers", "build/unit-sanitize"],
  ["C, release", "build/unit-release"],
  ...(clang ? [["C, release, clang", "build/unit-release-clang"]] : []),
  ["programs", "build/program-cases --complete tests/program/*.txt"],
  ["programs in NumPy", '"$PYTHON" tests/program/numpy_check.py build/programs.jsonl', "PYTHON"],
  ["fuzz: CSV", "build/fuzz-csv -runs=20000 -dict=tests/fuzz/csv.dict -artifact_prefix=build/ tests/fuzz/seeds/csv"],
  ["fuzz: program", "build/fuzz-program -runs=20000 -dict=tests/fuzz/program.dict -artifact_prefix=build/ tests/fuzz/seeds/program"],
  ["reference results", "node --test tests/golden/"],
  ["WebAssembly", "node --test tests/wasm/"],
  ["command line", "node --test tests/cli/"],
  ["lessons", "node --test tests/lessons/"],
  ["page, without a browser", "node --test tests/web/"],
  ["size of the page", "node tests/size.mjs", "CHROMIUM"],
  ["page, in Chromium", filesOf("tests/e2e", "chromium"), "CHROMIUM"],
  ["page, in Firefox", filesOf("tests/e2e", "firefox"), "FIREFOX"],
  ["page, in WebKit", filesOf("tests/webkit"), "WEBKIT"],
]

/** Without it there is little left of a test. */
const REQUIRED = "CHROMIUM"

function count(output) {
  const plain = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1)
  if (plain) return { passed: Number(plain[1]), failed: Number(plain[2]), skipped: 0 }
  const node = (word) => Number([...output.matchAll(new RegExp(`^. ${word} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0)
  return { passed: node("pass"), failed: node("fail") + node("cancelled"), skipped: node("skipped") }
}

/** What of node's runner failed: the names of the tests, each with its cause. */
const failuresIn = (output) =>
  [...output.matchAll(/^not ok \d+ - (.*)\n[\s\S]*?^ {2}error: (.*\n(?: {4}.*\n)*)/gm)].map(([, test, cause]) => `  ${test}: ${cause.trim()}`)

const only = process.argv.slice(2)
const failures = []
const total = { passed: 0, failed: 0, skipped: 0 }

/** A job of a suite is over; with its last one the suite is, and says so. */
function tell(suite, { code, output, ms }) {
  const counted = count(output)
  // What ends badly without counting a failure, or counts nothing, has failed too.
  if ((code !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0) counted.failed += 1
  if (counted.failed) {
    process.stdout.write(output)
    failures.push(`${suite.name}:`, ...failuresIn(output))
  }
  for (const word in counted) {
    suite[word] += counted[word]
    total[word] += counted[word]
  }
  suite.ms += ms
  suite.left -= 1
  if (suite.left > 0) return
  const { name, passed, failed, skipped } = suite
  console.log(`${failed ? "FAILED" : "ok    "} ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""} (${(suite.ms / 1000).toFixed(1)} s)`)
}

/** What the suite needs is not there. */
function tellNone({ name, needed }) {
  if (needed === REQUIRED) failures.push(`${name}: there is none`)
  total[needed === REQUIRED ? "failed" : "skipped"] += 1
  console.log(`${needed === REQUIRED ? "FAILED" : "SKIPPED"} ${name}: there is none`)
}

const chosen = suites.filter(([name]) => only.length === 0 || only.some((word) => name.includes(word)))
const got = getBrowsers(chosen.map(([, , needed]) => needed))
const jobs = chosen.flatMap(([name, command, needed]) => {
  const parts = Array.isArray(command) ? command : [{ command }]
  const suite = { name, needed, passed: 0, failed: 0, skipped: 0, ms: 0, left: parts.length }
  return parts.map((part) => ({ ...part, suite, ready: !needed || (got[needed] ?? process.env[needed]) }))
})
const without = new Set()
await runJobs(jobs, ({ suite }, result) => {
  if (result) tell(suite, result)
  else without.add(suite)
})
for (const suite of without) tellNone(suite)
// Once more at the end, which is all that some logs keep.
if (failures.length) console.log(`\nFailed in ${failures.join("\n")}\n`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`)
process.exit(total.failed ? 1 : 0)
