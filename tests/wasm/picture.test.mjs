// What the view draws, in WebAssembly: as natively, and the same whether it is drawn anew or brought up to date.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { Engine, root, wasmModule } from "./engine.mjs"
import { tables } from "./everywhere.mjs"
import { picturesOf } from "./pictures.mjs"

test("pictures are those of the native builds", () => {
  const expected = readFileSync(new URL("tests/golden/pictures.txt", root), "utf8")
  assert.deepEqual(picturesOf(wasmModule(), tables), expected.trim().split("\n"))
})

/** Small numbers that look random: 0 to below `most`. */
function random(seed) {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

test("a density of which only what has changed is drawn anew is, byte for byte, the one drawn anew", () => {
  const [N, K, WIDTH, HEIGHT] = [30_000, 9, 190, 130]
  const engine = new Engine(), { x, e } = engine, below = random(5)
  const columns = x.km_alloc(16 * N), labels = x.km_alloc(4 * N), before = x.km_alloc(4 * N)
  x.km_make_shape(tables.shapes.indexOf("uniform"), N, 0, 1, 1, columns, before)
  engine.check(x.km_load(e, columns, 0, N, 2))
  for (let i = 0; i < N; i++) engine.i32(labels, N)[i] = i % K
  const colors = engine.copyIn(Array.from({ length: K }, (_, j) => 0xff000000 + j * 0x152f3a), Uint32Array)
  const views = [x.km_view_create(), x.km_view_create()]
  for (const view of views) {
    engine.check(x.km_view_columns(view, e, 0, 1))
    engine.check(x.km_view_resize(view, WIDTH, HEIGHT))
    x.km_view_palette(view, colors, K, 0xff808080, 0xffffffff)
  }
  const [x0, y0, x1, y1] = engine.f64(x.km_view_bounds(views[0]), 4)
  const scene = { scale: (0.9 * HEIGHT) / (y1 - y0), shift: 0, blend: 1, moved: 0, fades: false, radius: 0.5 }
  const draw = (view) => {
    const { scale, shift, blend, moved, fades, radius } = scene
    x.km_view_camera(view, scale, shift + (WIDTH - scale * (x0 + x1)) / 2, -scale, (HEIGHT + scale * (y0 + y1)) / 2)
    x.km_view_clear(view)
    x.km_view_points(view, labels, fades ? before : 0, blend, radius, 0.75, moved)
    return Buffer.from(x.memory.buffer, x.km_view_pixels(view), 4 * WIDTH * HEIGHT)
  }
  const changes = [
    () => { scene.fades = !scene.fades },
    () => { scene.blend = below(257) / 256 },
    () => { scene.moved = 1 - scene.moved },
    () => { scene.shift += below(900) / 100 - 4 },
    () => { scene.scale *= below(2) ? 1.4 : 0.8 },
    () => { scene.radius = 0.3 + below(120) / 100 },
    ...Array.from({ length: 6 }, () => () => {
      const from = below(N), which = below(2) ? labels : before
      for (let i = 0; i < 1 + below(40); i++) engine.i32(which, N)[(from + 17 * i) % N] = below(K + 1) - 1
    }),
  ]
  for (let round = 0; round < 150; round++) {
    const kept = draw(views[0])
    x.km_view_palette(views[1], colors, K, 0xff808080, 0xffffffff)
    assert.ok(kept.equals(draw(views[1])), `round ${round}: ${JSON.stringify(scene)}`)
    changes[below(changes.length)]()
  }
})
