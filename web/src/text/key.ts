/**
 * By what the texts of another language are found: three letters of an English text's hash (FNV-1a). The seed is one with
 * which no two texts have the same; build/texts.mjs says when it has to be another.
 */
const SEED = 153

export function keyOf(text: string, seed = SEED): string {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36).slice(-3).padStart(3, "0")
}
