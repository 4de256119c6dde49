// What the editor does for a person who types: find, signatures, brackets, comments, fixes; all by keys.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { startBrowser, statusSays } from "./browser.mjs"
import { editorOf, openProgram, textOf } from "./program.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

/** The editor with the focus and all that it loads then, the cursor at the end of the text. */
async function typing(options) {
  const page = await openProgram(browser, options)
  await editorOf(page).click()
  await editorOf(page).and(page.locator("[aria-autocomplete]")).waitFor()
  await page.keyboard.press("Control+End")
  return page
}

test("find is fetched when it is asked for, finds, and closes", async () => {
  const page = await openProgram(browser)
  const requests = []
  page.on("request", (request) => requests.push(request.url()))
  await editorOf(page).click()
  const field = page.getByRole("textbox", { name: "Find" })
  for (const round of [1, 2]) {
    await page.keyboard.press("Control+f")
    await field.waitFor()
    await field.press("Control+a")
    await field.pressSequentially("return")
    await editorOf(page).locator(".cm-searchMatch").first().waitFor()
    assert.ok((await editorOf(page).locator(".cm-searchMatch").count()) >= 2, `round ${round}`)
    await page.keyboard.press("Enter")
    await editorOf(page).locator(".cm-searchMatch-selected").waitFor()
    await page.keyboard.press("Escape")
    await field.waitFor({ state: "detached" })
    assert.equal(await editorOf(page).evaluate((element) => element.getRootNode().activeElement === element), true)
  }
  assert.equal(requests.filter((url) => /find-/.test(url)).length, 1)
  assert.deepEqual(browser.problems(), [])
})

test("the panel of find fits a phone", async () => {
  const page = await browser.open({ width: 360, height: 780 })
  await page.getByRole("tab", { name: "Program" }).click()
  await editorOf(page).click()
  await page.keyboard.press("Control+f")
  await page.getByRole("textbox", { name: "Find" }).waitFor()
  const beyond = await editorOf(page).evaluate((element) => {
    const panel = element.getRootNode().querySelector(".cm-search")
    const { right } = panel.getBoundingClientRect()
    return [...panel.children].filter((child) => child.getBoundingClientRect().right > right + 1).length
  })
  assert.equal(beyond, 0)
  assert.deepEqual(browser.problems(), [])
})

test("a call shows its signature, the next parameter in bold, above the line; Escape hides it", async () => {
  const page = await typing()
  const help = page.locator(".cm-signature")
  const bold = () => help.locator("b").textContent()
  await page.keyboard.type("\n")
  await page.keyboard.type("def distance(x")
  await help.getByText("distance(x, c)").waitFor()
  assert.equal(await bold(), "x")
  await page.keyboard.type(", c):\nreturn np.where(")
  await help.getByText("where(condition, a, b)").waitFor()
  assert.equal(await bold(), "condition")
  await page.keyboard.type("x < c, ")
  await help.locator("b", { hasText: /^a$/ }).waitFor()
  const box = await help.boundingBox()
  const line = await editorOf(page).locator(".cm-activeLine").boundingBox()
  assert.ok(box.y + box.height <= line.y + 2, `${JSON.stringify(box)} ${JSON.stringify(line)}`)
  // One box at a time: completion takes its place, and gives it back.
  await page.keyboard.type("ma")
  await page.locator(".cm-tooltip-autocomplete").waitFor()
  assert.equal(await help.isVisible(), false)
  await page.keyboard.press("Escape")
  await page.locator(".cm-tooltip-autocomplete").waitFor({ state: "detached" })
  assert.equal(await help.isVisible(), true)
  await page.keyboard.press("Escape")
  await help.waitFor({ state: "detached" })
  await page.keyboard.type("x, ")
  assert.equal(await help.count(), 0, "it stays away in the call it was sent away from")
  await page.keyboard.type("abs(")
  await help.getByText("abs(a)").waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("brackets are closed and matched, a line is commented, undo takes it back", async () => {
  const page = await typing()
  const before = await textOf(page)
  await page.keyboard.press("Control+Home")
  await page.keyboard.press("Control+/")
  assert.equal((await textOf(page)).split("\n")[0], "# k = 3")
  await page.keyboard.press("Control+/")
  assert.equal((await textOf(page)).split("\n")[0], "k = 3")
  await page.keyboard.press("Control+z")
  await page.keyboard.press("Control+z")
  await editorOf(page).getByText("((x - c)**2)").first().click()
  await page.keyboard.press("End")
  await editorOf(page).locator(".cm-matchingBracket").first().waitFor()
  assert.deepEqual(await editorOf(page).locator(".cm-matchingBracket").allTextContents(), ["(", ")"])
  await page.keyboard.press("Control+End")
  await page.keyboard.type("\nmax")
  await page.keyboard.type("(")
  assert.match((await textOf(page)).split("\n").at(-1), /max\(\)$/)
  for (let i = 0; i < 8 && (await textOf(page)) !== before; i++) await page.keyboard.press("Control+z")
  assert.equal(await textOf(page), before)
  assert.deepEqual(browser.problems(), [])
})

test("F8 goes to the next problem, Ctrl-. mends it, Ctrl-Enter runs; Tab leaves", async () => {
  const page = await typing()
  await page.keyboard.press("Control+Home")
  await page.keyboard.type("k")
  const problems = page.getByRole("group", { name: "Problems in the program" })
  await problems.getByText(/kk/).waitFor()
  await page.keyboard.press("Control+End")
  await page.keyboard.press("F8")
  await page.keyboard.press("Control+.")
  await problems.getByText(/kk/).waitFor({ state: "detached" })
  assert.match(await textOf(page), /^k = 3/)
  await page.getByLabel("Speed", { exact: true }).selectOption({ label: "At once" })
  await editorOf(page).focus()
  await page.keyboard.press("Control+Enter")
  await statusSays(page, /converged/i)
  await page.keyboard.press("Tab")
  assert.equal(await editorOf(page).evaluate((element) => element.getRootNode().activeElement === element), false)
  assert.deepEqual(browser.problems(), [])
})
