/**
 * The text of the lessons, made into HTML when the page is built: TeX between dollars becomes MathML (Temml),
 * `{{group.name}}` the number of a claim, and of STIX Two Math the glyphs that the formulas need become a font of
 * their own. Nothing of this runs on the page.
 */
import { readdirSync, readFileSync } from "node:fs"
import { mkdir, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import subsetFont from "subset-font"
import temml from "temml"
import { claimOf, written } from "../src/lessons/claims.ts"

const require = createRequire(import.meta.url)
const FONT = "@fontsource/stix-two-math"
const SUFFIX = "?lesson"

/** First letters of the italic mathematical alphabets; h has a place of its own in Unicode. */
const ITALIC = { upper: 0x1d434, lower: 0x1d44e, h: 0x210e }

/** MathML shows an identifier of one letter by its italic sign: the font is asked for that one. */
function italic(letter) {
  if (letter === "h") return String.fromCodePoint(ITALIC.h)
  if (/^[a-z]$/.test(letter)) return String.fromCodePoint(ITALIC.lower + letter.charCodeAt(0) - 97)
  return /^[A-Z]$/.test(letter) ? String.fromCodePoint(ITALIC.upper + letter.charCodeAt(0) - 65) : letter
}

/** The signs of formulas, plain and italic. */
const signs = (mathml) => {
  const plain = mathml.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "")
  return [...new Set([...plain].flatMap((letter) => [letter, italic(letter)]))].sort().join("")
}

function formula(tex, displayMode) {
  const mathml = temml.renderToString(tex.trim(), { displayMode, throwOnError: true, annotate: false })
  // The page's policy allows no styles in attributes; the style sheet does what they would.
  return mathml.replace(/ style="[^"]*"/g, "")
}

/** The HTML of a text, on as few lines as it can be, and the formulas in it. */
export function convert(source) {
  let mathml = ""
  const typeset = (tex, display) => {
    const made = formula(tex, display)
    mathml += made
    return made
  }
  const html = source
    .replace(/\{\{([\w.-]+)\}\}/g, (_, id) => {
      const claim = claimOf(id)
      return `<data value="${claim.value}">${written(claim.value, claim)}</data>`
    })
    .replace(/\$\$(.+?)\$\$/gs, (_, tex) => typeset(tex, true))
    .replace(/\$(.+?)\$/gs, (_, tex) => typeset(tex, false))
    .replace(/\s+/g, " ")
  return { html, mathml }
}

/**
 * Makes the texts of `src/lessons/text` importable as HTML, and the font they need.
 * @returns {import("vite").Plugin}
 */
export function lessons() {
  let root = ""
  const texts = () => join(root, "src/lessons/text")
  const font = () => join(root, "src/generated/maths.woff2")

  async function makeFont() {
    const all = readdirSync(texts()).map((name) => convert(readFileSync(join(texts(), name), "utf8")).mathml)
    const file = join(dirname(require.resolve(`${FONT}/package.json`)), "files/stix-two-math-latin-400-normal.woff2")
    const made = await subsetFont(readFileSync(file), signs(all.join("")), { targetFormat: "woff2" })
    await mkdir(dirname(font()), { recursive: true })
    await writeFile(font(), made)
  }

  return {
    name: "lessons",
    enforce: "pre",
    configResolved(config) {
      root = config.root
    },
    buildStart: makeFont,
    load(id) {
      if (!id.endsWith(SUFFIX)) return null
      const file = id.slice(0, -SUFFIX.length)
      this.addWatchFile(file)
      return `export const text = ${JSON.stringify(convert(readFileSync(file, "utf8")).html)}`
    },
  }
}

/**
 * Adds the font's licence to those of what is bundled, which Vite collects: the font is no module.
 * @returns {import("vite").Plugin}
 */
export function fontLicence() {
  return {
    name: "font-licence",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const licences = bundle["licenses.txt"]
        if (licences?.type !== "asset") throw new Error("The licences are not where they are expected.")
        const { version } = require(`${FONT}/package.json`)
        const text = readFileSync(require.resolve(`${FONT}/LICENSE`), "utf8")
        licences.source = `${licences.source}\n## STIX Two Math, a subset of ${FONT} - ${version} (OFL-1.1)\n\n${text}`
      },
    },
  }
}
