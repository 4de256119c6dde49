/** What to paste where, so that a page of a course shows the demonstration. Pure: choices in, texts out. */
import * as en from "../text/en"
import { t } from "../text/text"

/** What the panel asks. */
export interface Choices {
  /** Data, parameters and lesson, with the `?`; and the long state, with the `#`. */
  query: string
  hash: string
  ui: string
  hide: readonly string[]
  lock: readonly string[]
  /** The half-step it opens at. */
  step: number
  autoplay: boolean
  theme: string
  lang: string
  /** In pixels, or as wide as there is room. */
  width: number | "100%"
  /** In pixels, or as high as the content is, where the page around listens. */
  height: number | "auto"
  /** Says what is in the frame. */
  title: string
}

/** Of a frame that sets its own height, until it has. */
const FIRST_HEIGHT = 480

/** The parameters of the address, without what is as it would be anyway. */
export function pairsOf({ query, ui, hide, lock, step, autoplay, theme, lang, height }: Choices): [string, string][] {
  const pairs = [...new URLSearchParams(query)].filter(([key]) => key !== "theme" && key !== "lang")
  // An experiment that is given no half-step runs when it is opened, if not in a frame.
  if (step > 0 || pairs.some(([key]) => key === "lesson")) pairs.push(["step", String(step)])
  if (ui !== "full") pairs.push(["ui", ui])
  if (hide.length > 0) pairs.push(["hide", hide.join(",")])
  if (lock.length > 0) pairs.push(["lock", lock.join(",")])
  if (autoplay) pairs.push(["autoplay", "1"])
  if (theme !== "auto") pairs.push(["theme", theme])
  if (lang !== "en") pairs.push(["lang", lang])
  if (height === "auto") pairs.push(["height", "auto"])
  return pairs
}

/** The address of a frame; commas stay readable. */
export function frameAddress(page: string, choices: Choices): string {
  const search = new URLSearchParams([["embed", "1"], ...pairsOf(choices)])
  return `${page}?${search.toString().replaceAll("%2C", ",")}${choices.hash}`
}

/** The same as a page of its own. */
export function pageAddress(page: string, choices: Choices): string {
  const own = pairsOf(choices).filter(([key]) => !["ui", "hide", "height"].includes(key))
  const search = new URLSearchParams(own).toString().replaceAll("%2C", ",")
  return page + (search && `?${search}`) + choices.hash
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim()

export function iframe(address: string, { title, width, height }: Choices): string {
  const high = height === "auto" ? FIRST_HEIGHT : height
  return `<iframe src="${escaped(address)}" title="${escaped(oneLine(title))}" width="${width}" height="${high}" loading="lazy" allow="fullscreen; clipboard-write" style="border: 0; max-width: 100%"></iframe>`
}

export function element(script: string, choices: Choices): string {
  const attributes = pairsOf(choices).filter(([key]) => key !== "height")
  if (choices.hash) attributes.push(["state", choices.hash.slice(1)])
  if (choices.width !== "100%") attributes.push(["style", `max-width: ${choices.width}px`])
  attributes.push(["height", String(choices.height)], ["title", oneLine(choices.title)])
  const written = attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join("")
  return `<script src="${escaped(script)}"></script>\n<k-means-demo${written}></k-means-demo>`
}

export interface Snippet {
  name: string
  /** Where to paste it. */
  how: string
  text: string
}

/** `folder`: where index.html, kmeans.html and embed.js are, with a slash at its end. `page`: the page itself. */
export function snippets(folder: string, page: string, choices: Choices): Snippet[] {
  // All in one file, it runs in the sandboxes of course platforms too.
  const address = frameAddress(`${folder}kmeans.html`, choices)
  const frame = iframe(address, choices)
  return [
    { name: t(en.link), how: t(en.linkHow), text: pageAddress(page, choices) },
    { name: "HTML", how: t(en.htmlHow), text: frame },
    {
      name: t(en.htmlElement),
      how: t(en.elementHow),
      text: element(`${folder}embed.js`, choices),
    },
    {
      name: "MyST, Jupyter Book 2",
      how: t(en.markdownHow),
      text: `:::{iframe} ${address}\n:width: 100%\n${oneLine(choices.title)}\n:::`,
    },
    {
      name: "Jupyter Book 1, Sphinx with MyST",
      how: t(en.markdownHow),
      text: `\`\`\`{raw} html\n${frame}\n\`\`\``,
    },
    { name: "Quarto", how: t(en.quartoHow), text: `\`\`\`{=html}\n${frame}\n\`\`\`` },
    { name: "MkDocs", how: t(en.mkdocsHow), text: frame },
    {
      name: "Moodle",
      how: t(en.moodleHow),
      text: frame,
    },
    { name: "Canvas", how: t(en.canvasHow), text: frame },
    { name: "Notion", how: t(en.notionHow), text: address },
    { name: "WordPress", how: t(en.wordpressHow), text: frame },
  ]
}
