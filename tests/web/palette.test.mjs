// The claims of web/src/view/palette.ts, recomputed: contrast by WCAG 2.2, colour vision deficiency by the matrices of
// Machado, Oliveira and Fernandes (2009) at severity 1, differences in Oklab.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { load } from "./load.mjs"

const { clusterColors, palettes, workerTheme } = await load("view/palette.ts")

const linear = (hex) =>
  [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
const luminance = (hex) => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const times = (matrix, v) => matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
const visions = {
  normal: (v) => v,
  deuteranopia: (v) =>
    times(
      [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
      ],
      v,
    ),
  protanopia: (v) =>
    times(
      [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ],
      v,
    ),
}
const clip = (v) => v.map((c) => Math.min(1, Math.max(0, c)))
const oklab = (v) => {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    v,
  ).map(Math.cbrt)
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  )
}
const closest = (colors, see) => {
  const places = colors.map((hex) => oklab(clip(see(linear(hex)))))
  let least = Number.POSITIVE_INFINITY
  for (const [i, a] of places.entries())
    for (const b of places.slice(0, i)) least = Math.min(least, 100 * Math.hypot(...a.map((x, t) => x - b[t])))
  return least
}

/** The colours of styles/tokens.css, by theme. */
const tokens = { light: {}, dark: {} }
const css = readFileSync(new URL("../../web/src/styles/tokens.css", import.meta.url), "utf8")
for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)) {
  tokens.light[name] = light
  tokens.dark[name] = dark
}

for (const scheme of ["light", "dark"])
  test(`${scheme}: texts have 4.5:1, edges of controls 3:1`, () => {
    const { paper, sheet, wash, ink, muted, accent, rise, edge, "on-accent": onAccent } = tokens[scheme]
    for (const ground of [paper, sheet, wash]) {
      for (const colour of [ink, muted, accent, rise]) assert.ok(contrast(colour, ground) >= 4.5, `${colour} on ${ground}: ${contrast(colour, ground).toFixed(2)}`)
      assert.ok(contrast(edge, ground) >= 3, `${edge} on ${ground}: ${contrast(edge, ground).toFixed(2)}`)
    }
    assert.ok(contrast(onAccent, accent) >= 4.5)
  })

// About 2 is a difference one just notices side by side.
const apart = { light: 6, dark: 8 }

for (const scheme of ["light", "dark"]) {
  test(`${scheme}: every cluster colour and the unassigned stand out from the background`, () => {
    const { paper, unassigned, clusters } = palettes[scheme]
    assert.equal(clusters.length, 16)
    for (const color of [...clusterColors(scheme), unassigned])
      assert.ok(contrast(color, paper) >= 3, `${color} on ${paper}: ${contrast(color, paper).toFixed(2)}`)
  })

  for (const [name, see] of Object.entries(visions))
    test(`${scheme}: no two of the sixteen look alike, ${name}`, () => {
      const least = closest(palettes[scheme].clusters, see)
      assert.ok(least >= apart[scheme], `closest pair ${least.toFixed(2)}`)
    })

  test(`${scheme}: shades differ from every colour before them`, () => {
    const colors = clusterColors(scheme)
    assert.equal(new Set(colors).size, 32)
    assert.ok(colors.every((color) => /^#[0-9a-f]{6}$/.test(color)))
  })
}

test("the first eight keep the hues of Okabe and Ito", () => {
  const original = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442"]
  const hue = (hex) => {
    const [, a, b] = oklab(linear(hex))
    return (Math.atan2(b, a) * 180) / Math.PI
  }
  for (const scheme of ["light", "dark"])
    for (const [i, hex] of original.entries()) {
      const turn = Math.abs(hue(palettes[scheme].clusters[i]) - hue(hex))
      assert.ok(Math.min(turn, 360 - turn) < 30, `${scheme} ${i}: ${turn.toFixed(0)} degrees`)
    }
})

test("the worker gets the same colours as 0xAABBGGRR", () => {
  const { clusters, paper } = workerTheme("light")
  assert.equal(clusters[0], 0xffb76300)
  assert.equal(paper, 0xfff7fafb)
  assert.equal(clusters.length, 32)
})
