// A person's own data: by file, paste and drop; good, bad and hostile.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { clustersOf, download, hurry, paste, pictureName, root, setNumber, startBrowser, statusSays } from "./browser.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

async function give(page, name, text) {
  await page.getByRole("button", { name: "Your data…" }).click()
  // The input is there before the dialog has opened round it.
  await page.getByRole("dialog").waitFor()
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) })
  await page.getByRole("dialog").waitFor({ state: "hidden" })
}

const groups = "height,width,kind\n1,1,small\n1.5,1,small\n1,1.5,small\n9,9,big\n9.5,9,big\n9,9.5,big\n"

test("a CSV file of one's own clusters runs to convergence and is scored against its labels", async () => {
  const page = await browser.open()
  await give(page, "groups.csv", groups)
  await page.getByRole("img", { name: /points of groups/ }).waitFor()
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 2)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  assert.deepEqual((await clustersOf(page)).map((c) => c.size), [3, 3])
  await page.getByRole("region", { name: "Results" }).getByText(/Adjusted Rand\s*1\b/).waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("a bad CSV names row and column, and nothing on the page is lost", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  const before = await clustersOf(page)
  await give(page, "bad.csv", "x,y\n1,2\n3,oops\n5,6\n7,8\n9,10\n")
  const alert = page.getByRole("alert")
  await alert.filter({ hasText: /row 3/i }).waitFor()
  assert.match(await alert.textContent(), /column 2/i)
  assert.deepEqual(await clustersOf(page), before)
  await alert.getByRole("button", { name: /dismiss|close/i }).click()
  await alert.filter({ hasText: /row 3/i }).waitFor({ state: "detached" }).catch(() => alert.filter({ hasText: /row 3/i }).waitFor({ state: "hidden" }))
  assert.deepEqual(browser.problems(), [])
})

test("pasted text becomes the data; rows with missing cells are counted", async () => {
  const page = await browser.open()
  await paste(page, "a;b\n1,5;2\n2,5;NA\n3,5;4\n9;9\n")
  await page.getByText(/1 row/).first().waitFor()
  assert.match(await pictureName(page), /^3 points/)
  assert.deepEqual(browser.problems(), [])
})

test("a file dropped on the page becomes the data", async () => {
  const page = await browser.open()
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], "dropped.csv", { type: "text/csv" }))
    const target = document.body
    target.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }))
    target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
  }, groups)
  await page.getByRole("img", { name: /^6 points of dropped/ }).waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("every hostile file is answered, none is executed, and the page goes on", async () => {
  const page = await browser.open({ query: "?data=blobs&k=3&seed=1" })
  const folder = join(root, "tests/fuzz/seeds/csv")
  for (const name of readdirSync(folder)) {
    await give(page, name, readFileSync(join(folder, name)))
    await page.waitForFunction((file) => {
      const shown = document.querySelector("[role=img][aria-label*='points of'], [role=img][aria-label*='point of']")?.getAttribute("aria-label").includes(file)
      const refused = [...document.querySelectorAll("[role=alert]")].some((alert) => alert.textContent.includes(file))
      return shown || refused
    }, name.replace(/\.csv$/, ""))
  }
  assert.equal(await page.evaluate(() => document.querySelectorAll("img[src=x]").length), 0)
  await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "Old Faithful" })
  await page.getByRole("img", { name: /points of Old Faithful/ }).waitFor()
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  assert.deepEqual(browser.problems(), [])
})

test("what is set while a data set is on its way is kept when it arrives", async () => {
  const page = await browser.open()
  let arrive
  const asked = new Promise((resolve) => {
    void page.route(/penguins.*\.csv/, (route) => { arrive = () => route.continue(); resolve() }, { times: 1 })
  })
  await page.getByLabel("Dataset", { exact: true }).selectOption("penguins")
  await asked
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 5)
  await statusSays(page, /Start: 5/)
  await arrive()
  await page.getByRole("img", { name: /points of Penguins in 5 clusters/ }).waitFor()
  // A k that came with other data on the way is nobody's wish.
  await page.getByLabel("Dataset", { exact: true }).selectOption("grid")
  await page.getByLabel("Dataset", { exact: true }).selectOption("moons")
  await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "Old Faithful" })
  await page.getByRole("img", { name: /points of Old Faithful in 2 clusters/ }).waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("script in headers, labels and the file's name is text wherever it is shown, and in what is exported", async () => {
  const page = await browser.open()
  const evil = (n) => `<img src=x onerror=window.hacked=${n}>`
  const rows = ["1,2,A", "2,1,A", "8,9,B", "9,8,B"].map((row) => row.replace("A", evil(3)).replace("B", "</script><script>window.hacked=4</script>"))
  await give(page, `${evil(5).replaceAll("/", "")}.csv`, `${evil(1)},"]]>&{{${evil(2)}",species\n${rows.join("\n")}\n`)
  await page.getByText(evil(1)).first().waitFor()
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 2)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await page.getByRole("button", { name: "Export" }).click()
  const dialog = page.getByRole("dialog", { name: "Export this run" })
  await dialog.getByRole("radio", { name: "Picture", exact: true }).check()
  await dialog.getByLabel("Format", { exact: true }).selectOption("svg")
  const { bytes } = await download(dialog.getByRole("button", { name: "Download .svg" }))
  const texts = await page.evaluate((svg) => {
    const root = new DOMParser().parseFromString(svg, "image/svg+xml")
    return { tags: [...new Set([...root.querySelectorAll("*")].map((e) => e.tagName))], texts: [...root.querySelectorAll("text")].map((t) => t.textContent) }
  }, bytes.toString())
  assert.ok(texts.texts.includes(evil(1)), texts.texts.join())
  assert.deepEqual(texts.tags.filter((tag) => /^(img|script|parsererror|foreignObject)$/i.test(tag)), [])
  await dialog.getByRole("radio", { name: "Points (CSV)", exact: true }).check()
  const text = dialog.getByRole("textbox", { name: "The run as Points (CSV)" })
  await text.waitFor()
  assert.ok((await text.inputValue()).includes(evil(3)))
  assert.deepEqual(await page.evaluate(() => [window.hacked, document.querySelectorAll("img[src=x]").length]), [undefined, 0])
  assert.deepEqual(browser.problems(), [])
})

test("every data set of the menu loads and runs", async () => {
  const page = await browser.open()
  await hurry(page)
  const select = page.getByLabel("Dataset", { exact: true })
  const labels = await select.locator("option").allTextContents()
  assert.ok(labels.length >= 12, labels.join())
  for (const option of await select.locator("option").evaluateAll((options) => options.filter((o) => !o.disabled).map((o) => o.value))) {
    if (option === "own") continue
    await select.selectOption(option)
    await page.waitForFunction((value) => new URLSearchParams(location.search).get("data") === value || value === "blobs", option)
    await page.getByRole("button", { name: "Run", exact: true }).click()
    await statusSays(page, /converged|max_iter|max iterations/i)
    await page.getByRole("button", { name: "Reset", exact: true }).click()
  }
  assert.deepEqual(browser.problems(), [])
})
