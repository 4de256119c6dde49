/**
 * Cluster colours, one set for paper and one for ink.
 *
 * The first eight are the hues of Okabe and Ito (2008) with lightness and chroma retuned until every one has at
 * least 3:1 contrast with its background (WCAG 2.2, 1.4.11). The next eight were found by simulated annealing that
 * pushes the closest pair apart, as seen with normal vision, deuteranopia and protanopia (Machado, Oliveira and
 * Fernandes 2009, severity 1). From the seventeenth on, shades. tests/web/palette.test.mjs recomputes these claims.
 */
import type { Theme } from "../engine/protocol"

export type Scheme = "light" | "dark"

interface Palette {
  paper: string
  unassigned: string
  /** As --accent of styles/tokens.css. */
  accent: string
  /** What later colours are shaded towards. */
  shade: string
  clusters: readonly string[]
}

export const palettes: Record<Scheme, Palette> = {
  light: {
    paper: "#fbfaf7",
    unassigned: "#7d7a74",
    accent: "#17626b",
    shade: "#000000",
    clusters: [
      "#0063b7",
      "#d2480f",
      "#519f7b",
      "#b270b5",
      "#c88100",
      "#0097e7",
      "#77793e",
      "#2f2737",
      "#25537f",
      "#7c4200",
      "#356eec",
      "#4f096d",
      "#502b00",
      "#663c4a",
      "#457278",
      "#1128a7",
    ],
  },
  dark: {
    paper: "#16181b",
    unassigned: "#8f8d88",
    accent: "#7fc7cd",
    shade: "#ffffff",
    clusters: [
      "#4b92fe",
      "#f26c0c",
      "#19ac71",
      "#f385b3",
      "#efb92c",
      "#7ac4ff",
      "#fff342",
      "#e0eae8",
      "#1a733f",
      "#2f6c7e",
      "#c72503",
      "#637fbd",
      "#bed4a0",
      "#426aeb",
      "#418979",
      "#4560b2",
    ],
  },
}

/** How far a shade goes, of 1. */
const SHADE = 0.35

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function mix(from: string, to: string, share: number): string {
  const a = channels(from)
  const b = channels(to)
  return `#${a
    .map((v, i) =>
      Math.round(v + (b[i] - v) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`
}

/** All colours in the order clusters take them: the sixteen, then their shades. */
export function clusterColors(scheme: Scheme): string[] {
  const { clusters, shade } = palettes[scheme]
  return [...clusters, ...clusters.map((color) => mix(color, shade, SHADE))]
}

function abgr(hex: string): number {
  const [r, g, b] = channels(hex)
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0
}

/** The palette as the worker draws with it. */
export function workerTheme(scheme: Scheme): Theme {
  const { paper, unassigned, accent } = palettes[scheme]
  return {
    clusters: clusterColors(scheme).map(abgr),
    unassigned: abgr(unassigned),
    paper: abgr(paper),
    accent: abgr(accent),
  }
}
