// The lessons' text: every number in it is a claim, every claim is in it, and every set-up runs.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { root } from "../wasm/engine.mjs"
import { load } from "../web/load.mjs"
import { laboratory } from "./laboratory.mjs"

const { cards, lessonOf } = await load("lessons/cards.ts")
const { lessonNames, cardOf } = await load("lessons/slugs.ts")
const { claims, claimOf } = await load("lessons/claims.ts")
const { flipDistances, flipName, measures } = await load("lessons/measures.ts")
const { shapeSource } = await load("sources.ts")
const { shapeChoice } = await load("store.ts")
const { convert } = await load("../plugins/lessons.mjs")

const folder = new URL("web/src/lessons/text/", root)
const texts = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]))
const setups = cards.flatMap((card) => card.setups)
const numbersIn = (look) => [...look.matchAll(/\{([\w.]+)\}/g)].map(([, name]) => name)

test("there are seven experiments, each with a question, and a name for each set-up", () => {
  assert.equal(cards.length, 7)
  assert.deepEqual(setups.map(({ name }) => name).sort(), [...lessonNames].sort())
  for (const { title, question, setups } of cards) {
    assert.match(question, /\?/, title)
    assert.equal(setups[0].name, cardOf(setups[0].name), "the first set-up has the card's own name")
    assert.ok(cardOf(setups[0].name) in measures)
  }
  assert.throws(() => lessonOf("rings"))
})

test("every number of a text is a claim, and every claim is in a text", () => {
  const used = new Set(flipDistances.map((distance) => `small-cluster.${flipName(distance)}`))
  for (const { name, look } of setups)
    for (const number of numbersIn(look)) {
      if (number.startsWith("run.")) assert.match(number, /^run\.(inertia|silhouette|ari|rises|above)$/)
      else used.add(`${cardOf(name)}.${number}`)
    }
  for (const text of Object.values(texts)) for (const [, id] of text.matchAll(/\{\{([\w.-]+)\}\}/g)) used.add(id)
  for (const id of used) assert.ok(claimOf(id))
  assert.deepEqual([...used].sort(), Object.keys(claims).sort())
})

test("the texts become HTML without TeX, styles or handlers", () => {
  for (const [name, text] of Object.entries(texts)) {
    const { html } = convert(text)
    assert.doesNotMatch(html, /[${}]|\\[a-z]|style=|\son\w+=|<script/, name)
    const ids = [...html.matchAll(/id="([^"]+)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length)
  }
  const cited = Object.values(texts).flatMap((text) => [...text.matchAll(/href="#(ref-[\w-]+)"/g)].map(([, id]) => id))
  for (const id of cited) assert.ok(texts["references.html"].includes(`id="${id}"`), id)
  assert.equal((texts["maths.html"].match(/data-part=/g) ?? []).length, 5)
  assert.throws(() => convert("{{no.such}}"), /no claim/)
  assert.throws(() => convert("$\\frac{1}$"))
})

const lab = await laboratory()
for (const { name, data, program } of setups)
  test(`set-up ${name} runs to its end`, async () => {
    const source = shapeSource({ ...shapeChoice(data.name), ...data })
    const seed = Number(program.match(/^seed = (\d+)$/m)?.[1] ?? 0)
    const [{ inertia, rises }] = await lab.run({ source, standardize: false, program, params: {}, seeds: { first: seed, count: 1 }, metrics: [] })
    assert.ok(Number.isFinite(inertia))
    // Each is there to show, or not to show, a rise.
    assert.equal(rises > 0, name === "manhattan" || name === "min-size", `${rises} rises`)
  })
