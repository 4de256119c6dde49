// Chart, program and lessons on a narrow page: one at a time, by tabs; whatever leads to one of them chooses its tab.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { deflateRawSync } from "node:zlib"
import { violations } from "./axe.mjs"
import { hurry, setNumber, startBrowser, statusSays } from "./browser.mjs"
import { lacks } from "./lacks.mjs"

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.fresh())

const NARROW = [320, 360]
const WIDE = [768, 1280]
const PARTS = ["chart", "program", "results", "lessons"]
const tab = (page, name) => page.getByRole("tab", { name, exact: true })
const tabs = (page) => page.getByRole("tab").allTextContents()
/** The parts that are seen, in order. */
const seen = (page) =>
  page.evaluate((ids) => ids.filter((id) => document.getElementById(id).checkVisibility({ visibilityProperty: true })), PARTS)
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const focused = (page) => page.evaluate(() => document.activeElement.textContent)
const chosen = (page) => page.getByRole("tab", { selected: true }).textContent()

/** Parts each tab shows. */
const shownBy = { Chart: ["chart", "results"], Program: ["program"], Lessons: ["lessons"] }

async function isChosen(page, name) {
  await page.getByRole("tab", { name, selected: true }).waitFor()
  assert.deepEqual(await seen(page), shownBy[name])
  const states = await page.getByRole("tab").evaluateAll((all) => all.map(({ ariaSelected, tabIndex }) => [ariaSelected, tabIndex]))
  assert.deepEqual(states, Object.keys(shownBy).map((other) => (other === name ? ["true", 0] : ["false", -1])))
  const controlled = await tab(page, name).evaluate((element) => element.getAttribute("aria-controls").split(" ").map((id) => document.getElementById(id)).map(({ id, role }) => [id, role]))
  assert.deepEqual(controlled, shownBy[name].map((id) => [id, "tabpanel"]))
  assert.equal(await page.getByRole("tabpanel", { name, exact: true }).count(), controlled.length)
}

for (const width of NARROW)
  test(`at ${width} px the tabs follow the keyboard, and the run does not`, async () => {
    const page = await browser.open({ width, height: 740 })
    await isChosen(page, "Chart")
    await page.getByRole("button", { name: "Half step" }).click()
    await statusSays(page, /Iteration 1, assign/)
    await tab(page, "Chart").focus()
    for (const [key, name] of [["ArrowRight", "Program"], ["ArrowRight", "Lessons"], ["ArrowRight", "Chart"], ["ArrowLeft", "Lessons"], ["Home", "Chart"], ["End", "Lessons"], ["ArrowLeft", "Program"]]) {
      await page.keyboard.press(key)
      assert.equal(await focused(page), name, key)
      await isChosen(page, name)
      assert.ok((await sideways(page)) <= 0, name)
    }
    // The panel comes after its tab, and no other tab between.
    await page.keyboard.press("Tab")
    assert.equal(await page.evaluate(() => document.activeElement.closest("#program") !== null), true)
    await page.keyboard.press("Shift+Tab")
    assert.equal(await focused(page), "Program")
    await statusSays(page, /Iteration 1, assign/)
    assert.deepEqual(browser.problems(), [])
  })

for (const width of NARROW)
  test(`at ${width} px the picture comes first, and a thumb finds the tabs wherever it is`, { skip: lacks.touch }, async () => {
    const page = await browser.open({ width, height: 740, hasTouch: true, isMobile: true })
    const tops = await page.evaluate(() => ["#picture", "#transport", "#dataset", "#tabs", "#chart"].map((part) => document.querySelector(part).getBoundingClientRect().top))
    assert.deepEqual(tops, [...tops].sort((a, b) => a - b))
    const sizes = await page.getByRole("tab").evaluateAll((all) => all.map((element) => element.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)))
    assert.ok(Math.min(...sizes) >= 44, sizes.join())
    await tab(page, "Lessons").tap()
    await isChosen(page, "Lessons")
    await page.getByRole("heading", { name: "Try this" }).scrollIntoViewIfNeeded()
    await page.locator(".references li").last().scrollIntoViewIfNeeded()
    assert.ok((await page.evaluate(() => scrollY)) > 2000)
    await tab(page, "Chart").tap()
    await isChosen(page, "Chart")
    // From its beginning, below the tabs.
    const [bottom, top] = await page.evaluate(() => [document.querySelector("#tabs").getBoundingClientRect().bottom, document.querySelector("#chart").getBoundingClientRect().top])
    assert.ok(top >= bottom - 1 && top < bottom + 100, `${top} below ${bottom}`)
    assert.deepEqual(browser.problems(), [])
  })

