// make bench-page: what the page does with its time, in Chromium. Printed, not asserted: the machine may be shared, and
// how much longer than alone a thread took meanwhile is printed beside each row.
import { hurry, startBrowser } from "../e2e/browser.mjs"
import { startStretch } from "../e2e/stretch.mjs"
import { forget, openWatched, scenarios, seen } from "../e2e/watch.mjs"
import { Engine, textsOf } from "../wasm/engine.mjs"
import { median } from "./median.mjs"

const ms = (value) => value.toFixed(1).padStart(8)

// --- pictures, in the module alone: 1280 x 720, k = 10, processor time, least and median of 12 x 4 ---
// A view keeps what it drew of many points, and a new palette makes it forget: "anew" is such a picture. A frame of a
// drag is what the worker does for it: labels, sizes and inertia, paper, regions, and the points that changed.

const [WIDTH, HEIGHT, K] = [1280, 720, 10]
const defaults = { blobs: [0.6, 3], uniform: [0, 1], grid: [0.35, 10] }
console.log(`Drawing in WebAssembly, ${WIDTH} x ${HEIGHT}, k = ${K}: least / median ms of processor time. Budgets: points 2, 5 and 25; regions 8.\n`)
console.log("data             n      points anew       fade, moved, anew  regions           points again      a frame of a drag")
for (const [shape, [noise, dial]] of Object.entries(defaults))
  for (const n of [10_000, 100_000, 1_000_000]) {
    const engine = new Engine()
    const { x, e } = engine
    const columns = x.km_alloc(16 * n)
    const before = x.km_alloc(4 * n)
    x.km_make_shape(textsOf("shapes").indexOf(shape), n, noise, dial, 1, columns, before)
    engine.check(x.km_load(e, columns, 0, n, 2))
    x.km_free(columns)
    engine.set("k", K)
    engine.check(x.km_init(e, 0))
    x.km_half_step(e)
    new Uint8Array(x.memory.buffer).copyWithin(before, x.km_labels(e), x.km_labels(e) + 4 * n)
    x.km_half_step(e)
    x.km_half_step(e)
    const view = x.km_view_create()
    const colors = engine.copyIn(Array.from({ length: K }, (_, j) => 0xff000000 + j * 0x152f3a), Uint32Array)
    const forget = () => x.km_view_palette(view, colors, K, 0xff808080, 0xffffffff)
    x.km_view_columns(view, e, 0, 1)
    x.km_view_resize(view, WIDTH, HEIGHT)
    const [x0, y0, x1, y1] = engine.f64(x.km_view_bounds(view), 4)
    const scale = 0.88 * Math.min(WIDTH / (x1 - x0), HEIGHT / (y1 - y0))
    x.km_view_camera(view, scale, (WIDTH - scale * (x0 + x1)) / 2, -scale, (HEIGHT + scale * (y0 + y1)) / 2)
    const radius = Math.min(5, Math.max(0.5, Math.sqrt((0.09 * WIDTH * HEIGHT) / (Math.PI * n))))
    const time = (draw) => {
      const times = Array.from({ length: 12 }, () => {
        const from = process.cpuUsage()
        for (let i = 0; i < 4; i++) draw()
        const { user, system } = process.cpuUsage(from)
        return (user + system) / 4000
      })
      return `${ms(Math.min(...times))} /${ms(median(times))}`
    }
    const labels = x.km_labels(e)
    const draw = (labels) => x.km_view_points(view, labels, 0, 1, radius, 0.75, 0)
    const points = time(() => { forget(); draw(labels) })
    const fade = time(() => { forget(); x.km_view_points(view, labels, before, 0.5, radius, 0.75, 1) })
    const regions = time(() => x.km_view_regions(view, e, x.km_centroids(e), K, 1, 0.1, 0.35))
    draw(labels)
    const again = time(() => draw(labels))
    // Centroid 1 goes round, some 7 pixels a frame.
    const start = [...engine.f64(x.km_centroids(e), 2 * K)]
    const [from, to, sizes] = [engine.copyIn(start), engine.copyIn(start), x.km_alloc(4 * K)]
    const dragged = x.km_alloc(4 * n)
    x.km_label_points(e, from, K, dragged)
    let frames = 0
    const frame = time(() => {
      frames++
      engine.f64(from, 2 * K).set(engine.f64(to, 2 * K))
      engine.f64(to, 2).set([start[0] + (80 / scale) * Math.sin(frames / 12), start[1] + (60 / scale) * Math.sin(frames / 17)])
      x.km_relabel_points(e, from, to, K, dragged, sizes)
      x.km_view_clear(view)
      x.km_view_regions(view, e, to, K, 1, 0.1, 0.35)
      draw(dragged)
    })
    console.log(`${shape.padEnd(8)}${String(n).padStart(10)} ${points} ${fade} ${regions} ${again} ${frame}`)
  }

