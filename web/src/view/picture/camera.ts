/** From the drawn extent to pixels and back. */
import type { Camera, DataInfo, PlaneInfo } from "../../engine/protocol"

/** Share of the picture left free on each side. */
const MARGIN = 0.06
/** Beyond this ratio of ranges, two columns are drawn each at its own scale; otherwise one unit is as long on both axes. */
const MOST_STRETCH = 4

/** Whether a unit is as long across as up. Distances are then what they look like. */
export function equalScales({ plane, bounds: [x0, y0, x1, y1] }: PlaneInfo, info: DataInfo): boolean {
  if (plane.kind === "pca" || info.standardized) return true
  if (info.d === 1) return false
  const ratio = (x1 - x0) / (y1 - y0)
  return !(ratio > MOST_STRETCH || ratio < 1 / MOST_STRETCH)
}

/** Shows the bounds in the middle of width x height pixels. */
export function fit([x0, y0, x1, y1]: PlaneInfo["bounds"], width: number, height: number, equal: boolean): Camera {
  // A column without spread still needs a scale: one unit.
  let sx = (width * (1 - 2 * MARGIN)) / (x1 - x0 || 1)
  let sy = (height * (1 - 2 * MARGIN)) / (y1 - y0 || 1)
  if (equal) sx = sy = x1 === x0 ? sy : y1 === y0 ? sx : Math.min(sx, sy)
  return { sx, tx: width / 2 - (sx * (x0 + x1)) / 2, sy: -sy, ty: height / 2 + (sy * (y0 + y1)) / 2 }
}

export const toPixel = (c: Camera, x: number, y: number): [number, number] => [c.sx * x + c.tx, c.sy * y + c.ty]

export const toPlane = (c: Camera, px: number, py: number): [number, number] => [(px - c.tx) / c.sx, (py - c.ty) / c.sy]
