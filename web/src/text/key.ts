/**
 * By what the texts of another language are found: letters of an English text's hash (FNV-1a). They are as many as it
 * takes for a text that has no translation, such as what the engine says of a file, not to be taken for one that has:
 * of a hundred thousand such texts one is. Two texts of the catalogue never have the same; plugins/texts.mjs sees to it.
 */
export const LETTERS = 5
const SEED = 153

export function keyOf(text: string, seed = SEED): string {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36).slice(-LETTERS).padStart(LETTERS, "0")
}
