import { type Check, inSlices } from "./queue"
import { Engine } from "./wasm/engine"
import type { Wasm } from "./wasm/memory"
import { makeShape } from "./wasm/shapes"
import { View } from "./wasm/view"

/** Small enough to be quick, large enough for the paths that a million points take. */
const POINTS = 20_000
const K = 10
/** Engines compile a function in full after it has run for a while. */
const ROUNDS = 12
const SIDE = 256

/** Fits and draws data of its own. */
export async function warmUp(wasm: Wasm, check: Check): Promise<void> {
  const { columns, truth } = makeShape(wasm, 0, POINTS, 0.6, 3, 0)
  const engine = new Engine(wasm)
  const view = new View(wasm)
  const labels = wasm.alloc(truth.byteLength)
  try {
    engine.load(columns, POINTS, 2)
    view.columns(engine, 0, 1)
    view.resize(SIDE, SIDE)
    view.palette({ clusters: [0xff0000ff, 0xffff0000], unassigned: 0xff808080, paper: 0xffffffff, accent: 0xff6b6217 })
    const [x0, y0, x1, y1] = view.bounds
    const scale = SIDE / Math.max(x1 - x0, y1 - y0)
    view.camera({ sx: scale, tx: -scale * x0, sy: -scale, ty: scale * y1 })
    const centroids = Float64Array.from({ length: 2 * K }, (_, i) => columns.f64[(i % 2) * POINTS + (i >> 1)])
    const draw = (radius: number) => {
      view.clear()
      view.regions(engine, centroids, 1, 0.1, 0.3)
      view.points(labels, null, 1, radius, 0.75, false)
    }
    let rounds = 0
    await inSlices(
      () => {
        engine.initAt(centroids)
        engine.halfStep()
        engine.halfStep()
        engine.labelPoints(centroids, labels)
        draw(rounds % 2 ? 0.5 : 1.5)
        // As in a drag: one centroid moves, and few points change.
        const dragged = centroids.map((value, i) => (i < 2 ? value + 0.1 : value))
        engine.labelPoints(dragged, labels, centroids)
        draw(0.5)
        return ++rounds < ROUNDS
      },
      check,
      () => {},
    )
  } finally {
    labels.free()
    columns.free()
    view.free()
    engine.free()
  }
}
