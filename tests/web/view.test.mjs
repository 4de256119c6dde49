// What the views compute: scales and ticks of the picture, numbers in words, readings of the curve.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { ticks } = await load("view/picture/axes.ts")
const { equalScales, fit, toPixel, toPlane } = await load("view/picture/camera.ts")
const { axesOf } = await load("view/picture/units.ts")
const { centroidsNow, path } = await load("view/picture/motion.ts")
const { spokesAt } = await load("controller/paint.ts")
const { closer, pan, WHOLE, zoomAt } = await load("view/picture/zoom.ts")
const { count, figure, percent, value } = await load("view/format.ts")
const { readings } = await load("view/chart-panel.ts")
const { riseCause } = await load("view/rise.ts")
const { events } = await load("generated/late.ts")
const { leftOut } = await load("view/story.ts")

test("ticks are multiples of 1, 2 or 5 times a power of ten, inside the range", () => {
  assert.deepEqual(ticks(0, 10, 5), { step: 2, values: [0, 2, 4, 6, 8, 10] })
  assert.deepEqual(ticks(43, 96, 6).values, [50, 60, 70, 80, 90])
  assert.deepEqual(ticks(10, 0, 5).values, ticks(0, 10, 5).values)
  assert.deepEqual(ticks(3, 3, 5).values, [])
  assert.deepEqual(ticks(0, Number.NaN, 5).values, [])
  for (const [a, b] of [
    [-1e-7, 3e-7],
    [-1e12, 5e12],
    [1e8, 1e8 + 3],
  ]) {
    const { step, values } = ticks(a, b, 6)
    assert.ok(values.length >= 3 && values.length <= 13, `${values.length} ticks from ${a} to ${b}`)
    assert.ok(values.every((v) => v >= a - step * 1e-9 && v <= b + step * 1e-9))
  }
})

test("a camera shows the whole extent, up is up, and turns back", () => {
  for (const equal of [true, false]) {
    const camera = fit([-2, 10, 4, 70], 800, 400, equal)
    for (const [x, y] of [
      [-2, 10],
      [4, 70],
    ]) {
      const [px, py] = toPixel(camera, x, y)
      assert.ok(px >= 0 && px <= 800 && py >= 0 && py <= 400)
      const [bx, by] = toPlane(camera, px, py)
      assert.ok(Math.abs(bx - x) < 1e-9 && Math.abs(by - y) < 1e-9)
    }
    assert.ok(toPixel(camera, 0, 70)[1] < toPixel(camera, 0, 10)[1])
    if (equal) assert.equal(camera.sx, -camera.sy)
  }
})

