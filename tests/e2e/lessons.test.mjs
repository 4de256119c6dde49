// The lessons: experiments end to end, their links, the way back, and what is lit together.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { violations } from "./axe.mjs"
import { clustersOf, hurry, paste, pictureName, setNumber, startBrowser, statusSays } from "./browser.mjs"
import { lacks } from "./lacks.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

const panelOf = (page) => page.getByRole("region", { name: "Experiment" })
const dataset = (page) => page.getByLabel("Dataset", { exact: true })
const value = (page, name) => page.getByRole("spinbutton", { name, exact: true }).inputValue()
const programOf = (page) => page.getByRole("textbox", { name: "Program" }).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"))

/** Opens a lesson by its link; it plays and is measured, which takes a while on a busy machine. */
async function follow(lesson, options = {}) {
  const page = await browser.open({ query: `?lesson=${lesson}`, ready: false, ...options })
  page.setDefaultTimeout(60_000)
  await panelOf(page).getByRole("button", { name: "Back to mine" }).waitFor()
  return page
}

/** Scrolls to the reading part, whose text comes when it is near. */
async function read(page) {
  const tab = page.getByRole("tab", { name: "Lessons" })
  if (await tab.isVisible()) await tab.click()
  await page.getByRole("heading", { name: "Try this" }).evaluate((heading) => heading.scrollIntoView())
  await page.getByRole("article").filter({ hasText: "Where it starts" }).waitFor()
}

/** Clicks a link of a card. */
async function choose(page, card, setup) {
  await read(page)
  await page.getByRole("article").filter({ has: page.getByRole("heading", { name: card }) }).getByRole("link", { name: setup, exact: true }).click()
  await panelOf(page).getByRole("heading", { name: card }).waitFor()
}

/** The panel's text once nothing in it is still to come; the run need not be watched. */
async function textOf(page, halfStepsASecond) {
  await hurry(page, halfStepsASecond)
  await panelOf(page).getByText("Measured just now").waitFor()
  await page.waitForFunction(() => !document.querySelector("#lesson .pending"))
  return (await panelOf(page).locator(".look").textContent()).replaceAll("\u00a0", " ")
}

test("a card sets up, runs, measures, and back to mine restores a person's own", async () => {
  const page = await browser.open({ query: "?data=moons&k=4&init=random&seed=7" })
  await setNumber(page.getByRole("spinbutton", { name: "Noise", exact: true }), 0.1)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const mine = await statusSays(page, /converged/i)
  const clusters = await clustersOf(page)
  const program = await programOf(page)

  await choose(page, "Where it starts", "Random points")
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Where it starts", "the keyboard follows")
  assert.equal(await dataset(page).inputValue(), "grid")
  assert.equal(await value(page, "k"), "9")
  const text = await textOf(page, "16")
  assert.match(text, /This run ends 792% above the least inertia, 202\.5\. Of 200 random starts 12\.5% reach it; the mean is 5\.6 times/)
  assert.match(page.url(), /\?lesson=initialisation$/)

  await panelOf(page).getByRole("button", { name: "k-means++" }).click()
  // The run before has converged as well: the status line may still say that of it.
  await panelOf(page).locator(".look").filter({ hasText: /such\sstarts/ }).waitFor()
  assert.match(await textOf(page, "16"), /Of 200 such starts 73% reach the least inertia, against 12\.5%/)

  await panelOf(page).getByRole("button", { name: "Back to mine" }).click()
  await panelOf(page).waitFor({ state: "hidden" })
  assert.equal(await statusSays(page, /converged/i), mine)
  assert.equal(await dataset(page).inputValue(), "moons")
  assert.equal(await value(page, "Noise"), "0.1")
  assert.deepEqual(await clustersOf(page), clusters)
  assert.equal(await programOf(page), program)
  assert.equal(await page.getByLabel("Speed", { exact: true }).locator("option:checked").textContent(), "At once")
  await page.waitForFunction(() => location.search.includes("data=moons") && location.search.includes("noise=0.1"))
  assert.deepEqual(browser.problems(), [])
})

test("a person's own points come back, those added by hand too, and a run begun by hand", async () => {
  const page = await browser.open()
  await paste(page, "x,y\n0,0\n1,0\n0,1\n9,9\n8,9\n9,8")
  await page.getByRole("img", { name: /^6 points/ }).waitFor()
  await page.getByRole("radio", { name: "Add", exact: true }).check({ force: true })
  await page.locator(".plot").click({ position: { x: 300, y: 300 } })
  await page.getByRole("img", { name: /^7 points/ }).waitFor()
  await page.getByRole("radio", { name: "Move", exact: true }).check({ force: true })
  await hurry(page)
  await page.getByRole("button", { name: /^Centroid 1/ }).focus()
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("Enter")
  await statusSays(page, /converged/i)
  await page.getByRole("button", { name: "Back", exact: true }).click()
  const mine = await statusSays(page, /^Iteration|^Start/)
  const name = await pictureName(page)

  await choose(page, "A wall it cannot bend", "By radius")
  await textOf(page)
  await panelOf(page).getByRole("button", { name: "Back to mine" }).click()
  await page.getByRole("img", { name: /^7 points/ }).waitFor()
  assert.equal(await statusSays(page, new RegExp(`^${mine.replace(/[.*+?^$()|]/g, "\\$&")}$`)), mine)
  assert.equal(await pictureName(page), name)
  assert.deepEqual(browser.problems(), [])
})