// --- the page ---

const browser = await startBrowser()
const stretch = startStretch()
const page = await openWatched(browser, { query: "?data=grid&k=10&max_iter=20", reducedMotion: "no-preference" })
console.log("\nThe page at a million points: the longest task of the main thread (aim: 50 ms), and the least and median ms from a")
console.log("request to its answer. A thread doing nothing else was held up by the factor in brackets at worst.\n")
const row = (name, { longest, calls }, more = "") => {
  const kinds = [...new Set(calls.map((call) => call.name))].filter((kind) => kind !== "warm")
  const each = kinds.map((kind) => {
    const times = calls.filter((call) => call.name === kind).map((call) => call.ms)
    return `${kind} ${times.length}x ${Math.min(...times).toFixed(1)} / ${median(times).toFixed(1)}`
  })
  console.log(`${name.padEnd(8)} longest ${ms(longest)} (x ${stretch.since().toFixed(1)})  ${each.join(", ")}${more}`)
}
for (const [name, scenario] of Object.entries(scenarios)) {
  await forget(page)
  stretch.since()
  const result = await scenario(page)
  const labelled = result.named("preview").length
  const more = name === "drag" ? `; ${labelled} of 120 moves labelled, ${((1000 * labelled) / result.ms).toFixed(1)} a second (aim: 30)` : ""
  row(name, result, more)
}

// A file of a million rows, 40 MB, made in the page and then dropped on it.
await page.evaluate(() => {
  const line = (i) => `${((i * 0.61803398875) % 10).toFixed(9)},${((i * 0.7548776662) % 10).toFixed(9)},${((i * 0.5698402910) % 99).toFixed(9)},${i % 1000}\n`
  const parts = Array.from({ length: 1000 }, (_, b) => Array.from({ length: 1000 }, (_, i) => line(1000 * b + i)).join(""))
  window.million = new DataTransfer()
  window.million.items.add(new File(["a,b,c,d\n", ...parts], "million.csv", { type: "text/csv" }))
})
await seen(page)
stretch.since()
await page.evaluate(() => {
  const data = window.million
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
})
await page.getByRole("img", { name: /^1,000,000 points of million/ }).waitFor({ timeout: 120_000 })
row("file", await seen(page))

// The first run a person sees, and the tenth: from the first request to the picture of the end, and of it the half-steps.
const PAGES = 5
console.log(`\nA run of 100,000 points to the end, ms to the last picture (of them the half-steps), on ${PAGES} fresh pages:`)
const pages = []
for (let i = 0; i < PAGES; i++) {
  const fresh = await openWatched(browser, { query: "?data=blobs&n=100000&k=10" })
  await hurry(fresh)
  await fresh.waitForFunction(() => window.watched.calls.some(({ name, ok }) => name === "warm" && ok))
  const runs = []
  for (let run = 0; run < 10; run++) {
    await forget(fresh)
    await fresh.getByRole("textbox", { name: "Program" }).press("Control+Enter")
    await fresh.waitForFunction(() => window.watched.calls.some(({ name, ok }) => name === "finish" && ok))
    await fresh.waitForTimeout(300)
    const { calls, named } = await seen(fresh)
    const ends = named("paint").map((call) => call.at + call.ms)
    runs.push({ all: Math.max(...ends) - Math.min(...calls.map((call) => call.at)), finish: named("finish")[0].ms })
  }
  pages.push(runs)
  const told = ({ all, finish }) => `${ms(all)} (${finish.toFixed(1)})`
  console.log(`the first ${told(runs[0])}, the second ${told(runs[1])}, the tenth ${told(runs[9])}, median ${ms(median(runs.map(({ all }) => all)))}`)
  await browser.release()
}
const ratio = (part) => (median(pages.map((runs) => part(runs[0]))) / median(pages.map((runs) => part(runs[9])))).toFixed(2)
console.log(`The first takes ${ratio(({ all }) => all)} times as long as the tenth, its half-steps ${ratio(({ finish }) => finish)} times (x ${stretch.since().toFixed(1)})`)
await stretch.end()
await browser.close()
