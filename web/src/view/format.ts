/** Numbers as people read them. */
import * as en from "../text/en"
import { language, t } from "../text/text"

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
const shares = [0, 1].map(
  (digits) =>
    new Intl.NumberFormat(language, {
      style: "percent",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
)
const six = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 })

/** 12345 as "12,345". */
export const count = (n: number): string => whole.format(n)

/** 0.123 as "12.3%". */
export const percent = (p: number, digits = 1): string => shares[digits].format(p)

/** Digits as the language writes them. */
const written = (digits: string): string => (language === "de" ? digits.replace(".", ",") : digits)

/** Six significant digits, in powers of ten outside 1e-4 to 1e9; a dash for what is undefined. */
export function figure(x: number | null | undefined): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–"
  const size = Math.abs(x)
  return size !== 0 && (size < 1e-4 || size >= 1e9) ? written(x.toExponential(4)) : six.format(x)
}

/** A value fine enough to tell apart two that differ by `step`. */
export function value(x: number, step: number): string {
  const size = Math.abs(x)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return written(x.toPrecision(3))
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step || 1))))
  // Adding zero turns a rounded "-0" into "0".
  return written((Number(x.toFixed(digits)) + 0).toFixed(digits))
}

/** "1 point", "2 points". */
export const points = (n: number): string => t(en.pointCount, { n })
