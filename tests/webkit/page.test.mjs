// A smoke test of the page in WebKit: it runs, computes the same, draws, and its editor edits.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { serve } from "../e2e/serve.mjs"
import { kmeansGoldens } from "../golden/golden.mjs"
import { digestScript, digestsInNode } from "../wasm/everywhere.mjs"
import { startWebKit } from "./driver.mjs"

const dist = new URL("../../web/dist/", import.meta.url).pathname
let webkit
let server
before(async () => {
  server = await serve(dist)
  webkit = await startWebKit()
})
after(async () => {
  await webkit?.close()
  server.close()
})

const status = (pattern) => webkit.until(`${pattern}.test(document.querySelector("#status").textContent) && document.querySelector("#status").textContent`)

async function open(query) {
  await webkit.go(`${server.origin}/${query}`)
  await webkit.until(`document.querySelector(".editor")?.shadowRoot?.querySelector(".cm-content") && !document.querySelector("#transport .primary").disabled`)
}

test("Old Faithful converges to scikit-learn's inertia, and is drawn", async () => {
  const { inertia } = kmeansGoldens().find((g) => g.dataset === "faithful").runs[0]
  await open("?data=faithful&theme=light")
  await webkit.evaluate(`(() => { const speed = document.querySelector("#speed"); speed.value = "Infinity"; speed.dispatchEvent(new Event("change", { bubbles: true })) })()`)
  await webkit.click("#transport .primary")
  const said = await status(/Converged/)
  assert.ok([...said.matchAll(/\d[\d,]*\.?\d*/g)].some(([n]) => Math.abs(Number(n.replaceAll(",", "")) - inertia) < 0.01), `${said} shows ${inertia}`)
  const png = await webkit.screenshot("canvas.surface")
  const colours = await webkit.evaluate(`(async () => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob("${png}"), (c) => c.charCodeAt(0))]))
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
    context.drawImage(image, 0, 0)
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size
  })()`)
  assert.ok(colours > 4, `${colours} colours`)
})

test("a control edits the program, and the run follows it", async () => {
  await open("?data=blobs&k=3&seed=1")
  await webkit.click("#p-k")
  await webkit.evaluate(`document.querySelector("#p-k").select()`)
  await webkit.type("#p-k", "4")
  const text = `[...document.querySelector(".editor").shadowRoot.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\\n")`
  await webkit.until(`/^k = 4\\b/m.test(${text})`)
  await status(/Start: 4/)
})

test("digests and pictures in this browser are those of node", async () => {
  assert.deepEqual(await webkit.evaluate(digestScript()), digestsInNode())
})

test("nothing is asked of another origin", async () => {
  const asked = await webkit.evaluate(`performance.getEntriesByType("resource").map((entry) => entry.name)`)
  assert.ok(asked.length > 5)
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.origin) && !/^(data|blob):/.test(url)), [])
})

test("the single file runs in a sandbox that allows scripts alone", async () => {
  await webkit.go(`${server.origin}/licenses.txt`)
  await webkit.evaluate(`(() => {
    const frame = document.createElement("iframe")
    frame.sandbox = "allow-scripts"
    frame.src = "${server.origin}/kmeans.html?embed=1&data=faithful"
    frame.style.cssText = "width: 800px; height: 450px"
    document.body.append(frame)
  })()`)
  await webkit.frame("iframe")
  await webkit.until(`document.querySelector("#transport .primary:enabled") !== null`)
  await webkit.evaluate(`(() => { const speed = document.querySelector("#speed"); speed.value = "Infinity"; speed.dispatchEvent(new Event("change")) })()`)
  // A click by the driver does not reach the button in this frame.
  await webkit.evaluate(`document.querySelector("#transport .primary").click()`)
  await status(/Converged/)
  await webkit.frame(null)
})
