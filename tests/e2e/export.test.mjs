// A run goes out of the page as it stands: as a script that Python runs to the same end, and as a call of scikit-learn.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { after, beforeEach, test } from "node:test"
import { clustersOf, download, hurry, pasted, root, startBrowser, statusSays } from "./browser.mjs"
import { openProgram, replace, textOf } from "./program.mjs"

const browser = await startBrowser()
after(browser.close)
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
  const { name, bytes } = await download(dialog.getByRole("button", { name: "Download .py" }))
  assert.equal(name, "kmeans_iris.py")
  const script = bytes.toString()
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
  await replace(page, "k = 3", "kk = 3")
  await page.getByText(/last good program/i).first().waitFor()
  await page.getByRole("button", { name: "Export" }).click()
  const dialog = dialogOf(page)
  await dialog.getByText(/last good program/).waitFor()
  assert.match(await dialog.getByRole("textbox").inputValue(), /^k = 3/m)
  await dialog.getByRole("radio", { name: "scikit-learn" }).check()
  await dialog.getByRole("button", { name: "Copy" }).click()
  await dialog.getByRole("status").getByText("Copied").waitFor()
  await dialog.getByRole("button", { name: "Close" }).click()
  assert.match(await pasted(page), /^from sklearn\.cluster import KMeans\n[\s\S]*n_clusters=3,/)
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

/** Opens the dialog on a run at its end. */
async function exporting(query, options = {}) {
  const page = await browser.open({ query, ...options })
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await page.getByRole("button", { name: "Export" }).click()
  return { page, dialog: dialogOf(page) }
}

/** Chooses a kind and takes the file. */
async function take({ dialog }, kind, extension) {
  await dialog.getByRole("radio", { name: kind, exact: true }).check()
  const button = dialog.getByRole("button", { name: `Download .${extension}` })
  await button.waitFor({ timeout: 120_000 })
  return download(button)
}

const sizeOfPng = (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]

test("picture and chart go out in the size and theme asked for, as pixels and as shapes", async () => {
  const out = await exporting("?data=iris&k=3&seed=2")
  const { page, dialog } = out
  const set = (label, value) => dialog.getByLabel(label, { exact: true }).selectOption(value)
  const sizes = {}
  for (const ratio of [1, 4]) {
    await dialog.getByRole("radio", { name: "Picture", exact: true }).check()
    await set("Size", String(ratio))
    const { name, bytes } = await take(out, "Picture", "png")
    assert.equal(name, "kmeans_iris_picture.png")
    sizes[ratio] = sizeOfPng(bytes)
  }
  assert.deepEqual(sizes[4], sizes[1].map((side) => 4 * side))

  // While another picture is made, what is chosen next stays where it is.
  const chart = dialog.getByLabel("With the chart")
  const place = await chart.boundingBox()
  await set("Colours", "dark")
  assert.deepEqual(await chart.boundingBox(), place)
  await chart.check()
  await set("Format", "svg")
  const svg = (await take(out, "Picture", "svg")).bytes.toString()
  const seen = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement
    return {
      tag: root.tagName,
      points: root.querySelectorAll("use").length,
      paper: root.querySelector("rect").getAttribute("fill"),
      texts: [...root.querySelectorAll("text")].map((t) => t.textContent),
      height: Number(root.getAttribute("height")),
    }
  }, svg)
  assert.equal(seen.tag, "svg")
  assert.equal(seen.points, 150)
  assert.equal(seen.paper, "rgb(22, 24, 27)")
  assert.ok(seen.height > sizes[1][1] + 200, "the chart is below")
  for (const text of ["1", "2", "3", "Inertia", "PC 1 (92.5% of the variance)"]) assert.ok(seen.texts.includes(text), text)
  const points = (await take(out, "Chart", "svg")).bytes.toString().match(/<circle/g).length
  await page.keyboard.press("Escape")
  const rows = await page.locator(".chart-table tbody tr").count()
  assert.equal(points, rows)
  assert.deepEqual(browser.problems(), [])
})

