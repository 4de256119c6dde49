/** The picture as a drawing: regions and points, axes, trails, centroids, legend. */
import type { Camera, DataInfo, Frame, PlaneInfo, Table } from "../engine/protocol"
import { marks } from "../generated/tables"
import type { Zoom } from "../state"
import { count } from "../view/format"
import { outlines } from "../view/marks"
import { clusterColors, palettes } from "../view/palette"
import { tickMarks } from "../view/picture/axes"
import { equalScales, fit, toPixel } from "../view/picture/camera"
import { MOST_HANDLES } from "../view/picture/handles"
import { MOST_LEGEND } from "../view/picture/legend"
import { axesOf } from "../view/picture/units"
import { closer } from "../view/picture/zoom"
import { escaped, label, line, type Part, px, type Style } from "./svg"

/** Room for the scales, and for marks at the edges. */
export const GUTTER = { left: 58, right: 16, top: 16, bottom: 46 }
const CAPTION = 24
/** Updates a trail reaches back. */
const LONGEST_TRAIL = 24

export interface Scene {
  info: DataInfo
  plane: PlaneInfo
  zoom: Zoom
  frame: Frame
  /** Where the centroids are drawn: k x 2 plane units. */
  centroids: Float64Array
  /** Where they were, oldest first; empty for no trails. */
  places: Float64Array[]
  /** CSS pixels inside the gutters. */
  width: number
  height: number
  /** Above the picture; "" for none. */
  caption: string
}

/** Points as shapes, under which lies what is not. */
export interface Vector {
  table: Table
  /** CSS pixels. */
  radius: number
  opacity: number
}

/** In pixels, of which a CSS pixel has `ratio`. */
export function cameraOf({ plane, info, zoom, width, height }: Scene, ratio: number): Camera {
  const [across, up] = [width * ratio, height * ratio]
  return closer(fit(plane.bounds, across, up, equalScales(plane, info)), zoom, across, up)
}

/** Where the inside of the picture begins. */
export const inside = ({ caption }: Scene): [number, number] => [GUTTER.left, GUTTER.top + (caption ? CAPTION : 0)]

/** `under`: the address of an image of the inside. */
export function picturePart(scene: Scene, style: Style, under: string | null, vector: Vector | null): Part {
  const { width, height, caption } = scene
  const [left, top] = inside(scene)
  const camera = cameraOf(scene, 1)
  const colors = clusterColors(style.scheme)
  const color = (j: number): string => colors[j % colors.length] ?? style.ink
  const parts = [
    under ? `<image width="${width}" height="${height}" preserveAspectRatio="none" href="${under}"/>` : "",
    `<clipPath id="inside"><rect width="${width}" height="${height}"/></clipPath><g clip-path="url(#inside)">`,
    vector ? points(vector, camera, color, palettes[style.scheme].unassigned, style.paper) : "",
    trails(scene, camera, color, style.paper),
    "</g>",
    scales(scene, camera, style),
    centroids(scene, camera, color, style),
    legend(scene, color, style),
  ]
  const body = `${
    caption ? label(GUTTER.left, GUTTER.top + 6, caption, { fill: style.ink, size: 14, family: style.serif }) : ""
  }<g transform="translate(${left} ${top})">${parts.join("")}</g>`
  return { width: left + width + GUTTER.right, height: top + height + GUTTER.bottom, body }
}

function points(
  { table, radius, opacity }: Vector,
  camera: Camera,
  color: (j: number) => string,
  none: string,
  paper: string,
): string {
  const { drawn, labels } = table
  const clusters = new Map<number, string[]>()
  const reach = radius * (16 / 11)
  for (let i = 0; 2 * i < drawn.length; i++) {
    const cluster = labels ? labels[i] : -1
    const [x, y] = toPixel(camera, drawn[2 * i], drawn[2 * i + 1])
    const shape = cluster < 0 ? 0 : cluster % marks.length
    const use = `<use href="#mark${shape}" x="${px(x - reach)}" y="${px(y - reach)}" width="${px(2 * reach)}" height="${px(2 * reach)}"/>`
    const uses = clusters.get(cluster)
    if (uses) uses.push(use)
    else clusters.set(cluster, [use])
  }
  const symbols = marks.map(
    (mark, i) => `<symbol id="mark${i}" viewBox="0 0 16 16"><path d="${outlines[mark]}"/></symbol>`,
  )
  const groups = [...clusters].map(
    ([cluster, uses]) =>
      `<g fill="${cluster < 0 ? none : color(cluster)}" fill-opacity="${opacity}" stroke="${paper}" stroke-width="0.8">${uses.join("")}</g>`,
  )
  return `<defs>${symbols.join("")}</defs>${groups.join("")}`
}

