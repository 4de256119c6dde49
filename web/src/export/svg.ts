/** What the pictures of picture.ts and chart.ts are written with. */
import type { Scheme } from "../view/palette"

/** The colours and type of the page in a theme, which need not be the one that is shown. */
export interface Style {
  scheme: Scheme
  paper: string
  ink: string
  muted: string
  rule: string
  edge: string
  accent: string
  rise: string
  sans: string
  serif: string
}

/** A part of a figure, of width x height CSS pixels, whose own corner is at (0, 0). */
export interface Part {
  width: number
  height: number
  body: string
}

/** The style sheet has the colours; the page is in the other theme for as long as it takes to read them, which nobody sees. */
export function styleOf(scheme: Scheme): Style {
  const root = document.documentElement
  const { theme } = root.dataset
  const probe = document.createElement("i")
  document.body.append(probe)
  root.dataset.theme = scheme
  const told = getComputedStyle(probe)
  const color = (property: string): string => {
    probe.style.color = `var(--${property})`
    return told.color
  }
  const font = (property: string): string => told.getPropertyValue(`--${property}`).replaceAll('"', "'").trim()
  const style = {
    scheme,
    paper: color("paper"),
    ink: color("ink"),
    muted: color("muted"),
    rule: color("rule"),
    edge: color("edge"),
    accent: color("accent"),
    rise: color("rise"),
    sans: font("sans"),
    serif: font("serif"),
  }
  if (theme === undefined) delete root.dataset.theme
  else root.dataset.theme = theme
  probe.remove()
  return style
}

/** What XML cannot hold at all, not even escaped: control characters, and halves of pairs. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** Text that is shown as it is, whatever stands in it. */
export const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")

/** A coordinate to a hundredth of a pixel. */
export const px = (value: number): string => String(Math.round(value * 100) / 100)

export interface Label {
  anchor?: "start" | "middle" | "end"
  fill: string
  size?: number
  family?: string
  weight?: number
  italic?: boolean
}

export const label = (
  x: number,
  y: number,
  text: string,
  { anchor, fill, size, family, weight, italic }: Label,
): string =>
  `<text x="${px(x)}" y="${px(y)}" fill="${fill}"${anchor ? ` text-anchor="${anchor}"` : ""}${size ? ` font-size="${size}"` : ""}${
    family ? ` font-family="${escaped(family)}"` : ""
  }${weight ? ` font-weight="${weight}"` : ""}${italic ? ' font-style="italic"' : ""}>${escaped(text)}</text>`

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string =>
  `<path d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}" stroke="${stroke}" stroke-width="${width}"/>`

/** A whole drawing; `backed` by paper unless what lies under it is drawn apart. */
export function drawing({ width, height, body }: Part, style: Style, title: string, backed = true): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(
    style.sans,
  )}" font-size="12" fill="none" role="img"><title>${escaped(title)}</title>${
    backed ? `<rect width="${width}" height="${height}" fill="${style.paper}"/>` : ""
  }${body}</svg>\n`
}

/** One part above the other. */
export function stack(above: Part, below: Part): Part {
  return {
    width: Math.max(above.width, below.width),
    height: above.height + below.height,
    body: `${above.body}<g transform="translate(0 ${px(above.height)})">${below.body}</g>`,
  }
}