for (const width of WIDE)
  test(`at ${width} px there are no tabs, and every part is seen`, async () => {
    const page = await browser.open({ width })
    assert.deepEqual(await tabs(page), [])
    assert.deepEqual(await seen(page), PARTS)
    for (const name of ["Inertia", "The algorithm", "Results", "Explore"]) await page.getByRole("region", { name, exact: true }).waitFor()
    assert.equal(await page.getByRole("tabpanel").count(), 0)
    const [chart, program] = await page.evaluate(() => ["chart", "program"].map((id) => document.getElementById(id).getBoundingClientRect()).map(({ left, top }) => ({ left, top })))
    if (width < 1024) assert.ok(chart.top === program.top && chart.left < program.left, "side by side")
    // A window that becomes narrow, and wide again.
    await page.setViewportSize({ width: 360, height: 740 })
    await tab(page, "Program").click()
    await isChosen(page, "Program")
    await page.setViewportSize({ width, height: 900 })
    await page.getByRole("region", { name: "Results", exact: true }).waitFor()
    assert.deepEqual(await seen(page), PARTS)
    assert.equal(await page.getByRole("tabpanel").count(), 0)
    assert.deepEqual(browser.problems(), [])
  })

for (const theme of ["light", "dark"])
  for (const width of [...NARROW, 768])
    test(`axe finds nothing whichever tab is chosen: ${theme}, ${width} px`, { skip: lacks.axe }, async () => {
      const page = await browser.open({ theme, width, bypassCSP: true })
      await hurry(page)
      await page.getByRole("button", { name: "Run", exact: true }).click()
      await statusSays(page, /converged/i)
      for (const name of width < 688 ? ["Program", "Lessons", "Chart"] : [null]) {
        if (name) await tab(page, name).click()
        if (name === "Program") await page.getByRole("textbox", { name }).waitFor()
        await page.waitForLoadState("networkidle")
        assert.deepEqual(await violations(page), [], name)
      }
      assert.deepEqual(browser.problems(), [])
    })

test("the editor is loaded when its tab is chosen, and chart and editor fit the width they are shown in", async () => {
  const asked = []
  const page = await browser.open({ width: 360, height: 740, onRequest: (url) => asked.push(url) })
  await page.waitForLoadState("networkidle")
  const editors = () => asked.filter((url) => /editor-/.test(url)).length
  assert.equal(editors(), 0)
  assert.match(await page.locator(".editor pre").textContent(), /^k = 3\n/)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await tab(page, "Program").click()
  await page.getByRole("textbox", { name: "Program" }).getByText("def distance").waitFor()
  assert.equal(editors(), 1)
  // A text that is wrong for a while takes nobody away from it.
  await page.getByRole("textbox", { name: "Program" }).click()
  await page.keyboard.press("Control+End")
  await page.keyboard.type("k = oops")
  await page.getByRole("group", { name: "Problems in the program" }).getByText("The text has an error").waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.className), "editor")
  await page.keyboard.press("Control+z")
  await page.getByText("The text has an error").waitFor({ state: "detached" })
  // Turned, while neither is seen.
  await tab(page, "Lessons").click()
  await page.setViewportSize({ width: 480, height: 740 })
  await tab(page, "Program").click()
  const fits = () => page.locator(".editor").evaluate((host) => {
    const [cm, line] = [".cm-editor", ".cm-activeLine"].map((part) => host.shadowRoot.querySelector(part).getBoundingClientRect())
    return Math.abs(cm.width - host.clientWidth) < 1 && line.right >= host.getBoundingClientRect().right - 2 && line.height > 10
  })
  await page.waitForFunction(() => document.querySelector(".editor").clientWidth > 400)
  assert.ok(await fits())
  // What is changed outside is there when it is shown again.
  await tab(page, "Chart").click()
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 4)
  await page.waitForFunction(() => {
    const { clientWidth, parentElement } = document.querySelector("#chart canvas")
    return clientWidth > 400 && clientWidth === parentElement.clientWidth
  })
  await tab(page, "Program").click()
  await page.getByRole("textbox", { name: "Program" }).getByText("k = 4").waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("what leads to a part chooses its tab: an equation, an experiment's end, an address, a program that waits or is wrong", async () => {
  const page = await browser.open({ width: 360, height: 740 })
  await tab(page, "Lessons").click()
  await page.locator("#reading").scrollIntoViewIfNeeded()
  await page.locator(".equation[data-part=assign]").getByRole("button").click()
  await isChosen(page, "Program")
  assert.equal(await focused(page), "Program")
  await page.getByRole("textbox", { name: "Program" }).locator(".cm-running").getByText("def distance").waitFor()

  await tab(page, "Lessons").click()
  await page.getByText("k-means++, one draw at a time").click()
  await page.getByRole("button", { name: "Show the draws" }).click()
  await page.getByRole("button", { name: "Draw", exact: true }).click()
  await tab(page, "Chart").click()
  await page.getByRole("button", { name: "Show the run again" }).click()
  await isChosen(page, "Lessons")
  assert.equal(await focused(page), "Show the draws")

  await tab(page, "Chart").click()
  // As the browser's own search does, it shows what it goes to.
  await page.evaluate(() => { location.hash = "#questions-title" })
  await isChosen(page, "Lessons")
  assert.deepEqual(browser.problems(), [])

  for (const program of ["k = 2\n\ndef stop(inertia, previous, shift, iteration):\n    return iteration > 3\n", "k = oops\n"]) {
    const other = await browser.open({ width: 360, height: 740, query: `#s1=${deflateRawSync(JSON.stringify({ program })).toString("base64url")}` })
    await isChosen(other, "Program")
    // Its tab says so when it is left.
    const mark = await tab(other, "Program").evaluate((element) => getComputedStyle(element, "::after").content)
    assert.equal(mark.includes("•"), program.includes("oops"))
    assert.match(await other.locator(".editor").evaluate((host) => host.shadowRoot?.textContent ?? host.textContent), new RegExp(program.slice(0, 5)))
  }
})

