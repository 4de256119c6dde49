// What the page around a frame may say, what is made of a flood, and what the README says of it.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { load } from "./load.mjs"

const { commands, reports, understand, Waiting } = await load("embed/messages.ts")
const { lockable } = await load("embed/lockable.ts")
const { shortNames } = await load("address/fields.ts")
const { parts, choices } = await load("embed/query.ts")
const { params } = await load("generated/tables.ts")
const { frameAddress, iframe, element, pageAddress, snippets } = await load("embed/snippets.ts")
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")

test("messages that are commands", () => {
  for (const [message, command] of [
    [{ type: "set", values: { k: 4, init: "random", regions: false } }, { type: "set", values: { k: 4, init: "random", regions: false } }],
    [{ type: "step" }, { type: "step", to: null, half: false }],
    [{ type: "step", half: true }, { type: "step", to: null, half: true }],
    [{ type: "step", to: 7 }, { type: "step", to: 7, half: false }],
    [{ type: "play" }, { type: "play" }],
    [{ type: "pause" }, { type: "pause" }],
    [{ type: "reset" }, { type: "reset" }],
  ])
    assert.deepEqual(understand({ kmeans: 1, ...message }), command)
})

test("what is not meant for the page is left alone", () => {
  for (const data of [null, 1, "play", '{"kmeans":1,"type":"play"}', [], [1], { type: "play" }, { kmeans: 2, type: "play" }, { kmeans: "1" }, new Date(), new Map()])
    assert.equal(understand(data), null)
})

test("what is meant for it and wrong is answered in words", () => {
  const nested = { kmeans: 1, type: "set", values: {} }
  nested.values.k = nested
  const cases = [
    [{ type: "eval" }, /type must be one of set, step, play, pause, reset/],
    [{ type: "__proto__" }, /type must be/],
    [{ type: "constructor" }, /type must be/],
    [{ type: ["play"] }, /type must be/],
    [{ type: "play", program: "k = 3" }, /play has no field “program”/],
    [{ type: "step", by: 2 }, /step has no field “by”/],
    [{ type: "step", to: -1 }, /to must be/],
    [{ type: "step", to: 1.5 }, /to must be/],
    [{ type: "step", to: "3" }, /to must be/],
    [{ type: "step", half: 1 }, /half must be/],
    [{ type: "set" }, /values must be an object/],
    [{ type: "set", values: [3] }, /values must be an object/],
    [{ type: "set", values: { k: "x".repeat(201) } }, /k must be/],
    [{ type: "set", values: { k: Number.NaN } }, /k must be/],
    [{ type: "set", values: { k: [3] } }, /k must be/],
    [{ type: "set", values: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`a${i}`, 1])) }, /at most 40/],
    [nested, /k must be/],
  ]
  for (const [message, expected] of cases) assert.match(understand({ kmeans: 1, ...message }), expected)
})

test("a flood comes to the same end with little", () => {
  const waiting = new Waiting()
  for (let i = 0; i < 10_000; i++) assert.equal(waiting.add({ type: "set", values: { k: 1 + (i % 9), seed: i } }), true)
  assert.deepEqual(waiting.take(), [{ type: "set", values: { k: 1, seed: 9999 } }])
  assert.equal(waiting.empty, true)
  for (let i = 0; i < 10_000; i++) waiting.add({ type: "step", to: i, half: false })
  waiting.add({ type: "play" })
  waiting.add({ type: "play" })
  assert.deepEqual(waiting.take(), [{ type: "step", to: 9999, half: false }, { type: "play" }])
  let refused = 0
  for (let i = 0; i < 10_000; i++) refused += !waiting.add({ type: i % 2 ? "play" : "pause" })
  assert.equal(waiting.take().length, 64)
  assert.ok(refused > 1000)
  // Single steps add up.
  for (let i = 0; i < 3; i++) waiting.add({ type: "step", to: null, half: true })
  assert.equal(waiting.take().length, 3)
})

/** The names in backquotes of a table's first column, under a heading. */
function named(heading) {
  const section = readme.split(/^#+ /m).find((text) => text.startsWith(heading))
  assert.ok(section, heading)
  return section.split("\n").filter((line) => line.startsWith("| `")).flatMap((line) => [...line.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name))
}

test("the README has every message and parameter, and no other", () => {
  assert.deepEqual(named("Messages").sort(), [...Object.keys(commands), ...Object.keys(reports)].sort())
  const section = readme.split(/^#+ /m).find((text) => text.startsWith("Messages"))
  for (const fields of [...Object.values(commands), ...Object.values(reports)]) for (const field of fields) assert.ok(section.includes(`\`${field}\``), field)
  const addressed = named("Put it into course notes")
  const own = params.map(({ name }) => name)
  const expected = [...Object.keys(choices), "hide", "lock", ...shortNames.filter((name) => !own.includes(name))]
  assert.deepEqual(addressed.map((name) => name.replace(/=.*/, "")).sort(), expected.sort())
  for (const name of [...parts, ...Object.keys(lockable).filter((name) => !own.includes(name))]) assert.ok(readme.includes(`\`${name}\``) || readme.includes(name), name)
})

const asked = { query: "?data=moons&theme=light", hash: "#s1=abc", ui: "plot", hide: ["status", "tools"], lock: ["k"], step: 3, autoplay: true, theme: "dark", lang: "en", width: 640, height: "auto", title: 'A "b" <c>' }

test("an experiment of a snippet stays where it is told to", () => {
  assert.equal(frameAddress("http://x/kmeans.html", { ...asked, query: "?lesson=min-size", hash: "", step: 0, autoplay: false, theme: "auto", hide: [], lock: [], height: 480 }), "http://x/kmeans.html?embed=1&lesson=min-size&step=0&ui=plot")
  assert.equal(frameAddress("http://x/kmeans.html", { ...asked, query: "?lang=en&k=4", hash: "", step: 0, autoplay: false, theme: "auto", lang: "de", hide: [], lock: [], height: 480 }), "http://x/kmeans.html?embed=1&k=4&ui=plot&lang=de")
})

test("snippets hold their values as text", () => {
  assert.equal(frameAddress("http://x/kmeans.html", asked), "http://x/kmeans.html?embed=1&data=moons&step=3&ui=plot&hide=status,tools&lock=k&autoplay=1&theme=dark&height=auto#s1=abc")
  assert.equal(pageAddress("http://x/", asked), "http://x/?data=moons&step=3&lock=k&autoplay=1&theme=dark#s1=abc")
  assert.match(iframe("http://x/?a=1&b=2", asked), /src="http:\/\/x\/\?a=1&amp;b=2" title="A &quot;b&quot; &lt;c&gt;" width="640" height="480"/)
  assert.match(element("http://x/embed.js", asked), / state="s1=abc" style="max-width: 640px" height="auto" title="A &quot;b&quot; &lt;c&gt;"><\/k-means-demo>$/)
  for (const { name, text } of snippets("http://x/", "http://x/", asked)) assert.doesNotMatch(text, /<c>/.test(name) ? /^$/ : /title="[^"]*<c>/)
})
