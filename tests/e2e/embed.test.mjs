// The panel that makes embeds: what is copied from it shows the same lesson at the same half-step on every host.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { paste, setNumber, statusSays, watchClipboard } from "./browser.mjs"
import { hosts } from "./hosts/serve.mjs"
import { startHosts } from "./hosts.mjs"

const { browser, server, close } = await startHosts()
after(close)
beforeEach(() => browser.fresh())

/** The panel, over a page with a clipboard that can be looked at. */
async function openPanel(page) {
  await watchClipboard(page)
  await page.getByRole("button", { name: "Embed" }).click()
  const panel = page.getByRole("dialog", { name: "Put this into a page" })
  await panel.waitFor()
  return panel
}

async function copied(panel, name) {
  const entry = panel.getByRole("listitem").filter({ has: panel.page().getByText(name, { exact: true }) })
  if (!(await entry.getByRole("textbox").isVisible())) await entry.getByText(name, { exact: true }).click()
  await entry.getByRole("button", { name: `Copy: ${name}` }).click()
  return panel.page().evaluate(() => window.copied)
}

let texts

test("the panel offers a lesson at a half-step, shows it, and copies it for every platform", async () => {
  const page = await browser.open({ query: "?data=moons&step=2" })
  const panel = await openPanel(page)
  assert.equal(await page.evaluate(() => document.activeElement.id), "embed-lesson")
  assert.equal(await panel.getByLabel("Start at half-step").inputValue(), "2")
  await panel.getByLabel("What").selectOption("small-cluster")
  await setNumber(panel.getByLabel("Start at half-step"), 5)
  await panel.getByLabel("Start at half-step").blur()
  await panel.getByText("Keep viewers from changing").click()
  await panel.getByRole("group", { name: "Keep viewers from changing" }).getByLabel("Program", { exact: true }).check()
  await panel.getByRole("combobox", { name: "Theme" }).selectOption("dark")
  const preview = panel.locator("iframe").contentFrame()
  await preview.locator("#status").filter({ hasText: /Iteration 3, assign/ }).waitFor()
  await preview.locator("html[data-theme=dark]").waitFor({ state: "attached" })
  const names = ["Link", "HTML", "HTML element", "MyST, Jupyter Book 2", "Jupyter Book 1, Sphinx with MyST", "Quarto", "MkDocs", "Moodle", "Canvas", "Notion", "WordPress"]
  texts = {}
  for (const name of names) texts[name] = await copied(panel, name)
  for (const [name, text] of Object.entries(texts)) assert.match(text, /lesson="?=?"?small-cluster/, name)
  assert.match(texts.HTML, /^<iframe src="[^"]*kmeans\.html\?embed=1&amp;lesson=small-cluster&amp;step=5&amp;ui=plot&amp;lock=program&amp;theme=dark" title="K-means: The small group" width="100%" height="480" loading="lazy" allow="fullscreen; clipboard-write"/)
  assert.match(texts.Notion, /^http\S+$/)
  await panel.getByText("Link", { exact: true }).click()
  assert.ok(await panel.getByRole("img", { name: "QR code of the link" }).isVisible())
  await page.keyboard.press("Escape")
  assert.equal(await panel.isVisible(), false)
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Embed")
  assert.deepEqual(browser.problems(), [])

  await page.goto(texts.Link)
  await statusSays(page, /Iteration 3, assign/)
  await page.getByRole("region", { name: "Experiment" }).getByText("The small group").first().waitFor()
})

test("the snippet shows the same lesson at the same half-step on every host", async () => {
  assert.ok(hosts.length >= 12)
  const page = await browser.open({ address: "about:blank", ready: false })
  const expected = /Iteration 3, assign: .*inertia/
  let said = null
  const shows = async (frame, host) => {
    const status = frame.locator("#status").filter({ hasText: expected })
    await status.waitFor({ state: "attached" })
    said ??= await status.textContent()
    assert.equal(await status.textContent(), said, host)
    assert.equal(await frame.locator("#iteration").inputValue(), "5", host)
    assert.equal(await frame.locator("html").getAttribute("data-theme"), "dark", host)
  }
  for (const host of hosts)
    for (const name of host === "iframe.html" || host === "element.html" ? ["HTML", "HTML element"] : ["HTML"]) {
      await page.goto(`${server.origin}/${host}?snippet=${encodeURIComponent(texts[name])}`)
      if (host === "tab.html") await page.getByRole("button", { name: "Show" }).click()
      const frame = page.locator("iframe").first()
      await frame.scrollIntoViewIfNeeded()
      const inner = host === "srcdoc.html" ? frame.contentFrame().locator("iframe") : frame
      await shows(inner.contentFrame(), `${host}, ${name}`)
      assert.deepEqual(browser.problems(), [], host)
    }
})