test("each link opens its experiment alone, and Back then shows the page without it", async () => {
  for (const [lesson, expected] of [
    ["non-convex", /adjusted Rand index is 0\.00: .* 55 different cuts/],
    ["non-convex.radius", /adjusted Rand index is 1\.00, and at least 1\.00 in all of 200 seeds/],
    ["small-cluster", /0% at distance 2\.5, 64% at 3\.0 and 100% at 3\.5/],
    ["min-size.outlier", /found in 98% of 200 seeds, against 76\.5%/],
    ["manhattan", /in red on the curve, 3 times in this run; at some step in 65\.5% of 200 seeds/],
    ["restarts.plusplus", /best of ten ends 0% above the least known/],
  ]) {
    const page = await follow(lesson)
    assert.match(await textOf(page), expected, lesson)
    assert.equal(new URL(page.url()).search, `?lesson=${lesson}`)
    await panelOf(page).getByRole("button", { name: "Back to mine" }).click()
    await panelOf(page).waitFor({ state: "hidden" })
    await statusSays(page, /^Start/)
    assert.equal(await dataset(page).inputValue(), "blobs")
    await browser.release()
  }
  assert.deepEqual(browser.problems(), [])
})

test("a changed set-up says so, is a link of its own, and can be set up again", async () => {
  const page = await follow("small-cluster")
  await textOf(page)
  await setNumber(page.getByRole("spinbutton", { name: "Distance of the small group" }), 3.2)
  await panelOf(page).getByText("You have changed the set-up").waitFor()
  await page.waitForFunction(() => location.search.includes("dial=3.2") && !location.search.includes("lesson"))
  assert.equal(await panelOf(page).locator("td[aria-current=true]").last().textContent(), "3.2")
  await panelOf(page).getByRole("button", { name: "Set it up again" }).click()
  await page.waitForFunction(() => location.search === "?lesson=small-cluster")
  assert.equal(await page.getByRole("spinbutton", { name: "Distance of the small group" }).inputValue(), "2")
  assert.deepEqual(browser.problems(), [])
})

test("in a frame the card is seen, as one line where there is little room, and the picture keeps its own", async () => {
  const page = await follow("initialisation", { query: "?lesson=initialisation&embed=1", width: 1000, height: 720 })
  await panelOf(page).getByText("To try.").waitFor()
  // In a frame nothing moves unasked.
  await panelOf(page).getByText("Measured just now").waitFor()
  assert.match(await panelOf(page).locator(".look").textContent(), /This run ends … above/)
  await statusSays(page, /^Start: 9 centroids/)
  await panelOf(page).getByRole("button", { name: "Run the experiment" }).click()
  assert.match(await textOf(page), /This run ends 792% above the least inertia/)
  for (const [width, height, least] of [[1000, 720, 220], [500, 300, 110], [320, 480, 200], [320, 300, 80]]) {
    await page.setViewportSize({ width, height })
    await page.waitForFunction((small) => (document.querySelector("#lesson .lesson-line") !== null) === small, width < 700)
    const seen = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      const end = document.querySelector("#status").getBoundingClientRect().bottom
      return { scrollWidth, scrollHeight, end, plot: document.querySelector(".plot").getBoundingClientRect().height }
    })
    assert.deepEqual([seen.scrollWidth, seen.scrollHeight], [width, height])
    assert.ok(seen.end <= height && seen.plot >= least, `${JSON.stringify(seen)} in ${width} x ${height}`)
    assert.ok(await panelOf(page).getByRole("button", { name: "Back to mine" }).isVisible())
  }
  const line = panelOf(page).locator(".lesson-line")
  await line.getByRole("button", { name: "More", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Where it starts" })
  assert.match(await dialog.textContent(), /ends 792%.*Of 200 random starts.*To try\..*Measured just now/s)
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "hidden" })
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "More")
  await page.keyboard.press("Enter")
  await dialog.getByRole("button", { name: "k-means++" }).click()
  await dialog.waitFor({ state: "hidden" })
  await page.waitForFunction(() => location.search === "?lesson=initialisation.plusplus&embed=1")
  await line.getByRole("button", { name: "Back to mine" }).click()
  await panelOf(page).waitFor({ state: "hidden" })
  await statusSays(page, /^Start: 3 centroids/)
  assert.deepEqual(browser.problems(), [])
})

