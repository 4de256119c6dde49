/** Picture, chart and animation of the run as files. */
import { chartPart } from "../../export/chart"
import { startGif, stills } from "../../export/gif"
import { cameraOf, inside, picturePart, type Scene, titleOf } from "../../export/picture"
import { addressOf, canvasOf, embedded, paint, pngOf } from "../../export/raster"
import type { Exporter } from "../../export/run"
import { drawing, type Part, type Style, stack, styleOf } from "../../export/svg"
import type { Context } from "../../state"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { readings } from "../chart-panel"
import { figure } from "../format"
import type { Scheme } from "../palette"
import { glide, path } from "../picture/motion"
import { find, place } from "../render"
import { moment } from "../transport"

/** Points beyond which a drawing holds an image of them, too: a file of more shapes is slow everywhere. */
const MOST_SHAPES = 3000
/** Pixels of a CSS pixel in the images that a drawing holds. */
const EMBEDDED_RATIO = 2
/** CSS pixels of the chart below a picture. */
const CHART_HEIGHT = 240
/** CSS pixels that the animation is wide at most. */
const ANIMATION_WIDTH = 560

export interface FigureChoice {
  scheme: Scheme
  format: "png" | "svg"
  /** Pixels of a CSS pixel. */
  ratio: number
  /** The chart stands below the picture. */
  chart: boolean
}

/** The picture of a frame as it is looked at now; null when there is none. */
function sceneOf({ store }: Context, index: number, share = 1, most = Number.POSITIVE_INFINITY): Scene | null {
  const info = store.info.value
  const plane = store.plane.value
  const frames = store.frames.value
  const frame = frames[index]
  const { clientWidth, clientHeight } = find(place("picture"), ".plot")
  if (!info || !plane || !frame || clientWidth === 0) return null
  const scale = Math.min(1, most / clientWidth)
  return {
    info,
    plane,
    frame,
    centroids: glide(frames, index, share),
    zoom: store.zoom.value,
    places: store.trails.value ? path(frames, index) : [],
    width: Math.round(clientWidth * scale),
    height: Math.round(clientHeight * scale),
    caption: "",
  }
}

function chartOf({ store }: Context, width: number, height: number, style: Style): Part | null {
  const all = readings(store.frames.value)
  const at = all.findIndex(({ frame }) => frame === store.frame.value)
  return all.length > 0 ? chartPart(all, at, width, height, style) : null
}

const portraitOf = (
  exporter: Exporter,
  scene: Scene,
  scheme: Scheme,
  ratio: number,
  rest: { blend?: number; points?: boolean } = {},
) =>
  exporter.portrait({
    index: scene.frame.index,
    scheme,
    camera: cameraOf(scene, ratio),
    width: scene.width,
    height: scene.height,
    ratio,
    ...rest,
  })

export async function pictureFile(
  ctx: Context,
  exporter: Exporter,
  { scheme, format, ratio, chart }: FigureChoice,
): Promise<Blob | null> {
  const scene = sceneOf(ctx, ctx.store.cursor.value)
  if (!scene) return null
  const style = styleOf(scheme)
  const title = titleOf(scene, moment(scene.frame))
  const whole = (picture: Part): Part => {
    const below = chart ? chartOf(ctx, picture.width, CHART_HEIGHT, style) : null
    return below ? stack(picture, below) : picture
  }
  if (format === "svg") {
    const shapes = scene.info.n <= MOST_SHAPES && scene.info.d > 1
    const table = shapes ? await exporter.table(scene.frame.index, true) : null
    const under = embedded(await portraitOf(exporter, scene, scheme, EMBEDDED_RATIO, { points: !shapes }))
    const vector = table && { table, ...exporter.mark(scene.width, scene.height) }
    return svgFile(drawing(whole(picturePart(scene, style, under, vector)), style, title))
  }
  const part = whole(picturePart(scene, style, null, null))
  const [x, y] = inside(scene)
  const under = await portraitOf(exporter, scene, scheme, ratio)
  const canvas = canvasOf(part.width * ratio, part.height * ratio)
  await paint(canvas, drawing(part, style, title, false), { paper: style.paper, under, x: x * ratio, y: y * ratio })
  return pngOf(canvas)
}

export async function chartFile(ctx: Context, { scheme, format, ratio }: FigureChoice): Promise<Blob | null> {
  const style = styleOf(scheme)
  const part = chartOf(ctx, 560, 300, style)
  if (!part) return null
  const svg = drawing(part, style, find(document, "#chart canvas").ariaLabel ?? t(en.inertia))
  if (format === "svg") return svgFile(svg)
  const canvas = canvasOf(part.width * ratio, part.height * ratio)
  await paint(canvas, svg, { paper: style.paper, under: null, x: 0, y: 0 })
  return pngOf(canvas)
}

/** `progress` hears of each picture, and ends the work by answering false. */
export async function animationFile(
  ctx: Context,
  exporter: Exporter,
  scheme: Scheme,
  progress: (done: number, total: number) => boolean,
): Promise<Blob | null> {
  if (!(await exporter.finish())) return null
  const style = styleOf(scheme)
  const plan = stills(ctx.store.frames.value.length)
  const gif = startGif()
  for (const [i, { index, share, ms }] of plan.entries()) {
    const bare = sceneOf(ctx, index, share, ANIMATION_WIDTH)
    if (!bare || !progress(i, plan.length)) return null
    const { frame } = bare
    const scene = {
      ...bare,
      caption: `${moment(frame)}${frame.inertia === null ? "" : `. Inertia ${figure(frame.inertia)}`}`,
    }
    const part = picturePart(scene, style, null, null)
    const [x, y] = inside(scene)
    const under = await portraitOf(exporter, scene, scheme, 1, { blend: share })
    const canvas = canvasOf(part.width, part.height)
    const pen = await paint(canvas, drawing(part, style, "", false), { paper: style.paper, under, x, y })
    gif.add(pen.getImageData(0, 0, canvas.width, canvas.height), ms)
  }
  return gif.end()
}

const svgFile = (svg: string): Blob => new Blob([svg], { type: "image/svg+xml" })

/** An address to show a file at; it lasts as long as the page. */
export async function shownAt(blob: Blob): Promise<string> {
  if (blob.type === "image/svg+xml") return addressOf(await blob.text())
  return URL.createObjectURL(blob)
}
