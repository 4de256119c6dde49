/** Numbers as people read them. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 })
const share = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 })
const six = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 })

/** 12345 as "12,345". */
export const count = (n: number): string => whole.format(n)

/** 0.123 as "12.3%". */
export const percent = (p: number): string => share.format(p)

/** Six significant digits, in powers of ten outside 1e-4 to 1e9; a dash for what is undefined. */
export function figure(x: number | null | undefined): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–"
  const size = Math.abs(x)
  return size !== 0 && (size < 1e-4 || size >= 1e9) ? x.toExponential(4) : six.format(x)
}

/** A value fine enough to tell apart two that differ by `step`. */
export function value(x: number, step: number): string {
  const size = Math.abs(x)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return x.toPrecision(3)
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step || 1))))
  // Adding zero turns a rounded "-0" into "0".
  return (Number(x.toFixed(digits)) + 0).toFixed(digits)
}

/** "1 point", "2 points". */
export const points = (n: number): string => `${count(n)} ${n === 1 ? "point" : "points"}`
