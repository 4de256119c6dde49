/**
 * A catalogue of texts as the page loads it. A page looks texts up by their English, which the catalogue need not hold:
 * a hash of it does, and makes the file half as large.
 */
import * as german from "../src/text/de.ts"
import * as english from "../src/text/en.ts"
import { keyOf } from "../src/text/key.ts"

/** The German texts by the English ones. */
export function pairs() {
  const found = new Map(Object.entries(german.byText))
  for (const [name, text] of Object.entries(english)) {
    const said = german.named[name]
    if (found.has(text) && found.get(text) !== said)
      throw new Error(`“${text}” has two translations: “${found.get(text)}” and “${said}”`)
    found.set(text, said)
  }
  return found
}

/** A line for each text that is another one in German: its key and the text. */
export function pack(texts) {
  const keys = new Map()
  for (const [text, said] of texts) {
    if (said === text) continue
    const key = keyOf(text)
    if (keys.has(key))
      throw new Error(`“${text}” has the key of another text, ${key}: give src/text/key.ts another seed`)
    if (said.includes("\n")) throw new Error(`“${said}” is more than a line`)
    keys.set(key, said)
  }
  return [...keys].map(([key, said]) => key + said).join("\n")
}

/** @returns {import("vite").Plugin} */
export function texts() {
  return {
    name: "texts",
    enforce: "pre",
    load: (id) => (id.endsWith("/de.ts?catalogue") ? `export const lines = ${JSON.stringify(pack(pairs()))}` : null),
  }
}
