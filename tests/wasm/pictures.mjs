// Pictures that must be the same to the byte in every build: tests/golden/pictures.txt has their hashes, and
// tests/c/view_golden_test.c draws them natively. A plain function over the exports, as in digests.mjs.

/** The hashes of all pictures: a density and marks, both over regions and half-way through a cross-fade. */
export function picturesOf(module, tables) {
  const x = new WebAssembly.Instance(module, {}).exports
  x._initialize?.()
  const check = (status) => {
    if (status > 1) throw new Error(`status ${status}`)
  }
  const k = 5, width = 230, height = 170
  const blobs = tables.shapes.indexOf("blobs")
  const doubles = (at, count) => new Float64Array(x.memory.buffer, at, count)
  const hash = (bytes) => bytes.reduce((h, byte) => Math.imul(h ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
  return [[20000, 0.6], [400, 3]].map(([n, radius]) => {
    const columns = x.km_alloc(16 * n), before = x.km_alloc(4 * n), labels = x.km_alloc(4 * n), centroids = x.km_alloc(16 * k)
    const colors = x.km_alloc(4 * k), e = x.km_create(), view = x.km_view_create()
    check(x.km_make_shape(blobs, n, 0.6, 3, 1, columns, before))
    check(x.km_load(e, columns, 0, n, 2))
    for (const [shift, at] of [[0, before], [7, labels]]) {
      for (let j = 0; j < k; j++) for (let t = 0; t < 2; t++) doubles(centroids, 2 * k)[2 * j + t] = doubles(columns, 2 * n)[t * n + j + shift]
      x.km_label_points(e, centroids, k, at)
    }
    new Uint32Array(x.memory.buffer, colors, k).set(Array.from({ length: k }, (_, j) => 0xff000000 + (j + 1) * 0x15b3a1))
    check(x.km_view_columns(view, e, 0, 1))
    check(x.km_view_resize(view, width, height))
    check(x.km_view_palette(view, colors, k, 0xff808080, 0xffffffff))
    const [x0, y0, x1, y1] = doubles(x.km_view_bounds(view), 4)
    const scale = (1.1 * height) / (y1 - y0)
    x.km_view_camera(view, scale, (width - scale * (x0 + x1)) / 2, -scale, (height + scale * (y0 + y1)) / 2)
    x.km_view_clear(view)
    check(x.km_view_regions(view, e, centroids, k, 1, 0.1, 0.35))
    x.km_view_points(view, labels, before, 0.5, radius, 0.75, 1)
    return hash(new Uint8Array(x.memory.buffer, x.km_view_pixels(view), 4 * width * height)).toString(16).padStart(8, "0")
  })
}
