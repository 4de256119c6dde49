/** An address as a QR code. */
import { svg, type TemplateResult } from "lit-html"
import { encode } from "uqr"

/** Modules of white around it that readers need. */
const QUIET = 4

/** Null when the text is too long for one. */
export function qrCode(text: string): { size: number; modules: TemplateResult } | null {
  try {
    const { data, size } = encode(text, { ecc: "L", border: QUIET })
    const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("")
    return { size, modules: svg`<path d=${path} />` }
  } catch {
    return null
  }
}
