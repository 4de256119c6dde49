// The frame and the page around it: what is said, what is heard, and what is not.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { setNumber, statusSays } from "./browser.mjs"
import { startHosts } from "./hosts.mjs"

const { browser, server, close } = await startHosts()
let page
let frame
before(async () => {
  page = await browser.open({ address: `${server.origin}/iframe.html?snippet=`, ready: false })
  await page.evaluate((demo) => {
    window.heard = []
    addEventListener("message", ({ data, source }) => {
      if (source === document.querySelector("iframe").contentWindow) window.heard.push(data)
    })
    document.body.innerHTML = `<iframe src="${demo}/index.html?embed=1&data=moons&step=1" width="900" height="700"></iframe>`
  }, browser.origin)
  frame = page.locator("iframe").first().contentFrame()
  await page.waitForFunction(() => window.heard.some(({ type }) => type === "ready"))
})
after(close)
beforeEach(async () => {
  browser.problems()
  await page.evaluate(() => { window.heard = [] })
})

const say = (...messages) => page.evaluate((all) => {
  for (const message of all) document.querySelector("iframe").contentWindow.postMessage(message, "*")
}, messages)
const tell = (type, fields = {}) => say({ kmeans: 1, type, ...fields })
/** The newest state that is like this. */
async function state(like) {
  const is = (wanted) => window.heard.findLast(({ state }) => state && Object.entries(wanted).every(([key, value]) => JSON.stringify(state[key]) === JSON.stringify(value)))
  return (await (await page.waitForFunction(is, like)).jsonValue()).state
}
const errors = () => page.evaluate(() => window.heard.filter(({ type }) => type === "error").map(({ message }) => message))
async function error(pattern) {
  await page.waitForFunction((source) => window.heard.some(({ type, message }) => type === "error" && new RegExp(source).test(message)), pattern.source)
}

test("set, step, play, pause, reset, and the state that comes of it", async () => {
  await tell("set", { values: { k: 4, init: "random", seed: "7", step: 2 } })
  const set = await state({ step: 2, kind: "update" })
  assert.deepEqual([set.data, set.params.k, set.params.init, set.params.seed], ["moons", 4, "random", 7])
  assert.equal(set.sizes.length, 4)
  assert.equal(await frame.getByRole("spinbutton", { name: "k", exact: true }).inputValue(), "4")
  await tell("step", { half: true })
  await state({ step: 3, kind: "assign" })
  await tell("step")
  await state({ step: 4, kind: "update" })
  await tell("step", { to: 1 })
  await state({ step: 1, iteration: 1 })
  await tell("reset")
  await state({ step: 0, kind: "start", inertia: null })
  await tell("set", { values: { speed: "max", data: "faithful", n: undefined } })
  await error(/n must be/)
  await tell("set", { values: { data: "faithful", standardize: 0, theme: "dark", regions: false } })
  await state({ data: "faithful", step: 0 })
  assert.equal(await frame.locator("html").getAttribute("data-theme"), "dark")
  await tell("play")
  const end = await state({ done: true, playing: false })
  assert.equal(end.converged, true)
  await frame.locator("#status").filter({ hasText: /Converged/ }).waitFor()
  await tell("set", { values: { lesson: "small-cluster", speed: 1 } })
  await state({ lesson: "small-cluster", step: 0, playing: false })
  await tell("play")
  await state({ playing: true })
  await tell("pause")
  await state({ playing: false })
  assert.deepEqual(browser.problems(), [])
})

