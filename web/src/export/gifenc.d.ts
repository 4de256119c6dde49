/** The part of gifenc that is used; it brings no types. */
declare module "gifenc" {
  type Palette = number[][]
  /** RGBA to at most so many colours. */
  export function quantize(rgba: Uint8ClampedArray, colors: number): Palette
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array
  /** `delay` in ms. */
  export function GIFEncoder(): {
    writeFrame(indexed: Uint8Array, width: number, height: number, options: { palette: Palette; delay: number }): void
    finish(): void
    bytes(): Uint8Array
  }
}