function trails({ places, centroids }: Scene, camera: Camera, color: (j: number) => string, paper: string): string {
  const stops = [...places.slice(0, -1).slice(-LONGEST_TRAIL), centroids]
  const out: string[] = []
  for (let age = stops.length - 1; age > 0; age--) {
    const [from, to] = [stops[stops.length - 1 - age], stops[stops.length - age]]
    if (from.length !== to.length || from.length > 2 * MOST_HANDLES) continue
    const strokes = Array.from({ length: from.length / 2 }, (_, j) => {
      const [x, y] = toPixel(camera, from[2 * j], from[2 * j + 1])
      const d = `M${px(x)} ${px(y)}L${toPixel(camera, to[2 * j], to[2 * j + 1])
        .map(px)
        .join(" ")}`
      return `<path d="${d}" stroke="${paper}" stroke-width="4.5"/><path d="${d}" stroke="${color(j)}" stroke-width="2"/><circle cx="${px(x)}" cy="${px(y)}" r="2.5" fill="${color(j)}"/>`
    })
    out.push(
      `<g opacity="${px(0.15 + 0.75 * (1 - age / (LONGEST_TRAIL + 1)) ** 2)}" stroke-linecap="round">${strokes.join("")}</g>`,
    )
  }
  return out.join("")
}

function centroids(
  { centroids: drawn, width, height }: Scene,
  camera: Camera,
  color: (j: number) => string,
  style: Style,
): string {
  const many = drawn.length > 2 * MOST_HANDLES
  return Array.from({ length: drawn.length / 2 }, (_, j) => {
    const [x, y] = toPixel(camera, drawn[2 * j], drawn[2 * j + 1])
    if (x < 0 || y < 0 || x > width || y > height) return ""
    const at = `cx="${px(x)}" cy="${px(y)}"`
    if (many) return `<circle ${at} r="3" fill="${color(j)}" stroke="${style.ink}" stroke-width="1.5"/>`
    return `<circle ${at} r="15.5" fill="${style.paper}"/><circle ${at} r="12.5" fill="${style.paper}" stroke="${color(j)}" stroke-width="3"/>${label(
      x,
      y + 4.5,
      String(j + 1),
      { anchor: "middle", fill: style.ink, size: 13, weight: 700 },
    )}`
  }).join("")
}

function scales({ plane, info, width, height }: Scene, camera: Camera, style: Style): string {
  const both = axesOf(plane, info)
  const { across, up } = tickMarks(camera, width, height, both)
  const [right, above] = both
  const title = { fill: style.muted, size: 13, family: style.serif, italic: true }
  return [
    `<rect width="${width}" height="${height}" stroke="${style.rule}"/>`,
    ...across.map(
      ({ at, text }) =>
        line(at, height, at, height + 5, style.edge) +
        label(at, height + 18, text, { anchor: "middle", fill: style.muted }),
    ),
    ...up.map(
      ({ at, text }) => line(-5, at, 0, at, style.edge) + label(-9, at + 4, text, { anchor: "end", fill: style.muted }),
    ),
    label(width, height + 38, right.title, { ...title, anchor: "end" }),
    above.measured ? label(8, 18, above.title, title) : "",
  ].join("")
}

/** Left of the title of the axis; none where they would meet, as on the page. */
function legend({ frame, width, height, plane, info }: Scene, color: (j: number) => string, style: Style): string {
  const { kind, sizes } = frame
  const [right] = axesOf(plane, info)
  let x = 0
  const signs = sizes.slice(0, MOST_LEGEND + 1).map((size, j) => {
    const text = count(size)
    const at = x
    x += 32 + 7 * text.length
    return `<svg x="${at}" y="${height + 27}" width="13" height="13" viewBox="0 0 16 16"><path fill="${color(j)}" d="${
      outlines[marks[j % marks.length] ?? "disc"]
    }"/></svg>${label(at + 18, height + 38, text, { fill: style.muted })}`
  })
  const crowded = signs.length > MOST_LEGEND || x + 7 * right.title.length > width
  return kind === "start" || crowded ? "" : signs.join("")
}

/** What the picture is of, for who cannot see it. */
export const titleOf = ({ info, frame }: Scene, moment: string): string =>
  escaped(`${count(info.n)} points of ${info.name} in ${frame.sizes.length} clusters. ${moment}.`)
