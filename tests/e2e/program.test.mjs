// The program panel and the controls are two views of one text.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { clustersOf, hurry, setNumber, startBrowser, statusSays } from "./browser.mjs"
import { editorOf, openProgram, replace, textOf } from "./program.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

const opened = (query) => openProgram(browser, query)
const k = (page) => page.getByRole("spinbutton", { name: "k", exact: true })

test("moving k edits the literal in place, as one step of undo", async () => {
  const page = await opened()
  const before = await textOf(page)
  assert.match(before, /^k = 3\b/m)
  await setNumber(k(page), 5)
  await page.waitForFunction(() => true)
  await editorOf(page).getByText("k = 5").first().waitFor()
  assert.equal(await textOf(page), before.replace("k = 3", "k = 5"))
  await editorOf(page).click()
  await page.keyboard.press("Control+z")
  assert.equal(await textOf(page), before)
  assert.equal(await k(page).inputValue(), "3")
  assert.deepEqual(browser.problems(), [])
})

test("typing moves the controls, and Ctrl-Enter runs", async () => {
  const page = await opened()
  await replace(page, "k = 3", "k = 4")
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some((input) => input.value === "4"))
  assert.equal(await k(page).inputValue(), "4")
  await hurry(page)
  await editorOf(page).click()
  await page.keyboard.press("Control+Enter")
  await statusSays(page, /converged/i)
  assert.equal((await clustersOf(page)).length, 4)
  assert.deepEqual(browser.problems(), [])
})

