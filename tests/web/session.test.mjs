// What the worker does, on the real engine but without a worker: data, runs, and the history of them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { wasmBytes, wasmModule } from "../wasm/engine.mjs"
import { limitMemory } from "../wasm/limit.mjs"
import { load } from "./load.mjs"

const { Session } = await load("engine/session.ts")
const { Wasm, Refusal } = await load("engine/wasm/memory.ts")
const { Stale } = await load("engine/queue.ts")
const { warmUp } = await load("engine/warm.ts")
const { params, shapes } = await load("generated/tables.ts")
const { events, metrics, statuses } = await load("generated/late.ts")

const module = wasmModule()
const names = { params: params.map(({ name }) => name), metrics: metrics.map(({ name }) => name) }
const go = () => {}
const defaults = Object.fromEntries(params.map(({ name, default: value }) => [name, value]))
const number = (param, value) => params.find(({ name }) => name === param).choices.findIndex((choice) => choice.value === value)
const shape = (name, change = {}) => {
  const index = shapes.findIndex((entry) => entry.name === name)
  const { n, noise, dial } = shapes[index]
  return { kind: "shape", name, shape: index, n, noise, dial: dial.default, seed: 1, ...change }
}
const csv = (text, change = {}) => ({ kind: "csv", name: "table", file: new Blob([text]), columns: null, label: null, ...change })

async function session(source, standardize = false) {
  const made = new Session(await Wasm.open(module), names)
  const answer = await made.load({ source, standardize, plane: null }, go, go)
  return { made, ...answer }
}
const start = (made, change = {}, centroids = null) => made.start({ program: "", params: { ...defaults, ...change }, centroids }, go, go)

/** Runs to the end; the labels after every half-step as the engine had them. */
function record(made) {
  const labels = [[]]
  for (let frame = made.advance(); frame; frame = made.advance()) labels.push([...made.engine.labels])
  return labels
}

test("the statuses known by number are those of the table", async () => {
  const { status } = await load("engine/wasm/status.ts")
  for (const [id, code] of Object.entries(status)) assert.equal(statuses[code].id, id)
})

const runs = [
  ["plain", shape("blobs"), { k: 4, seed: 3 }],
  ["many clusters of few points", shape("uniform", { n: 40 }), { k: 30, init: number("init", "random"), seed: 2 }],
  ["more clusters than places", shape("blobs", { n: 12, noise: 0 }), { k: 8 }],
  ["min_size splits", shape("unequal_size"), { k: 9, min_size: 25, seed: 5 }],
  ["empty clusters split", shape("rings"), { k: 40, empty: number("empty", "split"), init: number("init", "first") }],
  ["median and manhattan", shape("anisotropic"), { k: 5, distance: number("distance", "manhattan"), center: number("center", "median") }],
  ["stopped by max_iter", shape("grid"), { k: 20, max_iter: 3 }],
]
for (const [name, source, change] of runs)
  test(`labels of past frames are those the engine had: ${name}`, async () => {
    const { made } = await session(source)
    await start(made, change)
    const labels = record(made)
    assert.ok(labels.length > 2)
    const order = [...labels.keys()].sort((a, b) => ((a * 7) % 5) - ((b * 7) % 5))
    for (const index of order)
      if (index === 0) assert.equal(made.labels.at(index), null)
      else assert.deepEqual([...made.labels.at(index).i32], labels[index], `frame ${index} of ${labels.length}`)
  })

test("every assign tells how it was done, and keeps its boxes while there are any", async () => {
  const { made } = await session(shape("blobs", { n: 5000 }))
  await start(made, { k: 5 })
  for (let frame = made.advance(); frame; frame = made.advance()) {
    const cells = made.cells.at(frame.index)
    assert.ok(frame.ms >= 0)
    if (frame.kind === "update") {
      assert.equal(frame.work, null)
      assert.equal(cells, made.cells.at(frame.index - 1))
      continue
    }
    assert.equal(frame.work.method, "boxes")
    assert.ok(frame.work.touched < 5000 && frame.work.distances < 5 * 5000)
    const labels = [...cells.labels.i32]
    assert.deepEqual(cells.count, { whole: labels.filter((label) => label >= 0).length, mixed: labels.filter((label) => label < 0).length })
    assert.equal(cells.boxes.bytes, 32 * labels.length)
  }
  assert.notEqual(made.cells.at(1), made.cells.at(3), "those of past assigns stay")
  await start(made, { k: 5 })
  assert.equal(made.cells.at(1), null)

  const few = (await session(shape("blobs"))).made
  await start(few, { k: 3 })
  const { work } = few.advance()
  assert.deepEqual(work, { method: "brute force", touched: few.engine.n, distances: 3 * few.engine.n })
  assert.equal(few.cells.at(1), null)

  const wide = (await session(csv(`a,b,c,d\n${Array.from({ length: 3000 }, (_, i) => [i % 7, i % 11, i % 13, i % 17].join()).join("\n")}`))).made
  await start(wide, { k: 3 })
  assert.equal(wide.advance().work.method, "bounds")
})

