// What a person reads on the page when everything on it has been opened, whatever its language.
import { deflateRawSync } from "node:zlib"
import { hurry } from "./browser.mjs"

/** Every text and label, those of the editor too, but what is marked as English, code, data and the program; numbers are 0. */
const texts = (page) =>
  page.evaluate(() => {
    const found = new Set()
    const add = (text, element) => {
      const said = text?.trim().replace(/\s+/g, " ").replace(/\d+(?:[.,]\d+)*/g, "0")
      const outside = "[lang]:not(html), pre, code, kbd, textarea, script, style, noscript, .cm-content, .cm-gutters, .cm-completionLabel, .cm-completionDetail, .cm-diagnosticSource"
      if (said && /[a-z]{2}/i.test(said) && !element.closest(outside)) found.add(said)
    }
    const roots = [document.body, ...[...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? [])]
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) add(walker.currentNode.nodeValue, walker.currentNode.parentElement)
      for (const name of ["aria-label", "aria-description", "aria-valuetext", "alt", "title", "placeholder", "data-help", "label"])
        for (const element of root.querySelectorAll(`[${name}]`)) add(element.getAttribute(name), element)
    }
    return [...found]
  })

const dialog = (page) => page.locator("dialog[open]")
const openDialog = async (page, selector) => {
  await page.locator(selector).click()
  await dialog(page).waitFor()
}
const closeDialog = async (page) => {
  await page.keyboard.press("Escape")
  await dialog(page).waitFor({ state: "hidden" })
}
const openPanel = async (page, id) => {
  await page.locator(`#${id} > summary`).click()
  await page.locator(`#${id} .panel-body > :not(.empty)`).first().waitFor()
}
const type = async (page, text) => {
  await page.locator(".cm-content").click()
  await page.keyboard.press("Control+End")
  await page.keyboard.type(text)
}
const give = async (page, rows) => {
  await openDialog(page, ".sources button:first-child")
  await page.locator("#pasted").fill(rows)
  await page.locator("dialog[open] > button").click()
  await dialog(page).waitFor({ state: "hidden" })
}

/** Where the editor has a word first. */
const middleOf = (page, word) =>
  page.locator(".cm-content").evaluate((content, wanted) => {
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const at = walker.currentNode.nodeValue.indexOf(wanted)
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(walker.currentNode, at)
      range.setEnd(walker.currentNode, at + wanted.length)
      const { x, y, width, height } = range.getBoundingClientRect()
      return [x + width / 2, y + height / 2]
    }
  }, word)

