// Runs the suites of `make test` one after the other and adds up what they count. A suite is a shell command that
// prints either "N passed, N failed" or the summary of node's test runner. A third word names the variable with the
// browser or Python it needs; without one the suite is skipped, and the last line says so.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"

// Not explore, export, lessons, million and program: of those Firefox has other times, Playwright hears of no download
// there, and typing is tried by editor and data.
const firefox = ["data", "editor", "everywhere", "hosts", "page", "run", "worker", "zoom"]
const clang = existsSync("build/unit-release-clang")
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
  ["size of the page", "node tests/size.mjs"],
  ["page, in Chromium", "BROWSER=chromium node --test --test-concurrency=2 tests/e2e/", "CHROMIUM"],
  ["page, in Firefox", `BROWSER=firefox node --test --test-concurrency=2 ${firefox.map((name) => `tests/e2e/${name}.test.mjs`).join(" ")}`, "FIREFOX"],
  ["page, in WebKit", "node --test tests/webkit/", "WEBKIT"],
]

function run(command) {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] })
    let output = ""
    child.stdout.on("data", (data) => {
      output += data
    })
    child.on("close", (code) => resolve({ code, output }))
  })
}

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
let passed = 0
let failed = 0
let skipped = 0
for (const [name, command, needed] of suites) {
  if (only.length && !only.some((word) => name.includes(word))) continue
  if (needed && !process.env[needed]) {
    skipped += 1
    console.log(`SKIPPED ${name}: there is none`)
    continue
  }
  const start = Date.now()
  const { code, output } = await run(command)
  const counted = count(output)
  // A suite that ends badly without counting a failure, or that counts nothing, has failed too.
  if ((code !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0) counted.failed += 1
  if (counted.failed) {
    process.stdout.write(output)
    failures.push(`${name}:`, ...failuresIn(output))
  }
  passed += counted.passed
  failed += counted.failed
  skipped += counted.skipped
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  console.log(`${counted.failed ? "FAILED" : "ok    "} ${name}: ${counted.passed} passed, ${counted.failed} failed${counted.skipped ? `, ${counted.skipped} skipped` : ""} (${seconds} s)`)
}
// Once more at the end, which is all that some logs keep.
if (failures.length) console.log(`\nFailed in ${failures.join("\n")}\n`)
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`)
process.exit(failed ? 1 : 0)