test("data that memory has no room for are refused, and the run that is shown goes on", async () => {
  const plan = [["blobs", { n: 300_000 }, false], ["uniform", { n: 300_000 }, true]]
  let refused = 0
  for (let MiB = 17; MiB <= 47; MiB += 2) {
    const made = new Session(await Wasm.open(new WebAssembly.Module(limitMemory(wasmBytes(), MiB * 2 ** 20))), names)
    await made.load({ source: shape("moons"), standardize: false, plane: null }, go, go)
    await start(made, { k: 3, seed: 2 })
    const first = made.advance()
    for (const [name, change, standardize] of plan) {
      const loaded = await made.load({ source: shape(name, change), standardize, plane: null }, go, go).catch((error) => error)
      if (!(loaded instanceof Error)) break
      refused++
      assert.ok(loaded instanceof Refusal, loaded.stack)
      assert.match(loaded.message, /not enough memory/)
      assert.equal(made.history.frames.length, 2, "the run is still there")
      assert.deepEqual(made.preview({ drawn: first.drawn, from: first.centroids }).sizes, first.sizes, "and so are the points")
    }
    if (made.history.frames.length === 2) assert.equal(made.advance().kind, "update")
    await made.load({ source: shape("rings"), standardize: true, plane: null }, go, go)
  }
  assert.ok(refused > 5, `${refused} refused`)
})

test("data that are kept come back after others, points added by hand and all", async () => {
  const { made } = await session(csv("a,b\n1,2\n3,4\n5,7"), true)
  const mine = made.addPoint({ x: 2, y: 0.5 }).data
  const centroids = async () => (await start(made, { k: 4, init: number("init", "first") })).frame.centroids
  const before = await centroids()
  made.keep()
  await made.load({ source: shape("moons"), standardize: false, plane: null }, go, go)
  await made.load({ source: shape("rings"), standardize: false, plane: null }, go, go)
  const { data } = await made.load({ source: { kind: "kept" }, standardize: true, plane: null }, go, go)
  assert.deepEqual(data, mine)
  assert.equal(data.n, 4)
  assert.deepEqual(await centroids(), before)
  await assert.rejects(made.load({ source: { kind: "kept" }, standardize: false, plane: null }, go, go), Refusal)
  assert.equal((await start(made, { k: 2 })).k, 2, "what is loaded stays")
})

test("a run that repairs clusters is among the cases", async () => {
  const { made } = await session(runs[3][1])
  await start(made, runs[3][2])
  record(made)
  const seen = made.history.frames.flatMap((frame) => frame.events.map(({ type }) => events[type].name))
  assert.ok(seen.includes("min_size_split"), seen.join())
})

test("frames alternate, the inertia falls, the last is done and its sizes sum to n", async () => {
  const { made, data } = await session(shape("moons"))
  const { frame } = await start(made, { k: 6, seed: 4 })
  const frames = [frame, ...(await made.finish(go))]
  assert.deepEqual(frames.map(({ index }) => index), [...frames.keys()])
  assert.deepEqual(frames.map(({ kind }) => kind), frames.map((_, i) => (i === 0 ? "start" : i % 2 ? "assign" : "update")))
  for (let i = 2; i < frames.length; i++) assert.ok(frames[i].inertia <= frames[i - 1].inertia * (1 + 1e-12))
  const last = frames.at(-1)
  assert.ok(last.done && last.converged)
  assert.equal(last.sizes.reduce((a, b) => a + b), data.n)
  assert.equal(made.advance(), null)
  assert.deepEqual(await made.finish(go), [])
})

test("the run shown after restarts is that of the best", async () => {
  const { made } = await session(shape("grid"))
  const progress = []
  const { restarts, best, frame } = await made.start(
    { program: "", params: { ...defaults, k: 9, restarts: 12, init: number("init", "random"), seed: 5 }, centroids: null }, go, (done) => progress.push(done))
  assert.equal(restarts.length, 12)
  assert.deepEqual(restarts.map(({ seed }) => seed), [...Array(12).keys()].map((r) => r + 5))
  assert.equal(restarts[best].inertia, Math.min(...restarts.map(({ inertia }) => inertia)))
  assert.equal(frame.index, 0)
  const end = (await made.finish(go)).at(-1)
  assert.equal(end.inertia, restarts[best].inertia)
  assert.equal(end.iteration, restarts[best].iterations)
})

