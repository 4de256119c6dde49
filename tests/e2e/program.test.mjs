// The program panel and the controls are two views of one text.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { clustersOf, copy, hurry, setNumber, startBrowser, statusSays } from "./browser.mjs"

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.problems())

const editorOf = (page) => page.getByRole("textbox", { name: "Program" })
const textOf = (page) => editorOf(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"))
const k = (page) => page.getByRole("spinbutton", { name: "k", exact: true })

async function replace(page, from, to) {
  await copy(page, (await textOf(page)).replace(from, to))
  await editorOf(page).click()
  await page.keyboard.press("Control+a")
  await page.keyboard.press("Control+v")
}

async function opened(query = "?data=blobs&k=3&seed=1") {
  const page = await browser.open({ query })
  await editorOf(page).waitFor()
  return page
}

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
  await page.getByRole("alert").filter({ hasText: /distance is not a finite number for point \d+ and centroid \d+/ }).waitFor()
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
  await page.getByLabel("Examples").selectOption({ label: "Damped" })
  await editorOf(page).getByText("c + 0.5").first().waitFor()
  await page.getByText(/goes half of the way/).waitFor()
  assert.equal(await page.locator("#p-center option:checked").textContent(), "Custom")
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged|max_iter/i)
  await editorOf(page).click()
  await page.keyboard.press("Control+z")
  assert.equal(await textOf(page), before)
  assert.deepEqual(browser.problems(), [])
})
