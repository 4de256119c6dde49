/** From byte offsets in UTF-8 (C) to UTF-16 units (JavaScript, CodeMirror). */

/** Bytes of a UTF-16 unit: a surrogate pair takes four, two for each half. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) return 2
  return 3
}

/** A function that converts byte offsets of this text; one inside a character gives the character's start. */
export function unitOffsets(text: string): (byte: number) => number {
  // The text starts of all characters in bytes; ASCII, the usual case, needs none.
  const starts: number[] = []
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    starts.push(bytes)
    bytes += bytesOf(text.charCodeAt(i))
  }
  if (bytes === text.length) return (byte) => Math.max(0, Math.min(byte, text.length))
  return (byte) => {
    if (byte >= bytes) return text.length
    let low = 0
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1
      if (starts[middle] <= byte) low = middle
      else high = middle
    }
    const unit = text.charCodeAt(low)
    return unit >= 0xdc00 && unit < 0xe000 ? low - 1 : low
  }
}