test("choosing a distance rewrites the program", async () => {
  const page = await opened()
  await page.getByLabel("Distance", { exact: true }).selectOption({ label: "Manhattan" })
  await editorOf(page).getByText("abs(x - c).sum(-1)").first().waitFor()
  assert.match(await textOf(page), /^def distance\(x, c\):.*\n {4}return np\.abs\(x - c\)\.sum\(-1\)$/m)
  await page.getByLabel("Distance", { exact: true }).selectOption({ label: "Cosine" })
  await editorOf(page).getByText('distance = "cosine"').first().waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("a broken program says where, the last good one keeps running, and a fix mends it", async () => {
  const page = await opened()
  await replace(page, "k = 3", "kk = 3")
  const problems = page.getByRole("group", { name: "Problems in the program" })
  await problems.getByText(/kk/).first().waitFor()
  assert.match(await problems.textContent(), /line 1\b|1:1/i)
  await page.getByText(/last good program/i).waitFor()
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await problems.getByRole("button").first().click()
  await problems.getByText(/kk/).first().waitFor({ state: "detached" })
  assert.match(await textOf(page), /^k = 3\b/m)
  assert.deepEqual(browser.problems(), [])
})

test("reset restores the program, and Tab leaves the editor", async () => {
  const page = await opened("")
  const first = await textOf(page)
  await replace(page, "k = 3", "k = 7")
  await page.getByRole("button", { name: /Reset program/ }).click()
  await page.waitForFunction(() => true)
  assert.equal(await textOf(page), first)
  await editorOf(page).focus()
  await page.keyboard.press("Tab")
  assert.notEqual(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label") ?? null), "Program")
  assert.deepEqual(browser.problems(), [])
})

test("a function of one's own runs, on a million points too, and the select says so", async () => {
  const page = await opened("?data=blobs&k=3&seed=1&n=1000000")
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const plain = await statusSays(page, /converged/i)
  await replace(page, "((x - c)**2).sum(-1)", "4 * ((x - c)**2).sum(-1)")
  await page.waitForFunction(() => document.querySelector("#p-distance").selectedOptions[0].textContent === "Custom")
  await statusSays(page, /^Start/)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const custom = await statusSays(page, /converged/i)
  // Four times the distance is the same run with four times the inertia.
  const inertia = (text) => Number(text.match(/inertia ([\d,.]+)/)[1].replaceAll(",", "").replace(/\.$/, ""))
  assert.ok(Math.abs(inertia(custom) / inertia(plain) - 4) < 1e-3, `${custom} ${plain}`)
  assert.equal(custom.match(/after (\d+)/)[1], plain.match(/after (\d+)/)[1])
  await page.getByLabel("Distance", { exact: true }).selectOption({ label: "Euclidean (squared)" })
  await page.waitForFunction(() => document.querySelector("#p-distance").selectedOptions[0].textContent !== "Custom")
  assert.match(await textOf(page), /^ {4}return \(\(x - c\)\*\*2\)\.sum\(-1\)$/m)
  assert.deepEqual(browser.problems(), [])
})

test("the Manhattan edit with the mean is warned of, and the median mends it", async () => {
  const page = await opened("?data=anisotropic&k=3&seed=1")
  await replace(page, "((x - c)**2).sum(-1)", "np.abs(x - c).sum(-1)")
  const problems = page.getByRole("group", { name: "Problems in the program" })
  await problems.getByText(/mean does not minimise/).waitFor()
  await problems.getByRole("button", { name: /median/ }).click()
  await problems.getByText(/mean does not minimise/).waitFor({ state: "detached" })
  assert.match(await textOf(page), /return np\.median\(points, axis=0\)/)
  assert.equal(await page.getByLabel("Center", { exact: true }).locator("option:checked").textContent(), "Median")
  assert.deepEqual(browser.problems(), [])
})

test("a result that is not finite stops the run and says where", async () => {
  const page = await opened()
  await hurry(page)
  await replace(page, "((x - c)**2).sum(-1)", "1 / abs(x - c).sum(-1)")
  await page.waitForFunction(() => document.querySelector("#p-distance").selectedOptions[0].textContent === "Custom")
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const says = /distance is not a finite number for point \d+ and centroid \d+: 1 \/ abs\(x - c\)\.sum\(-1\) is inf/
  await page.getByRole("alert").filter({ hasText: says }).waitFor()
  // The expression at fault is marked in the text, and listed; a run begun again fails and says the same.
  const problems = page.getByRole("group", { name: "Problems in the program" })
  const marked = editorOf(page).locator(".cm-lintRange-error")
  await problems.getByText(says).waitFor()
  await marked.waitFor()
  assert.equal(await marked.textContent(), "1 / abs(x - c).sum(-1)")
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await page.getByRole("alert").filter({ hasText: says }).waitFor()
  assert.equal(await problems.getByText(says).count(), 1)
  // Another text, which runs: mark and message are gone.
  await replace(page, "1 / abs(x - c)", "1 * abs(x - c)")
  await marked.waitFor({ state: "detached" })
  await problems.getByText(says).waitFor({ state: "detached" })
  await page.getByRole("alert").filter({ hasText: says }).waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await page.getByRole("button", { name: "Reset program" }).click()
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  assert.deepEqual(browser.problems(), [])
})

test("the lines that made the state shown are lit", async () => {
  const page = await opened()
  const lit = () => editorOf(page).locator(".cm-running").allTextContents()
  await page.getByRole("button", { name: "Half step" }).click()
  await statusSays(page, /assign/)
  await editorOf(page).locator(".cm-running", { hasText: "def distance" }).waitFor()
  assert.equal((await lit()).length, 2)
  await page.getByRole("button", { name: "Half step" }).click()
  await editorOf(page).locator(".cm-running", { hasText: "def center" }).waitFor()
  assert.match((await lit())[1], /points\.mean\(0\)/)
  assert.deepEqual(browser.problems(), [])
})

test("an example becomes the program, and undo brings the old one back", async () => {
  const page = await opened()
  const before = await textOf(page)
  await hurry(page)
  await page.getByRole("button", { name: "Examples" }).click()
  await page.getByRole("menuitem", { name: /^Damped Each centroid goes half of the way/ }).click()
  await editorOf(page).getByText("c + 0.5").first().waitFor()
  await page.locator(".why", { hasText: /goes half of the way/ }).waitFor()
  assert.equal(await page.locator("#p-center option:checked").textContent(), "Custom")
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged|max_iter/i)
  await editorOf(page).click()
  await page.keyboard.press("Control+z")
  assert.equal(await textOf(page), before)
  assert.deepEqual(browser.problems(), [])
})

test("the menu of examples is for keys, too: arrows move, Escape closes and gives the focus back", async () => {
  const page = await opened()
  const button = page.getByRole("button", { name: "Examples" })
  const focused = () => page.evaluate(() => (document.activeElement.querySelector("strong") ?? document.activeElement).textContent.trim())
  await button.focus()
  /** A menu has the focus a moment after it is seen: the browser tells of its opening in a task of its own. */
  const openMenu = async () => {
    await page.keyboard.press("Enter")
    await page.getByRole("menu", { name: "Examples" }).locator("[role=menuitem]:focus").waitFor()
  }
  await openMenu()
  assert.equal(await focused(), "k-means")
  await page.keyboard.press("ArrowDown")
  assert.equal(await focused(), "k-medians")
  await page.keyboard.press("Escape")
  await page.getByRole("menu", { name: "Examples" }).waitFor({ state: "hidden" })
  assert.equal(await focused(), "Examples")
  await openMenu()
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await editorOf(page).getByText("# Stop early").waitFor()
  assert.deepEqual(browser.problems(), [])
})

// Of each control: a value to choose, and what then stands in the text; a text to type, and what then stands in the control.
const number = (name) => (page) => page.getByRole("spinbutton", { name, exact: true })
const choice = (name) => (page) => page.getByRole("combobox", { name, exact: true })
const controls = [
  ["k", number("k"), "6", "k = 6", "k = 4", "4"],
  ["init", choice("Initialization"), "Random points", 'init = "random"', 'init = "first"', "First k points"],
  ["seed", number("Seed"), "12", "seed = 12", "seed = 5", "5"],
  ["restarts", number("Restarts"), "7", "restarts = 7", "restarts = 10", "10"],
  ["max_iter", number("Max iterations"), "9", "max_iter = 9", "max_iter = 30", "30"],
  ["min_size", number("Minimum size"), "4", "min_size = 4", "min_size = 5", "5"],
  ["batch", number("Batch"), "32", "batch = 32", "batch = 64", "64"],
  ["distance", choice("Distance"), "Chebyshev", "return np.abs(x - c).max(-1)", "return (abs(x - c)**1.5).sum(-1)", "Custom"],
  ["center", choice("Center"), "Median", "return np.median(points, axis=0)", "return c + 0.9 * (points.mean(0) - c)", "Custom"],
]
/** Alone on its line, of a parameter or in the function of that name. */
const lineOf = (name) => (name === "distance" || name === "center" ? new RegExp(`(?<=def ${name}.*\n +)return .*?(?= *(#.*)?$)`, "m") : new RegExp(`^${name} = [^\\s#]+`, "m"))

test("controls and text follow each other, both ways", async () => {
  const page = await opened()
  const shown = (control) => control.evaluate((element) => element.selectedOptions?.[0].textContent ?? element.value)
  for (const [name, at, value, written, typed, read] of controls) {
    const control = at(page)
    if (await control.evaluate((element) => element.tagName === "SELECT")) await control.selectOption({ label: value })
    else await setNumber(control, value)
    await editorOf(page).getByText(written).first().waitFor()
    assert.equal((await textOf(page)).match(lineOf(name))?.[0], written)
    await replace(page, written, typed)
    if (name === "center") await replace(page, "def center(points):", "def center(points, c):")
    for (let wait = 0; (await shown(control)) !== read && wait < 100; wait++) await page.waitForTimeout(50)
    assert.equal(await shown(control), read, name)
  }
  assert.equal(await page.getByRole("group", { name: "Problems in the program" }).locator(".error").count(), 0)
  assert.deepEqual(browser.problems(), [])
})

test("the Manhattan edit makes the inertia rise, in red and with its cause; the median mends it; an error is mended by a click", async () => {
  const page = await opened("?data=anisotropic&k=3&seed=0")
  await hurry(page)
  const chart = page.getByRole("region", { name: "Inertia", exact: true })
  const run = async () => {
    await page.getByRole("button", { name: "Run", exact: true }).click()
    await statusSays(page, /converged/i)
  }
  /** Pixels of the curve in the colour of a rise. */
  const red = () =>
    chart.locator("canvas").evaluate((canvas) => {
      const [r, g, b] = getComputedStyle(canvas).columnRuleColor.match(/\d+/g).map(Number)
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
      let count = 0
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] > 200 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 30) count++
      return count
    })
  await run()
  assert.equal(await red(), 0)
  await replace(page, "((x - c)**2).sum(-1)", "np.abs(x - c).sum(-1)")
  await statusSays(page, /^Start/)
  await run()
  await chart.getByText(/Rose at iteration \d+, after update: the mean does not minimise the sum of Manhattan distances/).waitFor()
  assert.ok((await red()) > 20, "red in the curve")
  assert.match(await chart.getByRole("img").getAttribute("aria-label"), /It rises/)
  await replace(page, "points.mean(0)", "np.median(points, axis=0)")
  await statusSays(page, /^Start/)
  await run()
  assert.equal(await chart.getByText(/Rose at/).count(), 0)
  assert.equal(await red(), 0)

  await replace(page, "np.median(points, axis=0)", "np.medain(points, axis=0)")
  const problems = page.getByRole("group", { name: "Problems in the program" })
  const line = (await textOf(page)).split("\n").findIndex((text) => text.includes("medain")) + 1
  await problems.getByText(new RegExp(`Line ${line}: .*medain`)).waitFor()
  assert.equal(await editorOf(page).locator(".cm-lintRange-error").textContent(), "medain")
  await problems.getByRole("button", { name: "Change to median" }).click()
  await problems.getByText(/medain/).waitFor({ state: "detached" })
  await run()
  assert.deepEqual(browser.problems(), [])
})