test("restarts shared by workers give what one gives, however they are cut", async () => {
  const { bestOf, pieces } = await load("engine/pool.ts")
  const change = { k: 9, restarts: 13, init: number("init", "random"), seed: 5 }
  const params = { ...defaults, ...change }
  const { made } = await session(shape("grid"))
  const alone = await start(made, change)
  const { points } = made.record({ points: true })
  for (const workers of [1, 3, 4]) {
    const sharing = await Promise.all(Array.from({ length: workers }, async () => {
      const worker = new Session(await Wasm.open(module), names)
      worker.adopt({ points, n: made.engine.n, d: 2 })
      return worker
    }))
    const list = []
    for (const [i, [from, count]] of pieces(13, workers).entries()) {
      const found = await sharing[i % workers].race({ program: "", params, from, count }, go, go)
      assert.equal(found.length, count)
      found.forEach((restart, r) => { list[from + r] = restart })
    }
    assert.deepEqual(list, alone.restarts)
    assert.equal(bestOf(list), alone.best)
    const raced = await made.start({ program: "", params, centroids: null, raced: { list, best: bestOf(list) } }, go, go)
    assert.deepEqual(raced.frame.centroids, alone.frame.centroids)
  }
  assert.deepEqual(pieces(3, 4), [[0, 1], [1, 1], [2, 1]])
  assert.equal(bestOf([{ inertia: 5 }, { inertia: 5 * (1 - 1e-13) }, { inertia: 4 }, { inertia: 4 }]), 2)
})

test("warming up touches neither data nor run, leaves no memory taken, and ends when asked to", async () => {
  const wasm = await Wasm.open(module)
  const made = new Session(wasm, names)
  await made.load({ source: shape("blobs"), standardize: false, plane: null }, go, go)
  await start(made, { k: 4 })
  made.advance()
  const { inertia, centroids } = made.engine
  await warmUp(wasm, names, 1e5, go)
  assert.deepEqual([made.engine.inertia, made.engine.centroids, made.engine.n], [inertia, centroids, 300])
  const { byteLength } = wasm.exports.memory.buffer
  for (let asked = 0; asked < 9; asked += 2) {
    let left = asked
    const check = () => {
      if (left-- === 0) throw new Stale()
    }
    await assert.rejects(warmUp(wasm, names, 1e5, check), Stale)
  }
  assert.equal(wasm.exports.memory.buffer.byteLength, byteLength)
  assert.equal(made.advance().kind, "update")
})

test("restarts that a newer request makes pointless stop, and the old run cannot go on", async () => {
  const { made } = await session(shape("grid", { n: 20000, dial: 20 }))
  let asked = 0
  const check = () => {
    if (++asked > 1) throw new Stale()
  }
  await assert.rejects(made.start({ program: "", params: { ...defaults, k: 400, restarts: 1000 }, centroids: null }, check, go), Stale)
  assert.throws(() => made.advance(), Stale)
  await start(made, { k: 3 })
  assert.equal(made.advance().kind, "assign")
})

test("what the engine refuses leaves the run as it was", async () => {
  const { made } = await session(shape("blobs", { n: 20 }))
  await start(made, { k: 3 })
  made.advance()
  await assert.rejects(start(made, { k: 21 }), (error) => error instanceof Refusal && /21/.test(error.message) && /20/.test(error.message))
  assert.equal(made.advance().kind, "update")
  await assert.rejects(made.load({ source: csv("a,b\n1,2\n3"), standardize: false, plane: null }, go, go), Refusal)
  assert.equal(made.advance().iteration, 2)
})

test("standardized data are given back in original units", async () => {
  const { made, data } = await session(csv("x,y\n1,100\n2,300\n4,200\n9,800\n"), true)
  for (const t of [0, 1]) {
    const column = [[1, 2, 4, 9], [100, 300, 200, 800]][t]
    const mean = column.reduce((a, b) => a + b) / 4
    assert.ok(Math.abs(data.offset[t] - mean) < 1e-12)
    assert.ok(Math.abs(data.scale[t] - Math.sqrt(column.reduce((a, v) => a + (v - mean) ** 2, 0) / 4)) < 1e-12)
  }
  await start(made, { k: 2 })
  made.advance()
  const [x, y] = [(9 - data.offset[0]) / data.scale[0], (800 - data.offset[1]) / data.scale[1]]
  assert.deepEqual(made.pick({ x, y, radius: 0.1, index: 1 }).values, [9, 800])
  assert.equal(made.pick({ x: 50, y: 50, radius: 0.1, index: 1 }), null)
  const again = await made.load({ source: { kind: "current" }, standardize: false, plane: null }, go, go)
  assert.deepEqual([again.data.scale, again.data.offset, again.data.n], [[1, 1], [0, 0], 4])
})