test("at 320 px what mends a problem is not cut", async () => {
  const page = await browser.open({ width: 320, height: 740, query: "?distance=manhattan" })
  await tab(page, "Program").click()
  const problems = page.getByRole("group", { name: "Problems in the program" })
  await problems.getByRole("button", { name: /^Change to np\.median/ }).waitFor()
  assert.equal(await problems.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0)
  assert.deepEqual(browser.problems(), [])
})

test("a run goes on while its chart is watched, and stops when neither is seen", async () => {
  const page = await browser.open({ width: 360, height: 500, query: "?data=uniform&k=8" })
  await page.getByLabel("Speed", { exact: true }).selectOption({ label: "1 half-steps/s" })
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await page.getByRole("button", { name: "Pause" }).waitFor()
  await page.locator(".chart-table").scrollIntoViewIfNeeded()
  assert.ok((await page.locator("#picture").boundingBox()).y < -360, "the picture is out of view")
  await page.locator("#chart").getByText("Show as a table").click()
  await page.getByRole("region", { name: "Inertia by half-step" }).locator("tbody tr").nth(2).waitFor()
  await page.locator("#how").scrollIntoViewIfNeeded()
  await statusSays(page, /^Paused: the picture is out of view/)
  assert.deepEqual(browser.problems(), [])
})

test("on paper all of it stands, whichever tab is chosen", { skip: lacks.media }, async () => {
  const page = await browser.open({ width: 360, height: 740 })
  for (const name of ["Chart", "Lessons", "Program"]) {
    await tab(page, name).click()
    await page.emulateMedia({ media: "print" })
    assert.deepEqual(await seen(page), ["chart", "program", "results"], name)
    assert.equal(await page.getByRole("tablist").count(), 0)
    for (const part of ["#chart canvas", ".editor", "#results table"]) {
      const box = await page.locator(part).first().boundingBox()
      assert.ok(box.width > 200 && box.height > 60, `${part}: ${JSON.stringify(box)}`)
    }
    await page.emulateMedia({ media: "screen" })
    await isChosen(page, name)
  }
  assert.deepEqual(browser.problems(), [])
})

for (const width of NARROW)
  for (const [query, names, parts] of [
    ["embed=1", ["Chart", "Program"], ["chart", "results"]],
    ["embed=1&height=auto", ["Chart", "Program"], ["chart", "results"]],
    ["embed=1&hide=results", ["Chart", "Program"], ["chart"]],
    ["embed=1&lock=program,data", ["Chart", "Program"], ["chart", "results"]],
    ["embed=1&ui=plot", [], ["chart"]],
    ["embed=1&ui=min", [], []],
    ["embed=1&hide=program", [], ["chart", "results"]],
    ["embed=1&hide=chart", [], ["program", "results"]],
    ["embed=1&hide=chart,results", [], ["program"]],
    ["hide=chart", ["Program", "Lessons"], ["program", "results"]],
    ["hide=chart,program", [], ["results", "lessons"]],
  ])
    test(`at ${width} px ?${query} has the tabs ${names.join() || "none"}`, async () => {
      const page = await browser.open({ width, height: 740, query: `?${query}`, ready: false })
      await page.locator("#transport .primary:enabled").waitFor()
      await page.locator("#results h2").first().waitFor({ state: "attached" })
      assert.deepEqual(await tabs(page), names)
      assert.deepEqual(await seen(page), parts)
      assert.ok((await sideways(page)) <= 0)
      if (names.length) {
        await page.getByRole("tab").last().click()
        assert.equal(await chosen(page), names.at(-1))
        assert.equal(await page.getByRole("tabpanel").count(), 1)
        if (names.at(-1) === "Program") await page.getByRole("textbox", { name: "Program" }).waitFor()
        assert.ok((await sideways(page)) <= 0)
      }
      assert.deepEqual(browser.problems(), [])
    })