test("what is wrong changes nothing and is answered", async () => {
  await tell("set", { values: { data: "moons", k: 3, seed: 1 } })
  await state({ data: "moons", step: 0 })
  const before = await frame.locator("#status").textContent()
  await page.evaluate(() => { window.heard = [] })
  for (const [message, answer] of [
    [{ type: "set", values: { k: 1e9 } }, /k must be from 1 to 10000, not “1000000000”/],
    [{ type: "set", values: { data: "<img src=x onerror=alert(1)>" } }, /data must be one of/],
    [{ type: "set", values: { program: "k = 9" } }, /nothing called “program”/],
    [{ type: "set", values: { own: "x" } }, /nothing called “own”/],
    [{ type: "set", values: { "<img src=x onerror=alert(1)>": 1 } }, /nothing called/],
    [{ type: "set", values: "k" }, /values must be an object/],
    [{ type: "set", values: { k: "9".repeat(1e6) } }, /at most 200 characters/],
    [{ type: "step", to: "2" }, /to must be a whole number/],
    [{ type: "program", text: "k = 9" }, /type must be one of/],
  ]) {
    await say({ kmeans: 1, ...message })
    await error(answer)
  }
  // Not meant for it, or not by its parent.
  await say("play", { type: "play" }, { kmeans: "1", type: "play" }, null, [1])
  await page.evaluate((demo) => new Promise((resolve) => {
    const other = document.createElement("iframe")
    other.srcdoc = `<script>parent.frames[0].postMessage({ kmeans: 1, type: "set", values: { k: 7 } }, "*"); parent.frames[0].postMessage({ kmeans: 1, type: "play" }, "*")</script>`
    other.onload = () => resolve(demo)
    document.body.append(other)
  }), browser.origin)
  await frame.locator("body").evaluate(() => window.postMessage({ kmeans: 1, type: "play" }, "*"))
  await page.waitForTimeout(400)
  assert.equal(await frame.locator("#status").textContent(), before)
  assert.equal(await frame.locator("img[src=x]").count(), 0)
  assert.deepEqual(browser.problems(), [])
})

test("a flood is harmless", async () => {
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector("iframe")
    for (let i = 0; i < 20_000; i++) {
      contentWindow.postMessage({ kmeans: 1, type: "set", values: { k: 1 + (i % 9), seed: i } }, "*")
      if (i % 3 === 0) contentWindow.postMessage({ kmeans: 1, type: i % 2 ? "play" : "pause" }, "*")
      if (i % 50 === 0) contentWindow.postMessage({ kmeans: 1, type: "nonsense", i }, "*")
    }
    contentWindow.postMessage({ kmeans: 1, type: "pause" }, "*")
  })
  // What comes after it is heard.
  await page.waitForTimeout(1500)
  await tell("set", { values: { k: 5, seed: 2, step: 1 } })
  const shown = frame.locator("#p-k")
  await page.waitForFunction((k) => window.heard.at(-1)?.state?.params.k === k && window.heard.at(-1).state.step === 1, 5)
  assert.equal(await shown.inputValue(), "5")
  const { length } = await page.evaluate(() => window.heard)
  assert.ok(length < 2000, `${length} answers`)
  assert.ok((await errors()).length < 300)
  assert.deepEqual(browser.problems(), [])
})

test("a program of a link is not started by messages", async () => {
  const { deflateRawSync } = await import("node:zlib")
  const program = "k = 2\n\ndef distance(x, c):\n    return np.abs(x - c).max(-1) + 0.5\n"
  const hash = `#s1=${deflateRawSync(JSON.stringify({ program, step: 3 })).toString("base64url")}`
  await page.evaluate(([demo, hash]) => {
    document.querySelector("iframe").src = `${demo}/index.html?embed=1&k=2&autoplay=1&x=1${hash}`
  }, [browser.origin, hash])
  await page.waitForFunction(() => window.heard.some(({ type }) => type === "ready"))
  await tell("play")
  await error(/waits for a person/)
  await tell("step", { half: true })
  assert.equal(await frame.locator("#iteration").inputValue(), "0")
  await frame.getByRole("button", { name: "Run it to half-step 3" }).click()
  await state({ step: 3 })
  assert.deepEqual(browser.problems(), [])
})

test("the quiz of the README asks, looks, and knows", async () => {
  const quiz = await browser.open({ address: `${browser.origin}/quiz.html`, ready: false })
  await quiz.getByLabel("fall", { exact: true }).check()
  await quiz.getByRole("button", { name: "Check" }).and(quiz.locator(":enabled")).click()
  await quiz.getByText(/^Right: from/).waitFor()
  await setNumber(quiz.getByLabel("k ="), 5)
  await quiz.getByRole("button", { name: "Try it" }).click()
  await quiz.getByText(/^Look again: with k = 5/).waitFor()
  await setNumber(quiz.getByLabel("k ="), 3)
  await quiz.getByRole("button", { name: "Try it" }).click()
  await quiz.getByText(/^Right: with k = 3/).waitFor()
  await statusSays(quiz.locator("iframe").contentFrame(), /Converged/)
  assert.deepEqual(browser.problems(), [])
})