test("an extent of zero still has a scale", () => {
  for (const bounds of [
    [1, 1, 1, 1],
    [1, 0, 1, 5],
    [0, 2, 9, 2],
  ])
    for (const equal of [true, false]) {
      const camera = fit(bounds, 300, 200, equal)
      assert.ok(Object.values(camera).every(Number.isFinite) && camera.sx > 0 && camera.sy < 0)
      const [px, py] = toPixel(camera, (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
      assert.ok(Math.abs(px - 150) < 1e-6 && Math.abs(py - 100) < 1e-6)
    }
})

const columns = { kind: "columns", x: 0, y: 1 }
const info = { d: 2, names: ["a_b", "c"], standardized: false, scale: [1, 1], offset: [0, 0] }

test("a unit is as long across as up unless the ranges are far apart", () => {
  const at = (bounds, more = {}, plane = columns) =>
    equalScales({ plane, bounds, shares: [1, 0] }, { ...info, ...more })
  assert.equal(at([0, 0, 3, 5]), true)
  assert.equal(at([1.6, 43, 5.1, 96]), false)
  assert.equal(at([0, 0, 1, 0.1]), false)
  assert.equal(at([1.6, 43, 5.1, 96], { standardized: true }), true)
  assert.equal(at([0, 0, 1, 9], {}, { kind: "pca" }), true)
  assert.equal(at([0, -1, 5, 1], { d: 1 }), false)
})

test("zooming keeps the place under the pointer, and the part shown within the whole", () => {
  const [width, height] = [800, 400]
  const whole = fit([-2, 10, 4, 70], width, height, false)
  assert.deepEqual(closer(whole, WHOLE, width, height), whole)
  const zoom = zoomAt(WHOLE, 4, 0.3, 0.8)
  const [x, y] = toPlane(whole, 0.3 * width, 0.8 * height)
  const [px, py] = toPixel(closer(whole, zoom, width, height), x, y)
  assert.ok(Math.abs(px - 0.3 * width) < 1e-9 && Math.abs(py - 0.8 * height) < 1e-9)
  assert.equal(closer(whole, zoom, width, height).sx, 4 * whole.sx)
  // Moved, the picture follows the pointer; but not beyond its edges.
  const moved = pan(zoom, 0.1, -0.05)
  assert.ok(Math.abs(moved.x - zoom.x - 0.1) < 1e-12 && Math.abs(moved.y - zoom.y + 0.05) < 1e-12)
  assert.deepEqual(pan(zoom, 9, -9), { scale: 4, x: 0, y: -3 })
  assert.deepEqual(pan(WHOLE, 0.2, 0.2), WHOLE)
  assert.deepEqual(zoomAt(zoom, 0.01, 0.5, 0.5), WHOLE)
  assert.ok(zoomAt(zoom, 1e9, 0.5, 0.5).scale <= 1000)
})

test("axes are in original units and say what a component explains", () => {
  const plane = { plane: { kind: "columns", x: 1, y: 0 }, bounds: [0, 0, 1, 1], shares: [0.5, 0.25] }
  const [x, y] = axesOf(plane, { ...info, scale: [2, 3], offset: [10, 20] })
  assert.deepEqual([x.title, x.scale, x.offset], ["c", 3, 20])
  assert.deepEqual([y.title, y.scale, y.offset], ["a b", 2, 10])
  assert.match(axesOf({ ...plane, plane: { kind: "pca" } }, info)[0].title, /PC 1 \(50\.0% of the variance\)/)
  assert.equal(axesOf(plane, { ...info, d: 1 })[1].measured, false)
})

test("centroids glide from the frame before to an update, and only then", () => {
  const frame = (kind, drawn) => ({ kind, drawn: Float64Array.from(drawn) })
  const frames = [frame("start", [0, 0]), frame("assign", [0, 0]), frame("update", [10, 20])]
  const store = (cursor, progress, preview = null) => ({
    frames: { value: frames },
    cursor: { value: cursor },
    frame: { value: frames[cursor] },
    progress: { value: progress },
    preview: { value: preview },
  })
  assert.deepEqual([...centroidsNow(store(2, 0))], [0, 0])
  assert.deepEqual([...centroidsNow(store(2, 0.5))], [5, 10])
  assert.deepEqual([...centroidsNow(store(2, 1))], [10, 20])
  assert.deepEqual([...centroidsNow(store(1, 0.5))], [0, 0])
  assert.deepEqual([...centroidsNow(store(2, 1, { drawn: Float64Array.of(7, 7) }))], [7, 7])
  assert.equal(path(frames, 1).length, 1)
  assert.equal(path(frames, 2).length, 2)
})

test("lines join members and centroids on the way to the first update, unless it is a mini-batch's", () => {
  const frames = ["start", "assign", "update", "assign", "update"].map((kind, i) => ({ kind, drawn: Float64Array.of(10 * i, 0) }))
  const at = (index, share, batch = 0) => spokesAt({ frames: { value: frames }, params: { value: { batch } } }, index, share)
  assert.deepEqual([...at(2, 0.5).centers], [15, 0])
  const opacity = (share) => at(2, share).opacity
  assert.equal(opacity(0), 0)
  assert.ok(opacity(0.1) > 0 && opacity(0.1) < opacity(0.2))
  assert.equal(opacity(0.5), opacity(1))
  for (const [index, share, batch] of [[0, 1], [1, 0.5], [3, 0.5], [4, 0.5], [2, 0.5, 100]]) assert.equal(at(index, share, batch), null)
})

test("numbers", () => {
  assert.equal(count(1234567), "1,234,567")
  assert.equal(percent(0.12345), "12.3%")
  assert.equal(figure(8901.76872), "8,901.77")
  assert.equal(figure(null), "–")
  assert.equal(figure(Number.NaN), "–")
  assert.equal(figure(1.5e12), "1.5000e+12")
  assert.equal(figure(0), "0")
  assert.equal(value(2.0943, 0.01), "2.09")
  assert.equal(value(-0.001, 0.1), "0.0")
  assert.equal(value(54, 5), "54")
})

test("readings place an update half an iteration on and mark only true rises", () => {
  const list = readings([
    { kind: "start", iteration: 0, inertia: null },
    { kind: "assign", iteration: 1, inertia: 10 },
    { kind: "update", iteration: 1, inertia: 10 * (1 + 1e-15) },
    { kind: "assign", iteration: 2, inertia: 11 },
  ])
  assert.deepEqual(
    list.map(({ at }) => at),
    [1, 1.5, 2],
  )
  assert.deepEqual(
    list.map(({ rise }) => rise),
    [false, false, true],
  )
})

test("a rise is told with what caused it", () => {
  const signal = (value) => ({ value })
  const told = (values = {}, functions = {}, diagnostics = []) => ({ params: signal(values), functions: signal(functions), diagnostics: signal(diagnostics) })
  const frame = (kind, ...names) => ({ kind, events: names.map((name) => ({ type: events.findIndex((event) => event.name === name) })) })
  const mismatch = { code: "mismatch", message: "The mean does not minimise the sum of Manhattan distances, so the inertia may rise; the median does." }
  assert.match(riseCause(frame("update", "min_size_split"), told({ min_size: 5 })), /^min_size split a cluster/)
  assert.match(riseCause(frame("update"), told({ batch: 50 })), /^a mini-batch/)
  assert.match(riseCause(frame("assign", "empty_split"), told({ distance: 1, center: 1 })), /^a cluster was split at its mean to fill an empty one/)
  // The update after a split is as good as its center.
  assert.equal(riseCause(frame("update", "empty_split"), told({}, {}, [mismatch])), "the mean does not minimise the sum of Manhattan distances.")
  assert.match(riseCause(frame("update"), told({}, { distance: 1 })), /^the mean does not minimise the program's own distance/)
  assert.match(riseCause(frame("update"), told({}, { center: 1 })), /^the program's own center is not the one/)
})

test("rows left out are told with the first of them", () => {
  assert.equal(leftOut({ dropped: 0, firstDropped: 0 }), "")
  assert.equal(leftOut({ dropped: 1, firstDropped: 4 }), "1 row with a missing cell was left out: row 4.")
  assert.equal(leftOut({ dropped: 2, firstDropped: 4 }), "2 rows with missing cells were left out, the first is row 4.")
})
