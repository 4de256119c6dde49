/** By what the texts of another language are found: four letters of an English text's hash (FNV-1a). */
export function keyOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36).slice(-4).padStart(4, "0")
}