test("the picture that goes out is the one on the page, points and all", async () => {
  const out = await exporting("?data=grid&n=20000&k=9&seed=2")
  const { dialog, page } = out
  await dialog.getByRole("radio", { name: "Picture", exact: true }).check()
  await dialog.getByLabel("Size", { exact: true }).selectOption("1")
  const { bytes } = await take(out, "Picture", "png")
  await page.keyboard.press("Escape")
  await page.evaluate(() => { for (const part of document.querySelectorAll(".plot > :not(.surface)")) part.style.visibility = "hidden" })
  const shown = await page.locator("canvas.surface").screenshot({ caret: "initial" })
  const same = await page.evaluate(async (pngs) => {
    const [out, page] = await Promise.all(pngs.map(async (base64) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]))
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
      context.drawImage(image, 0, 0)
      return context.getImageData(0, 0, image.width, image.height)
    }))
    const at = (image, x, y) => image.data.subarray(4 * (y * image.width + x), 4 * (y * image.width + x) + 3)
    const discs = [...document.querySelectorAll(".centroid")].map((disc) => disc.style.transform.match(/-?[\d.]+/g).map(Number))
    let points = 0
    let found = 0
    for (let y = 1; y < page.height - 2; y++)
      for (let x = 1; x < page.width - 2; x++) {
        const [r, g, b] = at(page, x, y)
        // Of points outside of the centroids: their colours are stronger than any tint.
        if (Math.min(r, g, b) > 150 || discs.some(([cx, cy]) => Math.hypot(x - cx, y - cy) < 20)) continue
        points++
        const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => at(out, x + 58 + dx, y + 16 + dy)))
        if (near.some((c) => Math.abs(c[0] - r) + Math.abs(c[1] - g) + Math.abs(c[2] - b) < 60)) found++
      }
    return { points, found }
  }, [bytes.toString("base64"), shown.toString("base64")])
  // The page's picture is a fraction of a pixel wider; a few points lie under trails and titles.
  assert.ok(same.points > 3000 && same.found > 0.95 * same.points, JSON.stringify(same))
  assert.deepEqual(browser.problems(), [])
})

test("the animation has a picture for each half-step", async () => {
  const out = await exporting("?data=blobs&n=60&k=2&seed=1")
  const { bytes } = await take(out, "Animation", "gif")
  assert.equal(bytes.toString("latin1", 0, 6), "GIF89a")
  await out.page.keyboard.press("Escape")
  const halfSteps = Number(await out.page.getByRole("slider", { name: "Iteration" }).getAttribute("max"))
  const frames = await out.page.evaluate(async (base64) => {
    const decoder = new ImageDecoder({ data: Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), type: "image/gif" })
    await decoder.tracks.ready
    return decoder.tracks.selectedTrack.frameCount
  }, bytes.toString("base64"))
  // The start, and three pictures to the end of each half-step.
  assert.equal(frames, 1 + 3 * halfSteps)
  assert.deepEqual(browser.problems(), [])
})

test("points, centroids and the whole run go out as tables", async () => {
  const out = await exporting("?data=iris&k=3&seed=2&standardize=1")
  const lines = (bytes) => bytes.toString().trimEnd().split("\n").map((line) => line.split(","))
  const points = await take(out, "Points (CSV)", "csv")
  assert.equal(points.name, "kmeans_iris_points.csv")
  const [header, ...rows] = lines(points.bytes)
  assert.deepEqual(header.slice(-2), ["species", "cluster"])
  // The values are those of the file, whatever the columns were scaled to.
  const source = readFileSync(join(root, "datasets/iris.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.split(","))
  assert.deepEqual(rows.map((row) => row.slice(0, 4).map(Number)), source.map((row) => row.slice(0, 4).map(Number)))
  assert.deepEqual(rows.map((row) => row[4]), source.map((row) => row[4]))
  const [, ...centroids] = lines((await take(out, "Centroids (CSV)", "csv")).bytes)
  for (const [cluster, size, ...place] of centroids) {
    const own = rows.filter((row) => row[5] === cluster)
    assert.equal(own.length, Number(size))
    place.forEach((value, t) => {
      const mean = own.reduce((sum, row) => sum + Number(row[t]), 0) / own.length
      assert.ok(Math.abs(mean - value) < 1e-9, `${mean} ${value}`)
    })
  }
  const run = JSON.parse((await take(out, "Run (JSON)", "json")).bytes)
  assert.deepEqual([run.params.k, run.params.init, run.params.seed], [3, "kmeans++", 2])
  assert.deepEqual(run.labels.map((label) => String(label + 1)), rows.map((row) => row[5]))
  const values = Float64Array.from({ length: 600 }, (_, i) => Number(source[i % 150][Math.floor(i / 150)]))
  assert.equal(run.data.sha256, createHash("sha256").update(Buffer.from(values.buffer)).digest("hex"))
  assert.equal(run.converged, true)
  await out.page.keyboard.press("Escape")
  const status = await out.page.locator("#status").textContent()
  assert.ok(Math.abs(run.history.at(-1).inertia - Number(status.match(/inertia ([\d,.]*\d)/)[1])) < 1e-3, status)
  assert.deepEqual(browser.problems(), [])
})
