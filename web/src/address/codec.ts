/** The long state of a link as text: `#s1=` base64url(deflate-raw(JSON)). */
import * as en from "../text/en"
import { t } from "../text/text"
import { type Fields, upgrade, VERSION } from "./versions"

/** Characters after the `#`: more than any page that links are pasted into takes. */
export const MOST_TEXT = 65_536
/** Bytes of the JSON. Deflate makes a thousand of one, so that a short link could fill the memory. */
export const MOST_BYTES = 2 ** 20

/** Why a link was refused, in words for the person who followed it. */
export class LinkError extends Error {}

const base64 = (bytes: Uint8Array): string => {
  let text = ""
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new LinkError(t(en.linkHasStrangeCharacters))
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0))
  } catch {
    throw new LinkError(t(en.linkHasNoEnd))
  }
}

/** Sends bytes through a stream and collects what comes out, up to `most` bytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: ReadableWritablePair<Uint8Array, BufferSource>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    size += piece.value.length
    if (size > most) {
      void reader.cancel()
      throw new LinkError(t(en.linkUnpacksTooLarge, { most: most / 2 ** 20 }))
    }
    pieces.push(piece.value as Uint8Array<ArrayBuffer>)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** The hash of a link; null when it would be too long. */
export async function encodeHash(fields: Fields): Promise<string | null> {
  if (!("CompressionStream" in globalThis)) throw new LinkError(t(en.browserCannotPack))
  const bytes = new TextEncoder().encode(JSON.stringify(fields))
  if (bytes.length > MOST_BYTES) return null
  const packed = await through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY)
  const text = base64(packed).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
  const hash = `s${VERSION}=${text}`
  return hash.length > MOST_TEXT ? null : `#${hash}`
}

/** The fields of a link, as those of the newest version; null for a hash that is none, e.g. the name of a section. */
export async function decodeHash(hash: string): Promise<Fields | null> {
  const [, digits, text] = /^#s(\d{1,9})=(.*)$/s.exec(hash) ?? []
  if (digits === undefined || text === undefined) {
    if (hash.includes("=")) throw new LinkError(t(en.hashIsNoLink))
    return null
  }
  const version = Number(digits)
  if (version > VERSION) throw new LinkError(t(en.linkIsNewer, { version }))
  if (version < 1) throw new LinkError(t(en.linkHasNoSuchVersion))
  if (hash.length - 1 > MOST_TEXT) throw new LinkError(t(en.linkTooLong, { most: MOST_TEXT }))
  if (!("DecompressionStream" in globalThis)) throw new LinkError(t(en.browserCannotUnpack))
  return upgrade(parse(await inflate(fromBase64(text))), version)
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const unpacked = await through(bytes, new DecompressionStream("deflate-raw"), MOST_BYTES)
    return new TextDecoder("utf-8", { fatal: true }).decode(unpacked)
  } catch (error) {
    if (error instanceof LinkError) throw error
    throw new LinkError(t(en.linkDoesNotUnpack))
  }
}

function parse(text: string): Fields {
  try {
    const fields: unknown = JSON.parse(text)
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields)) return fields as Fields
  } catch {
    // Said below.
  }
  throw new LinkError(t(en.linkUnpacksToNonsense))
}