/** Each step opens something, by what is the same in every language, and yields when there is something to read. */
const steps = {
  async *page(page) {
    yield
    for (const mode of await page.locator(".tools .segments input").all()) {
      await mode.check()
      yield
    }
    await page.locator(".tools .segments input").first().check()
  },
  async *run(page) {
    await hurry(page)
    await page.locator("#transport .primary").click()
    await page.locator("#results .metrics dd", { hasText: /\d/ }).first().waitFor()
    await page.locator("#chart details > summary").click()
    yield
    await page.locator(".plot").hover()
    for (const centroid of await page.locator(".centroid").all()) await centroid.hover()
    yield
  },
  async *how(page) {
    await openPanel(page, "how")
    yield
  },
  async *race(page) {
    await openPanel(page, "explore-race")
    yield
    await page.locator("#explore-race .panel-body button").first().click()
    await page.locator("#explore-race table").first().waitFor({ state: "attached" })
    yield
  },
  async *choose(page) {
    await openPanel(page, "explore-choose")
    await page.locator("#explore-choose .panel-body button").first().click()
    await page.locator("#explore-choose table").first().waitFor({ state: "attached" })
    yield
  },
  async *draws(page) {
    await openPanel(page, "explore-draws")
    yield
    await page.locator("#explore-draws .panel-body button").first().click()
    await page.locator(".stage-bar button").first().waitFor()
    yield
    await page.locator(".stage-bar .primary").click()
    await page.locator(".draws-table table").waitFor({ state: "attached" })
    yield
    await page.locator("#explore-draws > summary").click()
  },
  async *predict(page) {
    await page.locator("#transport button").nth(4).click()
    await openPanel(page, "explore-predict")
    yield
    await page.locator("#explore-predict .panel-body button").first().click()
    await page.locator(".ghost:not([hidden])").waitFor()
    yield
    await page.keyboard.press("Enter")
    await page.locator(".tally table").waitFor({ state: "attached" })
    yield
    await page.locator("#explore-predict > summary").click()
  },
  async *embed(page) {
    await openDialog(page, "#share button:nth-of-type(2)")
    await page.locator("dialog[open] .frame iframe").waitFor()
    yield
    await closeDialog(page)
  },
  async *link(page) {
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined }))
    await openDialog(page, "#share button:nth-of-type(1)")
    yield
    await closeDialog(page)
  },
  async *export(page) {
    await openDialog(page, "#program .panel-buttons > button:nth-of-type(4)")
    const kinds = await page.locator("dialog[open] input[type=radio]").all()
    for (const kind of kinds) {
      await kind.check()
      await page.locator("dialog[open] .dialog-buttons").waitFor()
      yield
    }
    await page.locator("dialog[open] .dialog-buttons button").nth(1).click()
    await page.locator("dialog[open] [role=status]", { hasText: /\w/ }).waitFor()
    yield
    await closeDialog(page)
  },
  async *examples(page) {
    await page.locator("#program .examples > button").click()
    await page.locator("[role=menuitem]").first().waitFor()
    yield
    await page.keyboard.press("Escape")
  },
  async *find(page) {
    await page.locator(".cm-content").click()
    await page.keyboard.press("Control+f")
    await page.locator(".cm-search").waitFor()
    yield
    await page.keyboard.press("Escape")
  },
  async *hover(page) {
    for (const word of ["init", '"kmeans++"', "distance", "sum"]) {
      await page.mouse.move(2, 2)
      await page.locator(".cm-tooltip").waitFor({ state: "detached" })
      await page.mouse.move(...(await middleOf(page, word)))
      await page.locator(".cm-tooltip .about").waitFor()
      yield
    }
  },
  async *typing(page) {
    // The first letters bring what helps with the others.
    await type(page, "\n")
    await page.waitForLoadState("networkidle")
    await type(page, "distance = ")
    await page.keyboard.press("Control+Space")
    await page.locator(".cm-completionInfo").waitFor()
    yield
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+z")
    await type(page, "\ndef dist")
    await page.locator(".cm-completionInfo").waitFor()
    yield
    await page.keyboard.press("Escape")
    await page.keyboard.type("ance(x, c):\nreturn np.wher")
    await page.locator(".cm-completionInfo").waitFor()
    yield
    await page.keyboard.press("Escape")
    await page.keyboard.type("e(")
    await page.locator(".cm-signature").waitFor()
    yield
  },
  async *problem(page) {
    await page.locator("#program .diagnostics li").first().waitFor()
    await page.keyboard.press("F8")
    await page.locator(".cm-diagnosticText").first().waitFor()
    yield
    await page.keyboard.press("Control+Shift+M")
    await page.locator(".cm-panel-lint").waitFor()
    yield
    await page.locator("#program .panel-buttons > button:nth-of-type(2)").click()
  },
  async *data(page) {
    await openDialog(page, ".sources button:first-child")
    yield
    await closeDialog(page)
    await give(page, "a,b,c\n1,2,x\n3,4,y\n5,6,y\n,1,z\n")
    await page.locator("#dataset option[value=own]").waitFor({ state: "attached" })
    yield
    await openDialog(page, ".sources button:first-child")
    yield
    await closeDialog(page)
    await give(page, "a,b\n1,2\n1,oops\n3,4\n5,6\n")
    await page.locator("#problem .problem").waitFor()
    yield
  },
  async *lesson(page, open) {
    await open("&lesson=small-cluster")
    await page.locator(".lesson-body[aria-busy=false]").waitFor()
    yield
    await page.locator(".try").scrollIntoViewIfNeeded()
    await page.locator(".equation button").first().waitFor()
    yield
  },
  async *link_with_a_program(page, open) {
    const program = "k = 2\n\ndef stop(inertia, previous, shift, iteration):\n    return iteration > 3\n"
    await open(`&k=1e9#s1=${deflateRawSync(JSON.stringify({ program, step: 2 })).toString("base64url")}`)
    await page.locator(".held").waitFor()
    await page.locator("#problem .problem").waitFor()
    yield
  },
}

/** By step, in order: the texts that were there after it and not before. */
export async function opened(page) {
  const { origin, search } = new URL(page.url())
  const lang = new URLSearchParams(search).get("lang") ?? "en"
  const open = async (rest) => {
    await page.goto("about:blank")
    await page.goto(`${origin}/?lang=${lang}${rest}`)
    await page.locator("#transport .primary:enabled").waitFor()
  }
  const seen = new Set()
  const all = new Map()
  for (const [name, step] of Object.entries(steps)) {
    const found = new Set()
    for await (const _ of step(page, open)) for (const text of await texts(page)) if (!seen.has(text)) found.add(text)
    for (const text of found) seen.add(text)
    all.set(name, [...found])
  }
  return all
}
