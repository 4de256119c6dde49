// What the README says of the command line is what it does.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const root = new URL("../../", import.meta.url).pathname
const readme = readFileSync(`${root}README.md`, "utf8")

test("the table of parameters is that of the engine", () => {
  const table = execFileSync(`${root}build/tables`, ["--markdown"], { encoding: "utf8" })
  assert.ok(readme.includes(`\n${table}`), "run build/tables --markdown and put its output into the README")
})

test("its examples run", () => {
  const examples = [...readme.matchAll(/^build\/kmeans .*$/gm)].map((m) => m[0])
  assert.ok(examples.length >= 3)
  for (const example of examples.filter((line) => !/my\.py/.test(line)))
    assert.ok(execFileSync("sh", ["-c", example], { cwd: root, encoding: "utf8" }).length > 0, example)
})

test("every file it names is there", () => {
  const named = [...readme.matchAll(/`((?:c|web|tests|datasets)\/[\w./-]+\.\w+)`/g)].map((m) => m[1])
  assert.ok(named.length >= 4)
  for (const name of named) assert.ok(readFileSync(root + name).length > 0, name)
})