test("points are added and removed, and labels go with them", async () => {
  const { made, data } = await session(shape("blobs", { n: 30 }))
  assert.equal(data.label, "group")
  const fewer = made.removePoint({ x: 0, y: 0, radius: 1e6 })
  assert.equal(fewer.data.n, 29)
  assert.equal(fewer.data.label, "group")
  await start(made, { k: 3 })
  await made.finish(go)
  assert.equal(typeof made.metrics().values.ari, "number")
  const more = made.addPoint({ x: 2.5, y: -1.25 })
  assert.deepEqual([more.data.n, more.data.label], [30, null])
  assert.deepEqual(made.pick({ x: 2.5, y: -1.25, radius: 1e-3, index: 0 }).values, [2.5, -1.25])
  await start(made, { k: 3 })
  await made.finish(go)
  assert.equal(made.metrics().values.ari, null)
  assert.equal(made.removePoint({ x: 1e6, y: 1e6, radius: 1 }), null)
})

test("a preview touches no run, and leaves centroids that stay exactly where they are", async () => {
  const { made } = await session(csv(Array.from({ length: 30 }, (_, i) => [i, i * i % 7, (3 * i) % 11]).join("\n")))
  const { frame } = await start(made, { k: 3 })
  const drawn = frame.drawn.slice()
  drawn[0] += 1.5
  const { centroids, sizes, inertia } = made.preview({ drawn, from: frame.centroids })
  assert.deepEqual([...centroids.slice(3)], [...frame.centroids.slice(3)])
  assert.notDeepEqual([...centroids.slice(0, 3)], [...frame.centroids.slice(0, 3)])
  assert.equal(sizes.reduce((a, b) => a + b), 30)
  const given = await start(made, {}, centroids)
  assert.deepEqual(given.frame.centroids, centroids)
  assert.equal(made.advance().inertia, inertia)
})

test("changing the plane moves the drawn centroids of every frame", async () => {
  const { made } = await session(csv(Array.from({ length: 30 }, (_, i) => [i, i * i % 7, (3 * i) % 11]).join("\n")))
  await start(made, { k: 3 })
  await made.finish(go)
  const { plane, drawn } = made.plane({ plane: { kind: "columns", x: 2, y: 0 } })
  assert.deepEqual(plane.plane, { kind: "columns", x: 2, y: 0 })
  made.history.frames.forEach(({ centroids }, i) => {
    assert.deepEqual([...drawn[i]], [0, 1, 2].flatMap((j) => [centroids[3 * j + 2], centroids[3 * j]]))
  })
})

test("a table: label found by name or as the only text, row numbers left out, choices kept", async () => {
  const byName = await session(csv("a,class,b\n1,0,2\n3,1,4\n5,1,6\n"))
  assert.deepEqual([byName.data.names, byName.data.label, byName.data.labelTexts], [["a", "b"], "class", []])
  const byText = await session(csv("id,a,kind,b\n1,1,red,2\n2,3,blue,4\n3,5,red,6\n4,7,blue,9\n"))
  assert.deepEqual([byText.data.names, byText.data.label, byText.data.labelTexts], [["a", "b"], "kind", ["red", "blue"]])
  assert.deepEqual(byText.data.columns.map(({ name, numeric }) => [name, numeric]), [["id", true], ["a", true], ["kind", false], ["b", true]])
  const frame = await session(csv(",x,y\n0,1,2\n1,3,4\n2,5,7\n"))
  assert.deepEqual(frame.data.names, ["x", "y"])
  const bare = await session(csv("0,1\n1,3\n2,5\n"))
  assert.deepEqual(bare.data.names, ["column 1", "column 2"])
  const holes = csv("a,b,c\n1,,5\n2,,6\n3,NA,\n", { columns: ["a", "c"], label: "" })
  assert.deepEqual([(await session(holes)).data.n, (await session(holes)).data.dropped], [2, 1])
  const chosen = await session(csv("id,a,kind,b\n1,1,red,2\n2,3,blue,4\n3,5,red,6\n", { columns: ["b", "id"], label: "" }))
  assert.deepEqual([chosen.data.names, chosen.data.label], [["b", "id"], null])
})

test("a table that cannot be clustered is refused with its place or its cause", async () => {
  const cases = [
    ["a,b\n1,2\n3\n", /row 3/i],
    ["a,b\n1,2\n3,1e999\n", /row 3/i],
    ["name,kind\nx,y\nz,w\nu,v\n", /no column of numbers/],
    ["a,b\n", /no row of data/],
    ["a,b\n1,\n,2\n", /row|missing/i],
  ]
  for (const [text, message] of cases) await assert.rejects(session(csv(text)), (error) => error instanceof Refusal && message.test(error.message), text)
  await assert.rejects(session(csv("a,b\n1,2\n3,4\n", { columns: ["c"], label: "" })), /no column “c”/)
  await assert.rejects(session(csv("a,b\n1,x\n3,y\n4,z\n", { columns: ["b"], label: "" })), /is text/)
})