test("a run with a text and centroids of one's own goes along", async () => {
  const page = await browser.open({ query: "?data=faithful" })
  await page.getByRole("textbox", { name: "Program" }).click()
  await page.keyboard.press("Control+End")
  await page.keyboard.type("\n# for week 3 <b>")
  await page.getByRole("button", { name: "Centroid 1" }).first().focus()
  await page.keyboard.press("Shift+ArrowRight")
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "Reset", exact: true }).click()
  await page.getByRole("button", { name: "Half step" }).click()
  const said = await statusSays(page, /Iteration 1, assign/)
  const panel = await openPanel(page)
  await panel.getByLabel("Show").selectOption("full")
  for (const name of ["HTML", "HTML element"]) {
    const text = await copied(panel, name)
    const host = await browser.open({ address: `${server.origin}/iframe.html?snippet=${encodeURIComponent(text)}`, ready: false })
    const frame = host.locator("iframe").contentFrame()
    await frame.locator("#status").filter({ hasText: said }).waitFor()
    await frame.getByText("# for week 3 <b>").waitFor({ state: "attached" })
    await host.close()
  }
  assert.deepEqual(browser.problems(), [])
})

test("what is locked cannot be changed", async () => {
  const page = await browser.open({ query: "?data=moons&lock=data,k,centroids,speed,regions" })
  for (const name of ["Dataset", "Points", "Speed", "Regions"]) assert.equal(await page.getByLabel(name, { exact: true }).first().isDisabled(), true, name)
  assert.equal(await page.getByRole("spinbutton", { name: "k", exact: true }).isDisabled(), true)
  assert.equal(await page.getByRole("spinbutton", { name: "Seed", exact: true }).isDisabled(), false)
  const before = await statusSays(page, /Start: 2/)
  await page.getByRole("textbox", { name: "Program" }).click()
  await page.keyboard.type("k = 9")
  await paste(page, "x,y\n1,2\n3,4")
  assert.equal(await page.getByRole("button", { name: "Centroid 1" }).first().isDisabled(), true)
  await page.waitForTimeout(300)
  assert.equal(await statusSays(page, /Start/), before)
  assert.equal(await page.getByRole("button", { name: "Reset program" }).isVisible(), false)
  await page.goto(`${browser.origin}/?lock=roof,k`)
  assert.match(await page.getByRole("alert").filter({ hasText: /roof/ }).textContent(), /[Ll]ock must name data/)
  assert.deepEqual(browser.problems(), [])
})

test("autoplay runs once it is seen, and not for those who asked for less motion", async () => {
  const still = await browser.open({ query: "?embed=1&ui=min&autoplay=1", ready: false })
  await still.locator("#transport .primary:enabled").waitFor()
  await still.waitForTimeout(600)
  assert.equal(await still.locator("#iteration").inputValue(), "0")
  const moving = await browser.open({ query: "?embed=1&ui=min&autoplay=1&step=2&speed=16", ready: false, reducedMotion: "no-preference" })
  await statusSays(moving, /Converged/)
  const lesson = "lesson=manhattan.median"
  for (const query of [`?embed=1&ui=plot&${lesson}`, `?embed=1&ui=plot&${lesson}&autoplay=0`, `?${lesson}&autoplay=0`]) {
    const quiet = await browser.open({ query, ready: false, reducedMotion: "no-preference" })
    await quiet.locator("#transport .primary:enabled").waitFor()
    await quiet.waitForTimeout(800)
    assert.equal(await quiet.locator("#iteration").inputValue(), "0", query)
  }
  const asked = await browser.open({ query: `?embed=1&ui=plot&${lesson}&autoplay=1&speed=16`, ready: false, reducedMotion: "no-preference" })
  await statusSays(asked, /converged/i)
  assert.deepEqual(browser.problems(), [])
})
