// The catalogue of texts: German has all of the English ones, with the same names to fill in, and what is in the tables.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { load } from "./load.mjs"

const en = await load("text/en.ts")
const { named, byText } = await load("text/de.ts")
const { pairs, pack } = await load("../plugins/texts.mjs")
const { keyOf, LETTERS } = await load("text/key.ts")
const { stories } = await load("generated/late.ts")
const { datasets } = await load("datasets.ts")

const web = new URL("../../web/", import.meta.url)
const namesIn = (text) => [...new Set(text.match(/{\w+}|%\w/g) ?? [])].sort()
const forms = (text) => text.split("|").length

test("every text has a translation with the same names and as many forms", () => {
  assert.deepEqual(Object.keys(named).sort(), Object.keys(en).sort())
  for (const [text, said] of pairs()) {
    assert.ok(said.trim(), text)
    assert.equal(said.trim() === said, text.trim() === text, text)
    assert.deepEqual(namesIn(said), namesIn(text), text)
    assert.equal(forms(said), forms(text), text)
  }
})

test("the stories of shapes and data sets are translated", () => {
  for (const text of [...Object.values(stories), ...datasets.flatMap(({ label, story }) => [label, story])]) assert.ok(byText[text], text)
})

test("what is translated by its English is said somewhere", () => {
  const read = (folder, kind) => readdirSync(folder, { recursive: true }).filter((file) => kind.test(file)).map((file) => readFileSync(new URL(file, folder), "utf8"))
  const said = [
    ...read(new URL("../c/defs/", web), /\.def$/),
    ...read(new URL("../datasets/", web), /\.json$/),
    ...read(new URL("src/", web), /^(?!text).*\.ts$/),
    ...read(new URL("node_modules/@codemirror/", web), /dist\/index\.js$/),
  ].join("\n")
  assert.deepEqual(Object.keys(byText).filter((text) => !said.includes(`"${text.replaceAll('"', '\\"')}`)), [])
})

test("every text is used", () => {
  const files = readdirSync(new URL("src/", web), { recursive: true }).filter((file) => file.endsWith(".ts") && !/^(text|generated)\//.test(file))
  const used = new Set(files.flatMap((file) => readFileSync(new URL(`src/${file}`, web), "utf8").match(/(?<=\ben\.)\w+/g) ?? []))
  const page = readFileSync(new URL("index.html", web), "utf8")
  // What is put together from a name, as those of parts and themes are.
  const built = ["transport", "status", "controls", "tools", "meanWord", "median", "medoid", "squaredEuclidean"]
  const idle = Object.keys(en).filter((name) => !used.has(name) && !built.includes(name) && !page.includes(en[name]))
  assert.deepEqual(idle, [])
})

test("the packed catalogue finds each text by its English", () => {
  const texts = new Map(pack(pairs()).split("\n").map((line) => [line.slice(0, LETTERS), line.slice(LETTERS)]))
  for (const [text, said] of pairs()) assert.equal(texts.get(keyOf(text)) ?? text, said)
  assert.throws(() => pack([["a", "b"], ["a", "c"]]), /key of another/)
})