test("on a phone the card fills the screen, and the experiment runs once its picture is seen", async () => {
  const page = await follow("manhattan.median", { width: 360, height: 640 })
  await statusSays(page, /^Paused: the picture is out of view/)
  await panelOf(page).getByRole("button", { name: "Run the experiment" }).waitFor()
  await page.locator("#picture").scrollIntoViewIfNeeded()
  await statusSays(page, /^Running|^Iteration|^Converged/)
  await panelOf(page).getByRole("button", { name: "Run the experiment" }).waitFor({ state: "detached" })
  assert.match(await textOf(page), /Rises in this run: 0/)
  assert.deepEqual(browser.problems(), [])
})

test("an unknown experiment is answered, and the page is there", async () => {
  const page = await browser.open({ query: "?lesson=nothing" })
  await page.getByRole("alert").filter({ hasText: /lesson must be the name/i }).waitFor()
  assert.equal(await dataset(page).inputValue(), "blobs")
  await panelOf(page).waitFor({ state: "hidden" })
  assert.deepEqual(browser.problems(), [])
})

test("equation, program and picture are lit together, whichever is pointed at", async () => {
  const page = await browser.open({ height: 2600 })
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await read(page)
  const layout = page.locator(".layout")
  const lines = () => page.getByRole("textbox", { name: "Program" }).evaluate((element) => [...element.querySelectorAll(".cm-running")].map((line) => line.textContent.trim()))
  const isLit = (part) => page.waitForFunction((p) => [...document.querySelectorAll(".equation.lit")].some((e) => e.dataset.part === p), part)

  const update = page.locator(".equation[data-part=update]")
  assert.match(await update.locator("pre").textContent(), /^def center\(/)
  await update.hover()
  await isLit("update")
  assert.equal(await layout.getAttribute("data-emphasis"), "update")
  assert.match((await lines())[0], /^def center\(/)

  await page.mouse.move(0, 0)
  await page.locator(".equation[data-part=assign]").getByRole("button").focus()
  await isLit("assign")
  assert.equal(await layout.getAttribute("data-emphasis"), "assign")
  assert.match((await lines())[0], /^def distance\(/)
  for (const equation of await page.locator(".equation").all()) {
    await equation.getByRole("button").focus()
    const part = await equation.getAttribute("data-part")
    await isLit(part)
    assert.equal(await layout.getAttribute("data-emphasis"), part)
    assert.ok((await lines()).length > 0, part)
  }
  await page.getByRole("textbox", { name: "Program" }).getByText("def stop").hover()
  await isLit("stop")
  assert.equal(await layout.getAttribute("data-emphasis"), "stop")
  await page.getByRole("button", { name: /^Centroid 1/ }).hover()
  await isLit("update")
  assert.match((await lines())[0], /^def center\(/)
  assert.equal(await layout.getAttribute("data-emphasis"), "", "what is pointed at in the picture hides nothing of it")
  await page.mouse.move(0, 0)
  await page.waitForFunction(() => !document.querySelector(".equation.lit"))
  assert.deepEqual(browser.problems(), [])
})

test("the column ends with the credits of the data that are shown", async () => {
  const page = await browser.open({ query: "?data=penguins" })
  await read(page)
  const credits = page.locator("#credits")
  await credits.getByText(/^Gorman, Williams, Fraser \(2014\).* Licence: CC0 1\.0\.$/).waitFor()
  await dataset(page).selectOption("moons")
  await credits.getByText(/The engine draws \d+ points from this rule/).waitFor()
  assert.equal(await credits.locator("p").count(), 1)
  assert.deepEqual(browser.problems(), [])
})

test("the maths is MathML, in the page's own font, and comes only when it is near", async () => {
  const asked = []
  const page = await browser.open({ height: 600 })
  page.on("request", (request) => asked.push(request.url()))
  await page.waitForTimeout(300)
  assert.equal(await page.locator("math").count(), 0)
  await read(page)
  await page.locator(".equation math").first().scrollIntoViewIfNeeded()
  assert.ok((await page.locator("math").count()) > 30)
  await page.waitForFunction(() => document.fonts.check('16px "STIX Two Math"', "∑"))
  assert.ok(asked.some((url) => url.startsWith(browser.origin) && /maths-[\w-]+\.woff2$/.test(url)), asked.join())
  assert.deepEqual(browser.problems(), [])
})

for (const [theme, width] of [["light", 1280], ["dark", 360]])
  test(`axe finds nothing in the lessons: ${theme}, ${width} px`, { skip: lacks.axe }, async () => {
    const page = await follow("small-cluster.far", { theme, width, bypassCSP: true })
    await textOf(page)
    await read(page)
    assert.deepEqual(await violations(page, "#lesson", ".try", ".reading"), [])
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }))
    assert.ok(scroll <= client, `${scroll} wide in ${client}`)
    assert.deepEqual(browser.problems(), [])
  })
