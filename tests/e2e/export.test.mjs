// A run goes out of the page as it stands: as a script that Python runs to the same end, and as a call of scikit-learn.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, beforeEach, test } from "node:test"
import { clustersOf, hurry, root, startBrowser, statusSays } from "./browser.mjs"
import { openProgram, replace, textOf } from "./program.mjs"

let browser
before(async () => { browser = await startBrowser() })
after(() => browser.close())
beforeEach(() => browser.fresh())

const python = () => execFileSync(join(root, "tests/python.sh"), { encoding: "utf8" }).trim()
const dialogOf = (page) => page.getByRole("dialog", { name: "Export this run" })

test("the downloaded script prints the page's inertia, iterations and sizes", async () => {
  const page = await openProgram(browser, "?data=iris&k=4&seed=3&restarts=5")
  await hurry(page)
  await replace(page, "((x - c)**2).sum(-1)", "(abs(x - c)**3).sum(-1)  # cubes: my own")
  const program = await textOf(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const end = await statusSays(page, /converged/i)
  await page.getByRole("button", { name: "Export" }).click()
  const dialog = dialogOf(page)
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download .py" }).click()])
  assert.equal(download.suggestedFilename(), "kmeans_iris.py")
  const script = readFileSync(await download.path(), "utf8")
  assert.ok(script.includes(program.trimEnd()))
  assert.equal(script.trim(), (await dialog.getByRole("textbox").inputValue()).trim())
  const printed = execFileSync(python(), ["-"], { input: script, encoding: "utf8" })
  const [, inertia, iterations, labels] = printed.match(/inertia: (.*)\niterations: (.*)\nlabels: (.*)\n/)
  assert.match(end, new RegExp(`after ${iterations} iterations`))
  assert.ok(Math.abs(Number(end.match(/inertia ([\d,.]*\d)/)[1].replaceAll(",", "")) - Number(inertia)) < 1e-3, `${end} ${inertia}`)
  const sizes = labels.split(" ").reduce((counts, label) => counts.with(Number(label), counts[label] + 1), [0, 0, 0, 0])
  await page.keyboard.press("Escape")
  assert.deepEqual((await clustersOf(page)).map(({ size }) => size), sizes)
  assert.deepEqual(browser.problems(), [])
})

test("scikit-learn's call is copied; a text with an error exports the last good program", async () => {
  const page = await openProgram(browser, "?data=blobs&k=3&seed=1")
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  await replace(page, "k = 3", "kk = 3")
  await page.getByText(/last good program/i).first().waitFor()
  await page.getByRole("button", { name: "Export" }).click()
  const dialog = dialogOf(page)
  await dialog.getByText(/last good program/).waitFor()
  assert.match(await dialog.getByRole("textbox").inputValue(), /^k = 3/m)
  await dialog.getByRole("radio", { name: "scikit-learn" }).check()
  await dialog.getByRole("button", { name: "Copy" }).click()
  await dialog.getByRole("status").getByText("Copied").waitFor()
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^from sklearn\.cluster import KMeans\n[\s\S]*n_clusters=3,/)
  await dialog.getByRole("button", { name: "Close" }).click()
  assert.deepEqual(browser.problems(), [])
})

test("data of one's own go along; too many are refused with the reason", async () => {
  const page = await openProgram(browser, "")
  const give = async (text) => {
    await page.getByRole("button", { name: "Your data…" }).click()
    await page.getByRole("dialog").waitFor()
    await page.locator("input[type=file]").setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(text) })
    await page.getByRole("dialog").waitFor({ state: "hidden" })
  }
  await give("a,b\n0.1,2\n0.30000000000000004,-3e-7\n5,6\n7,8\n")
  await page.getByRole("img", { name: /^4 points of mine/ }).waitFor()
  await page.getByRole("button", { name: "Export" }).click()
  assert.match(await dialogOf(page).getByRole("textbox").inputValue(), /^0\.1, 2\n0\.30000000000000004, -3e-7\n5, 6\n7, 8$/m)
  await page.keyboard.press("Escape")
  const row = Array.from({ length: 60 }, (_, i) => i % 7).join(",")
  await give(`${Array.from({ length: 60 }, (_, i) => `c${i}`).join(",")}\n${`${row}\n`.repeat(9000)}${`${row}\n`.repeat(9000).replaceAll("1", "2")}`)
  await page.getByRole("img", { name: /^18,000 points/ }).waitFor()
  await page.getByRole("button", { name: "Export" }).click()
  await dialogOf(page).getByText(/18,000 points of 60 coordinates: more than 1,000,000 numbers/).waitFor()
  assert.deepEqual(browser.problems(), [])
})
