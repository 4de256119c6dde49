// A module whose memory cannot grow beyond so many bytes, for what happens where a device has no more.

/** The number at `at` in LEB128, and how many bytes it takes. */
function number(bytes, at) {
  let value = 0
  let length = 0
  do value += (bytes[at + length] & 127) * 2 ** (7 * length)
  while (bytes[at + length++] & 128)
  return { value, length }
}

/** A copy of a module's bytes with another maximum of its memory. */
export function limitMemory(module, most) {
  const bytes = Uint8Array.from(module)
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at]
    const size = number(bytes, at + 1)
    const begin = at + 1 + size.length
    if (id === 5) {
      const [count, flags] = [bytes[begin], bytes[begin + 1]]
      if (count !== 1 || flags !== 1) throw new Error("the module should have one memory with a maximum")
      const from = begin + 2 + number(bytes, begin + 2).length
      const { length } = number(bytes, from)
      let pages = Math.floor(most / 65536)
      for (let i = 0; i < length; i++, pages = Math.floor(pages / 128)) bytes[from + i] = (pages % 128) | (i < length - 1 ? 128 : 0)
      if (pages > 0) throw new Error("a maximum larger than the module's own")
      return bytes
    }
    at = begin + size.value
  }
  throw new Error("the module has no memory")
}
