// The hosts of tests/e2e/hosts in WebKit: the demonstration runs in each, and the snippet of the panel shows the same in each.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { hosts, serveHosts } from "../e2e/hosts/serve.mjs"
import { dist, serve } from "../e2e/serve.mjs"
import { kmeansGoldens } from "../golden/golden.mjs"
import { startWebKit } from "./driver.mjs"

const { inertia } = kmeansGoldens().find((g) => g.dataset === "faithful").runs[0]
let webkit
let demo
let server
before(async () => {
  demo = await serve(dist)
  server = await serveHosts(demo.origin)
  webkit = await startWebKit()
})
after(async () => {
  await webkit?.close()
  server.close()
  demo.close()
})

const ready = () => webkit.until(`document.querySelector("#transport .primary:enabled") !== null`)
const status = (pattern) => webkit.until(`${pattern}.test(document.querySelector("#status").textContent) && document.querySelector("#status").textContent`)

/** Goes to a host and shows its frame, which may be in a tab, or further down. */
async function visit(host, snippet) {
  await webkit.go(`${server.origin}/${host}${snippet ? `?snippet=${encodeURIComponent(snippet)}` : ""}`)
  if (host === "tab.html") await webkit.click("button")
  await webkit.until(`document.querySelector("iframe") !== null`)
  await webkit.evaluate(`document.querySelector("iframe").scrollIntoView()`)
  await webkit.frame("iframe")
}

/** Runs the demonstration of the frame at once; what it says at the end. */
async function run() {
  await ready()
  await webkit.evaluate(`(() => {
    const speed = document.querySelector("#speed")
    speed.value = "Infinity"
    speed.dispatchEvent(new Event("change"))
    document.querySelector("#transport .primary").click()
  })()`)
  return status(/onverged/)
}

for (const host of hosts)
  test(`it runs in ${host}`, async () => {
    await visit(host)
    const said = await run()
    // One shows the data it opens with, one an experiment.
    if (host !== "srcdoc.html" && host !== "lesson.html")
      assert.ok([...said.matchAll(/\d[\d,]*\.?\d*/g)].some(([n]) => Math.abs(Number(n.replaceAll(",", "")) - inertia) < 0.01), `${said} shows ${inertia}`)
  })

test("the snippet of the panel shows the same lesson at the same half-step on every host", async () => {
  await webkit.go(`${demo.origin}/?data=moons`)
  await ready()
  await webkit.evaluate(`void Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => { window.copied = text } } })`)
  await webkit.evaluate(`[...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === "Embed").click()`)
  const choose = (id, value, event) => webkit.evaluate(`(() => {
    const field = document.querySelector("#embed-${id}")
    field.value = "${value}"
    field.dispatchEvent(new Event("${event}", { bubbles: true }))
  })()`)
  await webkit.until(`document.querySelector("#embed-lesson") !== null`)
  await choose("lesson", "small-cluster", "change")
  await choose("step", "5", "input")
  await choose("theme", "dark", "change")
  const snippets = {}
  for (const name of ["HTML", "HTML element"]) {
    await webkit.evaluate(`document.querySelector('.snippets button[aria-label="Copy: ${name}"]').click()`)
    snippets[name] = await webkit.until(`window.copied`)
    await webkit.evaluate(`void delete window.copied`)
  }
  let said = null
  for (const host of hosts)
    for (const name of host === "iframe.html" || host === "element.html" ? Object.keys(snippets) : ["HTML"]) {
      await visit(host, snippets[name])
      if (host === "srcdoc.html") await webkit.frame("iframe")
      await ready()
      const now = await status(/Iteration 3, assign: .*inertia/)
      said ??= now
      assert.equal(now, said, `${host}, ${name}`)
      assert.deepEqual(await webkit.evaluate(`[document.querySelector("#iteration").value, document.documentElement.dataset.theme]`), ["5", "dark"], `${host}, ${name}`)
    }
})
