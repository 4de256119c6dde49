/** What the two axes measure: titles, and plane units to the units of the data. */
import type { DataInfo, PlaneInfo } from "../../engine/protocol"
import * as en from "../../text/en"
import { t } from "../../text/text"
import { percent } from "../format"

export interface Axis {
  /** In a sentence. */
  name: string
  /** Beside the axis. */
  title: string
  /** Original units from plane units: v * scale + offset. */
  scale: number
  offset: number
  /** False where the coordinate only spreads the points apart and means nothing. */
  measured: boolean
}

/** Underscores of a column's name as spaces. */
export const columnTitle = (name: string): string => name.replaceAll("_", " ")

function column(info: DataInfo, index: number): Axis {
  const name = columnTitle(info.names[index] ?? "")
  return {
    name,
    title: name,
    scale: info.scale[index] ?? 1,
    offset: info.offset[index] ?? 0,
    measured: true,
  }
}

/** The axes across and up. */
export function axesOf({ plane, shares }: PlaneInfo, info: DataInfo): [Axis, Axis] {
  if (plane.kind === "pca")
    return [0, 1].map((i) => ({
      name: `PC ${i + 1}`,
      title: t(en.pcVariance, { n: i + 1, share: percent(shares[i] ?? 0) }),
      scale: 1,
      offset: 0,
      measured: true,
    })) as [Axis, Axis]
  if (info.d === 1) return [column(info, 0), { name: "", title: "", scale: 1, offset: 0, measured: false }]
  return [column(info, plane.x), column(info, plane.y)]
}
