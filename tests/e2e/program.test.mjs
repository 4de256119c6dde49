// The program panel and the controls are two views of one text.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { clustersOf, hurry, startBrowser, statusSays } from "./browser.mjs"

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.problems())

const editorOf = (page) => page.getByRole("textbox", { name: "Program" })
const textOf = (page) => editorOf(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"))
const k = (page) => page.getByRole("spinbutton", { name: "k", exact: true })

async function replace(page, from, to) {
  await editorOf(page).click()
  const text = (await textOf(page)).replace(from, to)
  await page.keyboard.press("Control+a")
  await page.keyboard.insertText(text)
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
  await k(page).fill("5")
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
  await editorOf(page).getByText('"manhattan"').first().waitFor()
  assert.match(await textOf(page), /^distance = "manhattan"/m)
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
